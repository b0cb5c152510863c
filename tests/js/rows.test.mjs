import assert from "node:assert/strict";
import { test } from "node:test";
import { nextIndex } from "../../assets/js/lib/pure/rows.js";

test("moving stays within the list", () => {
  assert.equal(nextIndex(1, 1, 3), 2);
  assert.equal(nextIndex(2, 1, 3), 2);
  assert.equal(nextIndex(1, -1, 3), 0);
  assert.equal(nextIndex(0, -1, 3), 0);
});

test("with no row selected, down begins at the first and up at the last", () => {
  assert.equal(nextIndex(-1, 1, 3), 0);
  assert.equal(nextIndex(-1, -1, 3), 2);
});
