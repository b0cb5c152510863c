// Announces events to screen readers: `<p class="visually-hidden" aria-live="polite" data-live-announce
// data-labels='{"ticket.resolved": "{ticket}: answered"}'>`. A type without a label is not announced.
import { sentence } from "../pure/events.js";

export function announce(event) {
  for (const node of document.querySelectorAll("[data-live-announce]")) {
    const text = sentence(JSON.parse(node.dataset.labels || "{}"), event);
    if (text) node.textContent = text;
  }
}
