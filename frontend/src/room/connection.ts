// The line to the server. Every connection begins with a fresh ticket; commands are numbered in this tab, kept until the
// server has answered, and sent again after a reconnect, where their number makes them harmless. A lower view than the
// last is dropped. The server's clock rules: its time comes with every view and every beat. A link may die without a
// word, so the line is given up when no beat comes, or no answer. What the outside world is (network, clock, chance,
// timers) is handed in, so that all of this can be tried without a browser.

import type { Bye, Command, Note, Numbered, PersonId, Refusal, ServerFrame, View } from "./wire.ts";

export type Link = "connecting" | "open" | "lost" | "gone" | "elsewhere" | "closed" | "signed-out";
export type Answer = { ok: true; note?: Note } | { ok: false; code: Refusal | "unsent" };

export interface Ticket {
  ticket: string;
  url: string;
}
/** What asking for a ticket may come to: "later" is for retrying, "anew" for loading the page again; the others end. */
export type TicketAnswer = Ticket | "later" | "gone" | "signed-out" | "anew";

export interface Socket {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
}

export interface World {
  ticket(): Promise<TicketAnswer>;
  open(ticket: Ticket): Socket;
  now(): number; // ms, the time of day as the device has it
  elapsed(): number; // ms that only go on: for durations
  random(): number; // 0 … 1
  later(run: () => void, ms: number): void;
}

export interface Listener {
  link(link: Link): void;
  view(view: View, names: Readonly<Record<PersonId, string>>): void;
  you(you: PersonId | null, captions: boolean): void;
  caption(person: PersonId, text: { en: string; zh: string }): void;
  asked(what: "mute"): void;
  anew(): void; // the page is no longer what it was made from
}

interface Pending {
  frame: Numbered;
  since: number;
  sent: number;
  answer: (answer: Answer) => void;
}

const FIRST_WAIT = 300; // ms before the first retry; doubles
const LONGEST_WAIT = 8000;
const STALE = 20_000; // a command that could not be sent for so long is given up
const ASLEEP = 8000; // hidden for longer than this, a socket is not trusted
const COMING = 15_000; // without a word for so long, a new connection is tried once more
const SILENCE = 45_000; // and an open one given up: two beats of the server, and a little
const ANSWER = 6000; // a command is answered within this
const LOOK = 2000; // ms between two looks at all that

export class Connection {
  #world: World;
  #listener: Listener;
  #tab: string;
  #socket: Socket | null = null;
  #attempt = 0; // of this connection; an older attempt's events are nothing
  #failures = 0;
  #number = 0;
  #v = 0;
  #heard = 0; // when something last came
  #seen = false; // this attempt has led to a view
  #offsets: number[] = [];
  #pending = new Map<number, Pending>();
  #link: Link = "connecting";
  #hidden: number | null = null;

  constructor(world: World, listener: Listener, tab: string) {
    this.#world = world;
    this.#listener = listener;
    this.#tab = tab;
  }

  /** The server's time, in ms. Frames arrive late and never early, so the largest difference seen is the truest. */
  now(): number {
    return this.#world.now() + (this.#offsets.length ? Math.max(...this.#offsets) : 0);
  }

  /** A new connection now, whatever was. */
  async connect(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#heard = this.#world.elapsed();
    this.#seen = false;
    if (this.#link !== "open") this.#say(this.#failures ? "lost" : "connecting");
    this.#watch(attempt);
    const ticket = await this.#world.ticket();
    if (attempt !== this.#attempt) return;
    if (ticket === "later") this.#retry(attempt);
    else if (ticket === "anew") this.#anew();
    else if (typeof ticket === "string") this.#end(ticket);
    else this.#listen(this.#world.open(ticket), attempt);
  }

  /** Asks; resolves when the server has answered, or when it can no longer be sent. */
  send(command: Command): Promise<Answer> {
    const frame: Numbered = { ...command, n: ++this.#number };
    const now = this.#world.elapsed();
    return new Promise((answer) => {
      this.#pending.set(frame.n, { frame, since: now, sent: now, answer });
      if (this.#link === "open") this.#socket?.send(JSON.stringify(frame));
    });
  }

  /** The page is hidden (a phone sleeps) or seen again. */
  visible(visible: boolean): void {
    if (!visible) {
      this.#hidden = this.#world.elapsed();
      return;
    }
    const slept = this.#hidden !== null && this.#world.elapsed() - this.#hidden > ASLEEP;
    this.#hidden = null;
    if (slept) this.online();
    else if (this.#link === "lost") this.again();
  }

  /** The network has changed. Whoever has left, or was shown out, is not brought back by that. */
  online(): void {
    if (this.#link === "open" || this.#link === "lost" || this.#link === "connecting") this.again();
  }

  /** Come back at once, by the viewer's wish. */
  again(): void {
    if (this.#link === "closed" || this.#link === "signed-out") return;
    this.#failures = 0;
    void this.connect();
  }

  /** No more, by the viewer's wish. */
  stop(): void {
    this.#end("gone");
  }

  #listen(socket: Socket, attempt: number): void {
    let fresh = true;
    const mine = (): boolean => attempt === this.#attempt;
    socket.onopen = () => (mine() ? socket.send(JSON.stringify({ hello: this.#tab })) : socket.close());
    socket.onmessage = (event) => {
      if (!mine()) {
        if (socket !== this.#socket) socket.close(); // it took so long that another took its place
        return;
      }
      this.#heard = this.#world.elapsed();
      if (fresh) this.#replace(socket);
      fresh = false;
      this.#read(JSON.parse(String(event.data)) as ServerFrame);
    };
    socket.onclose = () => {
      if (mine()) this.#retry(attempt);
    };
  }

  /** The first words of a new connection: it takes the old one's place, and numbers of views begin anew. */
  #replace(socket: Socket): void {
    const old = this.#socket;
    this.#socket = socket;
    this.#v = 0;
    if (old && old !== socket) old.close();
  }

  /** A dead link closes no socket, so somebody must look. */
  #watch(attempt: number): void {
    this.#world.later(() => {
      if (attempt !== this.#attempt) return;
      if (this.#dead()) this.#giveUp();
      else this.#watch(attempt);
    }, LOOK);
  }

  #dead(): boolean {
    const now = this.#world.elapsed();
    if (!this.#seen) return now - this.#heard > COMING;
    return now - this.#heard > SILENCE || [...this.#pending.values()].some(({ sent }) => now - sent > ANSWER);
  }

  #giveUp(): void {
    const dead = this.#socket;
    this.#retry(this.#attempt);
    dead?.close();
  }

  #read(frame: ServerFrame): void {
    if ("now" in frame) this.#clock(frame.now);
    if ("view" in frame) this.#view(frame.view, frame.v, frame.names);
    else if ("ok" in frame) this.#answer(frame.ok, frame.note ? { ok: true, note: frame.note } : { ok: true });
    else if ("no" in frame) this.#answer(frame.no, { ok: false, code: frame.code });
    else if ("you" in frame) this.#listener.you(frame.you, frame.captions);
    else if ("caption" in frame) this.#listener.caption(frame.caption.person, frame.caption.text);
    else if ("asked" in frame) this.#listener.asked(frame.asked);
    else if ("bye" in frame) this.#bye(frame.bye);
  }

  #clock(now: string): void {
    this.#offsets = [...this.#offsets.slice(-7), Date.parse(now) - this.#world.now()];
  }

  #view(view: View, v: number, names: Record<PersonId, string>): void {
    if (v < this.#v) return;
    this.#v = v;
    this.#listener.view(view, names);
    if (!this.#seen) this.#opened();
  }

  #opened(): void {
    this.#seen = true;
    this.#failures = 0;
    this.#say("open");
    const now = this.#world.elapsed();
    for (const [number, pending] of [...this.#pending]) {
      if (now - pending.since > STALE) this.#answer(number, { ok: false, code: "unsent" });
      else {
        pending.sent = now;
        this.#socket?.send(JSON.stringify(pending.frame));
      }
    }
  }

  #answer(number: number, answer: Answer): void {
    this.#pending.get(number)?.answer(answer);
    this.#pending.delete(number);
  }

  #bye(word: Bye): void {
    if (word === "again") return; // the close that follows brings a new connection
    if (word === "anew") this.#anew();
    else this.#end(word);
  }

  #anew(): void {
    this.#attempt++; // what follows is the new page's
    this.#listener.anew();
  }

  #end(link: Link): void {
    this.#attempt++;
    this.#socket?.close();
    this.#socket = null;
    this.#say(link);
    for (const number of [...this.#pending.keys()]) this.#answer(number, { ok: false, code: "unsent" });
  }

  #retry(attempt: number): void {
    if (attempt !== this.#attempt) return;
    const failed = ++this.#attempt; // what the old attempt still says is nothing
    this.#socket = null;
    this.#failures++;
    this.#say("lost");
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.#failures - 1));
    this.#world.later(
      () => {
        if (failed === this.#attempt) void this.connect();
      },
      longest * (0.5 + this.#world.random() / 2),
    );
  }

  #say(link: Link): void {
    if (link === this.#link) return;
    this.#link = link;
    this.#listener.link(link);
  }
}
