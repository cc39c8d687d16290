// What a screen reader is told: pure, from the difference of two views. Polite messages come one at a time, at most one
// in two seconds, and a newer one of the same kind takes the older one's place. One's own rights, and for leaders a
// stop request, are said at once. Never durations, never who is heard.

import { spoken, t } from "../shared/labels.ts";
import { floorLine } from "./centre.ts";
import { isBack, isSilent, phaseOf, seatOf, type Viewer } from "./me.ts";
import type { View } from "./wire.ts";
import { figureName, nameOf, phaseName, placeName, voiceOf } from "./words.ts";

export interface Message {
  kind: string; // a newer message of this kind replaces one that waits
  text: string;
  now: boolean; // assertive
}

const polite = (kind: string, text: string): Message => ({ kind, text, now: false });
const urgent = (kind: string, text: string): Message => ({ kind, text, now: true });
/** Each with one stop at its end, in the script of the language. */
const sentences = (all: readonly string[]): string =>
  all.map((one) => (/[.。!?？…]$/.test(one) ? one : t("{words}.", { words: one }))).join(spoken() === "en" ? " " : "");
const plain = (text: string): string => text.replaceAll("**", "");

export function say(before: View | null, after: View, viewer: Viewer): Message[] {
  if (after.audience === "door") return doorMessages(before, after);
  if (after.audience === "screen") return [];
  return [
    ...ownMessages(before, after, viewer),
    ...stopMessages(before, after, viewer),
    ...phaseMessages(before, after, viewer),
    ...floorMessages(before, after, viewer),
    ...voiceMessages(before, after, viewer),
    ...namedMessages(before, after, viewer),
    ...chairMessages(before, after, viewer),
  ];
}

function doorMessages(before: View | null, after: View): Message[] {
  if (before && before.stage === after.stage && before.held === after.held) return [];
  return before ? [polite("door", t("The page of the waiting room has changed."))] : [];
}

function ownMessages(before: View | null, after: View, viewer: Viewer): Message[] {
  if (!before) return [];
  const [was, is] = [isBack(before, viewer.you), isBack(after, viewer.you)];
  const messages = was === is ? [] : [urgent("own", is ? outside(after) : inside(after))];
  if (after.invited && !before.invited && after.presenter === viewer.you) {
    messages.push(urgent("own", t("You are invited to step back. Push your chair back, or wait a moment.")));
  }
  if (is && after.called_in && !before.called_in) messages.push(urgent("own", t("You may say one sentence.")));
  if (after.round?.turn === viewer.you && before.round?.turn !== viewer.you)
    messages.push(urgent("own", t("Your turn. You may pass.")));
  if (after.holder && after.holder === viewer.you && before.holder !== viewer.you)
    messages.push(urgent("own", t("You may ask now.")));
  return messages;
}

function outside(view: View): string {
  return view.sound
    ? t("You are outside the circle. You hear everyone; your microphone is closed.")
    : t("You are outside the circle. You hear everyone; you may not speak until you return.");
}

function inside(view: View): string {
  return view.sound ? t("You are back and may speak. Your microphone is off.") : t("You are back and may speak.");
}

function stopMessages(before: View | null, after: View, viewer: Viewer): Message[] {
  const known = new Set((before?.leaders?.stops ?? []).map((stop) => stop.person));
  return (after.leaders?.stops ?? [])
    .filter((stop) => !known.has(stop.person))
    .map((stop) =>
      urgent(
        `stop-${stop.person}`,
        t("{name} needs to stop. Choices are in the drawer.", { name: nameOf(viewer, stop.person) }),
      ),
    );
}

function phaseMessages(before: View | null, after: View, viewer: Viewer): Message[] {
  if (before?.status !== after.status) {
    if (after.status === "paused") return [polite("phase", t("The meeting is paused."))];
    if (after.status === "lingering")
      return [polite("phase", t("The meeting is over. The room stays open for a moment."))];
    if (after.status === "closed") return [polite("phase", t("The room is closed."))];
  }
  const phase = phaseOf(after);
  if (before && !before.silent && after.silent) return [polite("silence", t("Silence."))];
  if (before?.silent && !after.silent) return [polite("silence", t("The silence ends."))];
  const same = before?.entry === after.entry && before?.status === after.status;
  if (!phase || same || after.status !== "running") return [];
  if (isSilent(after)) return [polite("phase", t("Silence."))];
  const told = [phaseName(phase), plain(floorLine(after, viewer, phase))].filter(Boolean);
  return [polite("phase", sentences(told))];
}

function floorMessages(before: View | null, after: View, viewer: Viewer): Message[] {
  const phase = phaseOf(after);
  if (!before || !phase || before.entry !== after.entry || after.status !== "running") return [];
  if (before.cards.state !== "turned" && after.cards.state === "turned")
    return [polite("cards", t("The cards are turned over."))];
  if (before.cards.state === "none" && after.cards.state === "writing")
    return [polite("cards", t("Cards may be written."))];
  const moved =
    before.holder !== after.holder || before.round?.turn !== after.round?.turn || before.floor !== after.floor;
  const own = after.holder === viewer.you || after.round?.turn === viewer.you;
  return moved && !own ? [polite("floor", sentences([plain(floorLine(after, viewer, phase))]))] : [];
}

function voiceMessages(before: View | null, after: View, viewer: Viewer): Message[] {
  if (!before) return [];
  return (after.circle ?? []).flatMap((seat) => {
    const figure = voiceOf(after, seat.speaks_as);
    if (!figure || seat.person === viewer.you || seatOf(before, seat.person)?.speaks_as === seat.speaks_as) return [];
    return [
      polite(
        `voice-${seat.person}`,
        t("{name} speaks as {figure}.", { name: nameOf(viewer, seat.person), figure: figureName(figure) }),
      ),
    ];
  });
}

function namedMessages(before: View | null, after: View, viewer: Viewer): Message[] {
  if (!before || !after.named || after.named === before.named) return [];
  const name = nameOf(viewer, after.named);
  const own = after.named === viewer.you;
  return [polite("named", own ? t("You are named to present.") : t("{name} is to present the case.", { name }))];
}

function chairMessages(before: View | null, after: View, viewer: Viewer): Message[] {
  if (!before) return [];
  const messages: Message[] = [];
  const name = nameOf(viewer, after.presenter);
  const own = after.presenter === viewer.you;
  if (!before.back && after.back && !own) {
    const place = after.place ? placeName(after.place) : "";
    messages.push(polite("back", t("{name} has moved out and listens. The place is {place}.", { name, place })));
  }
  if (before.back && !after.back && after.presenter && !own)
    messages.push(polite("back", t("{name} is back in the circle.", { name })));
  if (after.called_in && !before.called_in && !own)
    messages.push(polite("back", t("{name} may say one sentence.", { name })));
  for (const seat of after.circle ?? []) {
    const lost = seat.away === "lost" && seatOf(before, seat.person)?.away !== "lost";
    if (lost && seat.person !== viewer.you) {
      messages.push(
        polite(`lost-${seat.person}`, t("{name} has lost the connection.", { name: nameOf(viewer, seat.person) })),
      );
    }
  }
  return messages;
}

// ── one at a time ───────────────────────────────────────────────────────────────────────────────────────────────────

export const PACE = 2000; // ms between two polite messages

export interface Queue {
  waiting: readonly Message[];
  last: number; // when the last polite message was said, ms
}

export const SILENT: Queue = { waiting: [], last: Number.NEGATIVE_INFINITY };

export function enqueue(queue: Queue, messages: readonly Message[]): Queue {
  const fresh = messages.filter((message) => !message.now);
  const kept = queue.waiting.filter((old) => !fresh.some((message) => message.kind === old.kind));
  return { ...queue, waiting: [...kept, ...fresh] };
}

/** What may be said at this moment, and the queue after it. */
export function take(queue: Queue, now: number): { said: string; queue: Queue; wait: number } {
  const [first, ...rest] = queue.waiting;
  const wait = Math.max(0, queue.last + PACE - now);
  if (!first || wait > 0) return { said: "", queue, wait: first ? wait : 0 };
  return { said: first.text, queue: { waiting: rest, last: now }, wait: rest.length ? PACE : 0 };
}
