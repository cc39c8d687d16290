import assert from "node:assert/strict";
import { test } from "node:test";
import { door } from "./door.ts";
import { DOOR_STAGES, REFUSALS, type View } from "./wire.ts";
import { REFUSAL_WORDS, refusal } from "./words.ts";

const waiting = (more: Partial<View>): View => ({
  audience: "door",
  seq: 0,
  status: "running",
  cards: { state: "none" },
  ...more,
});
const begins = "2026-11-26T10:30:00Z";
const own = { name: "Mei", now: Date.parse("2026-11-26T10:40:00Z"), zone: "Asia/Shanghai" };

test("everybody who waits is told where the group is", () => {
  for (const stage of DOOR_STAGES) {
    const { title, text } = door(waiting({ stage }), own);
    assert.ok(title && text, stage);
  }
});

test("before its time the page says when, afterwards that it begins in a moment", () => {
  assert.match(
    door(waiting({ stage: "lobby", begins }), { ...own, now: 0 }).text,
    /^A leader opens the circle at 18:30\. /,
  );
  assert.match(
    door(waiting({ stage: "lobby", begins }), { ...own, now: 0, zone: "Mars/Olympus" }).text,
    /^A leader opens the circle at \d\d:\d\d\. /,
    "a browser that does not know a zone shows its own",
  );
  assert.match(door(waiting({ stage: "lobby", begins }), own).text, /in a moment/);
});

test("who is late knows when the door opens", () => {
  assert.match(door(waiting({ stage: "case", held: true }), own).text, /when the case is closed/);
  assert.match(door(waiting({ stage: "open" }), own).text, /A leader lets you in/);
  assert.equal(door(waiting({ stage: "open", locked: true }), own).title, "The door is closed");
});

test("every refusal has words of its own that blame nobody", () => {
  for (const code of REFUSALS) {
    const words = refusal(code);
    assert.ok(words && words === REFUSAL_WORDS[code](), code);
    assert.doesNotMatch(words, /error|invalid|fail|forbidden|!/i);
  }
  assert.equal(refusal("not-now", true), "It is not your turn just now.");
  assert.equal(refusal("too-fast", true), refusal("too-fast"));
  assert.equal(refusal("a-code-of-tomorrow"), REFUSAL_WORDS["not-now"]());
});
