// Who else is on the page: `<div data-presence="/address" data-words='{"": "{name} is looking", …}'>`. A heartbeat while the
// tab is visible, a last message when it is left. The answer names the others; an open socket brings changes immediately.
import { presenceText } from "./pure/text.js";

const BEAT = 20_000;
const PAUSE = 90_000; // after this time without typing a person counts as reading

export function startPresence() {
  const root = document.querySelector("[data-presence]");
  if (!root) return;
  const words = JSON.parse(root.dataset.words);
  const tab = Math.random().toString(36).slice(2, 14);
  let doing = "";
  let beating;
  let resting;

  function body(more) {
    const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
    return new URLSearchParams({ csrfmiddlewaretoken: token, tab, doing, ...more });
  }

  async function beat() {
    clearTimeout(beating);
    if (document.hidden) return;
    beating = setTimeout(beat, BEAT);
    try {
      const response = await fetch(root.dataset.presence, { method: "POST", body: body() });
      if (response.ok && !response.redirected) draw((await response.json()).people);
    } catch {
      // The network is down: the connection light shows it.
    }
  }

  function leave() {
    clearTimeout(beating);
    navigator.sendBeacon(root.dataset.presence, body({ left: 1 }));
  }

  function draw(people) {
    const text = presenceText(people, words);
    const shown = root.querySelector("[data-people]");
    if (shown.textContent !== text) shown.textContent = text;
    root.hidden = !text;
  }

  function writes(tool) {
    clearTimeout(resting);
    if (tool) resting = setTimeout(() => writes(""), PAUSE);
    if (tool === doing) return;
    doing = tool;
    beat();
  }

  document.addEventListener("input", ({ target }) => {
    if (target.matches?.("form[data-tool] textarea")) writes(target.value.trim() ? target.form.dataset.tool.split("-")[0] : "");
  });
  document.addEventListener("tn:presence", ({ detail }) => draw(detail.people));
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : beat()));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => event.persisted && beat());
  beat();
}
