// The board by keyboard: J and K (or the arrows) move through the rows, Enter opens, A accepts, P routes, / searches,
// X selects in the inbox, ? lists all shortcuts; they can be switched off there. The focus is the selection, so screen
// readers and the browser know it too.
import { keysOn, startKeySwitch } from "./lib/keys.js";
import { nextIndex } from "./lib/pure/rows.js";

const ROWS = ".board tbody tr:not(.group)";
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";

const links = () => [...document.querySelectorAll(`${ROWS} .what a`)];
const current = () => document.activeElement?.closest?.(ROWS) ?? document.querySelector(`${ROWS}[aria-selected="true"]`);

function select(row) {
  for (const other of document.querySelectorAll(`${ROWS}[aria-selected]`)) if (other !== row) other.removeAttribute("aria-selected");
  row?.setAttribute("aria-selected", "true");
}

function move(step) {
  const all = links();
  if (!all.length) return;
  const at = all.findIndex((link) => link.closest("tr") === current());
  const next = all[nextIndex(at, step, all.length)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

const keys = {
  j: () => move(1),
  ArrowDown: () => move(1),
  k: () => move(-1),
  ArrowUp: () => move(-1),
  Enter: () => current()?.querySelector(".what a")?.click(),
  a: () => current()?.querySelector("form[data-accept]")?.requestSubmit(),
  p: () => current()?.querySelector("a[data-route]")?.click(),
  x: () => document.dispatchEvent(new CustomEvent("tn:key-x", { detail: current() })),
  "/": () => document.querySelector("[data-board-search]")?.focus(),
  "?": () => document.querySelector("#keys")?.showModal(),
  Escape: () => {
    document.activeElement?.blur();
    select(null);
  },
};

startKeySwitch();

document.addEventListener("focusin", ({ target }) => {
  const row = target.closest?.(ROWS);
  if (row) select(row);
});

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
  if (target.matches(TYPING)) {
    if (key === "Escape") target.blur();
    return;
  }
  if (key === "Enter" && target.matches("a, button, summary")) return; // the browser opens it
  if (key.length === 1 && !keysOn()) return;
  const act = keys[key.length === 1 ? key.toLowerCase() : key];
  if (!act || (key.startsWith("Arrow") && !target.closest?.(ROWS))) return;
  event.preventDefault();
  act();
});

// A filter is shown as soon as it is chosen; without script the button does it.
for (const form of document.querySelectorAll("form[data-autosubmit]")) {
  form.addEventListener("change", ({ target }) => target.matches("select") && form.requestSubmit());
}
