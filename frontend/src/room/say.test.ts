import assert from "node:assert/strict";
import { test } from "node:test";
import { speak } from "../shared/labels.ts";
import { enqueue, PACE, SILENT, say, take } from "./say.ts";
import { aView, inPhase, seat, viewer } from "./views.test-data.ts";

const LEA = viewer("lea");
const ANN = viewer("ann");
const texts = (...args: Parameters<typeof say>): string[] => say(...args).map((message) => message.text);

test("a phase is said with who may speak", () => {
  const before = aView({ entry: 4, now: 4 });
  const after = aView({ entry: 5, now: 5 });
  assert.deepEqual(texts(before, after, LEA), ["Discussion. Anyone may speak."]);
});

test("a sentence ends with one stop, in the script of its language", () => {
  const before = inPhase("call");
  const after = inPhase("telling", { floor: "presenter", presenter: "ann" });
  const asked = inPhase("telling", { floor: "presenter", presenter: "ann", holder: "bob" });
  assert.deepEqual(texts(before, after, LEA), ["Telling. Ann tells. We listen."]);
  assert.deepEqual(texts(asked, after, LEA), ["Ann tells. We listen."]);
  speak("zh-hans", {
    Telling: "讲述案例",
    "**{name}** tells. We listen.": "**{name}**讲述，我们听。",
    Discussion: "小组讨论",
    "**Anyone** may speak": "**大家**都可以发言",
    "{words}.": "{words}。",
  });
  const chinese = [texts(before, after, LEA), texts(after, inPhase("discussion"), LEA)];
  speak("en", {});
  assert.deepEqual(chinese, [["讲述案例。Ann讲述，我们听。"], ["小组讨论。大家都可以发言。"]]);
});

test("stepping back is told to the others, and at once to oneself", () => {
  const before = aView({ presenter: "ann" });
  const after = aView({
    presenter: "ann",
    back: true,
    place: "doctor",
    circle: [seat("lea"), seat("ann", { back: true }), seat("bob")],
  });
  assert.deepEqual(say(before, after, viewer("bob")), [
    { kind: "back", text: "Ann has moved out and listens. The place is the doctor of this case.", now: false },
  ]);
  assert.deepEqual(say(before, after, ANN), [
    {
      kind: "own",
      text: "You are outside the circle. You hear everyone; you may not speak until you return.",
      now: true,
    },
  ]);
  assert.deepEqual(texts(after, before, ANN), ["You are back and may speak."]);
});

test("whose turn it is is said, and one's own at once", () => {
  const before = aView({ floor: "round", round: { ring: ["ann", "bob"], turn: "ann", next: "bob" } });
  const after = aView({ floor: "round", round: { ring: ["ann", "bob"], turn: "bob", next: null } });
  assert.deepEqual(say(before, after, LEA), [{ kind: "floor", text: "Round: Bob.", now: false }]);
  assert.deepEqual(say(before, after, viewer("bob")), [{ kind: "own", text: "Your turn. You may pass.", now: true }]);
});

test("a voice is said with its person, not again while it lasts, and not to who took it", () => {
  const figures = [{ figure: 2, code: "mother" as const, letter: "", own: false, voices: null }];
  const before = aView({ figures });
  const after = aView({ figures, circle: [seat("lea"), seat("ann"), seat("bob", { speaks_as: 2 })] });
  assert.deepEqual(texts(before, after, LEA), ["Bob speaks as the mother."]);
  assert.deepEqual(texts(after, after, LEA), []);
  assert.deepEqual(texts(before, after, viewer("bob")), []);
});

test("silence, loss and a pause are said", () => {
  assert.deepEqual(texts(aView(), aView({ silent: true, dim: true }), LEA), ["Silence."]);
  assert.deepEqual(texts(aView({ silent: true, dim: true }), aView(), LEA), ["The silence ends."]);
  const lost = aView({ circle: [seat("lea"), seat("ann"), seat("bob", { away: "lost" })] });
  assert.deepEqual(texts(aView(), lost, LEA), ["Bob has lost the connection."]);
  assert.deepEqual(texts(aView(), aView({ status: "paused" }), LEA), ["The meeting is paused."]);
});

test("a stop request is said to leaders at once and only once", () => {
  const asked = aView({ audience: "leaders", leaders: { stops: [{ person: "bob" }] } });
  assert.deepEqual(say(aView({ audience: "leaders", leaders: {} }), asked, LEA), [
    { kind: "stop-bob", text: "Bob needs to stop. Choices are in the drawer.", now: true },
  ]);
  assert.deepEqual(say(asked, asked, LEA), []);
});

test("who is named to present is said", () => {
  const [before, after] = [inPhase("call", { offers: ["ann"] }), inPhase("call", { offers: ["ann"], named: "ann" })];
  assert.deepEqual(
    [LEA, ANN].map((one) => say(before, after, one).map((message) => message.text)),
    [["Ann is to present the case."], ["You are named to present."]],
  );
});

test("the big screen says nothing", () => {
  assert.deepEqual(say(aView(), aView({ audience: "screen", entry: 9 }), viewer(null)), []);
});

test("polite messages come one in two seconds, and a newer one takes its elder's place", () => {
  const message = (kind: string, text: string, now = false) => ({ kind, text, now });
  let queue = enqueue(SILENT, [
    message("phase", "Telling."),
    message("own", "Now!", true),
    message("voice-bob", "Bob speaks."),
  ]);
  let turn = take(queue, 1000);
  assert.deepEqual([turn.said, turn.wait], ["Telling.", PACE]);
  queue = enqueue(turn.queue, [message("phase", "Facts."), message("phase", "Silence.")].slice(1));
  turn = take(queue, 2000);
  assert.deepEqual([turn.said, turn.wait], ["", 1000]);
  turn = take(turn.queue, 3000);
  assert.equal(turn.said, "Bob speaks.");
  turn = take(turn.queue, 5000);
  assert.deepEqual([turn.said, turn.wait, turn.queue.waiting.length], ["Silence.", 0, 0]);
});
