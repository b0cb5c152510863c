// Selecting tickets in the inbox: X or the box of a row, "select all" of a list. The number of selected tickets is shown
// and announced to screen readers. The form of the bar sends them to the preview.
import { selectedText } from "./lib/pure/text.js";

const BOXES = "input[type=checkbox][form=bulk]";
const bar = document.querySelector("[data-bulk]");

const boxes = (scope = document) => [...scope.querySelectorAll(BOXES)];
const codes = () => new Set(boxes().filter((box) => box.checked).map((box) => box.value));

function showNumber() {
  const number = codes().size;
  const words = selectedText(number, bar.dataset);
  const output = bar.querySelector("[data-chosen]");
  if (output.textContent !== words) output.textContent = words;
  bar.querySelector("button[type=submit]").disabled = !number;
  for (const button of document.querySelectorAll("[data-select-all]")) {
    const all = boxes(button.closest("section"));
    button.setAttribute("aria-pressed", String(all.length > 0 && all.every((box) => box.checked)));
  }
}

if (bar) {
  document.addEventListener("change", ({ target }) => target.matches(BOXES) && showNumber());
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-select-all]");
    if (!button) return;
    const all = boxes(button.closest("section"));
    const wanted = !all.every((box) => box.checked);
    for (const box of all) box.checked = wanted;
    showNumber();
  });
  document.addEventListener("tn:key-x", ({ detail }) => {
    const box = detail?.querySelector(BOXES);
    if (!box) return;
    box.checked = !box.checked;
    showNumber();
  });
  new MutationObserver(showNumber).observe(document.querySelector("#inbox-lists").parentElement, { childList: true, subtree: true });
  addEventListener("pageshow", showNumber); // a browser may have kept the ticks
  showNumber();
}
