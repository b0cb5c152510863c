// The list beside the map: rows have `data-project` (the code) and `data-number`. A row under the pointer or with the focus
// lets its pin stand out, a pin its row.
const ROWS = "[data-project]";
const BESIDE = matchMedia("(min-width: 80rem)"); // the list is beside the map, so it may scroll without moving the map

export function followRows(pins) {
  let current = null;

  const rowOf = (code) => code && document.querySelector(`${ROWS.slice(0, -1)}="${CSS.escape(code)}"]`);

  function mark(code) {
    for (const row of document.querySelectorAll(`${ROWS}[data-current]`)) delete row.dataset.current;
    const row = rowOf(code);
    if (row) row.dataset.current = "";
    pins.select(code);
    return row;
  }

  const enter = ({ target }) => {
    const code = target.closest?.(ROWS)?.dataset.project;
    if (code) mark(code);
  };
  const leave = ({ target, relatedTarget }) => {
    const row = target.closest?.(ROWS);
    if (row && !row.contains(relatedTarget)) mark(current);
  };
  document.addEventListener("pointerover", enter);
  document.addEventListener("focusin", enter);
  document.addEventListener("pointerout", leave);
  document.addEventListener("focusout", leave);

  return {
    /** Which number each project has in the list. */
    numbers: () => new Map([...document.querySelectorAll(ROWS)].map(({ dataset }) => [dataset.project, dataset.number])),
    forget: () => (current = null),
    /** A pin was chosen: its row stands out until another one is, and comes into view where that moves nothing else. */
    select(code) {
      current = code;
      const row = mark(code);
      if (row && BESIDE.matches) row.scrollIntoView({ block: "nearest" });
    },
  };
}
