import assert from "node:assert/strict";
import { test } from "node:test";
import { type Press, pressed } from "./keyboard.ts";
import { begin, type Page, type State } from "./store.ts";
import { aView, seat, viewer } from "./views.test-data.ts";
import type { View } from "./wire.ts";

const PAGE: Page = {
  meeting: "m",
  group: "Thursday group",
  mode: "online",
  language: "en",
  labels: {},
  you: { name: "Bob" },
  timezone: "UTC",
  screen: false,
  sound: { on: false, e2ee: false },
  urls: {
    ticket: "",
    language: "",
    meetings: "",
    screen: "",
    record: "",
    paper: "",
    own: "",
    media: "",
    media_test: "",
  },
};
const state = (view: View, you: string, more: Partial<State> = {}): State => ({
  ...begin(PAGE, "auto", true, 0),
  link: "open",
  view,
  viewer: viewer(you),
  ...more,
});
const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  field: false,
  modified: false,
  repeat: false,
  ...more,
});
const member = state(
  aView({
    circle: [seat("lea"), seat("bob", { rights: { speak: true, hand: true, voice: true } })],
    figures: [{ figure: 1, code: "child", letter: "", own: false, voices: null }],
  }),
  "bob",
);
const leader = state(
  aView({ audience: "leaders", leaders: { next: { kind: "return", part: "case", case: 1, index: 5 } } }),
  "lea",
);

test("a member raises the hand by H and speaks as somebody by V", () => {
  assert.deepEqual(pressed(member, press("h")), {
    key: "command",
    deed: { label: "", command: { do: "set-hand", raised: true } },
  });
  assert.deepEqual(pressed(member, press("V")), { key: "sheet", sheet: { sheet: "voices" } });
  assert.equal(pressed(member, press("p")), null);
});

test("P passes the turn on", () => {
  const mine = state(aView({ round: { ring: ["bob"], turn: "bob", next: null } }), "bob");
  assert.deepEqual(pressed(mine, press("p")), {
    key: "command",
    deed: { label: "", command: { do: "end-turn", entry: 6, person: "bob" } },
  });
});

test("a leader goes on by N, pauses by B and opens the drawer by D", () => {
  const next = pressed(leader, press("n"));
  assert.deepEqual(next?.key === "command" ? next.deed.command : next, { do: "next", entry: 6 });
  const pause = pressed(leader, press("b"));
  assert.deepEqual(pause?.key === "command" ? pause.deed.command : pause, { do: "pause", entry: 6 });
  assert.deepEqual(pressed(leader, press("d")), { key: "drawer" });
});

test("a co-leader does not take over by a letter", () => {
  const view = aView({ audience: "leaders", circle: [seat("lea", { lead: true }), seat("cora")], leaders: {} });
  assert.equal(pressed(state(view, "cora"), press("n")), null);
});

test("letters rest in fields, with modifiers, when held, under a dialog, without a line, and when switched off", () => {
  assert.equal(pressed(member, press("h", { field: true })), null);
  assert.equal(pressed(member, press("h", { modified: true })), null);
  assert.equal(pressed(member, press("h", { repeat: true })), null);
  assert.equal(pressed({ ...member, sheet: { sheet: "menu" } }, press("h")), null);
  assert.equal(pressed({ ...member, link: "lost" }, press("h")), null);
  assert.equal(pressed({ ...member, letters: false }, press("h")), null);
});

test("? lists the keys also where letters are switched off, and Esc closes the drawer", () => {
  assert.deepEqual(pressed({ ...member, letters: false }, press("?")), { key: "sheet", sheet: { sheet: "keys" } });
  assert.deepEqual(pressed({ ...leader, drawer: true }, press("Escape")), { key: "close" });
  assert.equal(pressed(leader, press("Escape")), null);
});

test("no letter asks to stop", () => {
  for (const key of "abcdefghijklmnopqrstuvwxyz") {
    for (const who of [member, leader]) {
      const deed = pressed(who, press(key));
      if (deed?.key === "command") assert.notEqual(deed.deed.command.do, "need-to-stop");
      if (deed?.key === "sheet") assert.notEqual(deed.sheet.sheet, "stop");
    }
  }
});
