// What is typed, searched and inserted. Nothing here touches the page, so node tests it (tests/js/).

const OFFERED = 8;
const BEFORE = /(?:^|[\s([“"'«])@([^@\n]{0,40})$/;

/** Lower case without marks, as people type in a hurry. */
export function folded(text) {
  // Also ð and ɖ, whose capitals look like Đ (as core.text.fold on the server).
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase().replace(/[đ\u00f0\u0256]/g, "d");
}

/** Whether the text has all words of a search, in any order, with or without marks. */
export function hasWords(text, search) {
  const searched = folded(text);
  return folded(search).split(/\s+/).every((word) => searched.includes(word));
}

/** What is being typed after the last @ before the caret; null where nobody is being mentioned. */
export function typedMention(text) {
  return BEFORE.exec(text)?.[1] ?? null;
}

/** The first names (at most 8) that fit what is typed after an @. None when the only one is complete already. */
export function offeredNames(names, typed) {
  const wanted = folded(typed);
  const found = names.filter((name) => folded(name).includes(wanted)).slice(0, OFFERED);
  return found.length === 1 && found[0] === typed ? [] : found;
}

/** The text with a line break before it where it would otherwise not begin a line. */
export function onOwnLine(before, text) {
  return before && !before.endsWith("\n") ? `\n${text}` : text;
}

/** Who else is on the page: `words` has a sentence with {name} for each thing that somebody may be doing, and for "". */
export function presenceText(people, words) {
  return people.map(({ name, doing }) => (words[doing] ?? words[""]).replace("{name}", name)).join("; ");
}

/** How many are selected, in the server's words: `{none: …, one: …, many: "{n} …"}`. */
export function selectedText(number, words) {
  return number ? words[number === 1 ? "one" : "many"].replace("{n}", number) : words.none;
}
