// What somebody reads who waits: where the group is, no names, and that nothing is asked.

import { spoken, t } from "../shared/labels.ts";
import type { DoorStage, View } from "./wire.ts";

export interface Door {
  title: string;
  text: string;
  checks: boolean; // quiet room and headphones: while there is time
}

export function door(view: View, own: { name: string; now: number; zone: string }): Door {
  if (view.locked && view.stage !== "lobby") {
    return {
      title: t("The door is closed"),
      text: t("A leader can let you in, and knows that you are here."),
      checks: false,
    };
  }
  const held = view.held === true;
  switch (stageOf(view)) {
    case "lobby":
      return {
        title: own.name ? t("Good that you are here, {name}", { name: own.name }) : t("Good that you are here"),
        text: opening(view, own.now, own.zone),
        checks: true,
      };
    case "case":
      return {
        title: t("The group is with a case"),
        text: t(
          "A story is being told and should not be interrupted. You come in when the case is closed; the leaders know that you are here.",
        ),
        checks: true,
      };
    case "out":
      return {
        title: t("The group is with a case"),
        text: t(
          "The presenter listens, the others imagine. You come in when the case is closed; the leaders know that you are here.",
        ),
        checks: true,
      };
    case "break":
      return { title: t("Between two cases"), text: coming(held), checks: false };
    case "closing":
      return { title: t("The group is closing"), text: coming(held), checks: false };
    case "lingering":
      return {
        title: t("The meeting is over"),
        text: t("The room stays open for a moment. Until next time."),
        checks: false,
      };
    case "closed":
      return { title: t("The room is closed"), text: t("Until next time."), checks: false };
    default:
      return { title: t("The group has begun"), text: coming(held), checks: true };
  }
}

function stageOf(view: View): DoorStage {
  return view.stage ?? "lobby";
}

function opening(view: View, now: number, zone: string): string {
  const begins = Date.parse(view.begins ?? "");
  if (!Number.isFinite(begins) || begins <= now)
    return t("A leader opens the circle in a moment. You do not need to do anything.");
  return t("A leader opens the circle at {time}. You do not need to do anything.", { time: hour(begins, zone) });
}

/** In the time zone of the account, as on all other pages; in the browser's where the browser does not know that one. */
function hour(at: number, timeZone?: string): string {
  try {
    const form = { hour: "2-digit", minute: "2-digit", timeZone } as const;
    return new Intl.DateTimeFormat(spoken() === "zh-hans" ? "zh-Hans" : "en-GB", form).format(at);
  } catch {
    return hour(at);
  }
}

function coming(held: boolean): string {
  return held
    ? t("You come in at the next case. The leaders know that you are here.")
    : t("A leader lets you in. You do not need to do anything.");
}
