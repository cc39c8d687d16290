import assert from "node:assert/strict";
import { test } from "node:test";
import { chairSound } from "./chair-sound.ts";
import { type Check, choiceOf, mayEnter, NEW_CHECK, VERDICTS, verdictOf, verdictWords } from "./check.ts";
import { NO_MEDIA } from "./media.ts";
import { aView, viewer } from "./views.test-data.ts";
import type { SoundView } from "./wire.ts";

const tried = (more: Partial<Check> = {}): Check => ({ ...NEW_CHECK, started: true, ...more });

test("whoever goes in takes along what works and is wanted", () => {
  const table: [Check, boolean, boolean][] = [
    [NEW_CHECK, false, false],
    [tried(), true, true],
    [tried({ wants: { microphone: false, camera: true } }), false, true],
    [tried({ trouble: { microphone: "denied", camera: "missing" } }), false, false],
  ];
  for (const [check, microphone, camera] of table)
    assert.deepEqual(choiceOf(check), { microphone, camera, sparing: false });
});

test("a sealed group lets nobody in unsealed", () => {
  assert.deepEqual(
    (["untried", "testing", "able", "unable"] as const).map((seal) => mayEnter(tried({ seal }), true)),
    [false, false, true, false],
  );
  assert.equal(mayEnter(tried({ seal: "unable" }), false), true);
});

test("the verdict follows from how far the test came", () => {
  const all = { token: true, connected: true, published: true, path: "direct" as const };
  const table = [
    { facts: all, verdict: "good" },
    { facts: { ...all, published: null, path: null }, verdict: "good" },
    { facts: { ...all, path: "detour" as const }, verdict: "detour" },
    { facts: { ...all, published: false, path: null }, verdict: "shut" },
    { facts: { ...all, connected: false }, verdict: "shut" },
    { facts: { ...all, token: false }, verdict: "away" },
  ];
  for (const { facts, verdict } of table) assert.equal(verdictOf(facts), verdict);
});

test("what network people need is said where it helps, with the host", () => {
  const told = VERDICTS.filter((verdict) => verdictWords(verdict, "sound.example").network.includes("sound.example"));
  assert.deepEqual(told, ["detour", "shut"]);
});

test("a chair has one sign, the one that matters most, and words for all", () => {
  const of = (sound: SoundView) => chairSound(aView({ sound }), viewer("bob"), NO_MEDIA, "ann");
  assert.deepEqual(of({ around: {} }), {
    face: false,
    mirrored: false,
    heard: false,
    sign: null,
    note: "",
    said: "",
  });
  assert.equal(of({ around: { ann: "headphones" } }).sign, "headphones");
  const many = of({ around: { ann: "people" }, cannot_hear: ["ann"], silenced: ["ann"], differs: ["ann"] });
  assert.equal(many.sign, "cannot-hear");
  assert.equal(
    many.said,
    "cannot hear just now, silenced by a leader for now, not yet as the phase asks, others can hear",
  );
});

test("a shared microphone says how many sit there, and who speaks", () => {
  const of = (speaking?: string) =>
    chairSound(
      aView({
        sound: { around: {}, shared: [{ person: "ann", people: ["cora"], ...(speaking ? { speaking } : {}) }] },
      }),
      viewer("bob"),
      NO_MEDIA,
      "ann",
    );
  assert.deepEqual(
    [of().note, of("cora").note, of().said],
    ["2 at one microphone", "Cora speaks", "shares a microphone with Cora"],
  );
});
