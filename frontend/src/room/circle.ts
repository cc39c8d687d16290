// What each chair shows: pure, one value a chair. A state is never shown by colour alone; each has a word or a sign.

import { list, t } from "../shared/labels.ts";
import { phaseOf, type Viewer } from "./me.ts";
import type { Mode } from "./panels.ts";
import type { PersonId, Seat, SeatView, View } from "./wire.ts";
import { figureCodeName, figureName, nameOf, placeName, seatWord, voiceOf } from "./words.ts";

export interface Chair {
  person: PersonId;
  name: string;
  letter: string; // in the seat, where a picture will be
  me: boolean;
  arms: boolean; // leaders' chairs have armrests
  marks: string[]; // classes
  note: string; // word under the name
  role: boolean; // the note is only the role: it may go where it is tight
  said: string; // for a screen reader, after the name: all there is to say, the note as well
  plate: string; // "the mother", or empty
  hand: number; // place in the queue, or 0
  ear: boolean;
  tap: "tick-in" | "tick-out" | null; // what a leader's tap does; null: it opens the chair
}

export interface Stool {
  person: PersonId | null; // null: the ones that are only counted
  name: string;
  letter: string;
  role: string;
  marks: string[];
}

export interface Circle {
  chairs: Chair[];
  out: number | null; // index of the chair outside
  place: { long: string; short: string } | null; // what the empty place is called
  stools: Stool[];
}

interface Note {
  note: string;
  said: string;
  floor?: boolean;
}

const NAMED_STOOLS = 6;
const CHAIRS = 15;
const isOuter = (seat: Seat | undefined): boolean => seat === "observer" || seat === "trainer";
const isOver = (view: View): boolean => view.status === "lingering" || view.status === "closed";

export function circle(view: View, viewer: Viewer, mode: Mode = "online"): Circle {
  const there = view.circle ?? waitingChairs(view);
  const tapped = isTapped(view, mode);
  const seats = fromOwn(tapped ? withAbsent(view, there) : there, viewer.you);
  const out = seats.findIndex((seat) => seat.back);
  return {
    chairs: seats.map((seat) => {
      const made = chair(view, viewer, seat);
      return tapped && !made.me ? tappable(view, seat, made, there.includes(seat)) : made;
    }),
    out: out < 0 ? null : out,
    place: out < 0 || !view.place ? null : { long: placeName(view.place), short: figureCodeName(view.place) },
    stools: outerRing(view, viewer),
  };
}

/** Before the beginning leaders see who is there as the circle that will be: leaders first, then by arrival. */
function waitingChairs(view: View): SeatView[] {
  const waiting = view.status === "lobby" ? (view.leaders?.waiting ?? []) : [];
  const leads = (seat: Seat): boolean => seat === "leader" || seat === "co-leader";
  const chairs = waiting.filter((one) => !isOuter(one.seat));
  return [...chairs.filter((one) => leads(one.seat)), ...chairs.filter((one) => !leads(one.seat))]
    .slice(0, CHAIRS)
    .map((one) => ({
      person: one.person,
      seat: one.seat,
      rights: {},
      ...(one.away ? { away: "reconnecting" as const } : {}),
      ...(one.in_room ? { in_room: true } : {}),
    }));
}

// ── attendance ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** In the room together, until the first case: everybody of the group has a chair, and a leader taps who is here. */
export function isTapped(view: View, mode: Mode): boolean {
  const early = view.status === "lobby" || phaseOf(view)?.kind === "opening";
  return mode === "room" && view.audience === "leaders" && early && !isOver(view);
}

/** In the lobby in the order of the group: a tap moves no chair. */
function withAbsent(view: View, there: readonly SeatView[]): SeatView[] {
  const roster = view.leaders?.roster ?? {};
  const known = new Map(there.map((seat) => [seat.person, seat]));
  const group = Object.keys(roster).filter((person) => !isOuter(roster[person]));
  const order = view.circle ? [...known.keys(), ...group] : [...group, ...known.keys()];
  return [...new Set(order)]
    .slice(0, CHAIRS)
    .map((person) => known.get(person) ?? { person, seat: roster[person] ?? "member", rights: {} });
}

/** Once it has begun a chair that is taken opens like any other; there stands “has gone”. */
function tappable(view: View, seat: SeatView, made: Chair, there: boolean): Chair {
  if (!there) return { ...made, tap: "tick-in", marks: ["is-absent"] };
  if (seat.away && seat.away !== "aside") return { ...made, tap: "tick-in" };
  if (view.status !== "lobby" || seat.away) return made;
  return { ...made, tap: seat.in_room ? "tick-out" : null, note: t("here"), role: false };
}

/** The same order for all, begun at one's own chair. */
function fromOwn(seats: readonly SeatView[], you: PersonId | null): SeatView[] {
  const own = Math.max(
    0,
    seats.findIndex((seat) => seat.person === you),
  );
  return [...seats.slice(own), ...seats.slice(0, own)];
}

function chair(view: View, viewer: Viewer, seat: SeatView): Chair {
  const note = noteOf(view, viewer, seat);
  const figure = voiceOf(view, seat.speaks_as);
  const name = nameOf(viewer, seat.person);
  const arms = seat.seat === "leader" || seat.seat === "co-leader";
  const hand = (view.queue?.indexOf(seat.person) ?? -1) + 1;
  return {
    person: seat.person,
    name: seat.person === viewer.you ? t("You") : name,
    letter: first(name),
    me: seat.person === viewer.you,
    arms,
    marks: marksOf(view, seat, note.floor === true),
    note: note.note || (arms ? seatWord(seat.seat, view.method) : ""),
    role: note.note === "",
    said: list(
      [
        note.said || note.note || (arms ? seatWord(seat.seat, view.method) : ""),
        hand ? t("hand up, number {number}", { number: hand }) : "",
        seat.in_room ? t("in the room") : "",
      ].filter(Boolean),
    ),
    plate: figure ? figureName({ ...figure, own: false }) : "", // a second one of a code has a letter
    hand,
    ear: seat.back === true && view.called_in !== true,
    tap: null,
  };
}

function marksOf(view: View, seat: SeatView, floor: boolean): string[] {
  const marks: string[] = [];
  if (floor) marks.push("has-floor");
  if (seat.speaks_as !== undefined) marks.push("has-voice");
  if (seat.back) marks.push("is-back");
  if (seat.away) marks.push("is-lost");
  if (seat.away === "left" && isOver(view)) marks.push("is-gone");
  return marks;
}

/** The first of what there is to say about a chair. */
function noteOf(view: View, viewer: Viewer, seat: SeatView): Note {
  return (
    awayNote(seat) ??
    backNote(view, viewer, seat) ??
    floorNote(view, viewer, seat) ??
    caseNote(view, seat) ?? { note: "", said: "" }
  );
}

function awayNote(seat: SeatView): Note | undefined {
  if (seat.away === "reconnecting" || seat.away === "lost") {
    return { note: t("reconnecting"), said: t("has lost the connection") };
  }
  if (seat.away === "left") return { note: t("has left"), said: t("has left") };
  return seat.away === "aside" ? { note: t("aside"), said: t("is aside") } : undefined;
}

function backNote(view: View, viewer: Viewer, seat: SeatView): Note | undefined {
  if (!seat.back) return undefined;
  if (view.called_in) return { note: t("speaks"), said: t("still outside, may say one sentence"), floor: true };
  const place = view.place ? placeName(view.place) : "";
  const said =
    seat.person === viewer.you
      ? t("You sit outside the circle and listen. Your place is called {place}.", { place })
      : t("sits outside the circle and listens; the place is called {place}", { place });
  return { note: t("listening"), said };
}

function floorNote(view: View, viewer: Viewer, seat: SeatView): Note | undefined {
  if (view.status !== "running") return undefined;
  const mine = seat.person === viewer.you;
  if (view.round?.turn === seat.person) {
    return { note: mine ? t("your turn") : t("speaks"), said: mine ? "" : t("has the turn"), floor: true };
  }
  if (view.round?.next === seat.person) return { note: t("next"), said: t("is next in the round") };
  if (view.holder === seat.person) return { note: t("asks"), said: t("asks now"), floor: true };
  if (view.floor !== "presenter" || view.presenter !== seat.person) return undefined;
  return phaseOf(view)?.kind === "telling"
    ? { note: t("tells"), said: t("has the floor"), floor: true }
    : { note: t("speaks"), said: t("has the floor"), floor: true };
}

function caseNote(view: View, seat: SeatView): Note | undefined {
  const over = isOver(view) || phaseOf(view)?.kind === "closing";
  if (seat.presenting && !over) return { note: t("presenter"), said: t("presenter") };
  if (view.named === seat.person) return { note: t("presents next"), said: t("is to present the case") };
  return view.offers?.includes(seat.person) ? { note: t("offers a case"), said: t("offers a case") } : undefined;
}

function outerRing(view: View, viewer: Viewer): Stool[] {
  const seats = view.ring ?? [];
  const named = seats.slice(0, NAMED_STOOLS).map((seat) => ({
    person: seat.person,
    name: seat.person === viewer.you ? t("You") : nameOf(viewer, seat.person),
    letter: first(nameOf(viewer, seat.person)),
    role: seatWord(seat.seat, view.method),
    marks: [...(seat.away ? ["is-lost"] : []), ...(seat.person === viewer.you ? ["is-me"] : [])],
  }));
  const more = seats.length - named.length;
  if (more <= 0) return named;
  const rest = {
    person: null,
    name: t("{count} more", { count: more }),
    letter: `+${more}`,
    role: "",
    marks: ["outer__seat--more"],
  };
  return [...named, rest];
}

function first(name: string): string {
  return (Array.from(name.trim())[0] ?? "").toUpperCase();
}
