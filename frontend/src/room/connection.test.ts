import assert from "node:assert/strict";
import { test } from "node:test";
import { Connection, type Link, type Listener, type Socket, type TicketAnswer, type World } from "./connection.ts";
import { aView } from "./views.test-data.ts";
import type { ServerFrame } from "./wire.ts";

class FakeSocket implements Socket {
  sent: string[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.closed = true;
  }
  say(frame: ServerFrame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  get commands(): unknown[] {
    return this.sent.map((text) => JSON.parse(text)).filter((frame) => "n" in frame);
  }
}

/** A world whose clock and network the test moves. */
class FakeWorld implements World {
  clock = 1_000_000;
  day = 0; // by how much the time of day has been set
  answers: TicketAnswer[] = [];
  asked: number[] = []; // when a ticket was
  sockets: FakeSocket[] = [];
  timers: { at: number; run: () => void }[] = [];
  async ticket(): Promise<TicketAnswer> {
    this.asked.push(this.clock);
    return this.answers.shift() ?? { ticket: "t", url: "/ws/" };
  }
  open(): Socket {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket;
  }
  now(): number {
    return this.clock + this.day;
  }
  elapsed(): number {
    return this.clock;
  }
  random(): number {
    return 1;
  }
  later(run: () => void, ms: number): void {
    this.timers.push({ at: this.clock + ms, run });
  }
  async pass(ms: number): Promise<void> {
    const end = this.clock + ms;
    for (;;) {
      const [next, ...rest] = this.timers.sort((one, other) => one.at - other.at);
      if (!next || next.at > end) break;
      this.timers = rest;
      this.clock = Math.max(this.clock, next.at);
      next.run();
      await settle();
    }
    this.clock = end;
  }
  get last(): FakeSocket {
    const socket = this.sockets.at(-1);
    assert.ok(socket);
    return socket;
  }
}

const settle = (): Promise<void> => new Promise((done) => setImmediate(done));
const viewFrame = (v: number, at = 1_000_000): ServerFrame => ({
  view: aView({ seq: v }),
  v,
  now: new Date(at).toISOString(),
  names: {},
});

class Seen implements Listener {
  links: Link[] = [];
  views: number[] = [];
  captions: string[] = [];
  person: string | null | undefined;
  link(link: Link): void {
    this.links.push(link);
  }
  view(view: { seq: number }): void {
    this.views.push(view.seq);
  }
  you(you: string | null): void {
    this.person = you;
  }
  caption(_person: string, text: { en: string }): void {
    this.captions.push(text.en);
  }
  asked(what: string): void {
    this.captions.push(what);
  }
  anew(): void {
    this.captions.push("anew");
  }
}

async function connected(): Promise<{ world: FakeWorld; seen: Seen; line: Connection }> {
  const world = new FakeWorld();
  const seen = new Seen();
  const line = new Connection(world, seen, "tab-of-sixteen-chars");
  await line.connect();
  world.last.onopen?.();
  world.last.say({ you: "bob", captions: false });
  world.last.say(viewFrame(1));
  return { world, seen, line };
}

test("a connection begins with hello and is open with the first view", async () => {
  const { world, seen } = await connected();
  assert.deepEqual(world.last.sent, ['{"hello":"tab-of-sixteen-chars"}']);
  assert.deepEqual([seen.links, seen.person, seen.views], [["open"], "bob", [1]]);
});

test("a lower view than the last is dropped; a new connection begins anew", async () => {
  const { world, seen, line } = await connected();
  world.last.say(viewFrame(7));
  world.last.say(viewFrame(5));
  assert.deepEqual(seen.views, [1, 7]);
  line.again();
  await settle();
  world.last.say(viewFrame(3));
  assert.deepEqual(seen.views, [1, 7, 3]);
});

test("a command is answered by its number", async () => {
  const { world, line } = await connected();
  const [first, second] = [line.send({ do: "set-hand", raised: true }), line.send({ do: "next", entry: 6 })];
  assert.deepEqual(world.last.commands, [
    { do: "set-hand", raised: true, n: 1 },
    { do: "next", entry: 6, n: 2 },
  ]);
  world.last.say({ no: 2, code: "stale" });
  world.last.say({ ok: 1 });
  assert.deepEqual([await first, await second], [{ ok: true }, { ok: false, code: "stale" }]);
});

test("what was not answered is sent again after a reconnect, with its number", async () => {
  const { world, seen, line } = await connected();
  const answer = line.send({ do: "set-hand", raised: true });
  world.last.onclose?.();
  await world.pass(300);
  world.last.say(viewFrame(2));
  assert.deepEqual(world.last.commands, [{ do: "set-hand", raised: true, n: 1 }]);
  world.last.say({ ok: 1 });
  assert.deepEqual([await answer, seen.links], [{ ok: true }, ["open", "lost", "open"]]);
});

test("what could not be sent for long is given up", async () => {
  const { world, line } = await connected();
  world.answers = Array<TicketAnswer>(7).fill("later");
  world.last.onclose?.();
  const answer = line.send({ do: "pause", entry: 6 });
  await world.pass(34_000);
  world.last.say(viewFrame(9, world.clock));
  assert.deepEqual(await answer, { ok: false, code: "unsent" });
  assert.deepEqual(world.last.commands, []);
});

test("waiting doubles up to eight seconds", async () => {
  const { world } = await connected();
  world.answers = Array<TicketAnswer>(9).fill("later");
  world.last.onclose?.();
  await world.pass(30_000);
  const waits = world.asked.slice(1).map((at, place) => at - (world.asked[place] ?? 0));
  assert.deepEqual(waits, [300, 600, 1200, 2400, 4800, 8000, 8000]);
});

test("a line on which nothing comes any more is given up, and comes back", async () => {
  const { world, seen } = await connected();
  const dead = world.last;
  await world.pass(45_000);
  assert.deepEqual([seen.links, dead.closed], [["open"], false]);
  await world.pass(2000);
  assert.deepEqual([seen.links, dead.closed, world.sockets.length], [["open", "lost"], true, 2]);
  world.last.say(viewFrame(2, world.clock));
  dead.onclose?.();
  assert.deepEqual(seen.links, ["open", "lost", "open"]);
});

test("a device's clock that is set back hides no dead line", async () => {
  const { world, seen } = await connected();
  world.day = -600_000;
  await world.pass(45_000);
  assert.deepEqual(seen.links, ["open"]);
  await world.pass(2000);
  assert.deepEqual(seen.links, ["open", "lost"]);
});

test("where nothing happens, the beat keeps the line and tells the time", async () => {
  const { world, seen, line } = await connected();
  for (let minute = 0; minute < 30; minute++) {
    await world.pass(20_000);
    world.last.say({ now: new Date(world.clock + 700).toISOString() });
  }
  assert.deepEqual([seen.links, seen.views, line.now() - world.clock], [["open"], [1], 700]);
});

test("a command without an answer gives the line up, and is sent again over the next", async () => {
  const { world, seen, line } = await connected();
  const answer = line.send({ do: "set-hand", raised: true });
  world.last.say({ now: new Date(world.clock).toISOString() }); // the way out is dead, the way in is not
  await world.pass(6000);
  assert.deepEqual(seen.links, ["open"]);
  await world.pass(2300);
  assert.deepEqual(seen.links, ["open", "lost"]);
  world.last.say(viewFrame(2, world.clock));
  assert.deepEqual(world.last.commands, [{ do: "set-hand", raised: true, n: 1 }]);
  world.last.say({ ok: 1 });
  assert.deepEqual([await answer, seen.links], [{ ok: true }, ["open", "lost", "open"]]);
  await world.pass(8000);
  assert.equal(world.sockets.length, 2);
});

test("a new connection that leads nowhere is tried again; what comes of it later is closed", async () => {
  const { world, line } = await connected();
  line.online();
  await settle();
  const nowhere = world.last;
  await world.pass(16_300);
  assert.equal(world.sockets.length, 3);
  world.last.say(viewFrame(2, world.clock));
  nowhere.onopen?.();
  assert.deepEqual(
    world.sockets.map((socket) => socket.closed),
    [true, true, false],
  );
});

test("what was asked while a new connection was made goes over it too", async () => {
  const { world, seen, line } = await connected();
  line.online();
  await settle();
  const answer = line.send({ do: "set-hand", raised: true });
  world.last.say(viewFrame(2));
  assert.deepEqual(world.last.commands, [{ do: "set-hand", raised: true, n: 1 }]);
  world.last.say({ ok: 1 });
  assert.deepEqual([await answer, seen.links], [{ ok: true }, ["open"]]);
});

test("a phone that slept connects anew, and the old socket is closed only then", async () => {
  const { world, line } = await connected();
  const old = world.last;
  line.visible(false);
  world.clock += 60_000;
  line.visible(true);
  await settle();
  assert.deepEqual([world.sockets.length, old.closed], [2, false]);
  world.last.say(viewFrame(2, world.clock));
  assert.equal(old.closed, true);
  line.visible(false);
  world.clock += 1000;
  line.visible(true);
  await settle();
  assert.equal(world.sockets.length, 2);
});

test("whoever has left is not brought back by waking or by the network", async () => {
  const { world, seen, line } = await connected();
  line.stop();
  line.visible(false);
  world.clock += 60_000;
  line.visible(true);
  line.online();
  await settle();
  assert.deepEqual([seen.links, world.asked.length], [["open", "gone"], 1]);
  line.again();
  await settle();
  assert.equal(world.asked.length, 2);
});

test("the server's clock rules: the frame that came fastest tells the difference", async () => {
  const { world, line } = await connected();
  world.last.say(viewFrame(2, world.clock + 5000));
  world.last.say(viewFrame(3, world.clock + 4200));
  assert.equal(line.now(), world.clock + 5000);
});

test("goodbyes end the line, but for the one that calls back", async () => {
  for (const bye of ["gone", "closed", "elsewhere"] as const) {
    const { world, seen } = await connected();
    world.last.say({ bye });
    world.last.onclose?.();
    await world.pass(60_000);
    assert.deepEqual([seen.links.at(-1), world.sockets.length], [bye, 1]);
  }
  const { world, seen } = await connected();
  world.last.say({ bye: "again" });
  world.last.onclose?.();
  await world.pass(300);
  assert.deepEqual([seen.links, world.sockets.length], [["open", "lost"], 2]);
});

test("a page that is no longer what the meeting is loads again, and says nothing of it", async () => {
  const { world, seen } = await connected();
  world.last.say({ bye: "anew" });
  world.last.onclose?.();
  await world.pass(60_000);
  assert.deepEqual([seen.captions, seen.links, world.sockets.length], [["anew"], ["open"], 1]);
});

test("a page whose token is from an earlier sign-in loads again, and asks no more by itself", async () => {
  const [world, seen] = [new FakeWorld(), new Seen()];
  world.answers = ["anew"];
  await new Connection(world, seen, "tab-of-sixteen-chars").connect();
  await world.pass(60_000);
  assert.deepEqual([seen.captions, seen.links, world.asked.length], [["anew"], [], 1]);
});

test("without a right to come in there is no retrying", async () => {
  for (const answer of ["gone", "signed-out"] as const) {
    const [world, seen] = [new FakeWorld(), new Seen()];
    world.answers = [answer];
    await new Connection(world, seen, "tab-of-sixteen-chars").connect();
    await world.pass(60_000);
    assert.deepEqual([seen.links, world.asked.length], [[answer], 1]);
  }
});

test("captions are handed on", async () => {
  const { world, seen } = await connected();
  world.last.say({ caption: { person: "ann", text: { en: "A door.", zh: "一扇门。" } } });
  assert.deepEqual(seen.captions, ["A door."]);
});
