// How many projects there are in each place, in words: what the map says, for everybody who does not see it.
import { addressOfProvince, filled } from "../pure/places.js";

const OPEN = 8; // places; the others are folded

/** Write the list. A place on the map can be shown there; a province elsewhere is a link to its projects. */
export function listCounts(section, { features, places }, showPlace) {
  const onMap = new Set(features.map(({ properties }) => properties.near));
  const rows = places.map(({ name, count, province }) => row(section, name, count, province, onMap.has(name), showPlace));
  const list = section.querySelector("[data-map-places]");
  list.replaceChildren(...rows.slice(0, OPEN));
  const rest = section.querySelector("[data-map-rest]");
  rest.hidden = rows.length <= OPEN;
  rest.querySelector("summary").textContent = filled(section.dataset.more, { n: rows.length - OPEN });
  rest.querySelector("ul").replaceChildren(...rows.slice(OPEN));
  section.querySelector("[data-map-counts]").hidden = !rows.length;
}

function row(section, name, count, province, isOnMap, showPlace) {
  const control = document.createElement(isOnMap ? "button" : province ? "a" : "span");
  if (isOnMap) {
    control.type = "button";
    control.addEventListener("click", () => showPlace(name));
  } else if (province) {
    control.href = addressOfProvince(section.dataset.list, new URL(section.dataset.points, location).search, province);
  }
  const number = document.createElement("span");
  number.className = "num";
  number.textContent = count;
  control.append(name, " ", number);
  const item = document.createElement("li");
  item.append(control);
  return item;
}
