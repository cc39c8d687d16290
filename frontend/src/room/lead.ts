// The leaders' bar: the time of the phase, pause, and the one thing that comes next. Pure.

import { list, pgettext, t } from "../shared/labels.ts";
import { find, leadOf, phaseOf, type Viewer } from "./me.ts";
import type { Command, PersonId, Target, View } from "./wire.ts";
import { nameOf, type Phrased, phaseName, shortPhase } from "./words.ts";

/** Something a leader can do; with `sure` it is asked once whether it is meant, `done` tells what came of it. */
export interface Deed {
  label: string;
  command: Command;
  sure?: { title: string; text: string };
  done?: string;
}

export interface Main extends Deed {
  small: string; // the line above the label
  short: string; // the label on a phone
  quiet: boolean; // not the great button: somebody else leads
}

export interface Clock {
  title: string;
  text: string; // "14 of 24 min"
  gone: number; // share of the line, 0 … 1
  over: number; // share beyond its end, 0 … 1
}

export interface Lead {
  clock: Clock | null;
  line: string; // instead of the clock
  pause: Deed | null;
  turn: Deed | null; // moves a round or the asking on
  main: Main | null;
  ring: string; // who asked to be rung, once the meeting is over
  news: News | null;
}

/** What waits in the drawer: a number for its button, and what it counts. */
export interface News {
  count: number;
  words: string;
}

const MINUTE = 60;
const LAST = MINUTE; // leaders are warned a minute before the end, and at the end

export function lead(view: View, viewer: Viewer, now: number, unread = 0): Lead {
  return {
    clock: clock(view, now, view.status === "paused" ? lineOf(view, viewer) : ""),
    line: lineOf(view, viewer),
    pause: view.status === "running" ? { label: t("Pause"), command: { do: "pause", entry: view.entry ?? 0 } } : null,
    turn: turn(view),
    main: main(view, viewer),
    ring: ringLine(view, viewer),
    news: news(view, unread),
  };
}

// ── what must not be missed ─────────────────────────────────────────────────────────────────────────────────────────

/** Who asked to be rung: told now, and kept nowhere. */
export function asksToBeRung(view: View): PersonId[] {
  return Object.entries(view.leaders?.check_outs ?? {}).flatMap(([person, mood]) =>
    mood === "ring-me" ? [person] : [],
  );
}

const lives = (view: View): boolean => view.status === "running" || view.status === "paused";
const isOver = (view: View): boolean => view.status === "lingering" || view.status === "closed";

function ringLine(view: View, viewer: Viewer): string {
  const names = asksToBeRung(view).map((person) => nameOf(viewer, person));
  return names.length && isOver(view) ? t("Please ring within 48 hours: {names}", { names: names.join(" · ") }) : "";
}

function news(view: View, unread: number): News | null {
  const waiting = lives(view) || view.status === "lingering" ? (view.leaders?.waiting?.length ?? 0) : 0;
  const rung = isOver(view) ? 0 : asksToBeRung(view).length; // then it stands in a line of its own
  const told = [
    { count: waiting, words: t("{count} waiting", { count: waiting }) },
    { count: unread, words: t("{count} unread", { count: unread }) },
    { count: rung, words: t("{count} would like to be rung", { count: rung }) },
  ].filter((one) => one.count);
  if (!told.length) return null;
  return { count: told.reduce((sum, one) => sum + one.count, 0), words: list(told.map((one) => one.words)) };
}

// ── time ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Seconds left of the phase on the server's clock; negative when it is over. */
export function secondsLeft(view: View, now: number): number | null {
  const times = view.leaders?.times;
  if (!times) return null;
  return times.ends_at ? (Date.parse(times.ends_at) - now) / 1000 : times.left_s;
}

export function clock(view: View, now: number, paused = ""): Clock | null {
  const phase = phaseOf(view);
  const left = secondsLeft(view, now);
  const whole = (view.leaders?.times?.minutes ?? 0) * MINUTE;
  if (!phase || left === null || whole <= 0 || view.silent || (view.status !== "running" && view.status !== "paused"))
    return null;
  const gone = Math.max(0, whole - left);
  const last = left > 0 && left <= LAST && whole > 2 * LAST;
  const minutes = { gone: Math.floor(gone / MINUTE), whole: Math.round(whole / MINUTE) };
  return {
    title: paused || phaseName(phase),
    text: last ? t("last minute of {whole}", minutes) : t("{gone} of {whole} min", minutes),
    gone: gone > whole ? whole / gone : gone / whole,
    over: gone > whole ? 1 - whole / gone : 0,
  };
}

function lineOf(view: View, viewer: Viewer): string {
  if (view.silent) return t("Silence. The clock rests for you.");
  if (view.status === "lobby") return t("The door is open.");
  if (view.status === "lingering") return t("The meeting is over.");
  if (view.status === "closed") return t("The room is closed.");
  if (view.status === "paused" && view.leaders?.pause_reason === "presenter") {
    return t("Paused: {name} is not here.", { name: nameOf(viewer, view.presenter) });
  }
  return view.status === "paused" ? t("Paused") : "";
}

// ── what comes next ─────────────────────────────────────────────────────────────────────────────────────────────────

function turn(view: View): Deed | null {
  if (view.status !== "running") return null;
  const entry = view.entry ?? 0;
  if (view.round) return { label: t("Move on"), command: { do: "end-turn", entry, person: view.round.turn } };
  if (!view.holder) return null;
  return { label: t("Next asker"), command: { do: "end-turn", entry, person: view.holder } };
}

function main(view: View, viewer: Viewer): Main | null {
  const entry = view.entry ?? 0;
  switch (view.status) {
    case "lobby":
      return plain(t("When you are ready"), t("Begin the meeting"), { do: "start" });
    case "paused":
      return resume(view, viewer);
    case "lingering":
      return plain(t("When all have gone"), t("Close the room"), { do: "end", entry });
    case "closed":
      return null;
    default:
      return running(view, viewer, entry);
  }
}

function plain(small: string, label: string, command: Command, short = label): Main {
  return { small, label, short, command, quiet: false };
}

function resume(view: View, viewer: Viewer): Main {
  const entry = view.entry ?? 0;
  if (view.leaders?.pause_reason === "presenter" && view.presenter_here === false) {
    const sure = {
      title: t("End this case?"),
      text: t("{name} is not here. The group can wait, or let the case rest.", {
        name: nameOf(viewer, view.presenter),
      }),
    };
    return { ...plain(t("The group can wait"), t("End the case"), { do: "end-case", entry }), quiet: true, sure };
  }
  return plain(t("When you are ready"), t("Go on"), { do: "resume", entry });
}

function running(view: View, viewer: Viewer, entry: number): Main {
  const other = takeOver(view, viewer);
  if (other) return other;
  if (view.silent)
    return plain(t("When you are ready"), t("End the silence"), { do: "set-silence", entry, silent: false });
  if (view.cards.state === "writing") {
    const written = t("{count} written", { count: view.cards.written ?? 0 });
    return plain(written, t("Turn the cards"), { do: "turn-cards", entry });
  }
  if (view.invited) {
    const small = t("{name} is invited", { name: nameOf(viewer, view.presenter) });
    return plain(small, t("Step back now"), { do: "step-back-now", entry });
  }
  return next(view, entry);
}

function next(view: View, entry: number): Main {
  const target = view.leaders?.next;
  if (target) {
    const phase = phaseOn(view, target);
    return plain(t("Next"), phaseName(phase), { do: "next", entry }, shortPhase(phase));
  }
  return { ...plain(pgettext("not a phase", "Next"), t("End the meeting"), { do: "end", entry }), sure: endSure() };
}

export function endSure(): { title: string; text: string } {
  return { title: t("End the meeting?"), text: t("Everybody may still speak for a moment; then the room closes.") };
}

/** The co-leader's great button is to take over; every other command is at hand as well. */
function takeOver(view: View, viewer: Viewer): Main | null {
  const lead = leadOf(view);
  const me = find(view, viewer.you);
  if (!lead || lead.person === viewer.you || me.at !== "circle" || viewer.you === null) return null;
  const small = t("{name} leads", { name: nameOf(viewer, lead.person) });
  return { ...plain(small, t("Take over"), { do: "hand-over", person: viewer.you }), quiet: true };
}

/** A target with what its place in the way says of it. */
export function phaseOn(view: View, target: Target): Phrased {
  const phase = view.way?.find(
    (one) => one.part === target.part && one.case === target.case && one.index === target.index,
  );
  return phase ?? target;
}

/** The viewer leads together with somebody who has the clock now. */
export function isCo(view: View, viewer: Viewer): boolean {
  return (
    view.audience === "leaders" &&
    view.status !== "lobby" &&
    view.status !== "closed" &&
    takeOver(view, viewer) !== null
  );
}
