import assert from "node:assert/strict";
import { test } from "node:test";
import { type Happening, type Media, NO_MEDIA, step, TROUBLES } from "./media.ts";
import { backWords, cameraSign, microphoneSign, notice, troubleWords } from "./media-signs.ts";
import { mayOf } from "./sound.ts";
import { aView, seat, viewer } from "./views.test-data.ts";
import type { Rights, View } from "./wire.ts";

const BOB = viewer("bob");
const OPEN: Rights = { speak: true, hear: true, camera: "all" };
const on = (rights: Rights, more: Partial<View> = {}): View =>
  aView({ sound: { around: {} }, circle: [seat("lea", { lead: true }), seat("bob", { rights })], ...more });
const see = (view: View): Happening => ({ now: "view", may: mayOf(view, "bob"), at: 0 });
const enter: Happening = {
  now: "enter",
  choice: { microphone: true, camera: true, sparing: false },
  around: "alone",
};
const play = (...happenings: Happening[]): Media => happenings.reduce(step, NO_MEDIA);
const line: Happening = { now: "line", line: "open" };
const live: Happening = { now: "live", microphone: true, camera: true };
const noticed = (media: Media, view: View, call = ""): string | undefined =>
  notice({ media, view, viewer: BOB, call })?.notice;

test("the microphone's sign says what is", () => {
  const table: [Happening[], string | undefined][] = [
    [[], undefined],
    [[{ now: "without" }], undefined],
    [[enter, line], "Microphone opens"],
    [[enter, line, live], "Microphone on"],
    [[enter, line, { now: "press", what: "microphone" }], "Microphone off"],
    [[enter, line, see(on({ hear: true, why: "cards" }))], "Microphone closed"],
    [[enter, line, see(on({ hear: true, why: "cards" })), see(on(OPEN))], "Opens in a moment"],
    [[enter, { now: "line", line: "elsewhere" }], undefined],
  ];
  for (const [happenings, label] of table)
    assert.equal(microphoneSign(play(see(on(OPEN)), ...happenings))?.label, label);
});

test("the camera has a sign while a picture is allowed", () => {
  assert.equal(cameraSign(play(see(on(OPEN)), enter))?.label, "Camera on");
  assert.equal(cameraSign(play(see(on({ hear: true, why: "back" })), enter)), null);
  assert.equal(cameraSign(play(see(on(OPEN)), enter, { now: "sparing", on: true })), null);
});

test("the presenter who is back reads who sees the picture", () => {
  const words = (camera: Rights["camera"]): string | undefined =>
    backWords(play(see(on({ hear: true, why: "back", ...(camera ? { camera } : {}) })), enter))?.text;
  assert.match(words("small") ?? "", /stays small/);
  assert.match(words("leaders") ?? "", /Only the leaders/);
  assert.match(words(undefined) ?? "", /Nobody sees/);
  assert.equal(backWords(NO_MEDIA), null);
});

test("one notice at a time, what is missing first", () => {
  const back: Happening[] = [see(on({ hear: true, why: "back" })), see(on(OPEN))];
  const silent = [see(on({ hear: true, why: "round" })), see(on(OPEN))];
  const table: [Happening[], string | undefined][] = [
    [[line], undefined],
    [[{ now: "without" }], "without"],
    [[line, { now: "blocked", blocked: true }], "blocked"],
    [[line, { now: "asked" }], "asked"],
    [[line, ...back], "free"],
    [[line, ...silent], "opening"],
    [[line, { now: "weak" }], "weak"],
    [[line, { now: "weak" }, { now: "sparing", on: true }], "sparing"],
    [[line, { now: "trouble", what: "microphone", trouble: "busy" }], "trouble-microphone"],
    [
      [
        { now: "seal", seal: "unable" },
        { now: "line", line: "down" },
      ],
      "unable",
    ],
    [[line, { now: "seal", seal: "broken" }], "broken"],
    [[...back, { now: "asked" }, { now: "line", line: "down" }], "down"],
    [[...back, { now: "line", line: "elsewhere" }], "elsewhere"],
  ];
  for (const [happenings, code] of table)
    assert.equal(noticed(play(see(on(OPEN)), enter, ...happenings), on(OPEN)), code, code);
});

test("without the media server the group's own call is offered, where there is one", () => {
  const media = play(see(on(OPEN)), enter, { now: "line", line: "down" });
  const deeds = (call: string): number => notice({ media, view: on(OPEN), viewer: BOB, call })?.deeds.length ?? -1;
  assert.deepEqual([deeds(""), deeds("https://call.example/")], [0, 1]);
});

test("in silence only what is missing is said", () => {
  const media = play(see(on(OPEN)), enter, line, { now: "weak" });
  assert.equal(noticed(media, on(OPEN, { silent: true })), undefined);
  assert.equal(noticed(step(media, { now: "blocked", blocked: true }), on(OPEN, { silent: true })), "blocked");
});

test("aside it is said with whom, and who hears", () => {
  const view = on(
    { why: "aside" },
    { circle: [seat("cora", { away: "aside" }), seat("bob", { rights: { why: "aside" } })] },
  );
  const found = notice({ media: play(see(on(OPEN)), enter, line, see(view)), view, viewer: BOB, call: "" });
  assert.equal(found?.title, "You are aside with Cora. Nobody else hears you.");
  assert.deepEqual(found?.deeds, [{ deed: "open", label: "Open my microphone" }]);
});

test("every trouble has words of its own", () => {
  const all = TROUBLES.flatMap((trouble) => [troubleWords("microphone", trouble), troubleWords("camera", trouble)]);
  assert.ok(all.every((words) => words.title && words.text));
});

test("where the meeting has no sound nothing is said of it", () => {
  assert.equal(noticed(NO_MEDIA, aView()), undefined);
});
