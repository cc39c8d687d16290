// The drawer: everything a leader can reach besides next and pause, one value a panel. Pure; drawn elsewhere.

import { t } from "../shared/labels.ts";
import { circle, isTapped } from "./circle.ts";
import { countOf, tickVoice } from "./figures.ts";
import { asksToBeRung, type Deed, endSure, phaseOn } from "./lead.ts";
import { find, inRound, otherLeader, phaseOf, seatOf, type Viewer } from "./me.ts";
import type {
  CheckOutMood,
  Command,
  CueCode,
  FigureCode,
  PersonId,
  SignalKind,
  StopAnswer,
  Target,
  View,
} from "./wire.ts";
import { CUE_CODES, FIGURE_CODES, SIGNAL_KINDS } from "./wire.ts";
import { figureName, interventionOf, nameOf, phaseName, SIGNALS } from "./words.ts";

/** How the meeting takes place; in the room people may be without a device. */
export type Mode = "online" | "room" | "mixed";

export interface FigureRow {
  case: number;
  figure: number;
  name: string;
  voices: number;
  tick: Command; // counts a voice of the group
  removable: boolean;
}

export interface FigureCase {
  title: string; // where there are several
  rows: FigureRow[];
}

export type Panel =
  | { panel: "floor"; deeds: Deed[]; seats: { person: PersonId; name: string }[] }
  | { panel: "presenter"; offers: Named[]; presenter: Named | null; waiting: Named[]; withoutDevice: Named[] }
  | { panel: "figures"; cases: FigureCase[]; codes: FigureCode[]; ticks: boolean }
  | { panel: "signals"; counts: { kind: SignalKind; count: number }[]; total: number }
  | { panel: "cues"; lines: readonly { code: CueCode; words: string }[]; shown: CueCode | null }
  | { panel: "time"; deeds: Deed[]; targets: { target: Target; label: string; sure: Deed["sure"] }[]; entry: number }
  | { panel: "door"; waiting: Waiting[]; locked: boolean; assistant: Named | null; assistantDoor: boolean }
  | { panel: "sound"; away: boolean; cannotHear: Named[]; differs: Named[]; silenced: Named[]; shared: Shared[] }
  | { panel: "attendance"; rows: Attendance[]; devices: number }
  | { panel: "line"; to: string; said: { name: string; text: string }[] }
  | { panel: "not-presented"; people: Named[] }
  | { panel: "check-outs"; rows: { name: string; mood: CheckOutMood }[]; ring: string[] };

export interface Named {
  person: PersonId;
  name: string;
}
export interface Shared extends Named {
  people: string[];
  speaking: string;
}
export interface Waiting extends Named {
  late: boolean;
  away: boolean;
  guest: boolean;
}
export interface Attendance extends Named {
  here: boolean; // sits in the room without a device
}

export interface Stop extends Named {
  answers: { answer: StopAnswer; label: string }[];
}

const VOICED_CODES: readonly FigureCode[] = FIGURE_CODES;
const TWICE = 2;

/** The panels in the order in which a leader looks for them in this phase. */
export function panels(view: View, viewer: Viewer, mode: Mode): Panel[] {
  const early = view.naming === true;
  const all = [
    ...(early ? presenter(view, viewer) : []),
    ...checkOuts(view, viewer),
    ...(view.status === "lobby" ? attendance(view, viewer, mode) : []),
    ...floor(view, viewer),
    ...figures(view, mode),
    ...signals(view),
    ...cues(view),
    ...time(view, viewer),
    ...door(view, viewer),
    ...sound(view, viewer),
    ...(view.status === "lobby" ? [] : attendance(view, viewer, mode)),
    ...line(view, viewer),
    ...(early ? [] : notPresented(view, viewer)),
  ];
  return all;
}

const named = (viewer: Viewer, people: readonly PersonId[]): Named[] =>
  people.map((person) => ({ person, name: nameOf(viewer, person) }));

const lives = (view: View): boolean => view.status === "running" || view.status === "paused";

// ── presenter ───────────────────────────────────────────────────────────────────────────────────────────────────────

function presenter(view: View, viewer: Viewer): Panel[] {
  const room = (view.circle ?? []).filter((seat) => seat.in_room && !seat.away && !view.offers?.includes(seat.person));
  return [
    {
      panel: "presenter",
      offers: named(viewer, view.offers ?? []),
      presenter: view.named ? { person: view.named, name: nameOf(viewer, view.named) } : null,
      waiting: named(viewer, view.leaders?.not_presented ?? []),
      withoutDevice: named(
        viewer,
        room.map((seat) => seat.person),
      ),
    },
  ];
}

function notPresented(view: View, viewer: Viewer): Panel[] {
  const people = view.leaders?.not_presented ?? [];
  return people.length ? [{ panel: "not-presented", people: named(viewer, people) }] : [];
}

// ── the floor ───────────────────────────────────────────────────────────────────────────────────────────────────────

function floor(view: View, viewer: Viewer): Panel[] {
  if (view.status !== "running") return [];
  const entry = view.entry ?? 0;
  const deeds: Deed[] = [];
  const rounds = view.floors?.includes("round") === true && !view.round;
  if (view.round || replyAllowed(view))
    deeds.push({ label: t("Open the floor to all"), command: { do: "open-floor", entry } });
  deeds.push(...callIn(view, viewer, entry), ...cards(view, entry));
  const seats = rounds ? named(viewer, ringPeople(view)) : [];
  return deeds.length || seats.length ? [{ panel: "floor", deeds, seats }] : [];
}

function replyAllowed(view: View): boolean {
  return phaseOf(view)?.kind === "return" && view.floor === "presenter" && view.floors?.includes("open") === true;
}

/** Where a round may begin: whoever is present in the circle, without leaders and a presenter who is back. */
function ringPeople(view: View): PersonId[] {
  return (view.circle ?? []).filter((seat) => inRound(seat)).map((seat) => seat.person);
}

function callIn(view: View, viewer: Viewer, entry: number): Deed[] {
  if (!view.back) return [];
  const name = nameOf(viewer, view.presenter);
  const label = view.called_in ? t("{name} listens again", { name }) : t("Call {name} in for one sentence", { name });
  return [{ label, command: { do: "set-called-in", entry, called: !view.called_in } }];
}

function cards(view: View, entry: number): Deed[] {
  const kind = phaseOf(view)?.kind;
  if (view.cards.state === "turned")
    return [{ label: t("Put the cards away"), command: { do: "put-cards-away", entry } }];
  if (view.cards.state === "writing")
    return [{ label: t("Put the cards away unread"), command: { do: "put-cards-away", entry } }];
  return kind === "silence" || kind === "closing"
    ? [{ label: t("Let cards be written"), command: { do: "open-cards", entry } }]
    : [];
}

// ── persons of the case, signals, cues ──────────────────────────────────────────────────────────────────────────────

function figures(view: View, mode: Mode): Panel[] {
  const kind = phaseOf(view)?.kind;
  const known = view.figures ?? [];
  const adding = ["telling", "facts", "silence", "feelings", "discussion"].includes(kind ?? "") && lives(view);
  const told = [...(view.leaders?.other_cases ?? []), { case: view.case ?? 0, figures: known }]
    .filter((one) => one.figures.length)
    .sort((a, b) => a.case - b.case);
  if (view.method === "supervision" || (!adding && !told.length)) return [];
  const cases = told.map((one) => ({
    title: told.length > 1 ? t("Case {number}", { number: one.case }) : "",
    rows: one.figures.map((figure) => ({
      case: one.case,
      figure: figure.figure,
      name: figureName(figure),
      voices: figure.voices ?? 0,
      tick: tickVoice(one.case, figure),
      removable: adding && !figure.own && !figure.voices,
    })),
  }));
  const twice = (code: FigureCode): boolean => countOf(view, code) >= TWICE;
  const inRoom = mode !== "online" || (view.circle ?? []).some((seat) => seat.in_room);
  const early = ["telling", "facts", "silence"].includes(kind ?? ""); // nobody has spoken as one of them yet
  return [
    {
      panel: "figures",
      cases,
      codes: adding ? VOICED_CODES.filter((code) => !twice(code)) : [],
      ticks: inRoom && !early && view.status !== "closed",
    },
  ];
}

function signals(view: View): Panel[] {
  const counted = view.leaders?.signals;
  const counts = SIGNAL_KINDS.flatMap((kind) => (counted?.[kind] ? [{ kind, count: counted[kind] }] : []));
  const total = counts.reduce((sum, one) => sum + one.count, 0);
  return view.signals_open || total > 0 ? [{ panel: "signals", counts, total }] : [];
}

export function signalWord(kind: SignalKind): string {
  return SIGNALS[kind]();
}

function cues(view: View): Panel[] {
  const phase = phaseOf(view);
  if (!phase || view.method === "supervision" || phase.part !== "case" || view.status !== "running") return [];
  const own = new Map(view.leaders?.interventions?.map((one) => [one.code, one.cue]));
  const lines = CUE_CODES.map((code) => ({ code, words: interventionOf(code, own.get(code)) }));
  return [{ panel: "cues", lines, shown: view.cue ?? null }];
}

// ── time and phase ──────────────────────────────────────────────────────────────────────────────────────────────────

function time(view: View, viewer: Viewer): Panel[] {
  if (!lives(view)) return [];
  const entry = view.entry ?? 0;
  const deeds = [...silence(view, entry), ...extend(view, entry), ...caseDeeds(view, entry), ...lastDeeds(view, entry)];
  const targets = (view.leaders?.targets ?? []).map((target) => ({
    target,
    label: targetLabel(view, target),
    sure: goSure(view, viewer, target),
  }));
  return [{ panel: "time", deeds, targets, entry }];
}

function silence(view: View, entry: number): Deed[] {
  if (view.status !== "running") return [];
  const label = view.silent ? t("End the silence") : t("Moment of silence");
  return [{ label, command: { do: "set-silence", entry, silent: !view.silent } }];
}

function extend(view: View, entry: number): Deed[] {
  const now = view.leaders?.times?.minutes ?? 0;
  if (!now) return [];
  return [3, 5].map((more) => ({
    label: t("{count} min more", { count: more }),
    command: { do: "extend", entry, minutes: now + more } as const,
    done: t("The phase now has {count} minutes.", { count: now + more }),
  }));
}

function caseDeeds(view: View, entry: number): Deed[] {
  const times = view.leaders?.times;
  if (!times) return [];
  const deeds: Deed[] = [];
  if (times.may_open_case) {
    const cases = times.cases + 1;
    const done = t("This meeting now has {count} cases in all.", { count: cases });
    deeds.push({ label: t("Open a further case"), command: { do: "set-cases", entry, cases }, done });
  }
  if (times.may_drop_case) {
    const sure = {
      title: t("Drop a case?"),
      text: t("The meeting then has {count} case(s).", { count: times.cases - 1 }),
    };
    deeds.push({ label: t("Drop a case"), command: { do: "set-cases", entry, cases: times.cases - 1 }, sure });
  }
  return deeds;
}

function lastDeeds(view: View, entry: number): Deed[] {
  const inCase = phaseOf(view)?.part === "case";
  const ending = { title: t("End this case?"), text: t("The group lets it rest and goes on to what comes after.") };
  const deeds: Deed[] = inCase ? [{ label: t("End the case"), command: { do: "end-case", entry }, sure: ending }] : [];
  return [...deeds, { label: t("End the meeting"), command: { do: "end", entry }, sure: endSure() }];
}

function targetLabel(view: View, target: Target): string {
  const name = phaseName(phaseOn(view, target));
  return target.case > 0 && target.case !== view.case && target.part !== "closing"
    ? t("{phase}, case {number}", { phase: name, number: target.case })
    : name;
}

function goSure(view: View, viewer: Viewer, target: Target): Deed["sure"] {
  const title = t("Go to “{phase}”?", { phase: targetLabel(view, target) });
  const from = phaseOf(view);
  const text = from
    ? t("The group is in “{phase}” now. {name} and the others see the change at once.", {
        phase: phaseName(from),
        name: nameOf(viewer, view.presenter ?? viewer.you),
      })
    : "";
  return { title, text: view.presenter ? text : t("Everybody sees the change at once.") };
}

// ── door, attendance, line, check-outs, stops ───────────────────────────────────────────────────────────────────────

function door(view: View, viewer: Viewer): Panel[] {
  if (view.status === "closed") return [];
  const queue = view.status === "lobby" ? [] : (view.leaders?.waiting ?? []); // before the beginning they are the circle
  const waiting = queue.map((one) => ({
    person: one.person,
    name: nameOf(viewer, one.person),
    late: one.late,
    away: one.away,
    guest: one.seat === "guest",
  }));
  const assistant = view.assistant ? { person: view.assistant, name: nameOf(viewer, view.assistant) } : null;
  return [
    { panel: "door", waiting, locked: view.locked === true, assistant, assistantDoor: view.assistant_door === true },
  ];
}

/** What leaders may have to see to, where sound is built in; absent while all is well. */
function sound(view: View, viewer: Viewer): Panel[] {
  const found = view.sound;
  if (!found || view.status === "closed") return [];
  const shared = (found.shared ?? []).map((one) => ({
    person: one.person,
    name: nameOf(viewer, one.person),
    people: one.people.map((person) => nameOf(viewer, person)),
    speaking: one.speaking ? nameOf(viewer, one.speaking) : "",
  }));
  const lists = {
    cannotHear: named(viewer, found.cannot_hear ?? []),
    differs: named(viewer, found.differs ?? []),
    silenced: named(viewer, found.silenced ?? []),
  };
  const away = found.state === "away";
  const something = away || shared.length > 0 || Object.values(lists).some((list) => list.length > 0);
  return something ? [{ panel: "sound", away, shared, ...lists }] : [];
}

/** Attendance by tapping, for people in the room without a device, as far as no chair can be tapped for them. */
function attendance(view: View, viewer: Viewer, mode: Mode): Panel[] {
  const seats = [...(view.circle ?? []), ...(view.ring ?? [])];
  const anyone = seats.some((seat) => seat.in_room);
  if ((mode === "online" && !anyone) || view.status === "lingering" || view.status === "closed") return [];
  const seen = [...seats.map(presence), ...(view.leaders?.waiting ?? []).map(presence)];
  const devices = new Set(seen.filter((one) => one.here && !one.inRoom).map((one) => one.person));
  const inRoom = new Set(seen.filter((one) => one.here && one.inRoom).map((one) => one.person));
  const chairs = isTapped(view, mode) ? circle(view, viewer, mode).chairs.map((chair) => chair.person) : [];
  const rows = Object.keys(view.leaders?.roster ?? {})
    .filter((person) => person !== viewer.you && !devices.has(person) && !chairs.includes(person))
    .map((person) => ({ person, name: nameOf(viewer, person), here: inRoom.has(person) }));
  return rows.length ? [{ panel: "attendance", rows, devices: devices.size }] : [];
}

function presence(one: { person: PersonId; away?: unknown; in_room?: boolean }): {
  person: PersonId;
  here: boolean;
  inRoom: boolean;
} {
  return { person: one.person, here: !one.away, inRoom: one.in_room === true };
}

function line(view: View, viewer: Viewer): Panel[] {
  const other = otherLeader(view, viewer.you);
  if (!other) return [];
  const said = (view.leaders?.line ?? []).map((one) => ({
    name: one.by === viewer.you ? t("You") : nameOf(viewer, one.by),
    text: one.text,
  }));
  return [{ panel: "line", to: nameOf(viewer, other.person), said }];
}

function checkOuts(view: View, viewer: Viewer): Panel[] {
  const told = Object.entries(view.leaders?.check_outs ?? {});
  const late = view.status === "lingering" || view.status === "closed";
  if (!told.length && !late) return [];
  const rows = told.map(([person, mood]) => ({ name: nameOf(viewer, person), mood }));
  const ring = named(viewer, asksToBeRung(view)).map((one) => one.name);
  return [{ panel: "check-outs", rows, ring }];
}

/** Somebody who is there, with one leader, while the other stays with the circle. */
function mayGoAside(view: View, person: PersonId, leaders: readonly (PersonId | null)[]): boolean {
  const away = seatOf(view, person)?.away;
  return seatOf(view, person) !== undefined && away !== "lost" && away !== "left" && !leaders.includes(person);
}

/** Who needs to stop, and what a leader can choose. */
export function stops(view: View, viewer: Viewer): Stop[] {
  const other = otherLeader(view, viewer.you);
  const leads = find(view, viewer.you).at === "circle" && view.audience === "leaders";
  return (view.leaders?.stops ?? []).map(({ person }) => {
    const name = nameOf(viewer, person);
    const answers: Stop["answers"] = [];
    if (view.status === "running") answers.push({ answer: "pause", label: t("Pause the meeting") });
    if (other && leads && lives(view) && mayGoAside(view, person, [viewer.you, other.person])) {
      answers.push({ answer: "aside", label: t("Go aside with {name}", { name }) });
    }
    if (view.back)
      answers.push({ answer: "bring-back", label: t("Bring {name} back", { name: nameOf(viewer, view.presenter) }) });
    if (phaseOf(view)?.part === "case" && lives(view)) answers.push({ answer: "end-case", label: t("End the case") });
    answers.push({ answer: "seen", label: t("I have seen to it") });
    return { person, name, answers };
  });
}
