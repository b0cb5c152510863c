// Times as numbers and words. Nothing here touches the page, so node tests it (tests/js/).

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

/** A minute of the day as a clock shows it. `hours` is "12" or "24"; `halves` are the words for before and after noon. */
export function clockOfMinute(minute, { hours, halves }) {
  const h = Math.floor(minute / 60);
  const m = String(minute % 60).padStart(2, "0");
  if (hours === "12") return `${h % 12 || 12}:${m} ${halves[Number(h >= 12)]}`;
  return `${String(h).padStart(2, "0")}:${m}`;
}

/** A moment (Date) as a clock in `zone` shows it; in the browser's zone where none is given. */
export function clockOfMoment(moment, { hours, zone }) {
  const twelve = hours === "12";
  return new Intl.DateTimeFormat(twelve ? "en-US" : "en-GB", {
    hour: twelve ? "numeric" : "2-digit",
    minute: "2-digit",
    timeZone: zone || undefined,
  }).format(moment);
}
