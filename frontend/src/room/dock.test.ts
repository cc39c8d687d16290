import assert from "node:assert/strict";
import { test } from "node:test";
import { dock } from "./dock.ts";
import { aView, inPhase, seat, viewer } from "./views.test-data.ts";
import { WHYS } from "./wire.ts";

const BOB = viewer("bob");
const figures = [{ figure: 2, code: "mother" as const, letter: "", own: false, voices: null }];
const bob = (more: Parameters<typeof seat>[1]) => [seat("lea", { lead: true }), seat("ann"), seat("bob", more)];
const tools = (...args: Parameters<typeof dock>): string[] => dock(...args).tools.map((tool) => tool.tool);

test("what the rights allow is in the dock, and nothing else", () => {
  const rights = { speak: true, hear: true };
  const table = [
    { rights, tools: [] },
    { rights: { ...rights, hand: true }, tools: ["hand"] },
    { rights: { ...rights, hand: true, signal: true }, tools: ["hand", "signal"] },
    { rights: { ...rights, hand: true, voice: true, signal: true }, tools: ["hand", "voice", "signal"] },
  ];
  for (const row of table)
    assert.deepEqual(tools(aView({ figures, circle: bob({ rights: row.rights }) }), BOB), row.tools);
});

test("whoever speaks as a person can step out of it", () => {
  const found = dock(aView({ figures, circle: bob({ speaks_as: 2 }) }), BOB);
  assert.deepEqual(found.tools, [{ tool: "step-out", label: "Step out of the mother", command: { do: "drop-voice" } }]);
  assert.equal(found.why, "The others see you as the mother.");
});

test("in a round the turn is passed on by who has it", () => {
  const view = aView({ floor: "round", round: { ring: ["bob", "ann"], turn: "bob", next: "ann" } });
  assert.deepEqual(dock(view, BOB).tools, [{ tool: "pass", command: { do: "end-turn", entry: 6, person: "bob" } }]);
  assert.deepEqual(tools(view, viewer("ann")), []);
});

test("whoever asks says when it is asked; whoever waits sees after whom", () => {
  const view = inPhase("facts", {
    floor: "asked",
    holder: "bob",
    queue: ["ann"],
    presenter: "lea",
    circle: [seat("lea"), seat("ann", { rights: { why: "asked", hand: true } }), seat("bob")],
  });
  assert.deepEqual(dock(view, BOB).tools, [
    { tool: "finish", label: "I have asked", command: { do: "end-turn", entry: 4, person: "bob" } },
  ]);
  assert.equal(dock(view, viewer("ann")).why, "You ask after Bob.");
});

test("a case is offered in the call, and no more when somebody is named", () => {
  assert.deepEqual(tools(inPhase("call"), BOB), ["offer"]);
  const named = inPhase("call", { offers: ["bob"], named: "bob" });
  assert.deepEqual(tools(named, BOB), ["offer"], "and is taken back by whoever was named");
  assert.equal(dock(named, BOB).why, "You are named to present. You can still take your offer back.");
  assert.deepEqual(tools(inPhase("call", { named: "ann" }), BOB), []);
  assert.deepEqual(tools(inPhase("telling"), BOB), []);
});

test("the invited presenter is asked to push the chair back, and nothing else", () => {
  const found = dock(inPhase("facts", { invited: true, presenter: "bob" }), BOB);
  assert.deepEqual(found, {
    why: "",
    ask: { ask: "push", command: { do: "push-back", entry: 4 } },
    tools: [],
    quiet: false,
    leave: false,
  });
});

test("the presenter who is back has the reason and nothing to press", () => {
  const back = aView({
    presenter: "bob",
    back: true,
    circle: bob({ back: true, rights: { hear: true, why: "back" } }),
  });
  assert.deepEqual(dock(back, BOB), { why: "", ask: { ask: "listen" }, tools: [], quiet: false, leave: false });
});

test("called in, the presenter can end the sentence", () => {
  const view = aView({ presenter: "bob", back: true, called_in: true, circle: bob({ back: true }) });
  assert.deepEqual(dock(view, BOB).tools, [
    { tool: "finish", label: "I have said it", command: { do: "set-called-in", entry: 6, called: false } },
  ]);
});

test("in silence the dock is empty, but for a card", () => {
  const silent = aView({ silent: true, dim: true, circle: bob({ rights: { speak: true, hand: true } }) });
  assert.deepEqual([dock(silent, BOB).quiet, tools(silent, BOB)], [true, []]);
  const writing = aView({
    dim: true,
    cards: { state: "writing" },
    circle: bob({ rights: { card: true, why: "cards" } }),
  });
  assert.deepEqual(dock(writing, BOB).ask, { ask: "card" });
});

test("check-out is asked of members, not of leaders", () => {
  const view = inPhase("closing", { check_out_open: true });
  assert.deepEqual(dock(view, BOB).ask, { ask: "check-out" });
  assert.equal(dock({ ...view, audience: "leaders" }, viewer("lea")).ask, null);
});

test("after the end the one thing to do is to leave", () => {
  assert.equal(dock(aView({ status: "lingering" }), BOB).leave, true);
});

test("every reason for not speaking has words", () => {
  for (const why of WHYS) {
    assert.notEqual(dock(aView({ presenter: "ann", circle: bob({ rights: { why } }) }), BOB).why, "", why);
  }
});

test("an assistant keeps the frame while no leader is here, and has the door where it was given", () => {
  const alone = aView({
    audience: "assistant",
    assistant: "bob",
    leader_here: false,
    back: true,
    leaders: { waiting: [] },
  });
  assert.deepEqual(
    dock(alone, BOB).tools.map((tool) => (tool.tool === "assist" ? tool.deed.command : tool.tool)),
    [
      { do: "pause", entry: 6 },
      { do: "go-to", entry: 6, part: "case", case: 1, index: 5 },
      { do: "go-to", entry: 6, part: "closing", case: 1, index: 0 },
    ],
  );
  const door = aView({
    audience: "assistant",
    assistant: "bob",
    leaders: { waiting: [{ person: "cora", seat: "member", late: true, away: false }] },
  });
  assert.deepEqual(dock(door, BOB).tools, [
    { tool: "admit", label: "Let Cora in", command: { do: "admit", person: "cora" } },
  ]);
});
