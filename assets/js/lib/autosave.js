// Keeps what is being typed: `<form data-autosave="/address">` is posted (without its files) a few seconds after a
// change and when a field is left. The answer is JSON: {saved: "Draft saved 15:19"} is shown in the form's
// [data-saved]; {draft: id} goes into the form's input of that name, so that the next request saves the same draft.
// One request at a time, so that two requests never create two drafts.
//
// A reload asks for the page before the request of the last moment is stored, or under the address from before the
// answer. So what was typed is also kept in this tab when the page goes away, and put back when it is there again by a
// reload or by going back, unless the server had confirmed all of it and the page is of the same draft.
import { refill } from "./pure/fields.js";

const PAUSE = 3_000;

class Saver {
  #form;
  #timer;
  #sending = false;
  #dirty = false;
  #again = false; // a field was left while a request was on its way
  #then; // what waits for the answer

  constructor(form) {
    this.#form = form;
  }

  changed() {
    this.#dirty = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), PAUSE);
  }

  async save() {
    clearTimeout(this.#timer);
    if (!this.#dirty || this.#form.dataset.sent || !this.#form.isConnected) return;
    this.#again = this.#sending;
    if (this.#sending) return;
    this.#sending = true;
    this.#dirty = false;
    try {
      const response = await fetch(this.#form.dataset.autosave, {
        method: "POST",
        body: typed(this.#form),
        headers: { Accept: "application/json" },
        keepalive: true,
      });
      const answer = await response.json();
      this.#show(answer.saved ?? answer.problem ?? "");
      if (answer.draft) this.#remember(answer.draft);
    } catch {
      this.#dirty = true; // the network is away: the next change tries again
    }
    this.#sending = false;
    const then = this.#then;
    this.#then = undefined;
    if (then) then();
    else if (this.#again) this.save();
    else if (this.#dirty) this.changed();
  }

  /** The page goes away. */
  leave() {
    if (this.#form.dataset.sent || !this.#form.isConnected) return;
    keepHere(this.#form, { confirmed: !this.#dirty && !this.#sending });
    this.save();
  }

  /** Sending the form waits for a draft on its way, or the form would not name it and a second one would be created. */
  submitted(event) {
    clearTimeout(this.#timer);
    if (!this.#sending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    this.#then = () => this.#form.requestSubmit(submitter);
  }

  #show(text) {
    const note = this.#form.querySelector("[data-saved]");
    if (note) note.textContent = text;
  }

  #remember(draft) {
    const input = this.#form.elements.draft;
    if (!input || input.value === draft) return;
    input.value = draft;
    history.replaceState(history.state, "", `?draft=${draft}`);
  }
}

/** The form's values without files: those are sent when the form is. */
function typed(form) {
  const values = new FormData(form);
  for (const [name, value] of [...values]) if (value instanceof File) values.delete(name);
  return new URLSearchParams(values);
}

const placeOf = (form) => `autosave ${form.dataset.autosave}`;

function keepHere(form, { confirmed }) {
  try {
    const draft = form.elements.draft?.value;
    sessionStorage.setItem(placeOf(form), JSON.stringify({ confirmed, draft, pairs: [...typed(form)] }));
  } catch {
    // no storage, or none left: the request on its way has to do
  }
}

/** What this tab kept of the form, once; nothing where the page was opened in another way than by returning to it. */
function takeBack(form) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(placeOf(form)));
    sessionStorage.removeItem(placeOf(form));
    const [{ type }] = performance.getEntriesByType("navigation");
    if (!kept || type === "navigate") return undefined;
    const isKnown = kept.draft === form.elements.draft?.value || location.search.includes("draft=");
    return kept.confirmed && isKnown ? undefined : kept.pairs;
  } catch {
    return undefined;
  }
}

export function startAutosave() {
  const savers = new Map();
  const of = (form) => savers.get(form) ?? savers.set(form, new Saver(form)).get(form);
  const form = (event) => event.target.closest?.("form[data-autosave]");
  document.addEventListener("input", (event) => form(event) && of(form(event)).changed());
  document.addEventListener("submit", (event) => form(event) && of(form(event)).submitted(event), true);
  addEventListener("pagehide", () => savers.forEach((saver) => saver.leave()));
  document.addEventListener("focusout", (event) => form(event) && of(form(event)).save());
  document.addEventListener("DOMContentLoaded", () => {
    for (const found of document.querySelectorAll("form[data-autosave]")) {
      const kept = takeBack(found);
      if (!kept || !refill(found.elements, kept)) continue;
      found.dispatchEvent(new Event("input", { bubbles: true })); // the preview follows, too
      of(found).save();
    }
  });
}
