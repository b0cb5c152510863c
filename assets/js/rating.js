// The page that a link in a mail opens, with the score already chosen: it sends itself at the first input of a person.
// Loading it alone sends nothing, because programs that look through mail open every link, some of them in a browser.
// A person who starts to use the form presses its button.
const form = document.querySelector("form[data-sends-itself]");
const signs = ["pointermove", "pointerdown", "wheel"];

function answer(event) {
  for (const sign of signs) removeEventListener(sign, answer);
  if (!event.isTrusted || form.contains(event.target)) return;
  const by = document.createElement("input");
  Object.assign(by, { type: "hidden", name: "by", value: "page" });
  form.append(by);
  form.requestSubmit();
}

if (form) for (const sign of signs) addEventListener(sign, answer, { passive: true });
