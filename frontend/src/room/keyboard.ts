// Keys: letters act while no field has the focus, and can be switched off. "I need to stop" has no letter, so that
// nobody presses it by accident.

import { dock, type Tool } from "./dock.ts";
import { type Deed, lead } from "./lead.ts";
import { rightsOf } from "./me.ts";
import { microphoneSign } from "./media-signs.ts";
import type { Sheet, State } from "./store.ts";
import type { View } from "./wire.ts";

export type KeyDeed =
  | { key: "command"; deed: Deed }
  | { key: "sheet"; sheet: Sheet }
  | { key: "drawer" }
  | { key: "microphone" }
  | { key: "close" }
  | null;

export interface Press {
  key: string;
  field: boolean; // the focus is in something that takes text or choices
  modified: boolean; // with Ctrl, Alt or Meta
  repeat: boolean;
}

/** What a key asks for; null: nothing, and the browser keeps it. */
export function pressed(state: State, press: Press): KeyDeed {
  if (press.modified || press.repeat || !state.view) return null;
  if (press.key === "Escape") return state.drawer && !state.sheet ? { key: "close" } : null;
  if (press.field || state.sheet) return null;
  if (press.key === "?") return { key: "sheet", sheet: { sheet: "keys" } };
  return state.letters && state.link === "open" ? letterKey(state, state.view, press.key.toLowerCase()) : null;
}

function letterKey(state: State, view: View, key: string): KeyDeed {
  if (key === "m" && microphoneSign(state.media)?.closed === false) return { key: "microphone" };
  return view.audience === "leaders" ? leaderKey(state, key) : memberKey(state, key);
}

/** Whether the space bar is for speaking now. Letting go always counts, so that no microphone stays open. */
export function holds(state: State, press: { key: string; inUse: boolean; down: boolean }): boolean {
  if (press.key !== " ") return false;
  if (!press.down) return state.media.held;
  return !press.inUse && state.sheet === null && microphoneSign(state.media)?.closed === false;
}

function memberKey(state: State, key: string): KeyDeed {
  if (!state.view) return null;
  const { tools } = dock(state.view, state.viewer);
  const tool = tools.find((one) => LETTERS[one.tool] === key);
  return tool ? act(tool) : null;
}

const LETTERS: Partial<Record<Tool["tool"], string>> = {
  hand: "h",
  pass: "p",
  finish: "p",
  voice: "v",
  "step-out": "v",
};

function act(tool: Tool): KeyDeed {
  if (tool.tool === "voice") return { key: "sheet", sheet: { sheet: "voices" } };
  if (tool.tool === "signal") return { key: "sheet", sheet: { sheet: "signals" } };
  return { key: "command", deed: tool.tool === "assist" ? tool.deed : { label: "", command: tool.command } };
}

function leaderKey(state: State, key: string): KeyDeed {
  if (!state.view) return null;
  if (key === "d") return { key: "drawer" };
  const { main, pause } = lead(state.view, state.viewer, state.now);
  if (key === "b" && pause) return { key: "command", deed: pause };
  if (key === "n" && main && !main.quiet) return { key: "command", deed: main };
  return key === "v" && rightsOf(state.view, state.viewer.you).voice
    ? { key: "sheet", sheet: { sheet: "voices" } }
    : null;
}
