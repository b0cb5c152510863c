// `<input data-suggest="/vi/search/suggest/" data-suggest-label="…">` becomes a combobox with a listbox in groups
// (WAI-ARIA 1.2, editable combobox with list autocomplete). Without script it stays a plain field of a search form.
// Arrows, Home and End choose, Enter opens what is chosen or searches, Escape closes; what was typed always stays.
const WAIT = 120; // ms after the last key
const SHORTEST = 2; // characters

const boxes = new WeakMap();

export function startComboboxes() {
  for (const input of document.querySelectorAll("input[data-suggest]")) boxOf(input);
  document.addEventListener("focusin", (event) => boxOf(event.target));
  document.addEventListener("focusout", (event) => boxOf(event.target)?.close());
  document.addEventListener("input", (event) => boxOf(event.target)?.typed());
  document.addEventListener("keydown", (event) => {
    if (!event.isComposing && boxOf(event.target)?.key(event)) event.preventDefault();
  });
}

/** The combobox of a field, made on first use: a page that was restored from history has new fields. */
function boxOf(target) {
  if (!(target instanceof HTMLInputElement) || !target.dataset.suggest) return undefined;
  if (!boxes.has(target)) boxes.set(target, new Combobox(target));
  return boxes.get(target);
}

class Combobox {
  #input;
  #list;
  #status;
  #active = -1;
  #timer;
  #request;
  #shown; // the text whose suggestions the list holds

  constructor(input) {
    this.#input = input;
    const wrapper = input.closest(".combobox");
    for (const old of wrapper.querySelectorAll(".combo, .combo-said")) old.remove();
    this.#list = document.createElement("div");
    this.#list.className = "combo";
    this.#list.id = `${input.id}-list`;
    this.#list.hidden = true;
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", input.dataset.suggestLabel);
    this.#status = document.createElement("p");
    this.#status.className = "combo-said visually-hidden";
    this.#status.setAttribute("role", "status");
    wrapper.append(this.#list, this.#status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.#list.id);
    // The field keeps the focus while the list is used with a mouse or a finger.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => this.#open(event.target.closest("[role=option]")));
  }

  typed() {
    clearTimeout(this.#timer);
    this.#request?.abort();
    if (this.#text().length < SHORTEST) return this.close();
    this.#timer = setTimeout(() => this.#ask(), WAIT);
  }

  /** Whether the key was for the list. */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return false;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) return this.#step(steps[event.key], event.altKey);
    if (event.key === "Enter" && this.#active < 0) this.close(); // the form is sent
    if (this.#list.hidden) return false;
    if (event.key === "Escape" || event.key === "Tab") {
      this.close();
      return event.key === "Escape";
    }
    if (this.#active < 0) return false;
    if (event.key === "Enter") return this.#open(this.#options()[this.#active]);
    if (event.key === "Home") return this.#choose(0);
    if (event.key === "End") return this.#choose(this.#options().length - 1);
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") this.#choose(-1); // back in the text
    return false;
  }

  close() {
    clearTimeout(this.#timer);
    this.#request?.abort();
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#choose(-1);
    this.#status.textContent = "";
  }

  async #ask() {
    const text = this.#text();
    this.#request = new AbortController();
    const parameters = new URLSearchParams({ q: text, id: this.#list.id });
    try {
      const answer = await fetch(`${this.#input.dataset.suggest}?${parameters}`, {
        signal: this.#request.signal,
        headers: { Accept: "text/html" },
      });
      if (answer.ok) this.#show(text, await answer.text());
      else this.close();
    } catch {
      // Overtaken by the next key, or offline: the field still searches.
    }
  }

  #show(text, html) {
    const parts = document.createElement("template");
    parts.innerHTML = html;
    const said = parts.content.querySelector("[data-said]");
    said?.remove();
    this.#choose(-1);
    this.#list.replaceChildren(parts.content);
    this.#shown = text;
    const some = this.#options().length > 0 && document.activeElement === this.#input;
    this.#list.hidden = !some;
    this.#input.setAttribute("aria-expanded", String(some));
    this.#status.textContent = said?.textContent.trim() ?? "";
  }

  #step(by, withAlt) {
    if (this.#list.hidden) {
      if (this.#text().length < SHORTEST) return false;
      if (this.#shown !== this.#text()) this.#ask();
      else if (this.#options().length) {
        this.#list.hidden = false;
        this.#input.setAttribute("aria-expanded", "true");
        if (!withAlt) this.#choose(by > 0 ? 0 : this.#options().length - 1);
      }
      return true;
    }
    // One place more than there are options: the text itself, where nothing is chosen.
    const places = this.#options().length + 1;
    return this.#choose(((this.#active + 1 + by + places) % places) - 1);
  }

  #choose(place) {
    this.#active = place;
    const options = this.#options();
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    if (place < 0) this.#input.removeAttribute("aria-activedescendant");
    else {
      this.#input.setAttribute("aria-activedescendant", options[place].id);
      options[place].scrollIntoView({ block: "nearest" });
    }
    return true;
  }

  #open(option) {
    if (!option) return false;
    location.assign(option.dataset.url);
    return true;
  }

  #options() {
    return [...this.#list.querySelectorAll("[role=option]")];
  }

  #text() {
    return this.#input.value.trim();
  }
}
