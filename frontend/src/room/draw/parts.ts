// Small pieces that every part of the room is drawn with.

import { html, type nothing, type TemplateResult } from "lit";
import type { Deed } from "../lead.ts";
import type { Desk } from "../media-desk.ts";
import type { Sheet, State, Theme } from "../store.ts";
import type { CheckOutMood, Command, SignalKind } from "../wire.ts";

/** What the page can be asked to do; main.ts gives the hands. */
export interface Act {
  ask(command: Command): void;
  deed(deed: Deed): void; // asks once whether it is meant, where that is due
  open(sheet: Sheet): void;
  close(): void;
  drawer(open: boolean): void;
  chair(person: string): void;
  signal(kind: SignalKind): void;
  voice(figure: number): void;
  stop(): void;
  lay(text: string): void;
  checkOut(mood: CheckOutMood): void;
  leave(): void;
  again(): void;
  language(): void;
  theme(theme: Theme): void;
  letters(on: boolean): void;
  panels(state: State, act: Act, beside: boolean): Drawn; // the leaders' drawer
  sound: Pick<
    Desk,
    | "happen"
    | "deed"
    | "page"
    | "answer"
    | "toggle"
    | "choose"
    | "tone"
    | "startCheck"
    | "enter"
    | "without"
    | "devices"
  >;
}

export type Drawn = TemplateResult | typeof nothing;

export function icon(name: string): TemplateResult {
  return html`<svg class="icon" aria-hidden="true" focusable="false"><use href=${`#i-${name}`}></use></svg>`;
}

/** `**words**` are strong. */
export function rich(text: string): TemplateResult {
  return html`${text.split("**").map((part, at) => (at % 2 ? html`<strong>${part}</strong>` : part))}`;
}

/** The value of a field of the form that was sent. */
export function field(event: Event, name: string): string {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  return String(new FormData(form).get(name) ?? "").trim();
}

export function clear(event: Event): void {
  (event.currentTarget as HTMLFormElement).reset();
}

/** Short phrases of a quiet line stay whole where the line breaks. */
export function phrases(text: string): TemplateResult {
  const parts = text.replaceAll(" …", "\u00a0…").match(/[^….;,，。；：]+[….;,，。；：]*\s*/g) ?? [text];
  const gap = (part: string): Drawn | string => (part === part.trimEnd() ? html`<wbr />` : " "); // Han has no spaces
  return html`${parts.map((part) =>
    part.length <= KEPT ? html`<span class="keep">${part.trimEnd()}</span>${gap(part)}` : part,
  )}`;
}

const KEPT = 26; // characters: more would not fit into the smallest circle
