import assert from "node:assert/strict";
import { test } from "node:test";
import { centre } from "./centre.ts";
import { circle } from "./circle.ts";
import { aView, inPhase, seat, viewer } from "./views.test-data.ts";
import type { LeadersView, SeatView, View, WaitingView } from "./wire.ts";

const BOB = viewer("bob");
const seats = (ann: Partial<SeatView> = {}): SeatView[] => [seat("lea", { lead: true }), seat("ann", ann), seat("bob")];

function lobby(leaders: LeadersView): View {
  return { audience: "leaders", seq: 3, status: "lobby", cards: { state: "none" }, leaders };
}

function annIn(view: View): { marks: string[]; note: string; said: string } {
  const found = circle(view, BOB).chairs.find((chair) => chair.person === "ann");
  assert.ok(found);
  return { marks: found.marks, note: found.note, said: found.said };
}

test("the circle begins at one's own chair and keeps its order", () => {
  const names = circle(aView(), BOB).chairs.map((chair) => chair.name);
  assert.deepEqual(names, ["You", "Lea", "Ann"]);
});

test("every state of a chair has a word", () => {
  const table: [View, { marks: string[]; note: string; said: string }][] = [
    [aView(), { marks: [], note: "", said: "" }],
    [
      aView({ circle: seats({ away: "lost" }) }),
      { marks: ["is-lost"], note: "reconnecting", said: "has lost the connection" },
    ],
    [aView({ circle: seats({ away: "aside" }) }), { marks: ["is-lost"], note: "aside", said: "is aside" }],
    [
      aView({ status: "lingering", circle: seats({ away: "left" }) }),
      { marks: ["is-lost", "is-gone"], note: "has left", said: "has left" },
    ],
    [
      inPhase("telling", { floor: "presenter", presenter: "ann", circle: seats({ presenting: true }) }),
      { marks: ["has-floor"], note: "tells", said: "has the floor" },
    ],
    [
      inPhase("return", { floor: "presenter", presenter: "ann", circle: seats({ presenting: true }) }),
      { marks: ["has-floor"], note: "speaks", said: "has the floor" },
    ],
    [inPhase("facts", { floor: "asked", holder: "ann" }), { marks: ["has-floor"], note: "asks", said: "asks now" }],
    [inPhase("facts", { floor: "asked", queue: ["ann"] }), { marks: [], note: "", said: "hand up, number 1" }],
    [
      aView({ round: { ring: ["ann", "bob"], turn: "ann", next: "bob" } }),
      { marks: ["has-floor"], note: "speaks", said: "has the turn" },
    ],
    [
      aView({ presenter: "ann", back: true, place: "nurse", circle: seats({ back: true }) }),
      {
        marks: ["is-back"],
        note: "listening",
        said: "sits outside the circle and listens; the place is called the nurse of this case",
      },
    ],
    [
      aView({ presenter: "ann", back: true, called_in: true, circle: seats({ back: true }) }),
      { marks: ["has-floor", "is-back"], note: "speaks", said: "still outside, may say one sentence" },
    ],
    [
      inPhase("call", { offers: ["ann"], named: "ann", presenter: "ann" }),
      { marks: [], note: "presents next", said: "is to present the case" },
    ],
    [inPhase("call", { offers: ["ann"] }), { marks: [], note: "offers a case", said: "offers a case" }],
  ];
  for (const [view, expected] of table) assert.deepEqual(annIn(view), expected);
});

test("the empty place keeps the name of the case, on the big screen as well", () => {
  const back = { back: true, circle: seats({ back: true }) };
  assert.deepEqual(circle(aView({ ...back, place: "doctor" }), BOB).place, {
    long: "the doctor of this case",
    short: "the doctor",
  });
  assert.deepEqual(circle(aView({ ...back, audience: "screen", place: "nurse" }), viewer(null)).place, {
    long: "the nurse of this case",
    short: "the nurse",
  });
  assert.equal(circle(aView(), BOB).place, null);
});

test("six of the outer ring are named, the others counted", () => {
  const ring = Array.from({ length: 9 }, (_, at) => seat(`o${at}`, { seat: "observer" }));
  const stools = circle(aView({ ring }), BOB).stools;
  assert.deepEqual([stools.length, stools[6]?.letter, stools[6]?.name], [7, "+3", "3 more"]);
});

const ROSTER = { lea: "leader", olga: "observer", ann: "member", bob: "member", cora: "co-leader" } as const;
const taps = (view: View, mode: "online" | "room" = "room") =>
  circle({ ...view, audience: "leaders" }, viewer("lea"), mode).chairs.map((one) => [one.person, one.tap, one.note]);

test("in the room together everybody of the group has a chair to be tapped, in an order that no tap changes", () => {
  const waiting: WaitingView[] = [
    { person: "bob", seat: "member", late: false, away: false, in_room: true },
    { person: "lea", seat: "leader", late: false, away: false },
    { person: "cora", seat: "co-leader", late: false, away: false },
    { person: "rui", seat: "guest", late: false, away: true },
  ];
  const view = lobby({ waiting, roster: ROSTER });
  assert.deepEqual(taps(view), [
    ["lea", null, "leader"],
    ["ann", "tick-in", ""],
    ["bob", "tick-out", "here"],
    ["cora", null, "here"], // with a device of her own
    ["rui", "tick-in", "reconnecting"],
  ]);
  assert.equal(taps(view, "online").length, 4);
});

test("in the opening whoever is late is tapped; a chair that is taken opens as always", () => {
  const view = inPhase("opening", { circle: seats({ away: "left" }), leaders: { roster: ROSTER } });
  assert.deepEqual(taps(view), [
    ["lea", null, "leader"],
    ["ann", "tick-in", "has left"],
    ["bob", null, ""],
    ["cora", "tick-in", "co-leader"],
  ]);
  assert.equal(taps({ ...view, status: "lingering" }).length, 3);
  assert.equal(taps(inPhase("call", { circle: seats(), leaders: { roster: ROSTER } })).length, 3);
});

test("before the beginning leaders see the circle that will be: leaders first, then by arrival", () => {
  const waiting: WaitingView[] = [
    { person: "bob", seat: "member", late: false, away: false },
    { person: "lea", seat: "leader", late: false, away: false },
    { person: "ann", seat: "member", late: false, away: true },
  ];
  const found = circle(lobby({ waiting }), viewer("lea")).chairs.map((chair) => [chair.name, chair.note]);
  assert.deepEqual(found, [
    ["You", "leader"],
    ["Bob", ""],
    ["Ann", "reconnecting"],
  ]);
});

test("the centre holds the words that belong to who looks", () => {
  const figures = [{ figure: 2, code: "mother" as const, letter: "B", own: false, voices: null }];
  const speaking = aView({ figures, circle: [seat("lea"), seat("bob", { speaks_as: 2 })] });
  assert.deepEqual(centre(speaking, BOB).stem, ["If I were **the mother B**,", "I see …", "I think …", "I feel …"]);
  const back = aView({ presenter: "ann", back: true, circle: seats({ back: true }) });
  assert.equal(centre(back, viewer("ann")).title, "You listen");
  assert.deepEqual([centre(back, BOB).title, centre(back, BOB).floor], ["Discussion", "**Anyone** may speak"]);
  assert.equal(
    centre(inPhase("facts", { floor: "asked", holder: "ann", queue: ["bob"] }), BOB).floor,
    "**Ann** asks, then you",
  );
  assert.equal(centre(aView({ cue: "missing-voice" }), BOB).cue, "Who has not been heard yet?");
  assert.deepEqual(centre(aView({ silent: true, dim: true }), BOB), {
    title: "A moment of silence",
    floor: "",
    cue: "",
    stem: [],
  });
});

test("the big screen is not told who may speak", () => {
  const { floor, ...view } = aView({ audience: "screen" });
  assert.equal(floor, "open");
  assert.equal(centre(view, viewer(null)).floor, "");
});
