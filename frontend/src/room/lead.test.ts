import assert from "node:assert/strict";
import { test } from "node:test";
import { speak } from "../shared/labels.ts";
import { clock, isCo, lead } from "./lead.ts";
import { aView, inPhase, seat, viewer } from "./views.test-data.ts";
import type { TimesView, View } from "./wire.ts";

const LEA = viewer("lea");
const NOW = Date.parse("2026-11-26T11:00:00Z");
const times = (more: Partial<TimesView> = {}): TimesView => ({
  minutes: 24,
  started_at: "2026-11-26T10:30:00Z",
  ends_at: "2026-11-26T11:10:00Z",
  left_s: null,
  cases: 1,
  may_open_case: false,
  may_drop_case: false,
  ...more,
});
const led = (more: Partial<View> = {}, time: Partial<TimesView> = {}): View =>
  aView({
    audience: "leaders",
    leaders: { times: times(time), next: { kind: "return", part: "case", case: 1, index: 5 } },
    ...more,
  });

test("the clock tells minutes gone of the whole, warns in the last minute and goes on beyond the end", () => {
  const table = [
    { ends_at: "2026-11-26T11:10:00Z", text: "14 of 24 min", gone: 14 / 24, over: 0 },
    { ends_at: "2026-11-26T11:00:40Z", text: "last minute of 24", gone: 1400 / 1440, over: 0 },
    { ends_at: "2026-11-26T10:54:00Z", text: "30 of 24 min", gone: 24 / 30, over: 6 / 30 },
  ];
  for (const row of table) {
    const found = clock(led({}, { ends_at: row.ends_at }), NOW);
    assert.ok(found);
    assert.deepEqual([found.title, found.text], ["Discussion", row.text]);
    assert.ok(Math.abs(found.gone - row.gone) < 1e-9 && Math.abs(found.over - row.over) < 1e-9, row.text);
  }
});

test("in a pause the rest stands still, in silence there is no clock", () => {
  assert.equal(clock(led({ status: "paused" }, { ends_at: null, left_s: 600 }), NOW)?.text, "14 of 24 min");
  assert.equal(clock(led({ silent: true }, { ends_at: null, left_s: 600 }), NOW), null);
  assert.equal(lead(led({ silent: true }), LEA, NOW).line, "Silence. The clock rests for you.");
});

test("one thing comes next in every state", () => {
  const table: [View, string, unknown][] = [
    [led({ status: "lobby" }), "Begin the meeting", { do: "start" }],
    [led(), "Return and response", { do: "next", entry: 6 }],
    [led({ status: "paused" }), "Go on", { do: "resume", entry: 6 }],
    [led({ silent: true }), "End the silence", { do: "set-silence", entry: 6, silent: false }],
    [led({ cards: { state: "writing", written: 3 } }), "Turn the cards", { do: "turn-cards", entry: 6 }],
    [
      inPhase("facts", { ...led(), now: 3, entry: 4, invited: true, presenter: "ann" }),
      "Step back now",
      { do: "step-back-now", entry: 4 },
    ],
    [led({ leaders: {} }), "End the meeting", { do: "end", entry: 6 }],
    [led({ status: "lingering" }), "Close the room", { do: "end", entry: 6 }],
  ];
  for (const [view, label, command] of table) {
    const { main } = lead(view, LEA, NOW);
    assert.deepEqual([main?.label, main?.command], [label, command]);
  }
  assert.equal(lead(led({ status: "closed" }), LEA, NOW).main, null);
});

test("without the presenter the group waits or ends the case; it does not go on", () => {
  const view = led({
    status: "paused",
    presenter: "ann",
    presenter_here: false,
    leaders: { pause_reason: "presenter", times: times() },
  });
  const { main, clock: shown } = lead(view, LEA, NOW);
  assert.deepEqual(
    [main?.command, main?.quiet, shown?.title],
    [{ do: "end-case", entry: 6 }, true, "Paused: Ann is not here."],
  );
  assert.ok(main?.sure);
});

test("a round and the asking are moved on by name", () => {
  const round = led({ round: { ring: ["ann", "bob"], turn: "ann", next: "bob" } });
  assert.deepEqual(lead(round, LEA, NOW).turn, {
    label: "Move on",
    command: { do: "end-turn", entry: 6, person: "ann" },
  });
  assert.deepEqual(lead(led({ holder: "bob" }), LEA, NOW).turn?.command, { do: "end-turn", entry: 6, person: "bob" });
  assert.equal(lead(led(), LEA, NOW).turn, null);
});

test("the co-leader's great button takes over, quietly", () => {
  const view = led({ circle: [seat("lea", { lead: true }), seat("cora"), seat("ann")] });
  const { main } = lead(view, viewer("cora"), NOW);
  assert.deepEqual(
    [main?.small, main?.label, main?.quiet, main?.command],
    ["Lea leads", "Take over", true, { do: "hand-over", person: "cora" }],
  );
  assert.deepEqual([isCo(view, viewer("cora")), isCo(view, LEA)], [true, false]);
});

test("who asked to be rung stands on the leaders' last screen, and before it marks the drawer", () => {
  const check_outs = { ann: "ring-me", bob: "calm" } as const;
  const asked = (more: Partial<View>): View => led({ ...more, leaders: { times: times(), check_outs } });
  const found = (view: View): unknown[] => [lead(view, LEA, NOW).ring, lead(view, LEA, NOW).news];
  assert.deepEqual(found(asked(inPhase("closing"))), ["", { count: 1, words: "1 would like to be rung" }]);
  for (const status of ["lingering", "closed"] as const) {
    assert.deepEqual(found(asked({ status })), ["Please ring within 48 hours: Ann", null]);
  }
  assert.deepEqual(found(led({ status: "closed" })), ["", null]);
});

test("who waits at the door and what is unread are counted on what opens the drawer", () => {
  const waiting = [{ person: "bob", seat: "member", late: true, away: false }] as const;
  const news = (more: Partial<View>, unread = 0): unknown =>
    lead(led({ leaders: { times: times(), waiting: [...waiting] }, ...more }), LEA, NOW, unread).news;
  assert.deepEqual(news({}, 2), { count: 3, words: "1 waiting, 2 unread" });
  assert.deepEqual(news({}), { count: 1, words: "1 waiting" });
  assert.equal(news({ status: "lobby" }), null, "before the beginning they are the circle");
  assert.equal(news({ leaders: { times: times() } }), null);
});

test("the end is not announced as a phase", () => {
  speak("zh-hans", { Next: "下一环节", "not a phase\u0004Next": "接下来" });
  const small = [led(), led({ leaders: { times: times() } })].map((view) => lead(view, LEA, NOW).main?.small);
  speak("en", {});
  assert.deepEqual(small, ["下一环节", "接下来"]);
});
