// How a connection to the media server begins, and what follows when it does not, or ends. Pure.

import type { Place } from "./sound.ts";

/** What the server answers who asks for a token. */
export const HELD = ["waiting", "removed", "closed", "no-sound", "away"] as const;
export type Held = (typeof HELD)[number];

export interface Pass {
  url: string;
  token: string;
  key: string | null; // for end-to-end encryption, base64
  room: Place;
}
export type PassAnswer = Pass | Held | "later";

export function isPass(answer: PassAnswer): answer is Pass {
  return typeof answer === "object";
}

/** Whether a missing pass is something people are told of: the media server, not their own rights. */
export function isOutage(answer: Held | "later"): boolean {
  return answer === "away" || answer === "later";
}

export type Ending =
  | "elsewhere" // the same person came from another tab
  | "moved" // shown out of this room: a fresh token says where to
  | "lost";

/** Why LiveKit says that a connection has ended (numbers of its protocol). */
const DUPLICATE_IDENTITY = 2;
const PARTICIPANT_REMOVED = 4;
const ROOM_DELETED = 5;

export function ending(reason: number | undefined): Ending {
  if (reason === DUPLICATE_IDENTITY) return "elsewhere";
  return reason === PARTICIPANT_REMOVED || reason === ROOM_DELETED ? "moved" : "lost";
}

const FIRST = 500; // ms; doubles
const LONGEST = 8000;

/** Milliseconds until the next try, so that a group does not come back in one instant. */
export function patience(failures: number, random: number): number {
  return Math.min(LONGEST, FIRST * 2 ** Math.max(0, failures - 1)) * (0.5 + random / 2);
}
