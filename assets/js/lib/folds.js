// `<details data-fold="768" open>` is open at first, so that it works without script, and closes on a narrower screen.
// `<details class="menu">` closes like a menu: with Escape, or when the focus or a click goes elsewhere.

export function startFolds(scope = document) {
  for (const details of scope.querySelectorAll("details[data-fold]")) {
    if (innerWidth < Number(details.dataset.fold)) details.open = false;
  }
  document.addEventListener("click", (event) => closeMenus((menu) => !menu.contains(event.target)));
  document.addEventListener("focusin", (event) => closeMenus((menu) => !menu.contains(event.target)));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    closeMenus((menu) => {
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      return true;
    });
  });
}

function closeMenus(which) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (which(menu)) menu.open = false;
  }
}
