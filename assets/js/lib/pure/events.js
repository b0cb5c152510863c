// Decisions about live events. Nothing here touches the page, so node tests it (tests/js/).

const LONGEST_PAUSE = 30_000;

/** Milliseconds until the next attempt: doubles with each failure, and differs between clients so that they spread. */
export function pause(failures, random = Math.random) {
  return Math.min(LONGEST_PAUSE, 500 * 2 ** failures) * (0.5 + random());
}

/** Whether a list such as "ticket. message.posted" names the type; an empty list names all. */
export function concerns(types, type) {
  const names = (types ?? "").split(/\s+/).filter(Boolean);
  return !names.length || names.some((name) => (name.endsWith(".") ? type.startsWith(name) : type === name));
}

/** The sentence for an event, or "". */
export function sentence(labels, event) {
  return (labels[event.type] ?? "").replace("{ticket}", event.ticket);
}
