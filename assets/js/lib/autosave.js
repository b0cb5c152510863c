// Keeps what is being typed: `<form data-autosave="/address">` is posted (without its files) a few seconds after a
// change and when a field is left. The answer is JSON: {saved: "Draft saved 15:19"} is shown in the form's
// [data-saved]; {draft: id} goes into the form's input of that name, so that the next request saves the same draft.
// One request at a time, so that two requests never create two drafts.

const PAUSE = 3_000;

class Saver {
  #form;
  #timer;
  #sending = false;
  #dirty = false;
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
    if (!this.#dirty || this.#sending || this.#form.dataset.sent || !this.#form.isConnected) return;
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
    else if (this.#dirty) this.changed();
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

export function startAutosave() {
  const savers = new Map();
  const of = (form) => savers.get(form) ?? savers.set(form, new Saver(form)).get(form);
  const form = (event) => event.target.closest?.("form[data-autosave]");
  document.addEventListener("input", (event) => form(event) && of(form(event)).changed());
  document.addEventListener("submit", (event) => form(event) && of(form(event)).submitted(event), true);
  addEventListener("pagehide", () => savers.forEach((saver) => saver.save()));
  document.addEventListener("focusout", (event) => form(event) && of(form(event)).save());
}
