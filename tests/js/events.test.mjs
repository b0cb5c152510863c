import assert from "node:assert/strict";
import { test } from "node:test";
import { concerns, pause, sentence } from "../../assets/js/lib/pure/events.js";

test("the pause doubles up to half a minute and differs by half around it", () => {
  const middle = () => 0.5;
  assert.deepEqual([1, 2, 3].map((failures) => pause(failures, middle)), [1000, 2000, 4000]);
  assert.equal(pause(50, middle), 30_000);
  assert.equal(pause(1, () => 0), 500);
  assert.ok(pause(1, () => 0.999) < 1500);
});

test("a list of types names one exactly, or with a final dot all that begin so", () => {
  assert.ok(concerns("ticket. message.posted", "ticket.resolved"));
  assert.ok(concerns("ticket. message.posted", "message.posted"));
  assert.ok(!concerns("ticket. message.posted", "message.read"));
  assert.ok(!concerns("ticket", "ticket.resolved"));
  assert.ok(concerns("", "ticket.resolved"));
  assert.ok(concerns(undefined, "ticket.resolved"));
});

test("an event is announced with its ticket, and not at all without a sentence", () => {
  const labels = { "ticket.resolved": "{ticket}: answered" };
  assert.equal(sentence(labels, { type: "ticket.resolved", ticket: "TN-2026-000001" }), "TN-2026-000001: answered");
  assert.equal(sentence(labels, { type: "ticket.routed", ticket: "TN-2026-000001" }), "");
});
