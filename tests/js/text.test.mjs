import assert from "node:assert/strict";
import { test } from "node:test";
import {
  folded, hasWords, offeredNames, onOwnLine, presenceText, selectedText, typedMention,
} from "../../assets/js/lib/pure/text.js";

test("Vietnamese marks are folded, in both normal forms", () => {
  const text = "Đường Nguyễn Huệ, giải phóng mặt bằng";
  assert.equal(folded(text), "duong nguyen hue, giai phong mat bang");
  assert.equal(folded(text.normalize("NFD")), folded(text.normalize("NFC")));
});

test("letters that look like Đ are folded like it", () => {
  for (const letter of "ĐđÐð\u0189\u0256") assert.equal(folded(`${letter}ất`), "dat");
});

test("a search finds its words in any order, and nothing typed finds everything", () => {
  assert.ok(hasWords("Gia hạn giấy phép xây dựng", "xay  phep"));
  assert.ok(!hasWords("Gia hạn giấy phép xây dựng", "phep dat"));
  assert.ok(hasWords("Gia hạn", " "));
});

test("a mention begins with an @ at the start of a word", () => {
  assert.equal(typedMention("Chào @Ngu"), "Ngu");
  assert.equal(typedMention("@"), "");
  assert.equal(typedMention("(@An B"), "An B");
  assert.equal(typedMention("an@example.vn"), null);
  assert.equal(typedMention("@An\nxin"), null);
});

test("names are offered that fit, at most eight, and none once the only one is complete", () => {
  const names = ["Nguyễn An", "Trần Bình", "Lê Ân"];
  assert.deepEqual(offeredNames(names, "an"), ["Nguyễn An", "Trần Bình", "Lê Ân"]);
  assert.deepEqual(offeredNames(names, "BINH"), ["Trần Bình"]);
  assert.deepEqual(offeredNames(names, "Trần Bình"), []);
  assert.deepEqual(offeredNames(names, "x"), []);
  assert.equal(offeredNames(Array.from({ length: 20 }, (_, n) => `Tên ${n}`), "").length, 8);
});

test("an inserted text begins a line", () => {
  assert.equal(onOwnLine("", "Kính gửi"), "Kính gửi");
  assert.equal(onOwnLine("Chào\n", "Kính gửi"), "Kính gửi");
  assert.equal(onOwnLine("Chào", "Kính gửi"), "\nKính gửi");
});

test("everybody on the page is named with what they do", () => {
  const words = { "": "{name} is reading", resolve: "{name} is answering" };
  const people = [{ name: "An", doing: "" }, { name: "Bình", doing: "resolve" }, { name: "Chi", doing: "unknown" }];
  assert.equal(presenceText(people, words), "An is reading; Bình is answering; Chi is reading");
  assert.equal(presenceText([], words), "");
});

test("the number of selected rows is said in the right form", () => {
  const words = { none: "nothing", one: "1 ticket", many: "{n} tickets" };
  assert.deepEqual([0, 1, 5].map((number) => selectedText(number, words)), ["nothing", "1 ticket", "5 tickets"]);
});
