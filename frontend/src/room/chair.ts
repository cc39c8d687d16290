// What a leader can do with one chair: the list that opens when it is pressed. Pure.

import { t } from "../shared/labels.ts";
import { tickVoice } from "./figures.ts";
import type { Deed } from "./lead.ts";
import { inRound, phaseOf, seatOf, type Viewer } from "./me.ts";
import type { PersonId, SeatView, View } from "./wire.ts";
import { figureName, nameOf } from "./words.ts";

export function chairDeeds(view: View, viewer: Viewer, person: PersonId): Deed[] {
  const seat = seatOf(view, person);
  if (!seat) return [];
  return [
    ...presenting(view, seat),
    ...speaking(view, viewer, seat),
    ...voices(view, seat),
    ...sound(view, viewer, seat),
    ...standing(view, viewer, seat),
  ];
}

function presenting(view: View, seat: SeatView): Deed[] {
  if (!view.naming || seat.away) return [];
  const { person } = seat;
  if (view.named === person)
    return [{ label: t("Take the naming back"), command: { do: "name-presenter", person: null } }];
  const offered = view.offers?.includes(person) ?? false;
  const deeds: Deed[] = [];
  if (offered || seat.in_room)
    deeds.push({ label: t("Presents this case"), command: { do: "name-presenter", person } });
  if (seat.in_room) {
    const label = offered ? t("Takes the offer back") : t("Offers a case");
    deeds.push({ label, command: { do: "set-offer", person, offered: !offered } });
  }
  return deeds;
}

function speaking(view: View, viewer: Viewer, seat: SeatView): Deed[] {
  if (view.status !== "running") return [];
  const entry = view.entry ?? 0;
  const deeds: Deed[] = [];
  if (view.floors?.includes("round") && !view.round && inRound(seat)) {
    deeds.push({ label: t("Begin a round here"), command: { do: "start-round", entry, first: seat.person } });
  }
  if (view.round?.turn === seat.person || view.holder === seat.person) {
    deeds.push({
      label: view.round ? t("Move on") : t("Next asker"),
      command: { do: "end-turn", entry, person: seat.person },
    });
  }
  if (seat.back) {
    const name = nameOf(viewer, seat.person);
    const label = view.called_in ? t("{name} listens again", { name }) : t("Call {name} in for one sentence", { name });
    deeds.push({ label, command: { do: "set-called-in", entry, called: !view.called_in } });
  }
  if (view.invited && seat.presenting)
    deeds.push({ label: t("Step back now"), command: { do: "step-back-now", entry } });
  return deeds;
}

/** A voice tapped for somebody without a device. */
function voices(view: View, seat: SeatView): Deed[] {
  const open = phaseOf(view)?.kind === "feelings" || phaseOf(view)?.kind === "discussion";
  if (!seat.in_room || seat.back || !open) return [];
  return (view.figures ?? []).map((figure) => ({
    label: t("Spoke as {figure}", { figure: figureName(figure) }),
    command: tickVoice(view.case ?? 0, figure, seat.person),
  }));
}

/** Asking to close the microphone is soft; silencing is kept by the server until it is lifted. */
function sound(view: View, viewer: Viewer, seat: SeatView): Deed[] {
  const { person } = seat;
  if (!view.sound || person === viewer.you || seat.in_room || seat.away) return [];
  const deeds: Deed[] = [];
  if (seat.rights.speak) deeds.push({ label: t("Ask to close the microphone"), command: { do: "ask-mute", person } });
  if (seat.seat === "leader" || seat.seat === "co-leader") return deeds;
  const silenced = view.sound.silenced?.includes(person) ?? false;
  const label = silenced ? t("May speak again") : t("Silence for now");
  return [...deeds, { label, command: { do: "set-silenced", person, silenced: !silenced } }];
}

function standing(view: View, viewer: Viewer, seat: SeatView): Deed[] {
  const { person } = seat;
  if (person === viewer.you) return [];
  const deeds: Deed[] = [];
  const leads = seat.seat === "leader" || seat.seat === "co-leader";
  const name = nameOf(viewer, person);
  if (leads && !seat.lead && !seat.away)
    deeds.push({ label: t("Hand the lead over"), command: { do: "hand-over", person } });
  if (!leads && !seat.away && (seat.seat === "member" || seat.seat === "guest")) {
    const mine = view.assistant === person;
    const label = mine ? t("No longer assistant") : t("Make assistant");
    deeds.push({ label, command: { do: "set-assistant", person: mine ? null : person } });
  }
  if (seat.in_room && !seat.away) deeds.push({ label: t("Has gone"), command: { do: "tick-out", person } });
  if (!leads) {
    const sure = { title: t("Send {name} out?", { name }), text: t("Coming back then needs a leader to let them in.") };
    deeds.push({ label: t("Send out"), command: { do: "send-out", person }, sure });
  }
  return deeds;
}
