// Made by tools/wire_types.py from the protocol. Do not edit: change the protocol, then run `make types`.
// A field with `?` is left out where it has its default: nothing, false, 0, an empty list, or what its comment says.

/** A human being, as a random UUID. */
export type PersonId = string;
/** A moment: ISO 8601, UTC, with Z. */
export type Instant = string;

/** Who looks. Which audience a person has follows from the state at every step. */
export const AUDIENCES = ["leaders", "assistant", "circle", "screen", "door"] as const;
export type Audience = (typeof AUDIENCES)[number];

/** How far the session is. */
export const STATUS = ["lobby", "running", "paused", "lingering", "closed"] as const;
export type Status = (typeof STATUS)[number];

/** Balint work, or conventional supervision (常规督导), the control arm of a trial. */
export const METHODS = ["balint", "supervision"] as const;
export type Method = (typeof METHODS)[number];

/** What a phase is for. The word is the same in log, page and document. */
export const PHASE_KINDS = [
  "opening",
  "call",
  "telling",
  "facts",
  "silence",
  "feelings",
  "discussion",
  "clarifying",
  "return",
  "settle",
  "break",
  "closing",
  "review",
] as const;
export type PhaseKind = (typeof PHASE_KINDS)[number];

/** The parts of a script. */
export const PARTS = ["opening", "case", "break", "closing"] as const;
export type Part = (typeof PARTS)[number];

/** Whose word a review phase is. */
export const REVIEW_GROUPS = ["leader", "co-leader", "presenter", "members", "observers", "trainer"] as const;
export type ReviewGroup = (typeof REVIEW_GROUPS)[number];

/** One quiet line per language, shown in the centre of the circle; empty means the line of the phase kind. */
export interface Cue {
  en?: string;
  zh?: string;
}

/** One phase of the way, in the order they will be gone through from the present case on. */
export interface PhaseView {
  kind: PhaseKind;
  part: Part;
  case: number;
  index: number;
  out: boolean;
  group?: ReviewGroup;
  cue: Cue;
  response?: boolean;
}

/** Who takes the word, and how (发言方式). */
export const FLOORS = ["open", "asked", "presenter", "leaders", "round", "group"] as const;
export type Floor = (typeof FLOORS)[number];

/** What somebody is in this meeting. */
export const SEATS = ["leader", "co-leader", "member", "observer", "trainer", "guest"] as const;
export type Seat = (typeof SEATS)[number];

/** Who may see the picture. */
export const CAMERAS = ["all", "small", "leaders", "none"] as const;
export type Camera = (typeof CAMERAS)[number];

/** Why somebody may not speak now: a stable code the page translates. */
export const WHYS = [
  "back",
  "ring",
  "leaders-floor",
  "presenter-floor",
  "asked",
  "round",
  "group-floor",
  "cards",
  "aside",
  "silenced",
  "waiting",
  "closed",
] as const;
export type Why = (typeof WHYS)[number];

/** Everything one person may do at this moment. */
export interface Rights {
  speak?: boolean;
  hear?: boolean;
  camera?: Camera; // left out: none
  hand?: boolean;
  card?: boolean;
  signal?: boolean;
  voice?: boolean;
  why?: Why;
}

/** Why a chair is empty. */
export const AWAYS = ["reconnecting", "lost", "left", "aside"] as const;
export type Away = (typeof AWAYS)[number];

/** One chair. */
export interface SeatView {
  person: string;
  seat: Seat;
  rights: Rights;
  away?: Away;
  back?: boolean;
  in_room?: boolean;
  speaks_as?: number;
  voices?: boolean;
  lead?: boolean;
  presenting?: boolean;
}

/** A round under way. */
export interface RoundView {
  ring: string[];
  turn: string;
  next: string | null;
}

/** Persons of the case (案例人物): a fixed list of codes. */
export const FIGURE_CODES = [
  "patient",
  "client",
  "mother",
  "father",
  "partner",
  "child",
  "sibling",
  "grandparent",
  "relative",
  "doctor",
  "nurse",
  "student",
  "counsellor",
  "pharmacist",
  "manager",
  "administrator",
  "institution",
  "absent",
  "thing",
] as const;
export type FigureCode = (typeof FIGURE_CODES)[number];

/** One person of the case. */
export interface FigureView {
  figure: number;
  code: FigureCode;
  letter: string;
  own: boolean;
  voices: number | null;
}

/** Interventions for drift that a leader can show as the quiet line. */
export const CUE_CODES = [
  "advice",
  "questioning",
  "blame",
  "diagnosis",
  "own-case",
  "private-life",
  "missing-voice",
  "to-presenter",
  "one-voice",
  "teaching",
] as const;
export type CueCode = (typeof CUE_CODES)[number];

/** Cards: none → writing → turned. */
export const CARDS_STATES = ["none", "writing", "turned"] as const;
export type CardsState = (typeof CARDS_STATES)[number];

/** Cards. Unturned texts are in no view; their number is in the leaders'. */
export interface CardsView {
  state: CardsState;
  texts?: string[];
  written?: number;
}

/** What somebody who waits is told: where the group is, no more. */
export const DOOR_STAGES = ["lobby", "open", "case", "out", "break", "closing", "lingering", "closed"] as const;
export type DoorStage = (typeof DOOR_STAGES)[number];

/** A microphone that several people share. ``open``: somebody there may speak. */
export interface SharedView {
  person: string;
  people: string[];
  speaking?: string;
  open?: boolean;
}

/** Who may hear what is said in the circle where somebody sits, as they say themselves. */
export const AROUNDS = ["alone", "headphones", "people"] as const;
export type Around = (typeof AROUNDS)[number];

/** What is heard of whom; absent where the meeting has no sound of its own. */
export interface SoundView {
  cannot_hear?: string[];
  silenced?: string[];
  shared?: SharedView[];
  around: Record<string, Around>;
  state?: SoundState;
  entry?: number;
  differs?: string[];
}

/** The leaders' clock. ``ends_at`` None while paused or in silence; then ``left_s`` holds the rest, in seconds. */
export interface TimesView {
  minutes: number;
  started_at: Instant | null;
  ends_at: Instant | null;
  left_s: number | null;
  cases: number;
  may_open_case: boolean;
  may_drop_case: boolean;
}

/** A phase that a leader may go to now. */
export interface Target {
  kind: PhaseKind;
  part: Part;
  case: number;
  index: number;
}

/** Somebody at the door. */
export interface WaitingView {
  person: string;
  seat: Seat;
  late: boolean;
  away: boolean;
  in_room?: boolean;
}

/** One's own state, said to leaders only, without a person. */
export const SIGNAL_KINDS = ["pushed", "questioned", "hurt", "left-case", "more-silence"] as const;
export type SignalKind = (typeof SIGNAL_KINDS)[number];

/** The one tap at the end. */
export const CHECK_OUT_MOODS = ["calm", "stirred", "ring-me"] as const;
export type CheckOutMood = (typeof CHECK_OUT_MOODS)[number];

/** Somebody needs to stop. */
export interface StopView {
  person: string;
}

/** One message of the leaders' private line. */
export interface LineView {
  by: string;
  text: string;
}

/** A script's own words for an intervention; what it lacks in a language is said in the other, else in the usual words. */
export interface Intervention {
  code: CueCode;
  cue: Cue;
}

/** Another case of the meeting than the present one. */
export interface CaseView {
  case: number;
  figures: FigureView[];
}

/** What only leaders see (a subset for the assistant, see ``session.md``: the door, stops without a leader). */
export interface LeadersView {
  times?: TimesView;
  next?: Target;
  targets?: Target[];
  waiting?: WaitingView[];
  signals?: Partial<Record<SignalKind, number>>;
  check_outs?: Record<string, CheckOutMood>;
  stops?: StopView[];
  line?: LineView[];
  pause_reason?: string;
  step_back_at?: Instant;
  no_leader_until?: Instant;
  interventions?: Intervention[];
  other_cases?: CaseView[];
  not_presented?: string[];
  roster?: Record<string, Seat>;
}

/** The whole of what an audience sees. */
export interface View {
  audience: Audience;
  seq: number;
  status: Status;
  method?: Method;
  entry?: number;
  case?: number;
  way?: PhaseView[];
  now?: number;
  floor?: Floor;
  floors?: Floor[];
  circle?: SeatView[];
  ring?: SeatView[];
  presenter?: string;
  named?: string;
  back?: boolean;
  invited?: boolean;
  called_in?: boolean;
  presenter_here?: boolean; // left out: true
  silent?: boolean;
  dim?: boolean;
  holder?: string;
  queue?: string[];
  round?: RoundView;
  figures?: FigureView[];
  place?: FigureCode;
  offers?: string[];
  naming?: boolean;
  cue?: CueCode;
  cue_words?: Cue;
  cards: CardsView;
  signals_open?: boolean;
  check_out_open?: boolean;
  assistant?: string;
  assistant_door?: boolean;
  leader_here?: boolean; // left out: true
  locked?: boolean;
  may_voice?: boolean;
  stage?: DoorStage;
  held?: boolean;
  begins?: Instant;
  sound?: SoundView;
  leaders?: LeadersView;
  call?: string;
}

/** Whether the media server answers. */
export const SOUND_STATES = ["ok", "away"] as const;
export type SoundState = (typeof SOUND_STATES)[number];

/** What a leader chooses when somebody needs to stop. */
export const STOP_ANSWERS = ["pause", "bring-back", "end-case", "aside", "seen"] as const;
export type StopAnswer = (typeof STOP_ANSWERS)[number];

/** Why something was refused. */
export const REFUSALS = [
  "not-now",
  "not-yours",
  "not-found",
  "not-here",
  "stale",
  "invited",
  "circle-full",
  "no-presenter",
  "presenter-not-here",
  "no-offer",
  "fixed",
  "lone-leader",
  "no-co-leader",
  "no-assistant",
  "aside",
  "figure-limit",
  "figure-voiced",
  "bad-value",
  "too-long",
  "bad-script",
  "bad-frame",
  "too-large",
  "too-fast",
  "unavailable",
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** What an acknowledgement may add. */
export const NOTES = ["no-leader"] as const;
export type Note = (typeof NOTES)[number];

/** Why a connection is closed. */
export const BYES = ["elsewhere", "gone", "closed", "again", "anew"] as const;
export type Bye = (typeof BYES)[number];

/** What a person may ask. */
export type Command =
  | { do: "leave" }
  | { do: "start" }
  | { do: "next"; entry: number }
  | { do: "push-back"; entry: number }
  | { do: "step-back-now"; entry: number }
  | { do: "go-to"; entry: number; part: Part; case: number; index: number }
  | { do: "end-case"; entry: number }
  | { do: "end"; entry: number }
  | { do: "pause"; entry: number }
  | { do: "resume"; entry: number }
  | { do: "extend"; entry: number; minutes: number }
  | { do: "set-cases"; entry: number; cases: number }
  | { do: "set-silence"; entry: number; silent: boolean }
  | { do: "start-round"; entry: number; first: string }
  | { do: "open-floor"; entry: number }
  | { do: "end-turn"; entry: number; person: string }
  | { do: "set-hand"; raised: boolean }
  | { do: "set-offer"; person: string; offered: boolean }
  | { do: "name-presenter"; person: string | null }
  | { do: "set-called-in"; entry: number; called: boolean }
  | { do: "add-figure"; code: FigureCode; number?: number | null }
  | { do: "remove-figure"; figure: number }
  | { do: "take-voice"; figure: number }
  | { do: "drop-voice" }
  | { do: "tick-voice"; case: number; figure: number; person?: string | null; voices?: number | null }
  | { do: "admit"; person: string }
  | { do: "send-out"; person: string }
  | { do: "tick-in"; person: string }
  | { do: "tick-out"; person: string }
  | { do: "set-lock"; locked: boolean }
  | { do: "set-silenced"; person: string; silenced: boolean }
  | { do: "set-shared"; person: string; people: string[] }
  | { do: "report-hearing"; hears: boolean }
  | { do: "set-assistant"; person: string | null }
  | { do: "set-door"; to_assistant: boolean }
  | { do: "hand-over"; person: string }
  | { do: "show-cue"; code: CueCode | null }
  | { do: "open-cards"; entry: number }
  | { do: "turn-cards"; entry: number }
  | { do: "put-cards-away"; entry: number }
  | { do: "write-card"; text: string }
  | { do: "send-signal"; kind: SignalKind }
  | { do: "need-to-stop" }
  | { do: "answer-stop"; person: string; answer: StopAnswer; entry: number }
  | { do: "write-line"; text: string }
  | { do: "check-out"; mood: CheckOutMood }
  | { do: "ask-mute"; person: string }
  | { do: "report-around"; around: Around }
  | { do: "set-shared-speaker"; person: string; who: string | null }
  | { do: "report-speech"; entry: number; seconds: number; turns?: number }
  | { do: "caption"; text: { en: string; zh: string } };

/** What a client sends after hello: `n` counts 1, 2, … in this tab, and a resend keeps its number. */
export type Numbered = Command & { n: number };
export interface Hello {
  /** Random id of the tab, 16 to 40 of A-Z a-z 0-9 _ - */
  hello: string;
}

/** The whole view of one's audience. A lower `v` than the last is dropped; a new connection begins anew. */
export interface ViewFrame {
  view: View;
  v: number;
  now: Instant;
  names: Record<PersonId, string>;
}
/** At a fixed rate, whatever happens: the connection lives. */
export interface BeatFrame {
  now: Instant;
}
/** Once, after hello. `you` is null on the big screen. */
export interface YouFrame {
  you: PersonId | null;
  captions: boolean;
}
export interface OkFrame {
  ok: number;
  note?: Note;
}
/** Refused; `no` is 0 for a frame that could not be read. */
export interface NoFrame {
  no: number;
  code: Refusal;
}
/** In the demonstration only. */
export interface CaptionFrame {
  caption: { person: PersonId; text: { en: string; zh: string } };
}
/** A leader asks this person kindly to close the microphone. */
export interface AskedFrame {
  asked: "mute";
}
/** Said before a close. "again": come back with a new ticket. */
export interface ByeFrame {
  bye: Bye;
}
export type ServerFrame = ViewFrame | BeatFrame | YouFrame | OkFrame | NoFrame | CaptionFrame | AskedFrame | ByeFrame;
