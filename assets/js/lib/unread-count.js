// The number of unread notifications in the masthead stays correct while the page is open: it is asked for again every
// minute, shortly after an event of a live page, and when the tab is visible again.
const EVERY = 60_000;
const AFTER_EVENT = 3_000; // the notification is written by a worker that follows the log
let waiting = 0;

export function startUnreadCount() {
  if (!document.getElementById("unread-count")) return;
  setInterval(() => !document.hidden && refresh(), EVERY);
  document.addEventListener("visibilitychange", () => !document.hidden && refresh());
  document.addEventListener("tn:event", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, AFTER_EVENT);
  });
}

async function refresh() {
  const link = document.getElementById("unread-count");
  try {
    const response = await fetch(link.dataset.address, { headers: { "HX-Request": "true" } });
    if (!response.ok || response.redirected) return; // signed out in another tab
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("unread-count");
    if (fresh && fresh.innerHTML !== link.innerHTML) link.innerHTML = fresh.innerHTML;
  } catch {
    // The network is down; the next request is in a minute.
  }
}
