// The names that people read for the codes of the protocol. The same English words stand in the server's list, so that
// a page, a print-out and the room call a thing by the same name.

import { pgettext, spoken, t } from "../shared/labels.ts";
import type { Viewer } from "./me.ts";
import type {
  CheckOutMood,
  Cue,
  CueCode,
  FigureCode,
  FigureView,
  Method,
  PersonId,
  PhaseKind,
  PhaseView,
  Refusal,
  ReviewGroup,
  Seat,
  SignalKind,
  View,
} from "./wire.ts";

type Words<Code extends string> = Readonly<Record<Code, () => string>>;

const PHASES: Words<PhaseKind> = {
  opening: () => t("Opening"),
  call: () => t("Call for a case"),
  telling: () => t("Telling"),
  facts: () => t("Factual questions"),
  silence: () => t("Step back; silence"),
  feelings: () => t("What we feel"),
  discussion: () => t("Discussion"),
  clarifying: () => t("Clarifying"),
  return: () => t("Return and response"),
  settle: () => t("Settle the case"),
  break: () => t("Pause between cases"),
  closing: () => t("Closing"),
  review: () => t("Review"),
};

const SHORT_PHASES: Words<PhaseKind> = {
  opening: () => pgettext("short", "Opening"),
  call: () => pgettext("short", "Call"),
  telling: () => pgettext("short", "Telling"),
  facts: () => pgettext("short", "Facts"),
  silence: () => pgettext("short", "Step back"),
  feelings: () => pgettext("short", "Feelings"),
  discussion: () => pgettext("short", "Discussion"),
  clarifying: () => pgettext("short", "Clarifying"),
  return: () => pgettext("short", "Return"),
  settle: () => pgettext("short", "Settle"),
  break: () => pgettext("short", "Pause"),
  closing: () => pgettext("short", "Closing"),
  review: () => pgettext("short", "Review"),
};

const REVIEWS: Words<ReviewGroup> = {
  leader: () => t("Review: the leader"),
  "co-leader": () => t("Review: the co-leader"),
  presenter: () => t("Review: the presenter"),
  members: () => t("Review: the members"),
  observers: () => t("Review: the observers"),
  trainer: () => t("Review: the trainer"),
};

const REVIEW_FLOORS: Words<ReviewGroup> = {
  leader: () => t("**The leader** speaks"),
  "co-leader": () => t("**The co-leader** speaks"),
  presenter: () => t("**The presenter** speaks"),
  members: () => t("**The members** speak"),
  observers: () => t("**The observers** speak"),
  trainer: () => t("**The trainer** speaks"),
};

/** The quiet line of a phase whose script has none of its own. */
const CUES: Words<PhaseKind> = {
  opening: () => t("What is said here stays here. No advice, no verdict; we imagine."),
  call: () => t("A case that will not let go of you; puzzling, or with strong feelings of your own."),
  telling: () => t("No notes. The scene, and what it did to you. No names, no places."),
  facts: () => t("Who, when, where; not why. “I don’t know” is an answer."),
  silence: () => t("The case is with the group now. Notice body, pictures, feelings."),
  feelings: () => t("When I listened, I felt … No analysis, no advice."),
  discussion: () => t("If I were … I see … I think … I feel … Nothing is right or wrong."),
  clarifying: () => t("What is clearer now, and what stays open."),
  return: () => t("As much or as little as you like; the group does not answer."),
  settle: () => t("We let this case rest, and make room for the next."),
  break: () => t("Stand up, drink something. The case stays in the room."),
  closing: () => t("Step out of the persons, back to yourself."),
  review: () => t("About the work of the group, not about the case."),
};

const FIGURES: Words<FigureCode> = {
  patient: () => t("the patient"),
  client: () => t("the client"),
  mother: () => t("the mother"),
  father: () => t("the father"),
  partner: () => t("the partner"),
  child: () => t("the child"),
  sibling: () => t("the sibling"),
  grandparent: () => t("the grandparent"),
  relative: () => t("the other relative"),
  doctor: () => t("the doctor"),
  nurse: () => t("the nurse"),
  student: () => t("the student"),
  counsellor: () => t("the counsellor"),
  pharmacist: () => t("the pharmacist"),
  manager: () => t("the manager"),
  administrator: () => t("the administrator"),
  institution: () => t("the institution"),
  absent: () => t("the absent person"),
  thing: () => t("the thing"),
};

export const SIGNALS: Words<SignalKind> = {
  pushed: () => t("I feel pushed to solve it"),
  questioned: () => t("I feel questioned"),
  hurt: () => t("Something hurt"),
  "left-case": () => t("We have left the case"),
  "more-silence": () => t("More silence, please"),
};

export const DRIFTS: Words<CueCode> = {
  advice: () => t("advice"),
  questioning: () => t("questioning"),
  blame: () => t("blame"),
  diagnosis: () => t("diagnosis"),
  "own-case": () => t("own case"),
  "private-life": () => t("private life"),
  "missing-voice": () => t("a missing voice"),
  "to-presenter": () => t("talking to the presenter"),
  "one-voice": () => t("one voice fills the room"),
  teaching: () => t("teaching"),
};

const DRIFT_CUES: Words<CueCode> = {
  advice: () => t("Before we solve it: how is it to be in that room?"),
  questioning: () => t("Let us leave the doctor be. What do you imagine?"),
  blame: () => t("We do not judge here. What does it stir in you?"),
  diagnosis: () => t("And the person?"),
  "own-case": () => t("Keep that one safe. Stay with this patient."),
  "private-life": () => t("We stay with what happens between the two at work."),
  "missing-voice": () => t("Who has not been heard yet?"),
  "to-presenter": () => t("The presenter listens now. Speak into the circle."),
  "one-voice": () => t("Let us look round the circle, and wait a moment."),
  teaching: () => t("We need not know more. What do we feel?"),
};

export const MOODS: Words<CheckOutMood> = {
  calm: () => t("calm"),
  stirred: () => t("stirred"),
  "ring-me": () => t("please ring me"),
};

/** Why something pressed did not happen: what holds instead, never whose fault. */
export const REFUSAL_WORDS: Words<Refusal> = {
  "not-now": () => t("That has its place in another phase."),
  "not-yours": () => t("That is with somebody else just now."),
  "not-found": () => t("That is not here any more."),
  "not-here": () => t("That person is not here just now."),
  stale: () => t("Something has just changed; nothing was done twice."),
  invited: () => t("The invitation is already there. The chair moves in a moment."),
  "circle-full": () => t("All fifteen chairs are taken."),
  "no-presenter": () => t("First name who presents; then the telling begins."),
  "presenter-not-here": () => t("The presenter is not here just now. The group waits."),
  "no-offer": () => t("Whoever presents offers a case first."),
  fixed: () => t("The case has been told; its presenter stays."),
  "lone-leader": () => t("A leader can present when a second leader is here."),
  "no-co-leader": () => t("That needs a second leader in the room."),
  "no-assistant": () => t("First name an assistant."),
  aside: () => t("The other leader goes on, when both are back."),
  "figure-limit": () => t("This person of the case is here twice already."),
  "figure-voiced": () => t("Somebody has spoken as this person; it stays."),
  "bad-value": () => t("That lies outside of what fits here."),
  "too-long": () => t("That is longer than fits. A shorter text goes through."),
  "bad-script": () => t("This script does not fit the meeting. A leader can choose another one."),
  "bad-frame": () => t("That did not arrive whole. You can press it again."),
  "too-large": () => t("That is longer than fits. A shorter text goes through."),
  "too-fast": () => t("That was very quick. One moment, then press again."),
  unavailable: () => t("The server cannot write just now. Nothing has changed; you can press it again."),
};

/** `outOfTurn`: in a round the turn alone holds somebody back, not the phase. */
export function refusal(code: string, outOfTurn = false): string {
  if (outOfTurn && code === "not-now") return t("It is not your turn just now.");
  return (REFUSAL_WORDS[code as Refusal] ?? REFUSAL_WORDS["not-now"])();
}

/** A phase with what its name depends on: where nobody steps back, silence and return are called without it. */
export type Phrased = Pick<PhaseView, "kind" | "group" | "response"> & { out?: boolean };

export function phaseName(phase: Phrased): string {
  if (phase.group) return REVIEWS[phase.group]();
  if (phase.kind === "silence" && phase.out === false) return t("Silence");
  return phase.response ? t("Response") : PHASES[phase.kind]();
}

export function shortPhase(phase: Phrased): string {
  if (phase.kind === "silence" && phase.out === false) return t("Silence");
  return phase.response ? t("Response") : SHORT_PHASES[phase.kind]();
}

export function reviewFloor(group: ReviewGroup): string {
  return REVIEW_FLOORS[group]();
}

/** A script's own words in the language of the reader, else the line of the kind. */
export function cueOf(phase: PhaseView): string {
  return own(phase.cue) || CUES[phase.kind]();
}

/** The sentence of an intervention: the script's own words, else the usual ones. */
export function interventionOf(code: CueCode, ownWords: Cue | undefined): string {
  return own(ownWords) || DRIFT_CUES[code]();
}

function own(cue: Cue | undefined): string {
  const [en, zh] = [cue?.en ?? "", cue?.zh ?? ""];
  return spoken() === "zh-hans" ? zh || en : en || zh;
}

/** "the mother", "the patient B", and for the presenter's place "the doctor of this case". */
export function figureName(figure: Pick<FigureView, "code" | "letter" | "own">): string {
  const name = FIGURES[figure.code]();
  if (figure.own) return t("{figure} of this case", { figure: name });
  return figure.letter ? t("{figure} {letter}", { figure: name, letter: figure.letter }) : name;
}

export function figureCodeName(code: FigureCode): string {
  return FIGURES[code]();
}

export function placeName(code: FigureCode): string {
  return t("{figure} of this case", { figure: FIGURES[code]() });
}

/** What somebody is, as a word under the name. In conventional supervision the leader is the supervisor. */
export function seatWord(seat: Seat, method: Method | undefined): string {
  if (seat === "leader") return method === "supervision" ? t("supervisor") : t("leader");
  if (seat === "co-leader") return t("co-leader");
  if (seat === "observer") return t("observer");
  if (seat === "trainer") return t("trainer");
  return seat === "guest" ? t("guest") : t("member");
}

export function nameOf(viewer: Viewer, person: PersonId | null | undefined): string {
  return (person && viewer.names[person]?.replaceAll("**", "*")) || t("somebody");
}

export function voiceOf(view: View, figure: number | undefined): FigureView | undefined {
  return figure === undefined ? undefined : view.figures?.find((one) => one.figure === figure);
}
