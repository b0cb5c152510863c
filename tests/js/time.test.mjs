import assert from "node:assert/strict";
import { test } from "node:test";
import { clockOfMinute, clockOfMoment, duration, position, workingMinutes } from "../../assets/js/lib/pure/time.js";

const DAY = [[480, 720], [810, 1050]]; // 08:00–12:00, 13:30–17:30
const WORDS = { hm: "{h} h {m} min", h: "{h} h", m: "{m} min" };

test("working minutes leave the break and the hours outside out", () => {
  assert.equal(workingMinutes(DAY, 0, 1440), 480);
  assert.equal(workingMinutes(DAY, 700, 820), 30);
  assert.equal(workingMinutes(DAY, 730, 800), 0);
  assert.equal(workingMinutes(DAY, 1050, 1440), 0);
  assert.equal(workingMinutes([], 0, 1440), 0);
});

test("the needle stays between the first opening and the last closing", () => {
  assert.equal(position(DAY, 300), 0);
  assert.equal(position(DAY, 765), 50);
  assert.equal(position(DAY, 1400), 100);
});

test("a duration names hours, minutes or both", () => {
  assert.equal(duration(65, WORDS), "1 h 05 min");
  assert.equal(duration(120, WORDS), "2 h");
  assert.equal(duration(5, WORDS), "5 min");
  assert.equal(duration(0, WORDS), "0 min");
});

test("a minute of the day as clocks of 24 and 12 hours show it", () => {
  assert.equal(clockOfMinute(485, { hours: "24" }), "08:05");
  const halves = ["a.m.", "p.m."];
  assert.equal(clockOfMinute(0, { hours: "12", halves }), "12:00 a.m.");
  assert.equal(clockOfMinute(720, { hours: "12", halves }), "12:00 p.m.");
  assert.equal(clockOfMinute(1055, { hours: "12", halves }), "5:35 p.m.");
});

test("a moment is shown in the zone of the city, whatever the browser's zone is", () => {
  const moment = new Date("2026-11-18T08:20:00Z");
  assert.equal(clockOfMoment(moment, { hours: "24", zone: "Asia/Ho_Chi_Minh" }), "15:20");
  assert.match(clockOfMoment(moment, { hours: "12", zone: "Asia/Ho_Chi_Minh" }), /^3:20\sPM$/);
});
