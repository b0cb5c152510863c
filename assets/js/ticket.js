// The page of a ticket: what is typed is kept, the record prints with its reasons open.
import { startAutosave } from "./lib/autosave.js";

startAutosave();

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});
