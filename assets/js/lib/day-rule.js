// Moves the needle of today's working day and its words once a minute. The server has drawn the first state; the
// periods come as minutes of the day in `data-periods`, the words as templates, so this file knows no language.
import { clockOfMinute, duration, position, workingMinutes } from "./pure/time.js";

const MINUTE = 60_000;

export function startDayRule() {
  const root = document.querySelector("[data-today]");
  if (!root) return;
  const today = JSON.parse(root.dataset.today);
  // The clock of the server counts, not the visitor's: only the time since the page came is taken from here.
  const arrived = performance.now();

  function draw() {
    const seconds = today.second + (performance.now() - arrived) / 1000;
    if (seconds >= 86_400) return;
    const minute = Math.floor(seconds / 60);
    for (const node of root.querySelectorAll("[data-today-time]")) node.textContent = clockOfMinute(minute, today);
    if (!today.periods.length) return;
    const left = workingMinutes(today.periods, minute, 1440);
    for (const node of root.querySelectorAll("[data-today-left]")) node.textContent = duration(left, today.words);
    for (const node of root.querySelectorAll("[data-today-open]")) node.hidden = left === 0;
    for (const node of root.querySelectorAll("[data-today-over]")) node.hidden = left > 0;
    for (const node of document.querySelectorAll(".dayrule")) {
      node.style.setProperty("--now", `${position(today.periods, minute).toFixed(2)}%`);
    }
  }

  const toNextMinute = MINUTE - ((today.second * 1000) % MINUTE);
  setTimeout(() => {
    draw();
    setInterval(draw, MINUTE);
  }, toNextMinute);
  document.addEventListener("visibilitychange", () => document.hidden || draw());
}
