// The browser, as the room needs it: tickets, sockets, cookies, what is remembered on this device.

import type { Language } from "../shared/labels.ts";
import type { Kind } from "./check.ts";
import { stopwatch } from "./clock.ts";
import type { Socket, Ticket, TicketAnswer, World } from "./connection.ts";
import { HELD, type Held, type Pass, type PassAnswer } from "./media-line.ts";
import type { Page, Theme } from "./store.ts";
import type { Around } from "./wire.ts";

const YEAR = 365 * 24 * 3600;
const ASKING = 10_000; // ms until a question is given up: a dead link answers nothing

export function readPage(): Page | null {
  const data = document.getElementById("room-data")?.textContent;
  return data ? (JSON.parse(data) as Page) : null;
}

export function browser(page: Page): World {
  return {
    ticket: () => fetchTicket(page),
    open: (ticket) => openSocket(ticket),
    now: () => Date.now(),
    elapsed: stopwatch(
      () => Date.now(),
      () => performance.now(),
    ),
    random: () => Math.random(),
    later: (run, ms) => void window.setTimeout(run, ms),
  };
}

/** A question that this tab asks by itself. */
function ask(url: string): Promise<Response> {
  const asking = new AbortController();
  window.setTimeout(() => asking.abort(), ASKING);
  const headers = { "X-CSRFToken": csrf(), Accept: "application/json" };
  return fetch(url, { method: "POST", headers, redirect: "manual", signal: asking.signal });
}

async function fetchTicket(page: Page): Promise<TicketAnswer> {
  try {
    const response = await ask(page.urls.ticket);
    if (response.ok) {
      refused(page.meeting, false);
      return (await response.json()) as Ticket;
    }
    if (response.status === 403) return refused(page.meeting, true) ? "signed-out" : "anew";
    if (response.type === "opaqueredirect" || response.status === 401) return "signed-out";
    return response.status === 404 ? "gone" : "later";
  } catch {
    return "later"; // no network: it comes back
  }
}

/**
 * Whether this tab was refused a ticket before, since it last got one. The token of a page is good for one sign-in, so
 * after another one in a second tab the page is loaded again; but it is not loaded for ever.
 */
function refused(meeting: string, now: boolean): boolean {
  const key = `openbalint.refused.${meeting}`;
  try {
    const before = sessionStorage.getItem(key) !== null;
    if (now) sessionStorage.setItem(key, "");
    else sessionStorage.removeItem(key);
    return before;
  } catch {
    return true; // storage is switched off
  }
}

/** A pass to the media server, from the address that gives them. */
export async function fetchPass(url: string): Promise<PassAnswer> {
  try {
    const response = await ask(url);
    if (!response.ok) return "later";
    const answer = (await response.json()) as Pass | { code: Held };
    if (!("code" in answer)) return answer;
    return HELD.includes(answer.code) ? answer.code : "later";
  } catch {
    return "later";
  }
}

function openSocket(ticket: Ticket): Socket {
  const address = new URL(ticket.url, window.location.href);
  address.protocol = address.protocol.replace("http", "ws");
  return new WebSocket(address, ["openbalint", `ticket.${ticket.ticket}`]) as Socket;
}

function csrf(): string {
  return document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** A second tab is the same person, but counts its commands by itself; a reloaded tab begins anew. */
export function tabId(meeting: string): string {
  const random = crypto.getRandomValues(new Uint8Array(12));
  return `${meeting.slice(0, 8)}-${Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

// ── remembered on this device ───────────────────────────────────────────────────────────────────────────────────────

export function themeKept(): Theme {
  const kept = /(?:^|; )theme=(light|dark)/.exec(document.cookie)?.[1];
  return kept === "light" || kept === "dark" ? kept : "auto";
}

export function keepTheme(theme: Theme): void {
  const age = theme === "auto" ? 0 : YEAR;
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is missing in browsers that must work
  document.cookie = `theme=${theme}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`; // read by the server, so that no page flashes
}

export function setTheme(theme: Theme): void {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Whether single letters act on this device; with an argument, remembers it. */
export function lettersKept(on?: boolean): boolean {
  try {
    if (on !== undefined) localStorage.setItem("openbalint.letters", on ? "on" : "off");
    return localStorage.getItem("openbalint.letters") !== "off";
  } catch {
    return on ?? true; // storage is switched off
  }
}

/** What this tab has chosen about sound, so that a reload does not ask again; with an argument, remembers it. */
export function soundKept(meeting: string, kept?: SoundKept | null): SoundKept | null {
  const key = `openbalint.sound.${meeting}`;
  try {
    if (kept) sessionStorage.setItem(key, JSON.stringify(kept));
    else if (kept === null) sessionStorage.removeItem(key);
    return JSON.parse(sessionStorage.getItem(key) ?? "null") as SoundKept | null;
  } catch {
    return kept ?? null; // storage is switched off
  }
}

export interface SoundKept {
  stage: "in" | "without";
  around: Around | null;
  camera: boolean;
  sparing: boolean;
  chosen: Readonly<Record<Kind, string>>;
}

export function setLanguage(language: Language, url: string): void {
  document.documentElement.lang = language === "en" ? "en" : "zh-Hans";
  const body = new URLSearchParams({ language, csrfmiddlewaretoken: csrf() });
  void fetch(url, { method: "POST", body, redirect: "manual" }).catch(() => undefined); // only the next page depends on it
}

let awake: WakeLockSentinel | null = null;

/** A phone in one hand does not go to sleep while others speak. The browser lets go by itself when the page is hidden. */
export async function stayAwake(on: boolean): Promise<void> {
  if (!("wakeLock" in navigator) || document.hidden) return;
  try {
    if (!on) await awake?.release();
    else if (!awake || awake.released) awake = await navigator.wakeLock.request("screen");
  } catch {
    awake = null; // a low battery, or switched off: then the screen sleeps as usual
  }
}

export function focusOn(what: string): void {
  document.querySelector<HTMLElement>(what)?.focus();
}
