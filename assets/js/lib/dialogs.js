// Native dialogs. `data-dialog="id"` on a link or button opens one; without script a link leads to a page that asks
// the same, and a button submits. `data-close` inside closes it.

export function startDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog instanceof HTMLDialogElement) {
        event.preventDefault();
        dialog.showModal();
      }
      return;
    }
    const closer = event.target.closest("dialog [data-close]");
    if (closer) {
      event.preventDefault();
      closer.closest("dialog").close();
    } else if (event.target instanceof HTMLDialogElement) {
      event.target.close(); // the backdrop
    }
  });
}
