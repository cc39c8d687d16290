// Small views for tests: Lea leads, Ann presents, Bob is a member, in the discussion.

import type { Viewer } from "./me.ts";
import type { PhaseKind, PhaseView, SeatView, View } from "./wire.ts";

const NAMES = { lea: "Lea", cora: "Cora", ann: "Ann", bob: "Bob" };
const KINDS: readonly PhaseKind[] = [
  "opening",
  "call",
  "telling",
  "facts",
  "feelings",
  "discussion",
  "return",
  "closing",
];

export function viewer(you: string | null): Viewer {
  return { you, names: NAMES };
}

export function seat(person: string, more: Partial<SeatView> = {}): SeatView {
  return {
    person,
    seat: person === "lea" ? "leader" : person === "cora" ? "co-leader" : "member",
    rights: { speak: true, hear: true },
    ...more,
  };
}

function step(kind: PhaseKind, at: number): PhaseView {
  const part = kind === "opening" ? "opening" : kind === "closing" ? "closing" : "case";
  return {
    kind,
    part,
    case: part === "opening" ? 0 : 1,
    index: part === "case" ? at - 1 : 0,
    out: kind === "feelings" || kind === "discussion",
    cue: {},
  };
}

export function aView(more: Partial<View> = {}): View {
  return {
    audience: "circle",
    seq: 40,
    status: "running",
    method: "balint",
    entry: 6,
    case: 1,
    way: KINDS.map(step),
    now: 5,
    floor: "open",
    floors: ["open", "round"],
    circle: [seat("lea", { lead: true }), seat("ann"), seat("bob")],
    cards: { state: "none" },
    ...more,
  };
}

/** The same view in another phase. */
export function inPhase(kind: PhaseKind, more: Partial<View> = {}): View {
  const naming = kind === "opening" || kind === "call";
  return aView({ naming, now: KINDS.indexOf(kind), entry: KINDS.indexOf(kind) + 1, ...more });
}
