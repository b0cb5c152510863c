import assert from "node:assert/strict";
import { test } from "node:test";

import { refill } from "../../assets/js/lib/pure/fields.js";

const text = (name, value = "", type = "textarea") => ({ name, value, type });
const choice = (name, value, checked, type = "radio") => ({ name, value, checked, type });

test("texts come back, in the order of fields of one name", () => {
  const fields = [text("title"), text("line"), text("line", "old")];
  assert.equal(refill(fields, [["line", "1"], ["title", "Đất"], ["line", "2"]]), true);
  assert.deepEqual(fields.map((field) => field.value), ["Đất", "1", "2"]);
});

test("what is the same changes nothing", () => {
  assert.equal(refill([text("title", "a"), choice("kind", "x", true)], [["title", "a"], ["kind", "x"]]), false);
});

test("an emptied field is empty again", () => {
  const field = text("title", "old");
  assert.equal(refill([field], [["title", ""]]), true);
  assert.equal(field.value, "");
});

test("choices are those that were made", () => {
  const fields = [choice("kind", "a", true), choice("kind", "b", false), choice("consent", "on", true, "checkbox")];
  assert.equal(refill(fields, [["kind", "b"]]), true);
  assert.deepEqual(fields.map((field) => field.checked), [false, true, false]);
});

test("several of a list", () => {
  const options = ["a", "b", "c"].map((value) => ({ value, selected: value === "a" }));
  assert.equal(refill([{ name: "agencies", type: "select-multiple", options }], [["agencies", "b"], ["agencies", "c"]]), true);
  assert.deepEqual(options.map((option) => option.selected), [false, true, true]);
});

test("hidden fields, files and buttons stay, but for the key of the form", () => {
  const fields = [text("expected_event", "9", "hidden"), text("key", "new", "hidden"), text("uploads", "", "file"), text("", "x")];
  assert.equal(refill(fields, [["expected_event", "1"], ["key", "old"], ["uploads", "a.txt"]]), false);
  assert.deepEqual(fields.map((field) => field.value), ["9", "old", "", "x"]);
});
