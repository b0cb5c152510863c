// The part of the page that holds the map. Filters bring a fresh one; the map itself moves into it and only its pins change.
import { filled } from "../pure/places.js";
import { listCounts } from "./counts.js";
import { createMap } from "./map.js";

let map = null;
let shown = null; // the section that has the map
let loading = new AbortController();
let areas = null;

export function startMap() {
  document.addEventListener("htmx:after:swap", show);
  document.addEventListener("toggle", show, true);
  document.addEventListener("click", ({ target }) => target.closest("[data-map-again]") && load(shown));
  show();
}

/** Show the map in the section that is on the page now, unless it is folded or has it already. */
function show() {
  const section = document.querySelector("[data-map]");
  if (!section?.querySelector("[data-map-fold]").open) return;
  if (section === shown) {
    map?.resize(); // it may have been folded
    return;
  }
  shown = section;
  if (map) {
    place(section);
    map.follow(section);
  }
  load(section);
}

async function load(section) {
  loading.abort();
  const { signal } = (loading = new AbortController());
  const { wards, points } = section.dataset;
  say(section, "");
  try {
    areas ??= await json(wards, signal);
    const found = await json(points, signal);
    map ??= createMap(section.dataset, areas);
    place(section);
    map.show(found.features, section);
    listCounts(section, found, map.showPlace);
    const { some, all, none } = section.dataset;
    const shown = found.features.length;
    say(section, filled(!shown ? none : shown < found.count ? some : all, { shown, all: found.count }));
  } catch (error) {
    if (error.name !== "AbortError") say(section, section.dataset.failed, true);
  }
}

/** Put the map in the place of the simple one. */
function place(section) {
  const box = section.querySelector(".map");
  if (box.contains(map.element)) return;
  box.replaceChildren(map.element);
  box.classList.add("map-live");
  for (const words of section.querySelectorAll("[data-map-static]")) words.hidden = true;
  for (const words of section.querySelectorAll("[data-map-words]")) words.hidden = false;
  map.resize();
}

function say(section, words, hasFailed = false) {
  section.querySelector("[data-map-note]").textContent = words;
  section.querySelector("[data-map-again]").hidden = !hasFailed;
}

async function json(address, signal) {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}
