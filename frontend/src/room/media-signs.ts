// The words of sound: the microphone's sign and why, and the one notice that matters most now. Pure.

import { t } from "../shared/labels.ts";
import { isSilent, otherLeader, seatOf, type Viewer } from "./me.ts";
import { type Captured, type Media, maySpeak, microphoneOpen, type Trouble } from "./media.ts";
import type { PersonId, View } from "./wire.ts";
import { nameOf } from "./words.ts";

export interface MicrophoneSign {
  icon: "mic" | "mic-off";
  label: string;
  short: string; // in the leaders' bar
  on: boolean;
  closed: boolean; // cannot be pressed; the reason stands above
}

/** Null: there is no sound here. */
export function microphoneSign(media: Media): MicrophoneSign | null {
  if (media.stage !== "in" || !media.may?.hear || media.line === "elsewhere") return null;
  if (!maySpeak(media)) return sign("mic-off", t("Microphone closed"), t("Mic closed"), { closed: true });
  if (media.opens !== null) return sign("mic-off", t("Opens in a moment"), t("Opens soon"));
  if (!microphoneOpen(media)) return sign("mic-off", t("Microphone off"), t("Mic off"));
  return media.live.microphone
    ? sign("mic", t("Microphone on"), t("Mic on"), { on: true })
    : sign("mic-off", t("Microphone opens"), t("Opens"), { on: true });
}

function sign(
  icon: MicrophoneSign["icon"],
  label: string,
  short: string,
  { on = false, closed = false } = {},
): MicrophoneSign {
  return { icon, label, short, on, closed };
}

export interface CameraSign {
  icon: "camera" | "camera-off";
  label: string;
  on: boolean;
}

/** Null: no picture of one's own now. */
export function cameraSign(media: Media): CameraSign | null {
  const may = media.may;
  if (media.stage !== "in" || !may?.hear || may.camera === "none" || media.choice.sparing) return null;
  if (media.line === "elsewhere") return null;
  return media.choice.camera
    ? { icon: "camera", label: t("Camera on"), on: true }
    : { icon: "camera-off", label: t("Camera off"), on: false };
}

/** What the presenter who is back reads: the microphone, and who sees the picture. */
export function backWords(media: Media): { title: string; text: string } | null {
  if (media.stage !== "in") return null;
  const camera = media.may?.camera ?? "none";
  const seen =
    camera === "leaders"
      ? t("Only the leaders see your picture.")
      : camera === "none"
        ? t("Nobody sees your picture.")
        : t("Your picture stays small, at the edge.");
  return {
    title: t("Your microphone is closed."),
    text: `${t("The server keeps it so. You hear and see everyone; when you return, you open it yourself.")} ${seen}`,
  };
}

// ── notices ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export type SoundDeed =
  | "here"
  | "call"
  | "play"
  | "close"
  | "leave-open"
  | "keep-closed"
  | "open"
  | "sparing"
  | "pictures"
  | "check";

export interface Notice {
  notice: string; // a stable code
  title: string;
  text: string;
  deeds: { deed: SoundDeed; label: string; main?: boolean }[];
}

interface Facts {
  media: Media;
  view: View;
  viewer: Viewer;
  call: string; // address of an external call, or empty
}

/** The first of what there is to say. */
export function notice(facts: Facts): Notice | null {
  const { media, view } = facts;
  if (!view.sound) return null;
  if (media.stage === "without") return without();
  if (media.stage !== "in") return null;
  return missing(facts) ?? (isSilent(view) ? null : (asked(facts) ?? own(media) ?? weak(media)));
}

function without(): Notice {
  return {
    notice: "without",
    title: t("You are here without sound."),
    text: "",
    deeds: [{ deed: "check", label: t("Join with sound") }],
  };
}

/** Something does not come through. */
function missing({ media, view, call }: Facts): Notice | null {
  if (media.line === "elsewhere") {
    return {
      notice: "elsewhere",
      title: t("Sound is in your other tab."),
      text: t("You hear and speak there; here you see the circle."),
      deeds: [{ deed: "here", label: t("Bring it here"), main: true }],
    };
  }
  if (media.seal === "unable") return unsealed();
  if (media.line === "down" || (view.sound?.state === "away" && media.line !== "open")) return down(call);
  if (media.blocked) {
    return {
      notice: "blocked",
      title: t("Your browser waits for a tap before it plays sound."),
      text: "",
      deeds: [{ deed: "play", label: t("Turn on sound"), main: true }],
    };
  }
  return media.seal === "broken" ? broken() : null;
}

function down(call: string): Notice {
  return {
    notice: "down",
    title: t("Voice and picture are interrupted."),
    text: call
      ? t("They come back by themselves. Until then the group can meet in its call; the circle goes on here.")
      : t("They come back by themselves; the circle goes on here."),
    deeds: call ? [{ deed: "call", label: t("Open the call"), main: true }] : [],
  };
}

function unsealed(): Notice {
  return {
    notice: "unable",
    title: t("This browser cannot encrypt from end to end."),
    text: t("This group asks for it, so sound stays off here. A current Chrome, Edge or Safari can."),
    deeds: [],
  };
}

function broken(): Notice {
  return {
    notice: "broken",
    title: t("Not everything is encrypted from end to end just now."),
    text: t("Somebody’s sound or picture cannot be read, or is not sealed. Speak as if the server could listen."),
    deeds: [],
  };
}

/** What waits for an answer about the own microphone. */
function asked({ media, view, viewer }: Facts): Notice | null {
  if (media.asked) {
    return {
      notice: "asked",
      title: t("A leader asks you to close your microphone."),
      text: "",
      deeds: [
        { deed: "close", label: t("Close it"), main: true },
        { deed: "leave-open", label: t("Leave it open") },
      ],
    };
  }
  if (media.opens !== null) {
    return {
      notice: "opening",
      title: t("Your microphone opens in a moment."),
      text: t("As you had it before."),
      deeds: [{ deed: "keep-closed", label: t("Keep it closed") }],
    };
  }
  if (media.may?.place === "aside") return aside(media, view, viewer);
  if (!media.free || !maySpeak(media)) return null;
  return {
    notice: "free",
    title: t("You may speak."),
    text: t("Your microphone is off; you open it yourself."),
    deeds: [{ deed: "open", label: t("Open my microphone") }],
  };
}

/** Two in the side room. */
function aside(media: Media, view: View, viewer: Viewer): Notice {
  const open = microphoneOpen(media);
  return {
    notice: "aside",
    title: t("You are aside with {name}. Nobody else hears you.", { name: asideWith(view, viewer) }),
    text: open ? "" : t("Your microphone is off; you open it yourself."),
    deeds: open ? [] : [{ deed: "open", label: t("Open my microphone") }],
  };
}

/** Who else is aside. */
export function asideWith(view: View, viewer: Viewer): string {
  const other = view.circle?.find((chair) => chair.away === "aside" && chair.person !== viewer.you);
  return nameOf(viewer, other?.person ?? otherLeader(view, viewer.you)?.person);
}

/** A device of one's own that does not come. */
function own(media: Media): Notice | null {
  const what = media.trouble.microphone ? "microphone" : media.trouble.camera ? "camera" : null;
  if (!what) return null;
  const words = troubleWords(what, media.trouble[what] ?? "other");
  return { notice: `trouble-${what}`, ...words, deeds: [{ deed: "check", label: t("Check again") }] };
}

function weak(media: Media): Notice | null {
  if (media.weak === "offered") {
    return {
      notice: "weak",
      title: t("The line is weak."),
      text: t("Sound alone holds better. Nobody’s picture comes then, and yours rests."),
      deeds: [
        { deed: "sparing", label: t("Sound only"), main: true },
        { deed: "pictures", label: t("Keep the pictures") },
      ],
    };
  }
  if (!media.choice.sparing) return null;
  return {
    notice: "sparing",
    title: t("Sound only."),
    text: t("Say your name first, and “finished” last."),
    deeds: [{ deed: "pictures", label: t("Pictures again") }],
  };
}

/** What a device that does not come needs. */
export function troubleWords(what: Captured, trouble: Trouble): { title: string; text: string } {
  const microphone = what === "microphone";
  switch (trouble) {
    case "denied":
      return {
        title: microphone ? t("The microphone is not allowed here.") : t("The camera is not allowed here."),
        text: t("Press the sign beside the address of this page, allow it there, and check again."),
      };
    case "missing":
      return {
        title: microphone ? t("No microphone is found.") : t("No camera is found."),
        text: t("Plug one in and check again. You can go in and listen without it."),
      };
    case "busy":
      return {
        title: microphone ? t("Another program has the microphone.") : t("Another program has the camera."),
        text: t("Close other calls and video programs, and check again."),
      };
    case "insecure":
      return {
        title: t("This address cannot use microphone and camera."),
        text: t("Browsers allow them on secure pages (https) alone. Tell whoever runs this server."),
      };
    case "other":
      return {
        title: microphone ? t("The microphone does not start.") : t("The camera does not start."),
        text: t("Choose another one, or start the browser again and come back."),
      };
  }
}

/** Who sits at a shared microphone besides, in words; empty where nobody does. */
export function sharedWords(view: View, viewer: Viewer, person: PersonId): { people: string[]; speaking: string } {
  const shared = view.sound?.shared?.find((one) => one.person === person);
  return {
    people: (shared?.people ?? []).map((one) => nameOf(viewer, one)),
    speaking: shared?.speaking ? nameOf(viewer, shared.speaking) : "",
  };
}

/** A leader looks, and what was asked and what holds differ for this person. */
export function differs(view: View, person: PersonId): boolean {
  return view.sound?.differs?.includes(person) === true && seatOf(view, person) !== undefined;
}
