// What the page knows at this moment, in one value. Changing it draws the page anew; nothing else does.

import type { Catalogue, Language } from "../shared/labels.ts";
import { type Check, NEW_CHECK } from "./check.ts";
import type { Link } from "./connection.ts";
import { type Deed, isCo } from "./lead.ts";
import { rightsOf, type Viewer } from "./me.ts";
import { type Media, NO_MEDIA } from "./media.ts";
import type { Mode } from "./panels.ts";
import type { CheckOutMood, PersonId, View } from "./wire.ts";

export type Theme = "auto" | "light" | "dark";

/** What the server's page hands over. */
export interface Page {
  meeting: string;
  group: string;
  mode: Mode;
  language: Language;
  labels: Readonly<Partial<Record<Language, Catalogue>>>;
  you: { name: string };
  timezone: string; // of the account, as on all pages; of the group on the big screen
  screen: boolean; // the big screen: no person, nothing to press
  sound: { on: boolean; e2ee: boolean };
  urls: {
    ticket: string;
    language: string;
    meetings: string;
    screen: string; // or empty: not for this person
    record: string;
    paper: string;
    own: string; // one's own part; empty on the big screen
    media: string; // gives passes to the media server; empty where there is no sound
    media_test: string;
  };
}

export type Sheet =
  | { sheet: "voices" }
  | { sheet: "signals" }
  | { sheet: "stop" }
  | { sheet: "menu" }
  | { sheet: "keys" }
  | { sheet: "sound" }
  | { sheet: "shared"; person: PersonId }
  | { sheet: "leave" }
  | { sheet: "chair"; person: PersonId }
  | { sheet: "sure"; deed: Deed };

/** Words that are said: every time a value of its own. */
export interface Said {
  text: string;
  over: Sheet | null; // the sheet that was open then
}

export interface State {
  page: Page;
  link: Link;
  left: boolean; // gone by one's own button
  view: View | null;
  viewer: Viewer;
  captions: boolean;
  caption: { person: PersonId; text: { en: string; zh: string } } | null;
  sheet: Sheet | null;
  drawer: boolean;
  unread: number; // of the leaders' line, since the drawer was open
  chair: PersonId | null; // the chair that the keyboard is at
  toast: Said | null;
  mood: CheckOutMood | null; // one's own last tap
  laid: boolean; // a card of one's own lies face down
  told: boolean; // "I need to stop" has reached somebody
  media: Media;
  check: Check;
  language: Language;
  theme: Theme;
  letters: boolean; // single letters act
  polite: Said | null; // for the live regions
  urgent: Said | null;
  now: number; // the server's time, ms
}

export class Store {
  #state: State;
  #changed: (state: State) => void;

  constructor(state: State, changed: (state: State) => void) {
    this.#state = state;
    this.#changed = changed;
  }

  get state(): State {
    return this.#state;
  }

  set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed(this.#state);
  }
}

export function begin(page: Page, theme: Theme, letters: boolean, now: number): State {
  return {
    page,
    link: "connecting",
    left: false,
    view: null,
    viewer: { you: null, names: {} },
    captions: false,
    caption: null,
    sheet: null,
    drawer: false,
    unread: 0,
    chair: null,
    toast: null,
    mood: null,
    laid: false,
    told: false,
    media: NO_MEDIA,
    check: NEW_CHECK,
    language: page.language,
    theme,
    letters,
    polite: null,
    urgent: null,
    now,
  };
}

/** The external call, for whoever is in the room or waits for it to begin; where sound is built in it is for outages. */
export function callAddress({ link, page, view }: State): string {
  const outside = view?.audience === "door" && view.stage !== "lobby"; // comes in when the case is closed
  const inside = (link === "open" || link === "lost") && view?.status !== "closed" && !outside;
  return (inside && !page.sound.on && view?.call) || "";
}

/** The state after a new view: what belonged to an earlier phase or an answered wish is forgotten. */
export function receive(state: State, view: View, viewer: Viewer): Partial<State> {
  const before = state.view;
  const stops = view.leaders?.stops?.length ?? 0;
  const more = stops > (before?.leaders?.stops?.length ?? 0);
  const drawer = more ? true : state.drawer;
  return {
    view,
    viewer,
    drawer,
    unread: drawer || isCo(view, viewer) ? 0 : unreadLines(state, view, viewer),
    told: before?.entry === view.entry && state.told,
    laid: view.cards.state === "writing" ? state.laid : false,
    caption: before && before.entry !== view.entry ? null : state.caption,
    sheet: keeps(state.sheet, view, viewer) ? state.sheet : null,
  };
}

/** What others have written since the drawer was open; of a long line the server keeps the end only. */
function unreadLines(state: State, view: View, viewer: Viewer): number {
  const keys = (of: View | null): string[] => (of?.leaders?.line ?? []).map((said) => JSON.stringify(said));
  const [old, now] = [keys(state.view), keys(view)];
  const theirs = (from: number): number =>
    (view.leaders?.line ?? []).slice(from).filter((said) => said.by !== viewer.you).length;
  let fresh = 0;
  while (fresh < now.length && !old.join("\n").endsWith(now.slice(0, now.length - fresh).join("\n"))) fresh += 1;
  return Math.min(state.unread + theirs(now.length - fresh), theirs(0)); // the line may have been cleared
}

/** A sheet closes by itself where its choice is no longer there. */
function keeps(sheet: Sheet | null, view: View, viewer: Viewer): boolean {
  if (sheet?.sheet === "voices") return view.may_voice === true && rightsOf(view, viewer.you).voice === true; // in a round only on one's turn
  if (sheet?.sheet === "signals") return view.signals_open === true;
  if (sheet?.sheet === "sure" && "entry" in sheet.deed.command) return sheet.deed.command.entry === view.entry;
  return true;
}
