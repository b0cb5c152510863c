// Filing: what is typed is kept as a draft. The preview beside it is refreshed by htmx.
import { startAutosave } from "./lib/autosave.js";

startAutosave();
