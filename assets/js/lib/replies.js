// Saved replies: `<a data-replies href="…">` in a form opens the dialog `#replies`, whose list comes from the server with
// the ticket's facts filled in. "Insert" puts a text where the caret was and removes nothing. Without script the link
// leads to the same list, to copy from.
import { hasWords, onOwnLine } from "./pure/text.js";

let field; // into which a text goes

export function startReplies() {
  const dialog = document.getElementById("replies");
  if (!dialog) return;
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("form textarea")) field = event.target;
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("a[data-replies]");
    if (opener) open(event, dialog, opener.closest("form"));
    const button = event.target.closest("#replies [data-insert]");
    if (button) insert(dialog, button.closest("[data-reply]"));
  });
  dialog.querySelector("input[type=search]").addEventListener("input", (event) => filter(dialog, event.target.value));
}

async function open(event, dialog, form) {
  event.preventDefault();
  if (field?.form !== form) field = form.querySelector("textarea");
  dialog.showModal();
  dialog.querySelector("input").value = "";
  const list = dialog.querySelector("[data-replies-list]");
  const response = await fetch(dialog.dataset.list);
  if (!response.ok || response.redirected) return;
  list.innerHTML = await response.text(); // our own page, escaped by the server
  for (const button of list.querySelectorAll("[data-insert]")) button.hidden = false;
}

function insert(dialog, line) {
  const text = line.querySelector("[data-text]").innerText.trim();
  const place = field.selectionEnd;
  dialog.close();
  field.setRangeText(onOwnLine(field.value.slice(0, place), text), place, place, "end");
  field.dispatchEvent(new Event("input", { bubbles: true })); // what is typed is kept
  field.focus();
  const said = document.querySelector("[data-replies-said]");
  said.textContent = said.dataset.text;
  const token = field.form.elements.csrfmiddlewaretoken.value;
  fetch(line.dataset.used, { method: "POST", headers: { "X-CSRFToken": token } });
}

function filter(dialog, typed) {
  for (const line of dialog.querySelectorAll("[data-reply]")) line.hidden = !hasWords(line.textContent, typed);
}
