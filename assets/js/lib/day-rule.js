// Moves the needle of today's working day and its words once a minute. The server has drawn the first state; the
// periods come as minutes of the day in `data-periods`, the words as templates, so no language is known here.

const MINUTE = 60_000;

/** Working minutes from `from` to `to` (minutes of the day) inside the periods. */
export function workingMinutes(periods, from, to) {
  return periods.reduce((sum, [open, close]) => sum + Math.max(0, Math.min(close, to) - Math.max(open, from)), 0);
}

/** Where `minute` lies between the first opening and the last closing, in percent. */
export function position(periods, minute) {
  const first = periods[0][0];
  const last = periods.at(-1)[1];
  return Math.min(100, Math.max(0, ((minute - first) / (last - first)) * 100));
}

/** Puts minutes into the server's words for hours and minutes: `{hm: "{h} h {m} min", h: …, m: …}`. */
export function duration(minutes, words) {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const text = hours && rest ? words.hm : hours ? words.h : words.m;
  return text.replace("{h}", hours).replace("{m}", String(rest).padStart(hours ? 2 : 1, "0"));
}

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
    for (const node of root.querySelectorAll("[data-today-time]")) node.textContent = clock(minute, today);
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

function clock(minute, { hours, halves }) {
  const h = Math.floor(minute / 60);
  const m = String(minute % 60).padStart(2, "0");
  if (hours === "12") return `${h % 12 || 12}:${m} ${halves[Number(h >= 12)]}`;
  return `${String(h).padStart(2, "0")}:${m}`;
}
