import assert from "node:assert/strict";
import { test } from "node:test";
import { ending, isOutage, isPass, patience } from "./media-line.ts";
import { heard, isWeak, NO_LOSS, report, SILENT, sampled, told, turned } from "./media-numbers.ts";

test("audible seconds add up and are told when they have changed", () => {
  const speaking = heard(turned(SILENT, 6, 0), true, 1000);
  const after = heard(heard(heard(speaking, false, 3500), true, 4000), true, 5000);
  assert.deepEqual(report(after), { entry: 6, seconds: 3.5, turns: 1 });
  assert.equal(report(told(after)), null);
});

test("a turn is two seconds of speech, and a breath does not end it", () => {
  const spoken = (...spans: readonly [from: number, to: number][]) =>
    spans.reduce((speech, [from, to]) => heard(heard(speech, true, from), false, to), turned(SILENT, 6, 0)).turns;
  assert.equal(spoken([2000, 3900]), 0);
  assert.equal(spoken([2000, 3000], [3800, 5000]), 1);
  assert.equal(spoken([2000, 3000], [4100, 5200], [9000, 9500]), 0);
  assert.equal(spoken([2000, 6000], [6500, 9000], [12000, 15000]), 2);
});

test("a new phase counts from nothing, also in the middle of a word", () => {
  const speaking = heard(turned(SILENT, 6, 0), true, 0);
  const next = heard(turned(heard(speaking, true, 2000), 7, 2000), false, 3000);
  assert.deepEqual(report(next), { entry: 7, seconds: 1, turns: 0 });
});

test("packets that are lost twice in a row make the line weak; tracks that went say nothing", () => {
  const first = sampled(NO_LOSS, { received: 1000, lost: 0 });
  const bad = sampled(first, { received: 1200, lost: 30 });
  assert.deepEqual([isWeak(bad), isWeak(sampled(bad, { received: 1400, lost: 60 }))], [false, true]);
  assert.equal(sampled(bad, { received: 1500, lost: 30 }).row, 0);
  assert.equal(sampled(bad, { received: 300, lost: 2 }).row, 1);
});

test("how a connection ends says what follows", () => {
  assert.deepEqual([2, 4, 5, 3, undefined].map(ending), ["elsewhere", "moved", "moved", "lost", "lost"]);
});

test("only the media server's own absence is an outage", () => {
  const answers = ["waiting", "removed", "closed", "no-sound", "away", "later"] as const;
  assert.deepEqual(answers.map(isOutage), [false, false, false, false, true, true]);
  assert.equal(isPass({ url: "", token: "", key: null, room: "circle" }), true);
});

test("tries become rarer, and do not come together", () => {
  assert.deepEqual([patience(1, 0), patience(1, 1), patience(3, 1), patience(20, 1)], [250, 500, 2000, 8000]);
});
