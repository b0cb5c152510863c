import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOfProvince, commonest, filled, fitting } from "../../assets/js/lib/pure/places.js";

const SIZE = { width: 200, height: 100 };
const label = (x, y, width = 40) => ({ x, y, width, height: 10 });

test("words are filled in, also 0, and unknown ones stay", () => {
  assert.equal(filled("{n} of {all} near {place}", { n: 0, all: 3 }), "0 of 3 near {place}");
  assert.equal(filled("{place}", { place: "$& {n}" }), "$& {n}");
});

test("the commonest name, the first of several", () => {
  assert.equal(commonest(["a", "b", "b", "a", "b"]), "b");
  assert.equal(commonest(["a", "b"]), "a");
  assert.equal(commonest([]), "");
});

test("a label steps below or above what is taken, or is left out", () => {
  const pin = label(100, 50, 20);
  assert.deepEqual(fitting([label(100, 50)], [], SIZE).map(({ dy }) => dy), [0]);
  assert.deepEqual(fitting([label(100, 50)], [pin], SIZE).map(({ dy }) => dy), [26]);
  assert.deepEqual(fitting([label(100, 50)], [pin, label(100, 76, 20)], SIZE).map(({ dy }) => dy), [-26]);
  assert.deepEqual(fitting([label(100, 50)], [pin, label(100, 76, 20), label(100, 24, 20)], SIZE), []);
});

test("the more important label wins, and names do not run into one another", () => {
  const found = fitting([label(60, 50), label(70, 50), label(110, 50), label(125, 50)], [], SIZE);
  assert.deepEqual(found.map(({ x, y }) => [x, y]), [[60, 50], [70, 76], [110, 24], [125, 50]]);
});

test("a label that would be cut off is left out", () => {
  assert.deepEqual(fitting([label(10, 50), label(190, 50), label(100, 500)], [], SIZE), []);
});

test("a place keeps the filters, and replaces province, page and language", () => {
  const address = addressOfProvince("/vi/projects/", "q=khu&sector=a&sector=b&province=X&province=Y&page=2&locale=vi", "Đà Nẵng");
  const [path, query] = address.split("?");
  assert.equal(path, "/vi/projects/");
  assert.deepEqual([...new URLSearchParams(query)], [["q", "khu"], ["sector", "a"], ["sector", "b"], ["province", "Đà Nẵng"]]);
});
