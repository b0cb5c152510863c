// Keeps the progress of a recalculation up to date in the administration, as long as one is running.
const EVERY = 1000;
const SLOWER = 10000;

async function refresh(part) {
  try {
    const answer = await fetch(part.dataset.progress, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) return SLOWER;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-progress]");
    if (!found) return SLOWER;
    part.replaceWith(found);
    return found.dataset.running === "true" ? EVERY : SLOWER;
  } catch {
    return SLOWER; // the server is down; it is asked again later
  }
}

async function round() {
  let next = SLOWER;
  if (!document.hidden) {
    const waits = await Promise.all([...document.querySelectorAll("[data-progress]")].map(refresh));
    next = Math.min(SLOWER, ...waits);
  }
  setTimeout(round, next);
}

setTimeout(round, EVERY);
