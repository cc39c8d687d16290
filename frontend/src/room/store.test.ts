import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, callAddress, type Page, receive, type State } from "./store.ts";
import { aView, seat, viewer } from "./views.test-data.ts";
import type { LineView, View } from "./wire.ts";

const LEA = viewer("lea");
const state = (view: View, more: Partial<State> = {}): State => ({
  ...begin({ language: "en" } as Page, "auto", true, 0),
  view,
  ...more,
});

test("what another leader writes is unread until the drawer is open", () => {
  const circle = [seat("lea", { lead: true }), seat("cora"), seat("bob")];
  const led = (line: LineView[]): View => aView({ audience: "leaders", circle, leaders: { line } });
  const [one, two] = [
    { by: "cora", text: "One" },
    { by: "cora", text: "Two" },
  ];
  const own = { by: "lea", text: "Mine" };
  const unread = (before: LineView[], after: LineView[], more: Partial<State> = {}): unknown =>
    receive(state(led(before), more), led(after), LEA).unread;
  assert.equal(unread([], [one]), 1);
  assert.equal(unread([one], [one, two], { unread: 1 }), 2);
  assert.equal(unread([one, two, one], [two, one, two], { unread: 1 }), 2, "the oldest has gone");
  assert.equal(unread([one], [one], { unread: 1 }), 1);
  assert.equal(unread([one], [one, own]), 0);
  assert.equal(unread([one], [], { unread: 1 }), 0, "the line was cleared");
  assert.equal(unread([], [one], { drawer: true, unread: 1 }), 0);
  const co = receive(state(led([])), led([own]), viewer("cora"));
  assert.equal(co.unread, 0, "the co-leader has the line in sight");
});

test("the call is for whoever is inside, or waits for the beginning", () => {
  const call = "https://call.example/thursday";
  const page = { language: "en", sound: { on: false } } as Page;
  const at = (view: Partial<View>, more: Partial<State> = {}): string =>
    callAddress(state(aView({ call, ...view }), { page, link: "open", ...more }));
  assert.equal(at({}), call);
  assert.equal(at({}, { link: "lost" }), call);
  assert.equal(at({ audience: "door", stage: "lobby" }), call);
  assert.equal(at({ audience: "door", stage: "case" }), "");
  assert.equal(at({ status: "closed" }), "");
  for (const link of ["gone", "elsewhere", "signed-out", "closed"] as const) assert.equal(at({}, { link }), "");
  assert.equal(at({}, { page: { ...page, sound: { on: true, e2ee: false } } }), "");
});

test("the choice of a person closes where the right to it ends", () => {
  const sheet = { sheet: "voices" } as const;
  const feeling = (voice: boolean, more: Partial<View> = {}): View =>
    aView({ may_voice: true, circle: [seat("lea"), seat("bob", { rights: { speak: true, voice } })], ...more });
  const after = (view: View): unknown => receive(state(feeling(true), { sheet }), view, viewer("bob")).sheet;
  assert.deepEqual(after(feeling(true)), sheet);
  assert.equal(after(feeling(false, { round: { ring: ["ann", "bob"], turn: "ann", next: "bob" } })), null);
  assert.equal(after(feeling(true, { may_voice: false })), null);
});
