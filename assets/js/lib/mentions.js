// `<textarea data-mentions="people">`: after an @ the names of the list `#people` (`<li>@name</li>`) are offered below
// the field. Arrows choose, Enter or Tab takes, Escape closes; a click takes too. Without script the list is there to read.
import { offeredNames, typedMention } from "./pure/text.js";

class Picker {
  #field;
  #list;
  #at = 0;

  offer(field) {
    const typed = typedMention(field.value.slice(0, field.selectionStart));
    const names = typed === null ? [] : offeredNames(this.#names(field), typed);
    if (!names.length) return this.close();
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

  #names(field) {
    const all = [...document.querySelectorAll(`#${CSS.escape(field.dataset.mentions)} li`)];
    return all.map((one) => one.textContent.replace(/^@/, ""));
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
    const start = end - typedMention(field.value.slice(0, end)).length;
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
