// What a pin says: title, place, the way to the project. Closing by Escape or its button leads back to the pin.
import L from "leaflet";

export function createPopup(map, words, pins) {
  const popup = L.popup({ closeButton: false, maxWidth: 260, minWidth: 180, offset: [0, -8], autoPanPadding: [12, 12] });
  const closed = [];
  let shown = null;

  map.on("popupclose", () => {
    shown = null;
    closed.forEach((listener) => listener());
  });

  const close = () => map.closePopup(popup);

  /** Close it and lead back to the pin; to the map, where the pin is out of sight. */
  function leave() {
    const code = shown;
    close();
    (pins.element(code) || map.getContainer()).focus();
  }

  return {
    close,
    leave,
    isOpen: () => shown !== null,
    onClose: (listener) => closed.push(listener),
    /** Say what a project is. By keyboard the focus goes to its link. */
    open(code, byKeyboard) {
      const content = say(pins.project(code), words, leave);
      popup.setContent(content).setLatLng(pins.position(code)).openOn(map);
      shown = code;
      if (byKeyboard) content.querySelector("a").focus({ preventScroll: true });
    },
  };
}

function say({ title, url, place, about }, words, onClose) {
  const content = make("div", "map-says");
  content.setAttribute("role", "dialog");
  content.setAttribute("aria-label", title);
  const link = make("a", "", title);
  link.href = url;
  const button = make("button", "map-close", "×");
  button.type = "button";
  button.setAttribute("aria-label", words.close);
  button.addEventListener("click", onClose);
  content.append(link, button, make("p", "", place));
  if (about) content.append(make("p", "muted", words.about));
  return content;
}

function make(name, className, text = "") {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}
