// What microphone, camera and line should be: pure, and the same whatever the browser or the media server does.
//
// The server alone decides who may speak; it removes a microphone whose right has ended. What is decided here is when a
// microphone that may be open is opened. Three rules: nobody's microphone opens by itself after the person was out of
// the circle, silenced, aside or at the door, after a reload, or after phases that were missed; after a phase that kept
// everybody silent the own choice is restored, announced three seconds ahead, and can be declined; a moment of silence
// changes nothing. The adapter (media-live.ts) makes the world equal to `wish`, and says what has happened by events.

import type { May, Place } from "./sound.ts";
import type { Around, PersonId, Why } from "./wire.ts";

/** Where a person is on the way into the sound. */
export type Stage =
  | "check" // has not been asked yet
  | "in"
  | "without"; // here without sound, by choice

export type Line =
  | "off" // not wanted
  | "connecting"
  | "open"
  | "wavering" // lost; the client mends it by itself
  | "down" // lost; a new connection is tried from time to time
  | "elsewhere"; // another tab of the same person has it

/** What a device gives. */
export type Captured = "microphone" | "camera";

/** Why a microphone or a camera does not come. */
export const TROUBLES = ["denied", "missing", "busy", "insecure", "other"] as const;
export type Trouble = (typeof TROUBLES)[number];

/** End-to-end encryption: not asked for; every frame is encrypted; something cannot be read; it cannot be had here. */
export type Seal = "none" | "sealed" | "broken" | "unable";

export interface Choice {
  microphone: boolean;
  camera: boolean;
  sparing: boolean; // sound only, for weak networks
}

export interface Media {
  stage: Stage;
  around: Around | null;
  choice: Choice;
  may: May | null; // of the last view
  line: Line;
  opens: number | null; // when the microphone opens again, in ms
  held: boolean; // the space bar
  free: boolean; // the right to speak has come back, and waits for a hand
  asked: boolean; // a leader asks to close the microphone
  live: { microphone: boolean; camera: boolean }; // what really goes out
  trouble: { microphone: Trouble | null; camera: Trouble | null };
  blocked: boolean; // the browser waits for a press before it plays
  weak: "no" | "offered" | "declined"; // packets are lost
  seal: Seal;
  heard: readonly PersonId[];
  faces: readonly PersonId[]; // whose picture has come
}

export type Happening =
  | { now: "view"; may: May; at: number }
  | { now: "enter"; choice: Choice; around: Around | null }
  | { now: "without" }
  | { now: "check" }
  | { now: "line"; line: Line }
  | { now: "press"; what: Captured }
  | { now: "hold"; down: boolean }
  | { now: "keep-closed" }
  | { now: "tick"; at: number }
  | { now: "asked" }
  | { now: "answered"; close: boolean }
  | { now: "sparing"; on: boolean }
  | { now: "weak" }
  | { now: "pictures" } // the offer is declined
  | { now: "live"; microphone: boolean; camera: boolean }
  | { now: "trouble"; what: Captured; trouble: Trouble | null }
  | { now: "blocked"; blocked: boolean }
  | { now: "seal"; seal: Seal }
  | { now: "heard"; heard: readonly PersonId[] }
  | { now: "faces"; faces: readonly PersonId[] };

/** What the adapter is to bring about. */
export type Wish =
  | { wish: "apart" }
  | {
      wish: "join";
      key: string; // another key is another connection
      place: Place;
      microphone: "open" | "ready" | "closed"; // ready: may be opened; closed: must not go out
      camera: boolean;
      viewers: readonly PersonId[] | null; // who alone may see the picture; null: everybody
      pictures: boolean; // of the others
    };

export type Joining = Extract<Wish, { wish: "join" }>;

export const AHEAD = 3000; // ms between the word that a microphone opens and its opening

/** After these a microphone is opened by hand alone, and so is a camera that was closed with it. */
const HARD: ReadonlySet<Why> = new Set(["back", "silenced", "aside", "waiting", "closed"]);

export const NO_MEDIA: Media = {
  stage: "check",
  around: null,
  choice: { microphone: false, camera: false, sparing: false },
  may: null,
  line: "off",
  opens: null,
  held: false,
  free: false,
  asked: false,
  live: { microphone: false, camera: false },
  trouble: { microphone: null, camera: null },
  blocked: false,
  weak: "no",
  seal: "none",
  heard: [],
  faces: [],
};

export function step(media: Media, happening: Happening): Media {
  switch (happening.now) {
    case "view":
      return seen(media, happening.may, happening.at);
    case "enter":
      return entered(media, happening.choice, happening.around);
    case "without":
    case "check":
      return { ...NO_MEDIA, may: media.may, around: media.around, stage: happening.now };
    case "line":
      return lined(media, happening.line);
    case "press":
      return happening.what === "microphone" ? pressed(media) : chosen(media, { camera: !media.choice.camera });
    case "hold":
      return { ...media, held: happening.down && maySpeak(media), free: happening.down ? false : media.free };
    case "keep-closed":
      return chosen({ ...media, opens: null }, { microphone: false });
    case "tick":
      return media.opens !== null && happening.at >= media.opens ? { ...media, opens: null } : media;
    case "answered":
      return chosen({ ...media, asked: false }, happening.close ? { microphone: false } : {});
    case "sparing":
      return chosen({ ...media, weak: happening.on ? "no" : media.weak }, { sparing: happening.on });
    case "pictures":
      return { ...media, weak: "declined" };
    default:
      return noted(media, happening);
  }
}

type Note = Extract<Happening, { now: "asked" | "weak" | "live" | "trouble" | "blocked" | "seal" | "heard" | "faces" }>;

/** What others ask and the adapter tells. */
function noted(media: Media, note: Note): Media {
  switch (note.now) {
    case "asked":
      return { ...media, asked: media.choice.microphone && maySpeak(media) };
    case "weak":
      return { ...media, weak: media.weak === "no" && !media.choice.sparing ? "offered" : media.weak };
    case "live":
      return { ...media, live: { microphone: note.microphone, camera: note.camera } };
    case "trouble":
      return troubled(media, note.what, note.trouble);
    case "blocked":
      return { ...media, blocked: note.blocked };
    case "seal":
      return { ...media, seal: note.seal };
    case "heard":
      return { ...media, heard: note.heard };
    case "faces":
      return { ...media, faces: note.faces };
  }
}

function chosen(media: Media, choice: Partial<Choice>): Media {
  return { ...media, choice: { ...media.choice, ...choice } };
}

export function maySpeak(media: Media): boolean {
  return media.may?.speak === true;
}

/** A new view: what was taken, and what comes back. */
function seen(media: Media, may: May, at: number): Media {
  const { closed, gained, free } = difference(media.may, may, media.choice.microphone);
  const microphone = media.choice.microphone && !closed;
  return {
    ...chosen(media, { microphone, camera: media.choice.camera && !(closed && may.camera === "none") }),
    may,
    opens: opening(media, { gained, speak: may.speak && microphone, at }),
    free: may.speak && (free || media.free),
    held: media.held && may.speak,
    asked: media.asked && microphone && may.speak,
  };
}

interface Difference {
  closed: boolean; // what was open or chosen is open no more
  gained: boolean; // the right to speak is new
  free: boolean; // and it waits for a hand
}

function difference(before: May | null, may: May, open: boolean): Difference {
  if (!before) return { closed: isHard(may), gained: false, free: false };
  const moved = before.place !== may.place;
  const closed = isHard(may) || moved || missed(before, may) || (before.hear && !may.hear);
  const gained = !before.speak && may.speak;
  return { closed, gained, free: (gained && (moved || isHard(before))) || (closed && open) };
}

function opening(media: Media, now: { gained: boolean; speak: boolean; at: number }): number | null {
  if (!now.speak) return null;
  return now.gained ? now.at + AHEAD : media.opens;
}

function isHard(may: May): boolean {
  return may.why !== null && HARD.has(may.why);
}

/** Phases went by unseen: whatever the microphone was, it is not what the person knows. */
function missed(before: May, may: May): boolean {
  return before.entry > 0 && may.entry - before.entry > 1;
}

function entered(media: Media, choice: Choice, around: Around | null): Media {
  const microphone = choice.microphone && !(media.may && isHard(media.may));
  return { ...media, stage: "in", choice: { ...choice, microphone }, around, opens: null, free: false };
}

/** A presenter whose line was down opens the microphone by hand again. */
function lined(media: Media, line: Line): Media {
  const down = line === "down" || line === "elsewhere";
  const mine = down && (media.may?.presents === true || line === "elsewhere");
  const apart = down || line === "off";
  return {
    ...chosen(media, mine ? { microphone: false } : {}),
    line,
    free: media.free || (mine && media.choice.microphone && maySpeak(media) && line === "down"),
    live: apart ? { microphone: false, camera: false } : media.live,
    heard: apart ? [] : media.heard,
    faces: apart ? [] : media.faces,
  };
}

/** The microphone's button: while it is about to open, a press opens it at once. */
function pressed(media: Media): Media {
  if (media.opens !== null) return { ...media, opens: null };
  return chosen({ ...media, free: false, asked: false }, { microphone: maySpeak(media) && !media.choice.microphone });
}

function troubled(media: Media, what: Captured, trouble: Trouble | null): Media {
  const after = trouble ? chosen(media, { [what]: false }) : media;
  return { ...after, trouble: { ...media.trouble, [what]: trouble } };
}

// ── what is wanted ──────────────────────────────────────────────────────────────────────────────────────────────────

export function wish(media: Media): Wish {
  const may = media.may;
  if (media.stage !== "in" || media.line === "elsewhere" || !may?.hear) return { wish: "apart" };
  return {
    wish: "join",
    key: `${may.place} ${may.round}`,
    place: may.place,
    microphone: !may.speak ? "closed" : microphoneOpen(media) ? "open" : "ready",
    camera: media.choice.camera && !media.choice.sparing && may.camera !== "none",
    viewers: may.camera === "leaders" ? may.leaders : null,
    pictures: !media.choice.sparing,
  };
}

export function microphoneOpen(media: Media): boolean {
  return maySpeak(media) && (media.held || (media.choice.microphone && media.opens === null));
}

/** Whether what is wanted is the connection of this key. */
export function isFor(wish: Wish, key: string): boolean {
  return wish.wish === "join" && wish.key === key;
}

/** Whether this is to go out now. */
export function goesOut(wish: Wish, what: Captured): boolean {
  return wish.wish === "join" && (what === "microphone" ? wish.microphone === "open" : wish.camera);
}
