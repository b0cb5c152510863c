// Values of a form's fields, as pairs of name and value.

const LEFT_ALONE = new Set(["file", "submit", "button", "reset", "image"]);

/** Put the pairs into the fields, and say whether that changed any. Hidden fields stay as the page has them, but for
 * `key`: by it the server knows that this is still the same form. */
export function refill(fields, pairs) {
  const given = new Map();
  for (const [name, value] of pairs) given.set(name, [...(given.get(name) ?? []), value]);
  let changed = false;
  for (const field of fields) {
    if (!field.name || LEFT_ALONE.has(field.type) || (field.type === "hidden" && field.name !== "key")) continue;
    const values = given.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") changed = check(field, "checked", values) || changed;
    else if (field.type === "select-multiple")
      for (const option of field.options) changed = check(option, "selected", values) || changed;
    else if (values.length) {
      const value = values.shift();
      changed ||= field.type !== "hidden" && field.value !== value;
      field.value = value;
    }
  }
  return changed;
}

function check(choice, property, values) {
  const before = choice[property];
  choice[property] = values.includes(choice.value);
  return choice[property] !== before;
}
