// Pins: a number for a project of the list beside the map, a dot for one of its other pages, a group where they are close.
import L from "leaflet";
import "leaflet.markercluster";
import { commonest, filled } from "../pure/places.js";

const GROUPED_WITHIN = 38; // pixels

// An icon that says what it stands for. Leaflet makes it a button.
const SayingIcon = L.DivIcon.extend({
  createIcon(old) {
    const element = L.DivIcon.prototype.createIcon.call(this, old);
    element.setAttribute("aria-label", this.options.label);
    element.dataset.codes = this.options.codes.join(" ");
    return element;
  },
});

export function createPins(map, words, { isCalm }) {
  const heard = { drawn: [], focus: [], press: [] };
  const tell = (name, ...values) => heard[name].forEach((listener) => listener(...values));
  let markers = new Map(); // by the project's code
  let current = null;

  const group = L.markerClusterGroup({
    maxClusterRadius: GROUPED_WITHIN,
    showCoverageOnHover: false,
    animate: !isCalm,
    spiderLegPolylineOptions: { className: "map-leg" },
    iconCreateFunction: (cluster) => groupIcon(cluster.getAllChildMarkers(), words),
  }).addTo(map);

  const drawn = () => {
    mark();
    tell("drawn");
  };
  group.on("animationend spiderfied unspiderfied", drawn);
  map.on("moveend", drawn);
  group.on("click", ({ layer, originalEvent }) => tell("press", layer.options.project.code, originalEvent.detail === 0));
  group.on("clusterclick", ({ layer, originalEvent }) => {
    if (originalEvent.detail !== 0) return; // by a key: the focus goes to the first pin of the group, once it is there
    const [first] = layer.getAllChildMarkers();
    const focus = () => {
      const now = visible(first);
      if (!now || now === layer.getElement()) return; // still on the way
      group.off("animationend", focus);
      now.focus();
    };
    group.on("animationend", focus);
    requestAnimationFrame(focus);
  });
  map.getPane("markerPane").addEventListener("focusin", ({ target }) => {
    const codes = target.dataset.codes?.split(" ") ?? [];
    tell("focus", codes.length === 1 ? codes[0] : null);
  });

  const visible = (marker) => group.getVisibleParent(marker)?.getElement();

  /** Let the pin of the current project, or the group that it is in, stand out. */
  function mark() {
    for (const pin of map.getPane("markerPane").querySelectorAll(".pin-on")) pin.classList.remove("pin-on");
    if (current) visible(current)?.classList.add("pin-on");
  }

  return {
    on: (name, listener) => heard[name].push(listener),
    show(features, numbers) {
      markers = new Map(features.map((feature) => [feature.properties.code, pin(feature, numbers, words)]));
      current = null;
      group.clearLayers().addLayers([...markers.values()]);
    },
    /** Make a project the current one; none for null or a project without a pin. */
    select(code) {
      current?.setZIndexOffset(0);
      current = markers.get(code) ?? null;
      current?.setZIndexOffset(1000);
      mark();
    },
    project: (code) => markers.get(code)?.options.project,
    position: (code) => markers.get(code)?.getLatLng(),
    element: (code) => markers.has(code) && visible(markers.get(code)),
    ofPlace: (name) =>
      [...markers.values()].filter(({ options }) => options.project.near === name).map((marker) => marker.getLatLng()),
  };
}

function pin({ geometry, properties }, numbers, words) {
  const [longitude, latitude] = geometry.coordinates;
  const number = numbers.get(properties.code);
  const label = number ? words.pin : words.dot;
  const icon = new SayingIcon({
    className: `${number ? "pin" : "dot"}${properties.about ? " ring" : ""}`,
    html: mark(number),
    iconSize: [28, 28],
    label: filled(label, { ...properties, number }),
    codes: [properties.code],
  });
  return L.marker([latitude, longitude], { icon, project: properties });
}

function groupIcon(markers, words) {
  const projects = markers.map(({ options }) => options.project);
  const place = commonest(projects.map(({ near }) => near));
  return new SayingIcon({
    className: "group",
    html: mark(markers.length),
    iconSize: [34, 34],
    label: filled(words.group, { n: markers.length, place }),
    codes: projects.map(({ code }) => code),
  });
}

function mark(text) {
  const element = document.createElement("span");
  element.textContent = text ?? "";
  return element;
}
