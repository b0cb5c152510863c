// Letters as shortcuts can be switched off (they collide with speech input and some screen readers): a checkbox with
// `data-keys-switch` in the dialog of shortcuts, remembered in this browser, for every page.
const STORE = "tn-keys";

/** Whether letters act as shortcuts. */
export function keysOn() {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch {
    return true; // storage is forbidden here
  }
}

export function startKeySwitch() {
  for (const box of document.querySelectorAll("[data-keys-switch]")) {
    box.checked = keysOn();
    box.addEventListener("change", () => {
      try {
        localStorage.setItem(STORE, box.checked ? "on" : "off");
      } catch {
        box.checked = true;
      }
    });
  }
}
