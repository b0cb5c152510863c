// Names of places between the pins: as many as fit. Screen readers have them with the pins and in the list of places.
import L from "leaflet";
import { fitting } from "../pure/places.js";

const LETTER = 6.4; // pixels, on average
const HEIGHT = 15;

export function createLabels(map) {
  map.createPane("labels").setAttribute("aria-hidden", "true");
  const layer = L.layerGroup().addTo(map);
  let offered = [];

  function draw() {
    layer.clearLayers();
    const size = map.getSize();
    const labels = offered.map(({ text, at }) => {
      const { x, y } = map.latLngToContainerPoint(at);
      return { text, at, x, y, width: text.length * LETTER, height: HEIGHT };
    });
    for (const label of fitting(labels, taken(map), { width: size.x, height: size.y })) layer.addLayer(marker(label));
  }

  return {
    draw,
    /** Offer names ({text, at}) for showing, the most important first. */
    offer(labels) {
      offered = labels;
      draw();
    },
  };
}

function marker({ text, at, width, dy }) {
  const name = document.createElement("span");
  name.textContent = text;
  const icon = L.divIcon({
    className: "map-label",
    html: name,
    iconSize: [width, HEIGHT],
    iconAnchor: [width / 2, HEIGHT / 2 - dy],
  });
  return L.marker(at, { icon, pane: "labels", interactive: false, keyboard: false });
}

/** Where pins, marks and buttons stand, in pixels of the map. */
function taken(map) {
  const container = map.getContainer();
  const origin = container.getBoundingClientRect();
  return [...map.getPane("markerPane").children, ...container.querySelectorAll(".leaflet-control")].map((mark) => {
    const { left, top, width, height } = mark.getBoundingClientRect();
    return { x: left - origin.left + width / 2, y: top - origin.top + height / 2, width, height };
  });
}
