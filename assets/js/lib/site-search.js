// The search of the masthead on narrow screens: `<button data-opens="id">` shows the row and puts the focus into it.
// Escape hides it and gives the focus back. Without script a link leads to the search page.

export function startSiteSearch() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-opens]");
    if (button) toggle(button, button.getAttribute("aria-expanded") !== "true");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const row = event.target.closest?.(".sitesearch[data-open]");
    const button = row && document.querySelector(`[data-opens="${CSS.escape(row.id)}"]`);
    if (!button) return;
    toggle(button, false);
    button.focus();
  });
}

function toggle(button, opens) {
  const row = document.getElementById(button.dataset.opens);
  row.toggleAttribute("data-open", opens);
  button.setAttribute("aria-expanded", String(opens));
  if (opens) row.querySelector("input").focus();
}
