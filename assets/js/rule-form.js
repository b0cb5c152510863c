// Filters a long list of boxes by what is typed, with or without Vietnamese marks. Selected boxes stay visible.
import { folded } from "./lib/pure/text.js";

function narrow(box) {
  const search = box.querySelector("input[type=search]");
  const labels = [...box.querySelectorAll("label[data-choice]")].map((label) => [label, folded(label.textContent)]);
  const said = box.querySelector("[data-filtered-count]");
  search.hidden = false;
  search.addEventListener("input", () => {
    const wanted = folded(search.value.trim());
    let shown = 0;
    for (const [label, text] of labels) {
      label.hidden = !text.includes(wanted) && !label.querySelector("input").checked;
      shown += label.hidden ? 0 : 1;
    }
    for (const group of box.querySelectorAll("fieldset")) group.hidden = !group.querySelector("label:not([hidden])");
    said.textContent = wanted ? said.dataset.text.replace("{number}", shown) : "";
  });
  // Enter filters; it must not send the form.
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}

// The administration loads scripts of a form in the head, before there is anything to filter.
document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-filtered-choices]").forEach(narrow));
