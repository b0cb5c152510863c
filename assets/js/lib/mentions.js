// `<textarea data-mentions="people">`: behind an @ the names of the list `#people` (`<li>@name</li>`) are offered below
// the field. Arrows choose, Enter or Tab takes, Escape closes; a click takes too. Without script the list is there to read.

const OFFERED = 8;
const BEFORE = /(?:^|[\s([“"'«])@([^@\n]{0,40})$/;

/** Lower case without marks, as people type in a hurry. */
export function folded(text) {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "d").toLowerCase();
}

/** What is being typed behind the last @ before the caret; null where nobody is being mentioned. */
export function typed(text) {
  return BEFORE.exec(text)?.[1] ?? null;
}

class Picker {
  #field;
  #list;
  #at = 0;

  offer(field) {
    const query = typed(field.value.slice(0, field.selectionStart));
    const names = query === null ? [] : this.#names(field, query);
    if (!names.length || (names.length === 1 && names[0] === query)) return this.close();
    this.#open(field, names);
  }

  /** Whether the key was for the list. */
  key(event) {
    if (!this.#list || event.target !== this.#field) return false;
    const options = [...this.#list.children];
    if (event.key === "ArrowDown") this.#choose((this.#at + 1) % options.length);
    else if (event.key === "ArrowUp") this.#choose((this.#at + options.length - 1) % options.length);
    else if (event.key === "Enter" || event.key === "Tab") this.#take(options[this.#at].textContent);
    else if (event.key === "Escape") this.close();
    else return false;
    return true;
  }

  close() {
    this.#list?.remove();
    this.#field?.removeAttribute("aria-activedescendant");
    this.#list = this.#field = undefined;
  }

  #names(field, query) {
    const all = [...document.querySelectorAll(`#${CSS.escape(field.dataset.mentions)} li`)];
    const wanted = folded(query);
    return all.map((one) => one.textContent.replace(/^@/, "")).filter((name) => folded(name).includes(wanted)).slice(0, OFFERED);
  }

  #open(field, names) {
    this.close();
    this.#field = field;
    this.#list = document.createElement("ul");
    this.#list.className = "mention-list";
    this.#list.id = `${field.id}-names`;
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", field.labels?.[0]?.textContent ?? "");
    names.forEach((name, index) => {
      const option = document.createElement("li");
      option.setAttribute("role", "option");
      option.id = `${this.#list.id}-${index}`;
      option.textContent = name;
      option.addEventListener("pointerdown", (event) => {
        event.preventDefault(); // the field keeps the focus
        this.#take(name);
      });
      this.#list.append(option);
    });
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.#list.id);
    field.after(this.#list);
    this.#choose(0);
  }

  #choose(index) {
    this.#at = index;
    [...this.#list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    this.#field.setAttribute("aria-activedescendant", this.#list.children[index].id);
    this.#list.children[index].scrollIntoView({ block: "nearest" });
  }

  #take(name) {
    const field = this.#field;
    const end = field.selectionStart;
    const start = end - typed(field.value.slice(0, end)).length;
    field.setRangeText(`${name} `, start, end, "end");
    this.close();
    field.dispatchEvent(new Event("input", { bubbles: true })); // what is typed is kept
    this.close();
  }
}

export function startMentions() {
  const picker = new Picker();
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("textarea[data-mentions]")) picker.offer(event.target);
  });
  document.addEventListener(
    "keydown",
    (event) => {
      if (!picker.key(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
  document.addEventListener("focusout", () => picker.close());
}
