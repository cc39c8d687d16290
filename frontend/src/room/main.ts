// The room: one live island. It takes the page's data, keeps the line to the server, and draws what it is told.

import { nothing, render } from "lit";
import { type Language, speak, t } from "../shared/labels.ts";
import { announcer, type Voice } from "./announce.ts";
import { type Answer, Connection, type Link, type World } from "./connection.ts";
import { settle } from "./draw/circle.ts";
import { holdPlace } from "./draw/focus.ts";
import type { Act } from "./draw/parts.ts";
import { drawPage } from "./draw/room.ts";
import { settleSheet } from "./draw/sheet.ts";
import { holds, pressed } from "./keyboard.ts";
import { Desk } from "./media-desk.ts";
import { say } from "./say.ts";
import { begin, type Page, receive, type Said, type State, Store, type Theme } from "./store.ts";
import type { Command } from "./wire.ts";
import { refusal } from "./words.ts";
import {
  browser,
  fetchPass,
  focusOn,
  keepTheme,
  lettersKept,
  readPage,
  setLanguage,
  setTheme,
  soundKept,
  stayAwake,
  tabId,
  themeKept,
} from "./world.ts";

const TOAST = 5000; // ms
const TICK = 5000; // ms between two drawings of the leaders' time

function start(root: HTMLElement, page: Page, world: World): void {
  const store = new Store(begin(page, themeKept(), lettersKept(), world.now()), draw);
  const speaker = announcer(voice(store), world);
  const connection = new Connection(
    world,
    {
      link: (link) => linked(store, desk, link),
      view: (view, names) => {
        const viewer = { you: store.state.viewer.you, names };
        const messages = say(store.state.view, view, viewer);
        store.set(receive(store.state, view, viewer));
        desk.viewed();
        void panels.viewed();
        speaker(messages);
      },
      you: (you, captions) => store.set({ viewer: { ...store.state.viewer, you }, captions }),
      caption: (person, text) => store.set({ caption: { person, text } }),
      asked: () => desk.happen({ now: "asked" }),
      anew: () => window.location.reload(),
    },
    tabId(page.meeting),
  );
  const desk = new Desk(store, {
    send: (command) => void connection.send(command),
    pass: fetchPass,
    keep: (kept) => soundKept(page.meeting, kept),
  });
  const panels = leadersPanels(store);
  const act = hands(store, connection, desk, panels.draw);
  speak(page.language, page.labels[page.language] ?? {});

  function draw(state: State): void {
    holdPlace(root);
    render(drawPage(state, act), root);
    settle(root, page.screen);
    settleSheet(root, state.sheet !== null);
    desk.seat(root);
  }

  root.replaceChildren(); // what stood there for readers without scripts
  draw(store.state);
  desk.begin();
  watch(root, store, connection, act, desk);
  void connection.connect();
}

// ── what comes from the server ──────────────────────────────────────────────────────────────────────────────────────

function linked(store: Store, desk: Desk, link: Link): void {
  store.set(link === "open" ? { link, left: false } : { link });
  void stayAwake(link !== "gone" && link !== "closed");
  if (link === "open") desk.linked();
  else if (link !== "lost" && link !== "connecting") desk.apart();
}

/** What only leaders see is loaded with their first view. */
function leadersPanels(store: Store): { viewed(): Promise<void>; draw: Act["panels"] } {
  let draw: Act["panels"] | null = null;
  let asked = false;
  return {
    viewed: async () => {
      if (asked || store.state.view?.audience !== "leaders") return;
      asked = true;
      draw = (await import("./draw/drawer.ts").catch(() => null))?.drawDrawer ?? null;
      asked = draw !== null; // else it is asked for again with the next view
      store.set({});
    },
    draw: (...of) => draw?.(...of) ?? nothing,
  };
}

function voice(store: Store): Voice {
  const said = (text: string): Said => ({ text, over: store.state.sheet });
  return {
    polite: (text) => store.set({ polite: said(text) }),
    urgent: (text) => store.set({ urgent: said(text) }),
  };
}

// ── what the viewer does ────────────────────────────────────────────────────────────────────────────────────────────

function hands(store: Store, connection: Connection, desk: Desk, panels: Act["panels"]): Act {
  const toast = toaster(store);
  const send = (command: Command): Promise<Answer> => {
    store.set({ sheet: null });
    return connection.send(command);
  };
  const ask = async (command: Command): Promise<boolean> => {
    const answer = await send(command);
    return told(answer, toast, command.do === "take-voice" && store.state.view?.round !== undefined);
  };
  return {
    ask: (command) => void ask(command),
    deed: async (deed) => {
      if (deed.sure) store.set({ sheet: { sheet: "sure", deed } });
      else if ((await ask(deed.command)) && deed.done) toast(deed.done); // the sheet may lie over what has changed
    },
    open: (sheet) => store.set({ sheet }),
    close: () => store.set({ sheet: null }),
    drawer: (drawer) => {
      const inside = document.activeElement?.closest("#drawer");
      store.set(drawer ? { drawer, unread: 0 } : { drawer });
      if (inside && !drawer) focusOn(".lead__more");
    },
    chair: (chair) => store.set({ chair }),
    voice: (figure) => void ask({ do: "take-voice", figure }),
    signal: async (kind) => {
      if (await ask({ do: "send-signal", kind })) toast(t("The leaders see it a little later, without your name."));
    },
    stop: async () => {
      const answer = await send({ do: "need-to-stop" });
      if (!told(answer, toast)) return;
      store.set({ told: true });
      const alone = answer.ok && answer.note === "no-leader";
      toast(alone ? t("It is kept for the leaders until one is back.") : t("The leaders know, and look after you."));
    },
    lay: async (text) => {
      if (await ask({ do: "write-card", text })) store.set({ laid: text !== "" });
    },
    checkOut: async (mood) => {
      if (await ask({ do: "check-out", mood })) store.set({ mood });
    },
    leave: async () => {
      desk.apart();
      store.set({ left: true });
      await Promise.race([send({ do: "leave" }), new Promise((done) => setTimeout(done, 1000))]);
      connection.stop();
      store.set({ left: true, link: "gone", sheet: null, view: null });
    },
    again: () => connection.again(),
    language: () => change(store),
    theme: (theme) => theming(store, theme),
    letters: (letters) => {
      lettersKept(letters);
      store.set({ letters });
    },
    panels,
    sound: desk,
  };
}

function told(answer: Answer, toast: (words: string) => void, outOfTurn = false): boolean {
  if (answer.ok) return true;
  const unsent = answer.code === "unsent";
  toast(unsent ? t("That did not reach the server. You can press it again.") : refusal(answer.code, outOfTurn));
  return false;
}

function toaster(store: Store): (words: string) => void {
  let timer = 0;
  return (text) => {
    window.clearTimeout(timer);
    store.set({ toast: { text, over: store.state.sheet } });
    timer = window.setTimeout(() => store.set({ toast: null }), TOAST);
  };
}

/** The other language, without reconnecting; the server is told for the next page. */
function change(store: Store): void {
  const language: Language = store.state.language === "en" ? "zh-hans" : "en";
  speak(language, store.state.page.labels[language] ?? {});
  setLanguage(language, store.state.page.urls.language);
  store.set({ language });
}

function theming(store: Store, theme: Theme): void {
  keepTheme(theme);
  setTheme(theme);
  store.set({ theme });
}

// ── what happens around ─────────────────────────────────────────────────────────────────────────────────────────────

function watch(root: HTMLElement, store: Store, connection: Connection, act: Act, desk: Desk): void {
  new ResizeObserver(() => settle(root, store.state.page.screen)).observe(root);
  window.addEventListener("resize", () => settle(root, store.state.page.screen));
  window.addEventListener("online", () => connection.online());
  document.addEventListener("visibilitychange", () => {
    connection.visible(!document.hidden);
    stayAwake(store.state.link === "open");
  });
  document.addEventListener("keydown", (event) => key(event, store, act));
  talking(store, desk);
  window.setInterval(() => store.set({ now: connection.now() }), TICK);
}

/** The space bar held: to speak. */
function talking(store: Store, desk: Desk): void {
  const hold = (event: KeyboardEvent, down: boolean): void => {
    const target = event.target instanceof HTMLElement ? event.target : null;
    const inUse = target?.matches("input, textarea, select, summary, [contenteditable], :focus-visible") ?? false;
    if (!holds(store.state, { key: event.key, inUse, down })) return;
    event.preventDefault(); // the page does not scroll, and a button that was clicked before is not pressed again
    if (!event.repeat) desk.happen({ now: "hold", down });
  };
  document.addEventListener("keydown", (event) => hold(event, true));
  document.addEventListener("keyup", (event) => hold(event, false));
  window.addEventListener("blur", () => desk.happen({ now: "hold", down: false }));
}

function key(event: KeyboardEvent, store: Store, act: Act): void {
  const target = event.target instanceof HTMLElement ? event.target : null;
  const deed = pressed(store.state, {
    key: event.key,
    field: target?.matches("input, textarea, select, [contenteditable]") ?? false,
    modified: event.ctrlKey || event.altKey || event.metaKey,
    repeat: event.repeat,
  });
  if (!deed) return;
  event.preventDefault();
  if (deed.key === "command") act.deed(deed.deed);
  else if (deed.key === "sheet") act.open(deed.sheet);
  else if (deed.key === "microphone") act.sound.happen({ now: "press", what: "microphone" });
  else {
    act.drawer(deed.key === "drawer" && !store.state.drawer);
    if (store.state.drawer) focusOn("#drawer button");
  }
}

const root = document.getElementById("room");
const page = readPage();
if (root && page) start(root, page, browser(page));
