// Parts of a page that reload themselves. `<section id="rows" data-live-refresh="/vi/board/?part=rows">`:
//   data-live-types="ticket. message.posted"   only for these types of event; a final dot means every type with this prefix
//   data-live-every="60"                       also every so many seconds, for running times
// The answer is the part itself, or a page that holds an element of the same id. It is morphed in place, so focus, typed
// words, open folds and scrolling stay. Inside, `id` marks a row: one that changed gets the class `changed` for a while;
// `data-live-key` says what counts as a change where the words change by themselves (minutes left).
import { concerns } from "../pure/events.js";

const DEBOUNCE = 150;
const FADE = 2_500;
const ROWS = "tr[id], li[id], article[id], [data-live-key][id]";

export class Fragments {
  #waiting = new Map(); // fragment → timer, or true while its answer is awaited
  #again = new Set(); // asked for while an answer was awaited, or while the tab was hidden
  #morphed;

  constructor(morphed = () => {}) {
    this.#morphed = morphed;
    setInterval(() => this.#refreshByTime(), 1_000);
  }

  /** An event happened: every part that shows it is fetched again. */
  event(event) {
    for (const node of fragments()) if (concerns(node.dataset.liveTypes, event.type)) this.#ask(node);
  }

  /** Fetch everything again. */
  all() {
    for (const node of fragments()) this.#ask(node);
  }

  /** The tab is visible again. */
  catchUp() {
    const nodes = [...this.#again];
    this.#again.clear();
    for (const node of nodes) this.#ask(node);
  }

  #refreshByTime() {
    for (const node of fragments()) {
      const every = Number(node.dataset.liveEvery) * 1000;
      if (!every || document.hidden) continue;
      node.liveFetched ??= Date.now();
      if (Date.now() - node.liveFetched >= every) this.#ask(node);
    }
  }

  #ask(node) {
    if (document.hidden || this.#waiting.get(node) === true) {
      this.#again.add(node);
    } else if (!this.#waiting.has(node)) {
      this.#waiting.set(node, setTimeout(() => this.#fetch(node), DEBOUNCE));
    }
  }

  async #fetch(node) {
    this.#waiting.set(node, true);
    node.liveFetched = Date.now();
    try {
      const response = await fetch(node.dataset.liveRefresh, { headers: { "HX-Request": "true" } });
      // A redirect leads to another page, such as the sign-in: that does not belong to this one.
      if (response.ok && !response.redirected && node.isConnected) await this.#morph(node, await response.text());
    } catch {
      // The network is down: the connection light shows it, and the next event or reset asks again.
    }
    this.#waiting.delete(node);
    if (this.#again.delete(node)) this.#ask(node);
  }

  async #morph(node, html) {
    const fresh = part(html, node);
    if (!fresh) return;
    keepOpen(node, fresh);
    keepMarks(node, fresh);
    keepTicked(node, fresh);
    const before = keys(node);
    const id = node.id;
    await htmx.swap({ text: fresh.outerHTML, target: node, sourceElement: node, swap: "outerMorph" });
    const now = (id && document.getElementById(id)) || node;
    for (const [row, key] of keys(now)) if (before.get(row) !== key) mark(document.getElementById(row));
    this.#morphed(now);
  }
}

function fragments() {
  return document.querySelectorAll("[data-live-refresh]");
}

function part(html, node) {
  const page = new DOMParser().parseFromString(`<template>${html}</template>`, "text/html").querySelector("template");
  const content = page.content;
  return (node.id && content.querySelector(`#${CSS.escape(node.id)}`)) || content.firstElementChild;
}

function keys(scope) {
  return new Map([...scope.querySelectorAll(ROWS)].map((row) => [row.id, row.dataset.liveKey ?? words(row)]));
}

function words(row) {
  return row.textContent.replace(/\s+/g, " ").trim();
}

function mark(row) {
  row.classList.add("changed");
  setTimeout(() => row.classList.remove("changed"), FADE);
}

/** A row that is still highlighted stays so when the next event follows immediately. */
function keepMarks(old, fresh) {
  for (const row of old.querySelectorAll(".changed[id]")) fresh.querySelector(`#${CSS.escape(row.id)}`)?.classList.add("changed");
}

/** Boxes that were ticked stay so; the server does not know of them. */
function keepTicked(old, fresh) {
  for (const box of old.querySelectorAll("input[type=checkbox][id]")) {
    const same = fresh.querySelector(`#${CSS.escape(box.id)}`);
    if (!same) continue;
    same.checked = box.checked;
    same.toggleAttribute("checked", box.checked);
  }
}

/** What the reader has unfolded stays so: the server does not know of it. */
function keepOpen(old, fresh) {
  for (const kind of ["details", "dialog"]) {
    const [before, after] = [old.querySelectorAll(kind), fresh.querySelectorAll(kind)];
    before.forEach((one, index) => {
      const same = one.id ? fresh.querySelector(`#${CSS.escape(one.id)}`) : before.length === after.length && after[index];
      if (same) same.toggleAttribute("open", one.open);
    });
  }
}
