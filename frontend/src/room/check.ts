// The step on the way into the circle: who is around, which devices, and whether the line holds. Pure.

import { t } from "../shared/labels.ts";
import type { Choice, Trouble } from "./media.ts";
import type { Around } from "./wire.ts";

export interface Device {
  id: string;
  name: string;
}

export const KINDS = ["microphone", "camera", "speaker"] as const;
export type Kind = (typeof KINDS)[number];

/** What the connection test has found. */
export const VERDICTS = ["untried", "testing", "good", "detour", "shut", "away"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Whether frames that this browser has encrypted can be read with the key, and without it not. */
export type SealTest = "untried" | "testing" | "able" | "unable";

export interface Check {
  around: Around | null;
  started: boolean; // the devices have been asked for
  unanswered: boolean; // was asked to go in without the answer
  devices: Readonly<Record<Kind, readonly Device[]>>;
  chosen: Readonly<Record<Kind, string>>; // device ids; empty: the system's choice
  wants: { microphone: boolean; camera: boolean };
  trouble: { microphone: Trouble | null; camera: Trouble | null };
  asking: boolean; // the browser asks the person now
  heard: boolean; // the own voice has come
  verdict: Verdict;
  host: string; // of the media server
  seal: SealTest;
}

export const NEW_CHECK: Check = {
  around: null,
  started: false,
  unanswered: false,
  devices: { microphone: [], camera: [], speaker: [] },
  chosen: { microphone: "", camera: "", speaker: "" },
  wants: { microphone: true, camera: true },
  trouble: { microphone: null, camera: null },
  asking: false,
  heard: false,
  verdict: "untried",
  host: "",
  seal: "untried",
};

/** What goes in with the person. Whoever did not try a device goes in without it. */
export function choiceOf(check: Check): Choice {
  return {
    microphone: check.started && check.wants.microphone && check.trouble.microphone === null,
    camera: check.started && check.wants.camera && check.trouble.camera === null,
    sparing: false,
  };
}

/** Whether the way in with sound is open; a sealed group lets nobody in unsealed. */
export function mayEnter(check: Check, sealed: boolean): boolean {
  return !sealed || check.seal === "able";
}

export interface Facts {
  token: boolean; // the page got a pass for the test
  connected: boolean;
  published: boolean | null; // null: there was nothing to publish
  path: "direct" | "detour" | null; // how packets went: UDP, or over TCP or a relay
}

export function verdictOf(facts: Facts): Verdict {
  if (!facts.token) return "away";
  if (!facts.connected || facts.published === false) return "shut";
  return facts.path === "detour" ? "detour" : "good";
}

export interface Line {
  tone: "good" | "care" | "wait";
  title: string;
  text: string;
  network: string; // for the hospital's network people; empty: nothing to tell
}

export function verdictWords(verdict: Verdict, host: string): Line {
  switch (verdict) {
    case "untried":
    case "testing":
      return { tone: "wait", title: t("The connection is being tried."), text: "", network: "" };
    case "good":
      return { tone: "good", title: t("The connection holds."), text: "", network: "" };
    case "detour":
      return {
        tone: "good",
        title: t("The connection holds, by a detour."),
        text: t("Sound may come a little late."),
        network: t(
          "Voice and picture to {host} go over TCP or a relay. Open UDP to {host} (the media ports that whoever runs OpenBalint names, usually 7882 or 50000 to 60000), and they go direct.",
          { host },
        ),
      };
    case "shut":
      return {
        tone: "care",
        title: t("Voice and picture do not get through this network."),
        text: t("Another network, such as the phone’s own, often does. You can also go in without sound."),
        network: t(
          "Browsers here cannot reach the media server {host}. Needed are WebSockets over TLS to {host}, port 443, and for voice and picture one of: UDP to its media ports (best), TCP 7881, or TURN over TLS on port 443. A proxy must not break TLS open for this host.",
          { host },
        ),
      };
    case "away":
      return {
        tone: "care",
        title: t("The media server does not answer just now."),
        text: t("It is tried again when you go in. You can also go in without sound."),
        network: "",
      };
  }
}

/** What the answer to "are you alone?" means, for the person and as the sign in the circle. */
export const AROUND_WORDS: Readonly<Record<Around, { label: () => string; sign: () => string }>> = {
  alone: { label: () => t("Yes, alone"), sign: () => t("is alone in the room") },
  headphones: { label: () => t("No, but with headphones"), sign: () => t("wears headphones, others are near") },
  people: { label: () => t("No, others can hear"), sign: () => t("others can hear") },
};
