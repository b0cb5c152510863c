// Tells screen readers what happened: `<p class="visually-hidden" aria-live="polite" data-live-announce
// data-labels='{"ticket.resolved": "{ticket}: answered"}'>`. A type without a label is not announced.

/** The sentence for an event, or "". */
export function sentence(labels, event) {
  return (labels[event.type] ?? "").replace("{ticket}", event.ticket);
}

export function announce(event) {
  for (const node of document.querySelectorAll("[data-live-announce]")) {
    const text = sentence(JSON.parse(node.dataset.labels || "{}"), event);
    if (text) node.textContent = text;
  }
}
