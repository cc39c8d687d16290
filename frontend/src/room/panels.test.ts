import assert from "node:assert/strict";
import { test } from "node:test";
import { chairDeeds } from "./chair.ts";
import { addFigure, tickVoice } from "./figures.ts";
import { type Panel, panels, stops } from "./panels.ts";
import { aView, inPhase, seat, viewer } from "./views.test-data.ts";
import type { LeadersView, SeatView, View } from "./wire.ts";

const LEA = viewer("lea");
const CIRCLE = [seat("lea", { lead: true }), seat("ann"), seat("bob")];
const times = {
  minutes: 24,
  started_at: null,
  ends_at: null,
  left_s: 600,
  cases: 1,
  may_open_case: true,
  may_drop_case: false,
};
const led = (view: Partial<View> = {}, leaders: Partial<LeadersView> = {}): View =>
  aView({ audience: "leaders", circle: CIRCLE, ...view, leaders: { times, waiting: [], signals: {}, ...leaders } });

function panel<Key extends Panel["panel"]>(
  view: View,
  key: Key,
  mode: "online" | "room" = "online",
): Extract<Panel, { panel: Key }> {
  const found = panels(view, LEA, mode).find((one) => one.panel === key);
  assert.ok(found, `no panel ${key}`);
  return found as Extract<Panel, { panel: Key }>;
}

const keys = (view: View, mode: "online" | "room" = "online"): string[] =>
  panels(view, LEA, mode).map((one) => one.panel);

test("each phase has the panels that it needs, the nearest first", () => {
  const call = { ...inPhase("call"), ...led({ now: 1, entry: 2 }, { not_presented: ["bob"] }) };
  assert.deepEqual(keys(call), ["presenter", "floor", "cues", "time", "door"]);
  assert.deepEqual(keys(led({ signals_open: true }, { not_presented: ["bob"] })), [
    "floor",
    "figures",
    "signals",
    "cues",
    "time",
    "door",
    "not-presented",
  ]);
  assert.deepEqual(keys(led({ status: "lobby" }, { roster: { ann: "member", bob: "member" } }), "room"), ["door"]);
  assert.deepEqual(keys(led({ status: "closed" })), ["check-outs"]);
});

test("a round begins anywhere but at a leader, a presenter who is back, or an empty chair", () => {
  const circle = [seat("lea"), seat("ann", { back: true }), seat("bob"), seat("cora", { away: "lost" })];
  assert.deepEqual(panel(led({ circle }), "floor").seats, [{ person: "bob", name: "Bob" }]);
});

test("persons that nobody has voiced can be taken back, the case's own never", () => {
  const figures = [
    { figure: 1, code: "doctor", letter: "", own: true, voices: 0 },
    { figure: 2, code: "mother", letter: "", own: false, voices: 2 },
    { figure: 3, code: "child", letter: "", own: false, voices: 0 },
  ] as const;
  const found = panel(led({ figures: [...figures] }), "figures");
  assert.deepEqual(
    found.cases.map((one) => [one.title, one.rows.map((row) => [row.name, row.voices, row.removable])]),
    [
      [
        "",
        [
          ["the doctor of this case", 0, false],
          ["the mother", 2, false],
          ["the child", 0, true],
        ],
      ],
    ],
  );
  assert.equal(found.ticks, false);
  assert.equal(panel(led({ figures: [...figures] }), "figures", "room").ticks, true);
  const facts = { ...led({ figures: [...figures] }), ...inPhase("facts") };
  assert.equal(panel(facts, "figures", "room").ticks, false); // nobody has spoken as one of them yet
});

test("in the closing each case has its persons, the first case first", () => {
  const figure = { figure: 1, code: "doctor", letter: "", own: true, voices: 1 } as const;
  const mother = { figure: 2, code: "mother", letter: "", own: false, voices: 0 } as const;
  const closing = { ...inPhase("closing"), ...led({ now: 7, entry: 8, case: 2, figures: [mother] }) };
  const view = { ...closing, leaders: { ...closing.leaders, other_cases: [{ case: 1, figures: [figure] }] } };
  const { cases, codes, ticks } = panel(view, "figures", "room");
  const row = (number: number, figure: number, voices: number) => ({
    tick: { do: "tick-voice", case: number, figure, voices },
    removable: false,
  });
  assert.deepEqual(
    { cases, codes, ticks },
    {
      cases: [
        {
          title: "Case 1",
          rows: [{ case: 1, figure: 1, name: "the doctor of this case", voices: 1, ...row(1, 1, 2) }],
        },
        { title: "Case 2", rows: [{ case: 2, figure: 2, name: "the mother", voices: 0, ...row(2, 2, 1) }] },
      ],
      codes: [],
      ticks: true,
    },
  );
});

test("a code that is there twice cannot be added again", () => {
  const patient = (figure: number) => ({ figure, code: "patient" as const, letter: "A", own: false, voices: 0 });
  assert.ok(!panel(led({ figures: [patient(2), patient(3)] }), "figures").codes.includes("patient"));
});

test("what two leaders press at the same time counts once", () => {
  const mother = { figure: 2, code: "mother" as const, letter: "", own: false, voices: 3 };
  const view = led({ figures: [mother], circle: [seat("lea"), seat("bob", { in_room: true })] });
  assert.deepEqual(addFigure(view, "mother"), { do: "add-figure", code: "mother", number: 2 });
  assert.deepEqual(addFigure(view, "child"), { do: "add-figure", code: "child", number: 1 });
  const tick = { do: "tick-voice", case: 1, figure: 2 };
  const bob = chairDeeds(view, LEA, "bob").map((deed) => deed.command);
  assert.deepEqual(bob[1], { ...tick, person: "bob", voices: 4 });
  assert.deepEqual(tickVoice(1, { ...mother, voices: null }), tick, "who does not know the number sends none");
});

test("more time carries the new length, a further case the new number", () => {
  const commands = panel(led(), "time").deeds.map((deed) => deed.command);
  assert.deepEqual(commands, [
    { do: "set-silence", entry: 6, silent: true },
    { do: "extend", entry: 6, minutes: 27 },
    { do: "extend", entry: 6, minutes: 29 },
    { do: "set-cases", entry: 6, cases: 2 },
    { do: "end-case", entry: 6 },
    { do: "end", entry: 6 },
  ]);
  assert.deepEqual(
    panel(led(), "time").deeds.flatMap((deed) => deed.done ?? []),
    ["The phase now has 27 minutes.", "The phase now has 29 minutes.", "This meeting now has 2 cases in all."],
  );
});

test("going to another phase and ending ask once", () => {
  const found = panel(led({}, { targets: [{ kind: "closing", part: "closing", case: 1, index: 0 }] }), "time");
  assert.deepEqual(
    found.targets.map((one) => [one.label, one.sure?.title]),
    [["Closing", "Go to “Closing”?"]],
  );
  assert.ok(
    found.deeds
      .filter((deed) => deed.command.do === "end" || deed.command.do === "end-case")
      .every((deed) => deed.sure),
  );
});

test("attendance is tapped for those without a device alone", () => {
  const circle: SeatView[] = [seat("lea"), seat("ann"), seat("bob", { in_room: true })];
  const found = panel(
    led({ circle }, { roster: { lea: "leader", ann: "member", bob: "member", cora: "co-leader" } }),
    "attendance",
    "room",
  );
  assert.deepEqual(found.rows, [
    { person: "bob", name: "Bob", here: true },
    { person: "cora", name: "Cora", here: false },
  ]);
  assert.equal(found.devices, 2);
  const lobby = led({ status: "lobby" }, { roster: { lea: "leader", ann: "member", olga: "observer" } });
  const { circle: _, ...nobodySeated } = lobby;
  const rows = panel(nobodySeated, "attendance", "room").rows.map((row) => row.person);
  assert.deepEqual(rows, ["olga"]); // who has a chair is tapped there
});

test("who wishes to be rung is gathered at the end", () => {
  const found = panel(led({ status: "lingering" }, { check_outs: { ann: "ring-me", bob: "calm" } }), "check-outs");
  assert.deepEqual(found.ring, ["Ann"]);
});

test("a stop request offers what is possible now", () => {
  const answers = (view: View) => stops(view, LEA).flatMap((stop) => stop.answers.map((one) => one.answer));
  const asked = { stops: [{ person: "bob" }] };
  assert.deepEqual(answers(led({}, asked)), ["pause", "end-case", "seen"]);
  const both = [...CIRCLE, seat("cora")];
  assert.deepEqual(answers(led({ circle: both, back: true, presenter: "ann" }, asked)), [
    "pause",
    "aside",
    "bring-back",
    "end-case",
    "seen",
  ]);
  assert.deepEqual(answers(led({ status: "lingering" }, asked)), ["seen"]);
  const cora = { stops: [{ person: "cora" }] };
  assert.deepEqual(
    answers(led({ circle: both }, cora)),
    ["pause", "end-case", "seen"],
    "one leader stays with the circle",
  );
});

test("a chair offers what can be done with it", () => {
  const labels = (view: View, person: string) => chairDeeds(view, LEA, person).map((deed) => deed.label);
  const call = { ...inPhase("call", { offers: ["bob"] }), audience: "leaders" as const, circle: CIRCLE };
  assert.deepEqual(labels(call, "bob"), ["Presents this case", "Begin a round here", "Make assistant", "Send out"]);
  assert.deepEqual(labels({ ...call, named: "bob" }, "bob")[0], "Take the naming back");
  assert.deepEqual(labels(led({ circle: [...CIRCLE, seat("cora")] }), "cora"), ["Hand the lead over"]);
  const room = led({
    figures: [{ figure: 2, code: "mother", letter: "", own: false, voices: 0 }],
    circle: [seat("lea"), seat("bob", { in_room: true })],
  });
  assert.deepEqual(labels(room, "bob"), [
    "Begin a round here",
    "Spoke as the mother",
    "Make assistant",
    "Has gone",
    "Send out",
  ]);
  assert.deepEqual(labels(led(), "lea"), []);
});

test("with sound a leader asks, silences and lifts it; other leaders are only asked", () => {
  const circle = [...CIRCLE, seat("cora")];
  const labels = (silenced: string[], person: string) =>
    chairDeeds(led({ circle, sound: { around: {}, silenced } }), LEA, person)
      .filter((deed) => deed.command.do === "ask-mute" || deed.command.do === "set-silenced")
      .map((deed) => deed.label);
  assert.deepEqual(labels([], "bob"), ["Ask to close the microphone", "Silence for now"]);
  assert.deepEqual(labels(["bob"], "bob"), ["Ask to close the microphone", "May speak again"]);
  assert.deepEqual(labels([], "cora"), ["Ask to close the microphone"]);
  assert.deepEqual(labels([], "lea"), []);
});

test("an intervention is said in the words of the script, else in the usual ones", () => {
  const own = [{ code: "blame", cue: { zh: "这里不评判。" } }] as const;
  const { lines } = panel(led({}, { interventions: [...own] }), "cues");
  assert.deepEqual(
    lines.filter((line) => line.code === "blame" || line.code === "diagnosis").map((line) => line.words),
    ["这里不评判。", "And the person?"],
  );
});

test("sound has a panel only where a leader may have to see to it", () => {
  const of = (sound: View["sound"]) =>
    panels(aView({ audience: "leaders", ...(sound ? { sound } : {}) }), LEA, "online").find(
      (one) => one.panel === "sound",
    );
  assert.equal(of(undefined), undefined);
  assert.equal(of({ around: { ann: "alone" } }), undefined);
  assert.deepEqual(
    of({
      around: {},
      cannot_hear: ["ann"],
      silenced: ["bob"],
      shared: [{ person: "bob", people: ["cora"], speaking: "cora" }],
      state: "away",
    }),
    {
      panel: "sound",
      away: true,
      cannotHear: [{ person: "ann", name: "Ann" }],
      differs: [],
      silenced: [{ person: "bob", name: "Bob" }],
      shared: [{ person: "bob", name: "Bob", people: ["Cora"], speaking: "Cora" }],
    },
  );
});
