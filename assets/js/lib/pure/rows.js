// Moving through rows by keyboard. Nothing here touches the page, so node tests it (tests/js/).

/** The index `step` rows further on, within the list. With no row selected (-1): the first, or going up the last. */
export function nextIndex(at, step, length) {
  if (at < 0) return step > 0 ? 0 : length - 1;
  return Math.min(length - 1, Math.max(0, at + step));
}
