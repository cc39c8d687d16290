// Where sound meets the rest of the page: what happens goes through the pure core into the store, and from there to the
// adapter, which is loaded when somebody joins. Here too the server is told what only this device knows: whether it
// hears, who is around, and how long the viewer was heard.

import { choiceOf, type Kind, mayEnter, NEW_CHECK } from "./check.ts";
import type { CheckLive, drawCheck } from "./check-page.ts";
import type { Act, Drawn } from "./draw/parts.ts";
import { type Captured, type Happening, type Line, type Media, step, wish } from "./media.ts";
import type { PassAnswer } from "./media-line.ts";
import type { LiveMedia } from "./media-live.ts";
import { heard, report, SILENT, type Speech, told, turned } from "./media-numbers.ts";
import type { SoundDeed } from "./media-signs.ts";
import { APART, checkIsDue, mayOf } from "./sound.ts";
import type { State, Store } from "./store.ts";
import type { Around, Command } from "./wire.ts";
import type { SoundKept } from "./world.ts";

/** What the outside gives. */
export interface Outside {
  send(command: Command): void;
  pass(url: string): Promise<PassAnswer>;
  keep(kept?: SoundKept | null): SoundKept | null;
}

const TELL = 10_000; // ms between two reports of speech
const AGAIN = 5000; // ms until what could not be loaded is asked for again
const WAVERS = 4000; // ms that a line may waver before others are told that this person cannot hear

export class Desk {
  #store: Store;
  #outside: Outside;
  #live: LiveMedia | null = null;
  #loading = false;
  #check: CheckLive | null = null;
  #draw: typeof drawCheck | null = null; // comes with the check page
  #checking = false;
  #speech: Speech = SILENT;
  #hears: boolean | null = null; // as last told
  #around: Around | null = null; // as last told
  #wavering = 0;
  #away = false; // the media server, as the last view told

  constructor(store: Store, outside: Outside) {
    this.#store = store;
    this.#outside = outside;
    window.setInterval(() => this.#tellSpeech(), TELL);
    window.addEventListener("pagehide", () => this.#tellSpeech());
  }

  /** After a reload: in, with the microphone off. */
  begin(): void {
    const kept = this.#store.state.page.sound.on ? this.#outside.keep() : null;
    if (!kept) return;
    const choice = { microphone: false, camera: kept.camera, sparing: kept.sparing };
    this.#store.set({ check: { ...NEW_CHECK, around: kept.around, chosen: kept.chosen } });
    this.happen(kept.stage === "in" ? { now: "enter", choice, around: kept.around } : { now: "without" });
  }

  happen(happening: Happening): void {
    const before = this.#store.state.media;
    const after = step(before, happening);
    this.#store.set({ media: after });
    this.#follow(before, after);
  }

  /** The page has a new view, or none any more. */
  viewed(): void {
    const { view, viewer, page } = this.#store.state;
    if (!page.sound.on) return;
    const entry = view?.entry ?? 0;
    if (entry !== this.#speech.entry) {
      this.#tellSpeech();
      this.#speech = turned(this.#speech, entry, performance.now());
    }
    this.happen({ now: "view", may: view ? mayOf(view, viewer.you) : APART, at: performance.now() });
    this.#count();
    this.#tellAround();
    const away = view?.sound?.state === "away";
    this.#live?.hurry(this.#away && !away);
    this.#away = away;
    if (checkIsDue(this.#store.state)) void this.#openCheck();
    else this.#closeCheck();
  }

  /** Left, shown out, or the end: sound ends with it. */
  apart(): void {
    this.#tellSpeech();
    this.#closeCheck();
    this.happen({ now: "view", may: APART, at: performance.now() });
  }

  /** The line to the server is there again, and may have forgotten what is not written. */
  linked(): void {
    const { media } = this.#store.state;
    if (media.stage !== "in") return;
    this.#hears = null;
    this.#around = null;
    this.#tellAround();
    this.#tellHearing(media.line);
  }

  seat(root: HTMLElement): void {
    this.#live?.seat(root);
    this.#check?.seat(root);
  }

  // ── what follows from a change ────────────────────────────────────────────────────────────────────────────────────

  #follow(before: Media, after: Media): void {
    if (after.opens !== null && after.opens !== before.opens) {
      const wait = Math.max(0, after.opens - performance.now());
      window.setTimeout(() => this.happen({ now: "tick", at: performance.now() }), wait + 20);
    }
    if (after.line !== before.line) this.#tellHearing(after.line);
    if (after.heard !== before.heard) this.#count();
    if (after.stage !== before.stage || after.choice !== before.choice) this.#keep(after);
    this.#want(after);
  }

  #want(media: Media): void {
    const wanted = wish(media);
    if (this.#live) this.#live.want(wanted);
    else if (wanted.wish === "join" && !this.#loading) void this.#load();
  }

  async #load(): Promise<void> {
    this.#loading = true;
    const found = await import("./media-live.ts").catch(() => null); // the network, or a newer version
    if (!found) {
      this.happen({ now: "line", line: "down" });
      window.setTimeout(() => void this.#load(), AGAIN);
      return;
    }
    const { LiveMedia } = found;
    const { page } = this.#store.state;
    this.#live = new LiveMedia({
      pass: () => this.#outside.pass(page.urls.media),
      tell: (happening) => this.happen(happening),
      devices: () => this.#store.state.check.chosen,
    });
    this.#live.want(wish(this.#store.state.media));
  }

  #keep(media: Media): void {
    if (media.stage === "check") this.#outside.keep(null);
    else {
      const { camera, sparing } = media.choice;
      const chosen = this.#store.state.check.chosen;
      this.#outside.keep({ stage: media.stage, around: media.around, camera, sparing, chosen });
    }
  }

  // ── what the server is told ───────────────────────────────────────────────────────────────────────────────────────

  #tellHearing(line: Line): void {
    window.clearTimeout(this.#wavering);
    if (line === "open") this.#hearing(true);
    else if (line === "down") this.#hearing(false);
    else if (line === "wavering") this.#wavering = window.setTimeout(() => this.#hearing(false), WAVERS);
  }

  #hearing(hears: boolean): void {
    if (hears === this.#hears || (this.#hears === null && !hears && !this.#store.state.media.may?.hear)) return;
    this.#hears = hears;
    this.#outside.send({ do: "report-hearing", hears });
  }

  #tellAround(): void {
    const { media, view } = this.#store.state;
    const { around } = media;
    if (media.stage !== "in" || !around || around === this.#around || !view?.sound) return;
    this.#around = around;
    this.#outside.send({ do: "report-around", around });
  }

  /** Counts on, or not, from this moment. */
  #count(): void {
    const { media, view, viewer } = this.#store.state;
    const counts = view?.status === "running" && media.may?.place === "circle" && media.may.speak;
    const audible = counts === true && viewer.you !== null && media.heard.includes(viewer.you);
    this.#speech = heard(this.#speech, audible, performance.now());
  }

  #tellSpeech(): void {
    this.#speech = heard(this.#speech, this.#speech.since !== null, performance.now());
    const news = report(this.#speech);
    if (!news) return;
    this.#speech = told(this.#speech);
    this.#outside.send({ do: "report-speech", ...news });
  }

  // ── the check page ────────────────────────────────────────────────────────────────────────────────────────────────

  async #openCheck(): Promise<void> {
    if (this.#check || this.#checking) return;
    this.#checking = true;
    const found = await import("./check-page.ts").catch(() => null);
    if (!found) {
      this.#checking = false;
      this.happen({ now: "without" }); // nobody is shut out of the circle by a page that does not come
      return;
    }
    const { CheckLive, drawCheck } = found;
    const { page } = this.#store.state;
    this.#draw = drawCheck;
    this.#check = new CheckLive({
      check: () => this.#store.state.check,
      change: (change) => this.#store.set({ check: { ...this.#store.state.check, ...change } }),
      testPass: () => this.#outside.pass(page.urls.media_test),
      sealed: page.sound.e2ee,
    });
    this.#checking = false;
    this.#store.set({});
    if (!checkIsDue(this.#store.state)) this.#closeCheck();
    else if (await allowed()) void this.#check.start();
  }

  /** The step on the way in, once it has been loaded. */
  page(state: State, act: Act): Drawn | null {
    return this.#draw?.(state, act) ?? null;
  }

  #closeCheck(): void {
    this.#check?.stop();
    this.#check = null;
  }

  startCheck(): void {
    void this.#check?.start();
  }

  answer(around: Around): void {
    this.#store.set({ check: { ...this.#store.state.check, around, unanswered: false } });
  }

  toggle(what: Captured): void {
    const { check } = this.#store.state;
    this.#store.set({ check: { ...check, wants: { ...check.wants, [what]: !check.wants[what] } } });
  }

  choose(kind: Kind, id: string): void {
    if (this.#check) void this.#check.choose(kind, id);
    else this.#switch(kind, id);
  }

  tone(): void {
    void this.#check?.tone();
  }

  /** Another device while in the room. */
  #switch(kind: Kind, id: string): void {
    const { check, media } = this.#store.state;
    this.#store.set({ check: { ...check, chosen: { ...check.chosen, [kind]: id } } });
    this.#keep(media);
    void this.#live?.use(
      ({ microphone: "audioinput", camera: "videoinput", speaker: "audiooutput" } as const)[kind],
      id,
    );
  }

  /** The devices by name, for the choice in the room. */
  async devices(): Promise<void> {
    const { listDevices } = await import("./check-page.ts");
    const devices = await listDevices();
    this.#store.set({ check: { ...this.#store.state.check, devices } });
  }

  enter(): void {
    const { check, page } = this.#store.state;
    if (!mayEnter(check, page.sound.e2ee)) return;
    if (!check.around) {
      this.#store.set({ check: { ...check, unanswered: true } });
      return;
    }
    this.#closeCheck();
    this.happen({ now: "enter", choice: choiceOf(check), around: check.around });
    this.#tellAround();
  }

  without(): void {
    this.#closeCheck();
    this.happen({ now: "without" });
  }

  // ── what a notice offers ──────────────────────────────────────────────────────────────────────────────────────────

  deed(deed: SoundDeed): void {
    const deeds: Readonly<Record<SoundDeed, () => void>> = {
      here: () => this.happen({ now: "line", line: "off" }),
      play: () => void this.#live?.play(),
      close: () => this.happen({ now: "answered", close: true }),
      "leave-open": () => this.happen({ now: "answered", close: false }),
      "keep-closed": () => this.happen({ now: "keep-closed" }),
      open: () => this.happen({ now: "press", what: "microphone" }),
      sparing: () => this.happen({ now: "sparing", on: true }),
      pictures: () => this.#pictures(),
      check: () => this.#checkAgain(),
      call: () => undefined, // a link
    };
    deeds[deed]();
  }

  #pictures(): void {
    this.happen({ now: "pictures" });
    this.happen({ now: "sparing", on: false });
  }

  #checkAgain(): void {
    const { check } = this.#store.state;
    this.#store.set({ check: { ...NEW_CHECK, around: check.around, chosen: check.chosen } });
    this.happen({ now: "check" });
    this.viewed();
  }
}

/** The browser will not ask: the person has allowed it before. */
async function allowed(): Promise<boolean> {
  try {
    const asked = await navigator.permissions.query({ name: "microphone" as PermissionName });
    return asked.state === "granted";
  } catch {
    return false; // the name is not known here: the page's own button asks
  }
}
