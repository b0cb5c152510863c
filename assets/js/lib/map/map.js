// The map itself: ground, moving about by mouse, touch and keyboard, and what is shown at first.
import L from "leaflet";
import { createLabels } from "./labels.js";
import { createPins } from "./pins.js";
import { createPopup } from "./popup.js";
import { followRows } from "./rows.js";

const IS_CALM = matchMedia("(prefers-reduced-motion: reduce)").matches;
const STEP = 80; // pixels that an arrow key moves the map by, as Leaflet's own
const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
const ZOOMS = { "+": 1, "=": 1, "-": -1, _: -1 };
const COUNTRY = L.latLngBounds([6, 100], [24.5, 119.5]);
const IS_COUNTRY = 2.5; // degrees from one point to another: what shows more is a map of the country
// A map of the country shows these two (in degrees, the middle of each archipelago).
const ISLES = { hoangSa: [16.5, 112], truongSa: [9.9, 114.2] };
const NAME = 124; // pixels: the width of their names

/** Make the map, without pins. `words` are the section's data attributes, `areas` the wards as GeoJSON. */
export function createMap(words, areas) {
  const element = document.createElement("div");
  element.className = "map-canvas";
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", words.label);
  const map = L.map(element, {
    attributionControl: false,
    zoomControl: false,
    scrollWheelZoom: false, // the wheel scrolls the page
    dragging: !L.Browser.mobile, // so does one finger; two move the map
    zoomSnap: words.tiles ? 1 : 0.5,
    maxZoom: words.tiles ? 18 : 15,
    maxBoundsViscosity: 1,
    zoomAnimation: !IS_CALM,
    fadeAnimation: !IS_CALM,
    markerZoomAnimation: !IS_CALM,
    inertia: !IS_CALM,
  });
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  const wards = L.geoJSON(areas, { interactive: false, style: { className: "ward" } });
  const city = wards.getBounds();
  if (words.tiles) drawTiles(map, words);
  map.setView(COUNTRY.getCenter(), 5); // so that pins can be drawn; `show` frames them
  drawIsles(map, words);

  const pins = createPins(map, words, { isCalm: IS_CALM });
  const labels = createLabels(map);
  const popup = createPopup(map, words, pins);
  const rows = followRows(pins);
  pins.on("drawn", labels.draw);
  pins.on("focus", (code) => rows.select(code));
  pins.on("press", (code, byKeyboard) => {
    rows.select(code);
    popup.open(code, byKeyboard);
  });
  popup.onClose(() => rows.select(null));
  element.addEventListener("keydown", (event) => onKey(event, map, popup));
  element.addEventListener("focusout", ({ relatedTarget }) => {
    if (!element.contains(relatedTarget) && !popup.isOpen()) rows.select(null);
  });

  function frame(bounds, { animate = false, margin = 28 } = {}) {
    map.fitBounds(bounds, { padding: [margin, margin], maxZoom: 12, animate });
  }

  function show(features) {
    popup.close();
    pins.show(features, rows.numbers());
    const bounds = L.latLngBounds(features.map(at));
    const isCity = !bounds.isValid() || (city.isValid() && city.pad(0.1).contains(bounds));
    const isCountry = !isCity && span(bounds) > IS_COUNTRY;
    if (!words.tiles) {
      // Of the country there is no outline, so the city's would stand alone.
      map[isCountry ? "removeLayer" : "addLayer"](wards);
      labels.offer(isCity ? wardLabels(areas) : placeLabels(features, isCountry ? "province" : "near"));
    }
    map.setMinZoom(0).setMaxBounds(null);
    if (isCountry) Object.values(ISLES).forEach((isle) => bounds.extend(isle));
    const shown = bounds.isValid() ? bounds : city.isValid() ? city : COUNTRY;
    frame(shown, isCountry ? { margin: NAME / 2 } : {}); // the names of the archipelagos, whole
    const limits = isCity && city.isValid() ? city.pad(0.3) : COUNTRY;
    map.setMaxBounds(limits).setMinZoom(Math.min(map.getZoom(), map.getBoundsZoom(limits)));
  }

  return {
    element,
    show,
    follow: rows.forget,
    resize: () => map.invalidateSize({ animate: false }),
    /** Frame the pins of a place and move the focus to the map. */
    showPlace(name) {
      popup.close();
      frame(L.latLngBounds(pins.ofPlace(name)), { animate: !IS_CALM });
      element.focus();
    },
  };
}

function drawTiles(map, words) {
  // The site sends no referrer to other hosts, and hosts of tiles refuse those who send none.
  L.tileLayer(words.tiles, { maxZoom: 18, referrerPolicy: "origin" }).addTo(map);
  L.control.attribution({ prefix: false }).addAttribution(words.attribution).addTo(map);
}

function drawIsles(map, words) {
  for (const [name, position] of Object.entries(ISLES)) {
    const mark = document.createElement("span");
    mark.textContent = words[name];
    const icon = L.divIcon({ className: "map-isles", html: mark, iconSize: [NAME, 44], iconAnchor: [NAME / 2, 8] });
    L.marker(position, { icon, interactive: false, keyboard: false }).addTo(map);
  }
}

/** Keys that Leaflet leaves alone because the focus is on a pin or in the popup. */
function onKey(event, map, popup) {
  const { key, target, currentTarget: element } = event;
  if (key === "Escape" && popup.isOpen()) {
    popup.leave();
  } else if ((key === "Enter" || key === " ") && target.matches(".leaflet-marker-icon")) {
    target.click();
  } else if (target === element || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  } else if (ARROWS[key]) {
    map.panBy(ARROWS[key], { animate: !IS_CALM });
  } else if (ZOOMS[key]) {
    map.setZoom(map.getZoom() + ZOOMS[key], { animate: !IS_CALM });
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  // The pin that had the focus may have left the map or gone into a group.
  setTimeout(() => document.activeElement === document.body && element.focus(), 400);
}

function at({ geometry }) {
  const [longitude, latitude] = geometry.coordinates;
  return [latitude, longitude];
}

function span(bounds) {
  return Math.max(bounds.getNorth() - bounds.getSouth(), bounds.getEast() - bounds.getWest());
}

function wardLabels({ features }) {
  return features.map(({ properties: { name, at } }) => ({ text: name, at: [at[1], at[0]] }));
}

/** One label for each place ("near" or "province") that has pins, at the middle of them; those with most pins first. */
function placeLabels(features, kind) {
  const places = new Map();
  for (const feature of features) {
    const name = feature.properties[kind];
    places.set(name, [...(places.get(name) ?? []), at(feature)]);
  }
  const sorted = [...places].sort(([, a], [, b]) => b.length - a.length);
  return sorted.map(([text, positions]) => ({ text, at: L.latLngBounds(positions).getCenter() }));
}
