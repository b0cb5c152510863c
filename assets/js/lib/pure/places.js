// Names and labels of the map of projects. Nothing here touches the page, so node tests it (tests/js/).

const SHIFTS = [0, 26, -26]; // pixels: a label stands on its point, below or above it
const APART = { x: 20, y: 12 }; // pixels between labels, so that a name is not read on into the next

/** The text with its {words} filled in; words without a value stay as they are. */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (word, name) => values[name] ?? word);
}

/** The name that occurs most often; of several the first; "" where there is none. */
export function commonest(names) {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), ["", 0])[0];
}

/**
 * The labels that fit into a drawing, in their order of importance, each with the `dy` by which it is shifted.
 * Labels have a centre and a size: {x, y, width, height}; so have the places that are `taken`.
 */
export function fitting(labels, taken, size) {
  const kept = [];
  for (const label of labels) {
    for (const dy of SHIFTS) {
      const moved = { ...label, y: label.y + dy, dy };
      if (!isInside(moved, size) || taken.some((box) => touch(moved, box, 1, 1))) continue;
      if (kept.some((other) => touch(moved, other, APART.x, APART.y))) continue;
      kept.push(moved);
      break;
    }
  }
  return kept;
}

function touch(a, b, x, y) {
  return Math.abs(a.x - b.x) < (a.width + b.width) / 2 + x && Math.abs(a.y - b.y) < (a.height + b.height) / 2 + y;
}

function isInside({ x, y, width, height }, size) {
  return x - width / 2 >= 0 && x + width / 2 <= size.width && y - height / 2 >= 0 && y + height / 2 <= size.height;
}

/** The address of the list with the same filters and this province alone, from its first page. */
export function addressOfProvince(list, query, province) {
  const parameters = new URLSearchParams(query);
  for (const name of ["locale", "page"]) parameters.delete(name);
  parameters.set("province", province);
  return `${list}?${parameters}`;
}
