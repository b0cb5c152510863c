// Live pages. The server names the topics and the last event that the page shows:
// `<body data-live-topics="board public" data-live-after="123">`, or any element with these attributes.
// Every event is also passed to the page's own scripts: `document.addEventListener("tn:event", ({detail}) => …)`.
import { announce } from "./lib/live/announce.js";
import { Fragments } from "./lib/live/fragments.js";
import { Light } from "./lib/live/light.js";
import { EventStream } from "./lib/live/stream.js";

const root = document.querySelector("[data-live-topics]");
const topics = root?.dataset.liveTopics.split(/\s+/).filter(Boolean) ?? [];

function dispatch(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

if (topics.length) {
  const light = new Light();
  const fragments = new Fragments((node) => light.redraw(node));
  const stream = new EventStream(topics, root.dataset.liveAfter || null, {
    state: (state) => light.show(state),
    reset: () => fragments.all(),
    presence: "livePresence" in root.dataset ? (message) => dispatch("tn:presence", message) : undefined,
    ended: (code) => dispatch("tn:ended", { code }),
    event: (event) => {
      fragments.event(event);
      announce(event);
      dispatch("tn:event", event);
    },
  });

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    stream.wake();
    fragments.catchUp();
  });
  addEventListener("online", () => stream.wake());
  addEventListener("pagehide", () => stream.sleep()); // a page with an open socket cannot go into the back/forward cache
  addEventListener("pageshow", (event) => event.persisted && stream.wake());
}
