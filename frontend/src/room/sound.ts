// Sound as the view tells it: the state of the media server, who cannot hear, whose microphone several people share.

import { rightsOf } from "./me.ts";
import type { State } from "./store.ts";
import type { Camera, PersonId, SharedView, View, Why } from "./wire.ts";

/** The microphone at this seat, where several people share it. */
export function sharedAt(view: View, person: PersonId | null): SharedView | undefined {
  return view.sound?.shared?.find((one) => one.person === person);
}

/** Which of the media server's rooms a person belongs to. */
export type Place = "circle" | "aside";

/** What the viewer may do with sound and picture now. */
export interface May {
  hear: boolean;
  speak: boolean;
  why: Why | null; // why not
  camera: Camera;
  place: Place;
  presents: boolean;
  entry: number; // of the phase
  round: number; // rises when everybody has to connect anew
  leaders: readonly PersonId[]; // who sees a picture that is for leaders only
}

/** Not in the room. */
export const APART: May = {
  hear: false,
  speak: false,
  why: null,
  camera: "none",
  place: "circle",
  presents: false,
  entry: 0,
  round: 0,
  leaders: [],
};

export function mayOf(view: View, you: PersonId | null): May {
  const sound = view.sound;
  if (!sound || you === null || view.audience === "screen" || view.audience === "door") return APART;
  const rights = rightsOf(view, you);
  const aside = rights.why === "aside";
  const shared = sharedAt(view, you);
  return {
    hear: rights.hear === true || aside,
    speak: aside || (shared ? shared.open === true : rights.speak === true),
    why: rights.why ?? null,
    camera: aside ? "all" : (rights.camera ?? "none"),
    place: aside ? "aside" : "circle",
    presents: view.presenter === you,
    entry: view.entry ?? 0,
    round: sound.entry ?? 0,
    leaders: leadersOf(view),
  };
}

function leadersOf(view: View): PersonId[] {
  const seats = view.circle ?? [];
  return seats.filter((seat) => seat.seat === "leader" || seat.seat === "co-leader").map((seat) => seat.person);
}

/** The step on the way in is due: there is sound, and this person has not said how to come. */
export function checkIsDue(state: State): boolean {
  const { page, view, media } = state;
  if (!page.sound.on || page.screen || media.stage !== "check") return false;
  return view !== null && view.status !== "closed" && view.stage !== "closed" && view.status !== "lingering";
}
