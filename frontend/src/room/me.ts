// Who looks at the view. A view is the same for its whole audience; here a client finds its own seat in it.

import type { PersonId, PhaseView, Rights, SeatView, View } from "./wire.ts";

/** What the page knows of the viewer beside the view. `you` is null on the big screen. */
export interface Viewer {
  you: PersonId | null;
  names: Readonly<Record<PersonId, string>>;
}

export type Me =
  | { at: "circle"; seat: SeatView; leads: boolean }
  | { at: "ring"; seat: SeatView; leads: boolean }
  | { at: "aside"; leads: boolean } // a leader without a chair: lobby, or after the end
  | { at: "door" }
  | { at: "screen" };

const NO_RIGHTS: Rights = {};

export function find(view: View, you: PersonId | null): Me {
  if (view.audience === "screen") return { at: "screen" };
  if (view.audience === "door") return { at: "door" };
  const leads = view.audience === "leaders";
  const inside = view.circle?.find((chair) => chair.person === you);
  if (inside) return { at: "circle", seat: inside, leads };
  const outside = view.ring?.find((chair) => chair.person === you);
  return outside ? { at: "ring", seat: outside, leads } : { at: "aside", leads };
}

export function rightsOf(view: View, you: PersonId | null): Rights {
  const me = find(view, you);
  return me.at === "circle" || me.at === "ring" ? me.seat.rights : NO_RIGHTS;
}

export function seatOf(view: View, person: PersonId | null | undefined): SeatView | undefined {
  return [...(view.circle ?? []), ...(view.ring ?? [])].find((chair) => chair.person === person);
}

export function phaseOf(view: View): PhaseView | undefined {
  return view.now === undefined || view.status === "lobby" ? undefined : view.way?.[view.now];
}

/** The presenter who looks at this view while out of the circle. */
export function isBack(view: View, you: PersonId | null): boolean {
  return you !== null && seatOf(view, you)?.back === true;
}

/** The leader who has the clock. */
export function leadOf(view: View): SeatView | undefined {
  return view.circle?.find((chair) => chair.lead);
}

/** Leaders in the circle who are there, without the viewer and without one who presents and is out. */
export function otherLeader(view: View, you: PersonId | null): SeatView | undefined {
  return view.circle?.find(
    (chair) =>
      chair.person !== you && (chair.seat === "leader" || chair.seat === "co-leader") && !chair.away && !chair.back,
  );
}

/** Who takes part in a round: whoever is there, without leaders and a presenter who is back. */
export function inRound(seat: SeatView): boolean {
  return !seat.away && !seat.back && seat.seat !== "leader" && seat.seat !== "co-leader";
}

export function isSilent(view: View): boolean {
  return view.silent === true || (view.dim === true && view.status === "running");
}
