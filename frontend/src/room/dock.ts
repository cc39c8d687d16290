// What a person can do now, and why not: a pure function of view and viewer. Nothing is shown that cannot be pressed;
// where somebody may not speak, a sentence says why.

import { t } from "../shared/labels.ts";
import type { Deed } from "./lead.ts";
import { find, isBack, isSilent, type Me, phaseOf, rightsOf, seatOf, type Viewer } from "./me.ts";
import type { Command, PersonId, View, Why } from "./wire.ts";
import { figureName, nameOf, voiceOf } from "./words.ts";

export type Tool =
  | { tool: "hand"; up: boolean; command: Command }
  | { tool: "finish"; label: string; command: Command }
  | { tool: "pass"; command: Command }
  | { tool: "offer"; offered: boolean; command: Command }
  | { tool: "voice" }
  | { tool: "step-out"; label: string; command: Command }
  | { tool: "signal" }
  | { tool: "assist"; deed: Deed }
  | { tool: "admit"; label: string; command: Command };

export type Ask =
  | { ask: "push"; command: Command }
  | { ask: "card" }
  | { ask: "cards"; texts: readonly string[] }
  | { ask: "check-out" }
  | { ask: "listen" };

export interface Dock {
  why: string;
  ask: Ask | null;
  tools: Tool[];
  quiet: boolean; // in silence only "I need to stop" stays
  leave: boolean; // after the end, going is the one thing to do
}

export function dock(view: View, viewer: Viewer): Dock {
  const me = find(view, viewer.you);
  const ask = askOf(view, viewer);
  const quiet = isSilent(view) && ask === null;
  return {
    why: quiet || speaks(ask) ? "" : whyOf(view, viewer, me),
    ask,
    tools: quiet || ask?.ask === "push" || ask?.ask === "listen" ? assistant(view, viewer) : toolsOf(view, viewer, me),
    quiet,
    leave: view.status === "lingering",
  };
}

/** A card that says by itself what there is to know. */
function speaks(ask: Ask | null): boolean {
  return ask !== null && ask.ask !== "check-out";
}

/** A card in the dock's place; leaders have it above their bar. */
export function askOf(view: View, viewer: Viewer): Ask | null {
  const back = isBack(view, viewer.you);
  if (view.invited && view.presenter === viewer.you)
    return { ask: "push", command: { do: "push-back", entry: view.entry ?? 0 } };
  if (view.cards.state === "writing" && rightsOf(view, viewer.you).card) return { ask: "card" };
  if (view.cards.state === "turned") return { ask: "cards", texts: view.cards.texts ?? [] };
  if (back && !view.called_in) return { ask: "listen" };
  const seated = seatOf(view, viewer.you) !== undefined && view.audience !== "leaders";
  return view.check_out_open && seated ? { ask: "check-out" } : null;
}

function toolsOf(view: View, viewer: Viewer, me: Me): Tool[] {
  if (me.at !== "circle") return [];
  return [
    ...offer(view, me.seat.person),
    ...turn(view, viewer),
    ...hand(view, me.seat.person, me.seat.rights.hand === true),
    ...voice(view, me),
    ...(me.seat.rights.signal ? [{ tool: "signal" } as const] : []),
    ...assistant(view, viewer),
  ];
}

function offer(view: View, you: PersonId): Tool[] {
  const offered = view.offers?.includes(you) ?? false;
  if (!view.naming || (view.named && !offered)) return []; // an offer can be taken back, also by whoever is named
  return [{ tool: "offer", offered, command: { do: "set-offer", person: you, offered: !offered } }];
}

/** Having the floor or the turn, and giving it on. */
function turn(view: View, viewer: Viewer): Tool[] {
  const you = viewer.you;
  if (you === null || view.status !== "running") return [];
  const command: Command = { do: "end-turn", entry: view.entry ?? 0, person: you };
  if (view.round?.turn === you) return [{ tool: "pass", command }];
  if (view.holder === you) return [{ tool: "finish", label: t("I have asked"), command }];
  if (!view.called_in || view.presenter !== you) return [];
  return [
    {
      tool: "finish",
      label: t("I have said it"),
      command: { do: "set-called-in", entry: view.entry ?? 0, called: false },
    },
  ];
}

function hand(view: View, you: PersonId, may: boolean): Tool[] {
  const up = view.queue?.includes(you) ?? false;
  return may || up ? [{ tool: "hand", up, command: { do: "set-hand", raised: !up } }] : [];
}

function voice(view: View, me: Extract<Me, { at: "circle" }>): Tool[] {
  const figure = voiceOf(view, me.seat.speaks_as);
  if (figure) {
    return [
      {
        tool: "step-out",
        label: t("Step out of {figure}", { figure: figureName(figure) }),
        command: { do: "drop-voice" },
      },
    ];
  }
  return me.seat.rights.voice && view.figures?.length ? [{ tool: "voice" }] : [];
}

/** What the assistant may do: the door where it was given, and the frame while no leader is here. */
function assistant(view: View, viewer: Viewer): Tool[] {
  if (view.audience !== "assistant" || view.assistant !== viewer.you) return [];
  const doors: Tool[] = (view.leaders?.waiting ?? []).slice(0, 2).map((one) => ({
    tool: "admit",
    label: t("Let {name} in", { name: nameOf(viewer, one.person) }),
    command: { do: "admit", person: one.person },
  }));
  return view.leader_here === false ? [...frameTools(view), ...doors] : doors;
}

function frameTools(view: View): Tool[] {
  const entry = view.entry ?? 0;
  const kind = phaseOf(view)?.kind;
  const tools: Tool[] = [];
  if (view.status === "running")
    tools.push({ tool: "assist", deed: { label: t("Pause"), command: { do: "pause", entry } } });
  const target = view.way?.find((phase) => phase.kind === "return" && phase.case === view.case);
  if (view.back && target && kind !== "return") {
    const command: Command = { do: "go-to", entry, part: target.part, case: target.case, index: target.index };
    tools.push(move(t("Bring the presenter back"), command));
  }
  const closing = view.way?.find((phase) => phase.part === "closing");
  if (closing && kind !== "closing") {
    const command: Command = { do: "go-to", entry, part: "closing", case: closing.case, index: closing.index };
    tools.push(move(t("To the closing"), command));
  }
  if (kind === "closing") tools.push(move(t("End the meeting"), { do: "end", entry }));
  return tools;
}

function move(label: string, command: Command): Tool {
  return {
    tool: "assist",
    deed: { label, command, sure: { title: label, text: t("Everybody sees the change at once.") } },
  };
}

// ── why somebody may not speak ──────────────────────────────────────────────────────────────────────────────────────

function whyOf(view: View, viewer: Viewer, me: Me): string {
  if (view.leader_here === false && view.status !== "closed")
    return t("No leader is here just now. The circle waits a moment.");
  const lost = (view.circle ?? []).find((chair) => chair.away === "lost" && chair.person !== viewer.you);
  if (lost && view.status === "running" && lost.person !== view.presenter) {
    return t("{name} has lost the connection. The group goes on.", { name: nameOf(viewer, lost.person) });
  }
  if (me.at !== "circle" && me.at !== "ring") return "";
  const why = me.seat.rights.why;
  return why ? whyWords(view, viewer, why) : ownLine(view, viewer, me);
}

/** The viewer may speak: a line where something of one's own is to be known. */
function ownLine(view: View, viewer: Viewer, me: Extract<Me, { at: "circle" | "ring" }>): string {
  const figure = voiceOf(view, me.seat.speaks_as);
  if (figure) return t("The others see you as {figure}.", { figure: figureName(figure) });
  if (view.status === "paused")
    return view.back ? t("Everybody but the presenter may speak.") : t("Everybody may speak.");
  if (view.presenter === viewer.you && phaseOf(view)?.kind === "facts")
    return t("“I don’t know” and “not now” are answers.");
  if (view.naming && view.named && view.named === viewer.you && view.offers?.includes(viewer.you))
    return t("You are named to present. You can still take your offer back.");
  const place = (view.queue?.indexOf(viewer.you ?? "") ?? -1) + 1;
  return place > 0 ? t("Your hand is up, number {number}.", { number: place }) : "";
}

function whyWords(view: View, viewer: Viewer, why: Why): string {
  switch (why) {
    case "back":
      return t("You listen outside the circle.");
    case "ring":
      return t("You sit in the outer ring and listen.");
    case "leaders-floor":
      return t("The leaders have the word now.");
    case "presenter-floor":
      return presenterWhy(view, viewer);
    case "asked":
      return askedWhy(view, viewer);
    case "round":
      return view.round?.ring.includes(viewer.you ?? "")
        ? t("{name} has the turn. It goes round.", { name: nameOf(viewer, view.round.turn) })
        : t("The round goes on without you; you are in the next one.");
    case "group-floor":
      return t("The word is with another group now.");
    case "cards":
      return t("Cards are being written.");
    case "aside":
      return t("You are aside with a leader. The circle waits.");
    case "silenced":
      return t("A leader has closed your microphone for now.");
    case "waiting":
      return t("You wait at the door.");
    case "closed":
      return t("The room is closed.");
  }
}

function presenterWhy(view: View, viewer: Viewer): string {
  const name = nameOf(viewer, view.presenter);
  return phaseOf(view)?.kind === "telling"
    ? t("{name} tells; we only listen.", { name })
    : t("{name} has the last word; nobody asks, nobody replies.", { name });
}

function askedWhy(view: View, viewer: Viewer): string {
  const place = (view.queue?.indexOf(viewer.you ?? "") ?? -1) + 1;
  if (place === 0) return t("Raise your hand if you want to ask.");
  const before = place === 1 ? view.holder : view.queue?.[place - 2];
  return before ? t("You ask after {name}.", { name: nameOf(viewer, before) }) : t("You ask next.");
}
