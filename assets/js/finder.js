// The list of projects: what stays the same while its part of the page is replaced.
// Folds keep their state, the new count is announced, long facets are searched within, and on a phone the button under
// the filters closes them and leads to the results.
let folds = {};

document.addEventListener("htmx:before:swap", () => {
  folds = Object.fromEntries([...document.querySelectorAll("#finder details[id]")].map((each) => [each.id, each.open]));
});

document.addEventListener("htmx:after:swap", () => {
  for (const each of document.querySelectorAll("#finder details[id]")) {
    if (each.id in folds) each.open = folds[each.id];
  }
  const count = document.querySelector("#finder [data-count]");
  const said = document.getElementById("finder-said");
  if (count && said) said.textContent = count.textContent.replace(/\s+/g, " ").trim();
});

document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-within]")) return;
  const sought = folded(event.target.value);
  for (const value of event.target.parentElement.querySelectorAll(".form-check")) {
    value.hidden = !folded(value.querySelector("label span").textContent).includes(sought);
  }
});

document.addEventListener("keydown", (event) => {
  // Enter in the field would send the form.
  if (event.key === "Enter" && event.target.matches("[data-within]")) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-shows-results]");
  const filters = button?.closest("details");
  if (!filters) return;
  event.preventDefault(); // every change was sent already
  filters.open = false;
  const results = document.getElementById("results");
  results.scrollIntoView();
  results.focus({ preventScroll: true });
});

/** Without marks, in small letters, as people type on a phone. */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đð]/gi, "d").toLowerCase().trim();
}
