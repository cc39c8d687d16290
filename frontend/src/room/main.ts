// The room: one live island. It takes the page's data, keeps the line to the server, and draws what it is told.

import { render } from "lit";
import { type Language, speak, t } from "../shared/labels.ts";
import { type Answer, Connection, type Listener, type World } from "./connection.ts";
import { settle } from "./draw/circle.ts";
import type { Act } from "./draw/parts.ts";
import { drawPage } from "./draw/room.ts";
import { settleSheet } from "./draw/sheet.ts";
import { pressed } from "./keyboard.ts";
import { enqueue, type Message, SILENT, say, take } from "./say.ts";
import { begin, type Page, receive, type State, Store, type Theme } from "./store.ts";
import type { Command } from "./wire.ts";
import { refusal } from "./words.ts";
import {
  browser,
  clearFocus,
  keepTheme,
  lettersKept,
  readPage,
  setLanguage,
  setTheme,
  stayAwake,
  tabId,
  themeKept,
} from "./world.ts";

const TOAST = 5000; // ms
const TICK = 5000; // ms between two drawings of the leaders' time

function start(root: HTMLElement, page: Page, world: World): void {
  const store = new Store(begin(page, themeKept(), lettersKept(), world.now()), draw);
  const connection = new Connection(world, listener(store), tabId(page.meeting));
  const act = hands(store, connection);
  speak(page.language, page.labels[page.language] ?? {});

  function draw(state: State): void {
    render(drawPage(state, act), root);
    settle(root, page.screen);
    settleSheet(root, state.sheet !== null);
  }

  root.replaceChildren(); // what stood there for readers without scripts
  draw(store.state);
  watch(root, store, connection, act);
  void connection.connect();
}

// ── what comes from the server ──────────────────────────────────────────────────────────────────────────────────────

function listener(store: Store): Listener {
  const speaker = announcer(store);
  return {
    link: (link) => {
      store.set(link === "open" ? { link, left: false } : { link });
      stayAwake(link !== "gone" && link !== "closed");
    },
    view: (view, names) => {
      const viewer = { you: store.state.viewer.you, names };
      const messages = say(store.state.view, view, viewer);
      store.set(receive(store.state, view, viewer));
      speaker(messages);
    },
    you: (you, captions) => store.set({ viewer: { ...store.state.viewer, you }, captions }),
    caption: (person, text) => store.set({ caption: { person, text } }),
  };
}

/** Polite messages one at a time; one's own at once. */
function announcer(store: Store): (messages: readonly Message[]) => void {
  let queue = SILENT;
  let timer = 0;
  const next = (): void => {
    const { said, queue: rest, wait } = take(queue, Date.now());
    queue = rest;
    if (said) store.set({ polite: said });
    timer = wait > 0 ? window.setTimeout(next, wait) : 0;
  };
  return (messages) => {
    const urgent = messages.filter((message) => message.now).map((message) => message.text);
    if (urgent.length) store.set({ urgent: urgent.join(" ") });
    queue = enqueue(queue, messages);
    if (!timer) next();
  };
}

// ── what the viewer does ────────────────────────────────────────────────────────────────────────────────────────────

function hands(store: Store, connection: Connection): Act {
  const toast = toaster(store);
  const send = (command: Command): Promise<Answer> => {
    store.set({ sheet: null });
    return connection.send(command);
  };
  const ask = async (command: Command): Promise<boolean> => told(await send(command), toast);
  return {
    ask: (command) => void ask(command),
    deed: (deed) => (deed.sure ? store.set({ sheet: { sheet: "sure", deed } }) : void ask(deed.command)),
    open: (sheet) => store.set({ sheet }),
    close: () => store.set({ sheet: null }),
    drawer: (drawer) => store.set({ drawer }),
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
  };
}

function told(answer: Answer, toast: (words: string) => void): boolean {
  if (answer.ok) return true;
  toast(answer.code === "unsent" ? t("That did not reach the server. You can press it again.") : refusal(answer.code));
  return false;
}

function toaster(store: Store): (words: string) => void {
  let timer = 0;
  return (toast) => {
    window.clearTimeout(timer);
    store.set({ toast });
    timer = window.setTimeout(() => store.set({ toast: "" }), TOAST);
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

function watch(root: HTMLElement, store: Store, connection: Connection, act: Act): void {
  new ResizeObserver(() => settle(root, store.state.page.screen)).observe(root);
  window.addEventListener("resize", () => settle(root, store.state.page.screen));
  window.addEventListener("online", () => connection.online());
  document.addEventListener("visibilitychange", () => {
    connection.visible(!document.hidden);
    stayAwake(store.state.link === "open");
  });
  document.addEventListener("keydown", (event) => key(event, store, act));
  window.setInterval(() => store.set({ now: connection.now() }), TICK);
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
  else act.drawer(deed.key === "drawer" ? !store.state.drawer : false);
  if (deed.key === "close") clearFocus();
}

const root = document.getElementById("room");
const page = readPage();
if (root && page) start(root, page, browser(page));
