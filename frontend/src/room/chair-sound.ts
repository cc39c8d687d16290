// What sound adds to a chair: the picture, the ring of whoever is heard, one small sign, and words for it. Pure.

import { t } from "../shared/labels.ts";
import { AROUND_WORDS } from "./check.ts";
import type { Viewer } from "./me.ts";
import type { Media } from "./media.ts";
import { differs, sharedWords } from "./media-signs.ts";
import type { PersonId, View } from "./wire.ts";

export type Sign = "cannot-hear" | "silenced" | "differs" | "shared" | "people" | "headphones" | "alone";

export interface ChairSound {
  face: boolean;
  mirrored: boolean; // one's own, as in a mirror
  heard: boolean;
  sign: Sign | null; // the one that matters most
  note: string; // under the name, where nothing else stands
  said: string; // for a screen reader; never who is heard
}

export function chairSound(view: View, viewer: Viewer, media: Media, person: PersonId): ChairSound {
  const signs = view.sound ? signsOf(view, person) : [];
  const shared = sharedWords(view, viewer, person);
  return {
    face: media.faces.includes(person),
    mirrored: person === viewer.you,
    heard: media.heard.includes(person),
    sign: signs[0] ?? null,
    note: shared.people.length ? sharedNote(shared) : "",
    said: signs.map((sign) => SAID[sign](shared)).join(", "),
  };
}

function signsOf(view: View, person: PersonId): Sign[] {
  const sound = view.sound;
  const signs: Sign[] = [];
  if (sound?.cannot_hear?.includes(person)) signs.push("cannot-hear");
  if (sound?.silenced?.includes(person)) signs.push("silenced");
  if (differs(view, person)) signs.push("differs");
  if (sound?.shared?.some((one) => one.person === person)) signs.push("shared");
  const around = sound?.around[person];
  return around ? [...signs, around] : signs;
}

interface Shared {
  people: string[];
  speaking: string;
}

function sharedNote(shared: Shared): string {
  if (shared.speaking) return t("{name} speaks", { name: shared.speaking });
  return t("{count} at one microphone", { count: shared.people.length + 1 });
}

const SAID: Readonly<Record<Sign, (shared: Shared) => string>> = {
  "cannot-hear": () => t("cannot hear just now"),
  silenced: () => t("silenced by a leader for now"),
  differs: () => t("not yet as the phase asks"),
  shared: (shared) => t("shares a microphone with {names}", { names: shared.people.join(", ") }),
  people: () => AROUND_WORDS.people.sign(),
  headphones: () => AROUND_WORDS.headphones.sign(),
  alone: () => AROUND_WORDS.alone.sign(),
};
