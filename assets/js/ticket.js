// The page of a ticket: what is typed is kept, and letters lead to the tabs of
// the desk (`<a data-key="r">`) while nobody types.
import { startAutosave } from "./lib/autosave.js";
import { keysOn } from "./lib/keys.js";
import { startMentions } from "./lib/mentions.js";
import { startPresence } from "./lib/presence.js";
import { startReplies } from "./lib/replies.js";

startAutosave();
startMentions();
startReplies();
startPresence();

document.addEventListener("keydown", (event) => {
  if (!keysOn() || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
  document.querySelector(`a[data-key="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
});
