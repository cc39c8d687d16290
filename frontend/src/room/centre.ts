// The words inside the circle: phase, who may speak, the quiet line. `**` marks what is printed strong.

import { t } from "../shared/labels.ts";
import { find, isBack, isSilent, leadOf, phaseOf, type Viewer } from "./me.ts";
import type { PhaseView, View } from "./wire.ts";
import { cueOf, figureName, interventionOf, nameOf, phaseName, reviewFloor, voiceOf } from "./words.ts";

export interface Centre {
  title: string;
  floor: string;
  cue: string;
  stem: string[]; // whoever speaks as a person sees this alone
}

const words = (title: string, floor = "", cue = ""): Centre => ({ title, floor, cue, stem: [] });

/** `tapped`: a leader taps who is here. */
export function centre(view: View, viewer: Viewer, tapped = false): Centre {
  return (
    beside(view, viewer, tapped) ??
    silence(view) ??
    ownWords(view, viewer) ??
    calledIn(view, viewer) ??
    phaseWords(view, viewer)
  );
}

/** Before, after, and while the meeting rests. */
function beside(view: View, viewer: Viewer, tapped: boolean): Centre | undefined {
  const phase = phaseOf(view);
  if (view.status === "lobby") {
    const how = t("Tap a chair for who is here, and again to take it back.");
    return words(t("Before we begin"), tapped ? how : t("The circle fills."));
  }
  if (view.status === "lingering")
    return words(t("Thank you"), t("The meeting is over."), t("The room stays open for a moment."));
  if (view.status === "closed") return words(t("Thank you"), t("The room is closed."));
  if (view.status !== "paused") return undefined;
  if (view.presenter_here === false && view.presenter && phase?.part === "case") {
    return words(
      t("Pause"),
      t("{name} has lost the connection.", { name: nameOf(viewer, view.presenter) }),
      t("The group waits; it does not go on without."),
    );
  }
  return words(t("Pause"), t("The meeting is paused."), t("The group will go on together."));
}

function silence(view: View): Centre | undefined {
  if (view.silent) return words(t("A moment of silence"));
  const phase = phaseOf(view);
  if (!isSilent(view) || !phase) return undefined;
  return words(t("Silence"), "", cueOf(phase));
}

/** What only the viewer's own state calls for. */
function ownWords(view: View, viewer: Viewer): Centre | undefined {
  const me = find(view, viewer.you);
  const figure = me.at === "circle" ? voiceOf(view, me.seat.speaks_as) : undefined;
  if (figure) {
    const stem = [
      t("If I were **{figure}**,", { figure: figureName(figure) }),
      t("I see …"),
      t("I think …"),
      t("I feel …"),
    ];
    return { title: t("You speak as {figure}", { figure: figureName(figure) }), floor: "", cue: "", stem };
  }
  if (isBack(view, viewer.you)) {
    return view.called_in
      ? words(
          t("One sentence"),
          t("**You** may say one sentence."),
          t("Then you listen again. Nobody replies. Silence is fine."),
        )
      : words(t("You listen"), t("The group is with the case."), t("Nothing is asked of you now."));
  }
  if (view.invited && view.presenter === viewer.you) {
    const lead = leadOf(view);
    const floor = lead
      ? t("{name} invites you to step back.", { name: nameOf(viewer, lead.person) })
      : t("You are invited to step back.");
    return words(t("Step back"), floor, t("From now on you only listen. The case is with the group."));
  }
  return undefined;
}

function calledIn(view: View, viewer: Viewer): Centre | undefined {
  if (!view.called_in) return undefined;
  const name = nameOf(viewer, view.presenter);
  const phase = phaseOf(view);
  return words(
    phase ? phaseName(phase) : "",
    t("**{name}** says one sentence", { name }),
    t("Then {name} listens again. Nobody replies.", { name }),
  );
}

function phaseWords(view: View, viewer: Viewer): Centre {
  const phase = phaseOf(view);
  if (!phase) return words("");
  const cue = view.cue ? interventionOf(view.cue, view.cue_words) : cueOf(phase);
  return words(phaseName(phase), floorLine(view, viewer, phase), cue);
}

/** Who may speak, in one line. */
export function floorLine(view: View, viewer: Viewer, phase: PhaseView): string {
  if (view.cards.state === "writing") return t("A card, for whoever likes");
  if (view.invited) return t("**{name}** is invited to step back", { name: nameOf(viewer, view.presenter) });
  switch (view.floor) {
    case "presenter":
      return presenterLine(view, viewer, phase);
    case "asked":
      return askedLine(view, viewer);
    case "round":
      return roundLine(view, viewer);
    case "leaders":
      return t("**The leaders** speak");
    case "group":
      return phase.group ? reviewFloor(phase.group) : "";
    case "open":
      return phase.kind === "call" ? t("**Anyone** may offer one") : t("**Anyone** may speak");
    default:
      return ""; // the big screen is not told
  }
}

function presenterLine(view: View, viewer: Viewer, phase: PhaseView): string {
  const mine = view.presenter === viewer.you;
  const name = nameOf(viewer, view.presenter);
  if (phase.kind !== "telling")
    return mine ? t("**You** have the last word") : t("**{name}** has the last word", { name });
  return mine ? t("**You** tell. We listen.") : t("**{name}** tells. We listen.", { name });
}

function askedLine(view: View, viewer: Viewer): string {
  const next = view.queue?.[0];
  if (!view.holder) return t("**Whoever raises a hand** asks");
  if (view.holder === viewer.you) return t("**You** ask");
  const name = nameOf(viewer, view.holder);
  if (!next) return t("**{name}** asks", { name });
  return next === viewer.you
    ? t("**{name}** asks, then you", { name })
    : t("**{name}** asks, then {next}", { name, next: nameOf(viewer, next) });
}

function roundLine(view: View, viewer: Viewer): string {
  const [turn, next] = [view.round?.turn, view.round?.next];
  if (turn === viewer.you) return t("Round: **your turn**, if you like");
  const name = nameOf(viewer, turn);
  if (!next) return t("Round: **{name}**", { name });
  return next === viewer.you
    ? t("Round: **{name}**, then you", { name })
    : t("Round: **{name}**, then {next}", { name, next: nameOf(viewer, next) });
}
