import assert from "node:assert/strict";
import { test } from "node:test";
import { AHEAD, goesOut, type Happening, isFor, type Media, NO_MEDIA, step, wish } from "./media.ts";
import { type May, mayOf } from "./sound.ts";
import { aView, seat, viewer } from "./views.test-data.ts";
import type { Rights, Why } from "./wire.ts";

const OPEN: May = {
  hear: true,
  speak: true,
  why: null,
  camera: "all",
  place: "circle",
  presents: false,
  entry: 6,
  round: 1,
  leaders: ["lea"],
};
const silent = (why: Why, more: Partial<May> = {}): May => ({ ...OPEN, speak: false, why, ...more });
const enter = { now: "enter", choice: { microphone: true, camera: true, sparing: false }, around: "alone" } as const;
const view = (may: May, at = 0): Happening => ({ now: "view", may, at });
const play = (...happenings: Happening[]): Media => happenings.reduce(step, NO_MEDIA);
const talking = (...more: Happening[]): Media => play(view(OPEN), enter, { now: "line", line: "open" }, ...more);
const microphone = (media: Media): string => {
  const found = wish(media);
  return found.wish === "join" ? found.microphone : "apart";
};

test("nothing is joined before the check, without sound, at the door, or where another tab has it", () => {
  assert.deepEqual(wish(play(view(OPEN))), { wish: "apart" });
  assert.deepEqual(wish(play(view(OPEN), { now: "without" })), { wish: "apart" });
  assert.deepEqual(wish(play(view(mayOf(aView({ audience: "door", sound: { around: {} } }), "bob")), enter)), {
    wish: "apart",
  });
  assert.deepEqual(wish(talking({ now: "line", line: "elsewhere" })), { wish: "apart" });
});

test("whoever goes in is connected as they chose", () => {
  assert.deepEqual(wish(talking()), {
    wish: "join",
    key: "circle 1",
    place: "circle",
    microphone: "open",
    camera: true,
    viewers: null,
    pictures: true,
  });
});

test("what goes out is what is wanted at this moment", () => {
  const out = (media: Media): boolean[] => [goesOut(wish(media), "microphone"), goesOut(wish(media), "camera")];
  assert.deepEqual(out(talking()), [true, true]);
  assert.deepEqual(out(talking({ now: "press", what: "microphone" })), [false, true]);
  assert.deepEqual(out(talking(view(silent("back", { camera: "none" })))), [false, false]);
  assert.deepEqual(out(play(view(OPEN))), [false, false]);
  assert.deepEqual([isFor(wish(talking()), "circle 1"), isFor(wish(talking()), "aside 1")], [true, false]);
  assert.equal(isFor(wish(play(view(OPEN))), ""), false);
});

test("a phase that keeps everybody silent closes the microphone; the choice comes back three seconds ahead", () => {
  const closed = talking(view(silent("presenter-floor")));
  assert.equal(microphone(closed), "closed");
  const coming = step(closed, view(OPEN, 10_000));
  assert.deepEqual([microphone(coming), coming.opens], ["ready", 10_000 + AHEAD]);
  assert.equal(microphone(step(coming, { now: "tick", at: 10_000 + AHEAD - 1 })), "ready");
  assert.equal(microphone(step(coming, { now: "tick", at: 10_000 + AHEAD })), "open");
});

test("the return of the choice can be declined, and hurried", () => {
  const coming = talking(view(silent("cards")), view(OPEN, 0));
  const declined = step(coming, { now: "keep-closed" });
  assert.deepEqual(
    [microphone(step(declined, { now: "tick", at: 9000 })), declined.choice.microphone],
    ["ready", false],
  );
  assert.equal(microphone(step(coming, { now: "press", what: "microphone" })), "open");
});

test("who had the microphone off is not opened", () => {
  const off = talking({ now: "press", what: "microphone" }, view(silent("round")), view(OPEN, 0));
  assert.deepEqual([off.opens, microphone(step(off, { now: "tick", at: 9000 }))], [null, "ready"]);
});

test("nobody's microphone opens by itself after these", () => {
  const table: { after: string; happenings: Happening[] }[] = [
    { after: "stepping back", happenings: [view(silent("back")), view(OPEN)] },
    { after: "being called in", happenings: [view(silent("back")), view({ ...OPEN, presents: true })] },
    { after: "a hard silence", happenings: [view(silent("silenced")), view(OPEN)] },
    {
      after: "a silent phase and then a hard silence",
      happenings: [view(silent("cards")), view(silent("silenced")), view(silent("cards")), view(OPEN)],
    },
    { after: "coming from aside", happenings: [view(silent("aside", { speak: true, place: "aside" })), view(OPEN)] },
    { after: "the door", happenings: [view({ ...OPEN, hear: false, speak: false }), view(OPEN)] },
    { after: "phases that were missed", happenings: [view({ ...OPEN, entry: 8 })] },
  ];
  for (const { after, happenings } of table) {
    const media = [...happenings, { now: "tick", at: 99_000 } as const].reduce(step, talking());
    assert.equal(microphone(media), "ready", after);
    assert.equal(microphone(step(media, { now: "press", what: "microphone" })), "open", `${after}, by hand`);
  }
});

test("the way into the side room closes the microphone too, and it is opened by hand there", () => {
  const aside = talking(view(silent("aside", { speak: true, place: "aside" })));
  assert.deepEqual([microphone(aside), aside.free], ["ready", true]);
  const open = step(aside, { now: "press", what: "microphone" });
  assert.equal(microphone(open), "open");
  assert.equal(wish(open).wish === "join" && (wish(open) as { key: string }).key, "aside 1");
});

test("a presenter who may speak again is told so until a hand opens the microphone", () => {
  const back = talking(view(silent("back")), view(OPEN));
  assert.equal(back.free, true);
  assert.equal(step(back, { now: "press", what: "microphone" }).free, false);
  assert.equal(step(back, view(silent("presenter-floor"))).free, false);
});

test("whoever comes in anew while back, from another tab or after a reload, does not open the microphone", () => {
  const media = play(view(silent("back")), enter, view(OPEN), { now: "tick", at: 99_000 });
  assert.equal(microphone(media), "ready");
});

test("a presenter whose line was down opens the microphone by hand; others go on", () => {
  const down: Happening[] = [
    { now: "line", line: "down" },
    { now: "line", line: "open" },
  ];
  const presenting = down.reduce(step, talking(view({ ...OPEN, presents: true })));
  assert.deepEqual([microphone(presenting), presenting.free], ["ready", true]);
  assert.equal(microphone(down.reduce(step, talking())), "open");
});

test("a line that wavers changes no choice", () => {
  assert.equal(microphone(talking({ now: "line", line: "wavering" }, { now: "line", line: "open" })), "open");
});

test("the space bar opens while it is held, and only with the right", () => {
  const off = talking({ now: "press", what: "microphone" });
  const held = step(off, { now: "hold", down: true });
  assert.equal(microphone(held), "open");
  assert.equal(microphone(step(held, { now: "hold", down: false })), "ready");
  assert.equal(microphone(step(held, view(silent("cards")))), "closed");
  assert.equal(microphone(step(talking(view(silent("back"))), { now: "hold", down: true })), "closed");
});

test("a leader's question closes nothing until it is answered", () => {
  const asked = talking({ now: "asked" });
  assert.deepEqual([asked.asked, microphone(asked)], [true, "open"]);
  assert.equal(microphone(step(asked, { now: "answered", close: true })), "ready");
  assert.equal(microphone(step(asked, { now: "answered", close: false })), "open");
  assert.equal(talking({ now: "press", what: "microphone" }, { now: "asked" }).asked, false);
});

test("a picture for the leaders is for them alone; a closed one does not come back by itself", () => {
  const leaders = wish(talking(view(silent("back", { camera: "leaders" }))));
  assert.deepEqual(leaders.wish === "join" && [leaders.camera, leaders.viewers], [true, ["lea"]]);
  const closed = wish(talking(view(silent("back", { camera: "none" })), view(OPEN)));
  assert.equal(closed.wish === "join" && closed.camera, false);
});

test("sound only takes away the pictures of all", () => {
  const found = wish(talking({ now: "weak" }, { now: "sparing", on: true }));
  assert.deepEqual(found.wish === "join" && [found.camera, found.pictures], [false, false]);
  assert.equal(talking({ now: "weak" }).weak, "offered");
  assert.equal(talking({ now: "weak" }, { now: "pictures" }, { now: "weak" }).weak, "declined");
});

test("a device that does not come leaves the choice off", () => {
  const media = talking({ now: "trouble", what: "microphone", trouble: "busy" });
  assert.deepEqual([media.choice.microphone, media.trouble.microphone], [false, "busy"]);
});

test("a new room of the media server is another connection", () => {
  const keys = [talking(), talking(view({ ...OPEN, round: 2 }))].map((media) => wish(media));
  assert.notEqual((keys[0] as { key: string }).key, (keys[1] as { key: string }).key);
});

test("what somebody may do is read from the own seat", () => {
  const may = (rights: Rights, more = {}): May =>
    mayOf(aView({ sound: { entry: 3, around: {} }, circle: [seat("lea"), seat("bob", { rights })], ...more }), "bob");
  assert.deepEqual(may({ speak: true, hear: true, camera: "all" }), { ...OPEN, round: 3 });
  assert.deepEqual(may({ hear: true, camera: "small", why: "back" }, { presenter: "bob" }), {
    ...OPEN,
    speak: false,
    why: "back",
    camera: "small",
    round: 3,
    presents: true,
  });
  assert.deepEqual([may({ why: "aside" }).place, may({ why: "aside" }).speak], ["aside", true]);
  const shared = { sound: { around: {}, shared: [{ person: "bob", people: ["ann"], open: true }] } };
  assert.equal(may({ hear: true, why: "round" }, shared).speak, true);
  assert.equal(mayOf(aView({ circle: [seat("bob")] }), viewer("bob").you).hear, false);
});
