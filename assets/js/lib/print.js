// A button with `data-print` prints the page.

export function startPrint() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
  });
}
