import assert from "node:assert/strict";
import { test } from "node:test";
import { announcer } from "./announce.ts";
import { PACE } from "./say.ts";

/** What is said, and a clock and timers that the test moves. */
function listener() {
  const heard: string[] = [];
  const timers: { run: () => void; ms: number }[] = [];
  const clock = { at: 0 };
  const voice = { polite: (text: string) => heard.push(text), urgent: (text: string) => heard.push(`${text}!`) };
  const world = { elapsed: () => clock.at, later: (run: () => void, ms: number) => timers.push({ run, ms }) };
  const pass = (): void => {
    const timer = timers.shift();
    assert.ok(timer);
    clock.at += timer.ms;
    timer.run();
  };
  return { heard, timers, clock, pass, say: announcer(voice, world) };
}
const message = (kind: string, text: string, now = false) => ({ kind, text, now });

test("one's own is said at once, and of what is polite one message in two seconds", () => {
  const { heard, timers, pass, say } = listener();
  say([message("phase", "Telling"), message("voice-bob", "Bob speaks"), message("own", "Yours", true)]);
  assert.deepEqual([heard, timers.map(({ ms }) => ms)], [["Yours!", "Telling"], [PACE]]);
  say([message("own", "Yours", true)]);
  pass();
  assert.deepEqual([heard, timers], [["Yours!", "Telling", "Yours!", "Bob speaks"], []]);
});

test("after a while of silence a message is said at once again", () => {
  const { heard, timers, clock, say } = listener();
  say([message("phase", "Telling")]);
  clock.at += PACE;
  say([message("phase", "Facts")]);
  assert.deepEqual([heard, timers], [["Telling", "Facts"], []]);
});
