import assert from "node:assert/strict";
import { test } from "node:test";
import { chairSize, type Layout, layout, leastStep, points, type Spot, type Stage } from "./layout.ts";

const phone = (width: number, height: number, chairs: number, more: Partial<Stage> = {}): Stage => ({
  width,
  height,
  wide: false,
  rem: 16,
  chairs,
  out: null,
  outer: 0,
  ...more,
});
const sideways = (width: number, height: number, chairs: number, more: Partial<Stage> = {}): Stage =>
  phone(width, height, chairs, { low: true, ...more });
const desk = (chairs: number, more: Partial<Stage> = {}): Stage => ({ ...phone(1440, 748, chairs, more), wide: true });

/** What a chair and two lines of name take. */
function taken(spot: Spot, size: number): { left: number; right: number; top: number; bottom: number } {
  const half = 0.37 * size;
  return { left: spot.x - half, right: spot.x + half, top: spot.y - half, bottom: spot.y + half };
}

function apart(found: Layout): boolean {
  const boxes = found.spots.map((spot) => taken(spot, found.size));
  return boxes.every((a, at) =>
    boxes.every(
      (b, other) => other <= at || a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top,
    ),
  );
}

test("the chair is as large as two lines of name allow", () => {
  const table = [
    { chairs: 6, small: 53, phone: 64, desk: 92 },
    { chairs: 8, small: 53, phone: 64, desk: 92 },
    { chairs: 10, small: 53, phone: 64, desk: 92 },
    { chairs: 12, small: 51, phone: 64, desk: 92 },
    { chairs: 13, small: 40, phone: 63, desk: 92 },
    { chairs: 14, small: 40, phone: 60, desk: 92 },
    { chairs: 15, small: 40, phone: 49, desk: 81 },
  ];
  const found = table.map(({ chairs }) => ({
    chairs,
    small: Math.round(chairSize(chairs, 320, 382, false)),
    phone: Math.round(chairSize(chairs, 390, 515, false)),
    desk: Math.round(chairSize(chairs, 682, 682, true)),
  }));
  assert.deepEqual(found, table);
});

test("neighbours stand at equal lengths of the line", () => {
  for (const ratio of [1, 1.3, 0.8]) {
    const steps = points(12, ratio).map((a, at, all) => {
      const b = all[(at + 1) % all.length] ?? a;
      return Math.hypot(a.ux - b.ux, ratio * (a.uy - b.uy));
    });
    assert.ok(Math.max(...steps) - Math.min(...steps) < 0.05, `${ratio}: ${steps}`);
  }
});

test("the viewer's chair is at the bottom and the order goes clockwise, to the viewer's left", () => {
  const [own, next] = layout(phone(390, 620, 12)).spots;
  assert.ok(own && next);
  assert.ok(Math.abs(own.x - 195) < 0.5);
  assert.ok(own.y > 500);
  assert.ok(next.x < own.x);
});

test("fifteen chairs stand apart on the smallest phone, also with one outside", () => {
  for (const out of [null, 0, 1, 3, 7, 11, 14]) {
    assert.ok(apart(layout(phone(320, 480, 15, { out }))), `out: ${out}`);
  }
});

test("chairs stand apart for every number of them and every window", () => {
  for (let chairs = 1; chairs <= 15; chairs++) {
    for (const stage of [
      phone(360, 500, chairs),
      phone(430, 700, chairs),
      sideways(557, 390, chairs),
      sideways(376, 320, chairs, { outer: 3 }),
      desk(chairs),
      desk(chairs, { outer: 4 }),
      desk(chairs, { out: 0 }),
    ]) {
      assert.ok(apart(layout(stage)), JSON.stringify(stage));
    }
  }
});

test("everything stays on the stage", () => {
  for (const stage of [
    phone(320, 480, 15, { out: 4 }),
    phone(320, 480, 12, { out: 0, outer: 3 }),
    sideways(376, 320, 15, { out: 0 }),
    sideways(557, 390, 15, { out: 9, outer: 7 }),
    desk(12, { out: 3, outer: 7 }),
  ]) {
    const found = layout(stage);
    for (const spot of found.spots) {
      const box = taken(spot, found.size);
      assert.ok(
        box.left >= 0 && box.right <= stage.width && box.top >= 0 && box.bottom <= stage.height,
        JSON.stringify(spot),
      );
    }
  }
});

test("whoever steps back leaves the line, and the place stays where it was", () => {
  for (const stage of [phone(390, 620, 12, { out: 4 }), desk(12, { out: 4 })]) {
    const found = layout(stage);
    const [home, spot] = [found.homes[4], found.spots[4]];
    assert.ok(home && spot);
    assert.ok(Math.hypot(home.x - spot.x, home.y - spot.y) > found.size * 0.6);
    assert.deepEqual(found.spots.toSpliced(4, 1), found.homes.toSpliced(4, 1));
  }
});

test("one's own chair goes straight down and the circle gives way", () => {
  const [still, moved] = [layout(desk(12)), layout(desk(12, { out: 0 }))];
  const [home, spot] = [moved.homes[0], moved.spots[0]];
  assert.ok(home && spot);
  assert.equal(spot.x, moved.ring.x + moved.ring.width / 2);
  assert.ok(spot.y > home.y + moved.size);
  assert.ok(moved.ring.height < still.ring.height);
});

test("held sideways the oval lies flat, and one's own chair moves to a corner as the others do", () => {
  const [still, moved] = [layout(sideways(557, 390, 12)), layout(sideways(557, 390, 12, { out: 0 }))];
  const [home, spot] = [moved.homes[0], moved.spots[0]];
  assert.ok(home && spot);
  assert.deepEqual(moved.ring, still.ring);
  assert.ok(still.ring.width > 1.5 * still.ring.height);
  assert.ok(spot.x > home.x + 2 * moved.size);
});

test("stools stand around a wide circle and in a row above a narrow one", () => {
  assert.equal(layout(desk(12, { outer: 9 })).stools.length, 7); // six named, the others counted
  assert.deepEqual(layout(phone(390, 620, 12, { outer: 9 })).stools, []);
});

test("where it is narrow or crowded words are short, where it is low roles go", () => {
  const words = (stage: Stage): [boolean, boolean] => [layout(stage).short, layout(stage).tight];
  assert.deepEqual(words(phone(390, 620, 12)), [false, false]);
  assert.deepEqual(words(phone(390, 620, 15)), [true, false]);
  assert.deepEqual(words(phone(320, 480, 12)), [true, true]);
  assert.deepEqual(words(desk(15)), [false, false]);
  assert.deepEqual(words({ ...desk(15), height: 400 }), [true, true]);
});

test("few chairs need no least step", () => {
  assert.deepEqual([leastStep(1, false), leastStep(5, true)], [0.91, 0.91]);
});
