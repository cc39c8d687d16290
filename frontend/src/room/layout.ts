// Where the chairs stand: a pure function of the measured stage.
//
// The chairs stand at equal lengths of the line, not at equal angles, so that no two are nearer than others: on a tall
// oval where the window is narrow, on a true circle where it is wide, on a flat oval where it is low. Chair 0 is the viewer's, at the bottom, by the
// thumb; the next ones go clockwise, which is to the viewer's left. The chair is the largest for which two lines of
// name still fit below it. Whoever steps back leaves the line: to the side where there is room, else to a corner (an
// oval leaves its corners free); one's own chair goes straight down and the circle gives way, but to a corner where it
// is low.
//
// All lengths are pixels of the stage; x to the right, y down, angles clockwise from the right.

export interface Stage {
  width: number;
  height: number;
  wide: boolean; // a true circle: windows of 720 px and more
  low?: boolean; // a flat oval: a phone held sideways; then it is not wide
  rem: number; // pixels of one rem
  chairs: number;
  out: number | null; // index of the chair that has moved out
  outer: number; // stools in the outer ring
  big?: boolean; // the big screen: larger names
}

export interface Spot {
  x: number;
  y: number;
  ux: number; // -1 … 1 across, for what leans inwards
  uy: number; // -1 … 1 down
  deg: number; // outward, the way the backrest faces
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Layout {
  size: number; // of a chair
  ring: Box;
  homes: Spot[]; // where each chair belongs
  spots: Spot[]; // where each chair is
  rug: Box;
  stools: Spot[];
  arcs: boolean; // stools stand around, not in a row above
  short: boolean; // plates and the place are short: where it is narrow, or crowded
  tight: boolean; // role words go as well; armrests stay
}

interface Point {
  ux: number;
  uy: number;
  deg: number;
}

const STEPS = 1440;
const NAMED_STOOLS = 6;
const FLAT = 1.9; // width / height of the flat oval, at most

/** `count` points at equal lengths of an ellipse with height / width = `ratio`, from the bottom, clockwise. */
export function points(count: number, ratio: number): Point[] {
  const angle = (step: number): number => Math.PI / 2 + (2 * Math.PI * step) / STEPS;
  const run = [0];
  for (let step = 1; step <= STEPS; step++) {
    const [a, b] = [angle(step - 1), angle(step)];
    run.push((run[step - 1] ?? 0) + Math.hypot(Math.cos(b) - Math.cos(a), ratio * (Math.sin(b) - Math.sin(a))));
  }
  const whole = run[STEPS] ?? 1;
  let before = 0;
  return Array.from({ length: count }, (_, chair) => {
    const goal = (whole * chair) / count;
    while ((run[before + 1] ?? whole) < goal) before++;
    const share = (goal - (run[before] ?? 0)) / Math.max(1e-9, (run[before + 1] ?? whole) - (run[before] ?? 0));
    const a = angle(before + share);
    return { ux: Math.cos(a), uy: Math.sin(a), deg: (Math.atan2(Math.sin(a) / ratio, Math.cos(a)) * 180) / Math.PI };
  });
}

/** The least step in height of two neighbours that stand nearly above each other: two lines of name fit into it. */
export function leastStep(count: number, wide: boolean, low = false): number {
  if (count < 6) return 0.91;
  const row = points(count, low ? 0.6 : wide ? 1 : 1.3);
  const near = wide || low ? 0.25 : 0.32;
  const steps = row.flatMap((a, at) => {
    const b = row[(at + 1) % count] ?? a;
    const [across, down] = [Math.abs(a.ux - b.ux), Math.abs(a.uy - b.uy)];
    return across < near && down > 0.2 ? [down] : [];
  });
  return steps.length ? Math.min(...steps) : 2 * Math.sin(Math.PI / count);
}

/** The chair's size on a flat oval: one line of name below it, since roles are armrests alone. */
export function lowChairSize(count: number, width: number, height: number): number {
  const step = leastStep(count, false, true);
  const half = Math.PI / 2 / Math.max(6, count);
  const beside = (0.7 * half * (width + height)) / (1 + 1.708 * half);
  return Math.max(36, Math.min(52, 0.15 * height, beside, ((step * height) / 2 - 20) / (0.87 + step / 2)));
}

/** The chair's size on a line of this width and height. */
export function chairSize(count: number, width: number, height: number, wide: boolean, rem = 16): number {
  const step = leastStep(count, wide);
  const names = wide ? 2.35 * rem : 31;
  const fits = ((step * height) / 2 - names) / (0.87 + step / 2);
  if (wide) return Math.max(44, Math.min(170, 0.135 * height, fits));
  const half = Math.PI / 2 / Math.max(6, count);
  const beside = (0.7 * half * (width + height)) / (1 + 1.708 * half);
  return Math.max(40, Math.min(64, 0.165 * width, beside, fits));
}

export function layout(stage: Stage): Layout {
  const ring = ringBox(stage);
  const size = sizeOn(ring, stage);
  const homes = spotsOn(ring, stage, size);
  const spots = homes.map((home, at) => (at === stage.out ? outside(home, at, ring, size, stage) : home));
  const arcs = standsAround(stage);
  return {
    size,
    ring,
    homes,
    spots,
    rug: rugBox(ring, size, stage),
    stools: arcs ? stools(stage, ring, size) : [],
    arcs,
    short: isShort(stage),
    tight: isTight(stage),
  };
}

function sizeOn({ width, height }: Box, stage: Stage): number {
  if (stage.low) return lowChairSize(stage.chairs, width, height);
  if (!stage.big) return chairSize(stage.chairs, width, height, stage.wide, stage.rem);
  return Math.min(170, 0.125 * height, chairSize(stage.chairs, width, height, true, height * 0.02));
}

function isShort(stage: Stage): boolean {
  return isCrowded(stage) || (!stage.wide && (stage.chairs > 12 || stage.width < 380));
}

function isCrowded(stage: Stage): boolean {
  return stage.chairs > 12 && stage.height < 29 * stage.rem;
}

function isTight(stage: Stage): boolean {
  if (stage.low || isCrowded(stage)) return true;
  return !stage.wide && (stage.width < 360 || stage.height < 24 * stage.rem);
}

function standsAround(stage: Stage): boolean {
  return stage.wide && stage.outer > 0 && stage.width >= 62 * stage.rem;
}

/** The box of the line: a circle, or a tall oval. */
function ringBox(stage: Stage): Box {
  const { top, under } = margins(stage);
  const free = Math.max(200, stage.height - top - under);
  if (stage.low) return flatBox(stage, top, free);
  const share = standsAround(stage) ? 0.58 : 0.71;
  const width = stage.wide ? Math.min(free, share * stage.width) : Math.min(stage.width, 30 * stage.rem);
  const height = stage.wide ? width : Math.min(free, 1.32 * width);
  return { x: (stage.width - width) / 2, y: top + (free - height) / 2, width, height };
}

/** The flat oval, beside a column of stools. */
function flatBox(stage: Stage, top: number, height: number): Box {
  const column = stage.outer > 0 ? 3.25 * stage.rem : 0;
  const width = Math.min(stage.width - column, FLAT * height);
  return { x: column + (stage.width - column - width) / 2, y: top, width, height };
}

/** What the line leaves free: for a row of stools above, for names and for the viewer's own chair below. */
function margins(stage: Stage): { top: number; under: number } {
  const { rem, wide } = stage;
  const row = stage.outer > 0 && !standsAround(stage);
  const own = stage.out === 0;
  if (stage.low) return { top: 6, under: 2.2 * rem };
  if (!wide) return { top: 4 + (row ? 3.75 * rem : 0), under: 2 + (own ? 8.4 : 2.4) * rem };
  const names = (stage.big ? 4 : 3.2) * rem;
  return { top: (0.9 + (row ? 3.6 : 0)) * rem, under: names + (own ? 0.1 * stage.height + 2.6 * rem : 0) };
}

function spotsOn(ring: Box, stage: Stage, size: number): Spot[] {
  const gap = stage.wide ? size / 2 : 0.71 * size + 1;
  const [rx, ry] = [ring.width / 2 - gap, ring.height / 2 - size / 2];
  const [x, y] = [ring.x + ring.width / 2, ring.y + ring.height / 2];
  return points(stage.chairs, ry / rx).map((p) => ({ ...p, x: x + p.ux * rx, y: y + p.uy * ry }));
}

/** Where a chair goes that leaves the line. */
function outside(home: Spot, at: number, ring: Box, size: number, stage: Stage): Spot {
  const middle = { x: ring.x + ring.width / 2, y: ring.y + ring.height / 2 };
  const [right, low] = [home.ux > -1e-6 ? 1 : -1, home.uy > 0 ? 1 : -1];
  if (at === 0 && !stage.low)
    return { ...home, x: middle.x, y: ring.y + ring.height + 0.42 * size + 2.4 * stage.rem, ux: 0, uy: 1, deg: 90 };
  const reach = ring.height / 2 - 0.42 * size;
  if (!stage.wide) {
    const deg = (Math.atan2(low * 1.3, right) * 180) / Math.PI;
    return {
      x: middle.x + right * (ring.width / 2 - size / 2 - 8),
      y: middle.y + low * reach,
      ux: right,
      uy: home.uy,
      deg,
    };
  }
  const y = middle.y + Math.max(-reach, Math.min(reach, home.uy * (ring.height / 2)));
  const beside = Math.abs(home.x - middle.x) + 1.3 * size;
  const corner = Math.abs(home.uy) > 0.8 ? ring.width / 2 - 0.62 * size : 0;
  return { ...home, x: middle.x + right * Math.max(beside, corner), y, ux: right };
}

/** The floor inside the circle, which carries the words. */
function rugBox(ring: Box, size: number, stage: Stage): Box {
  const side = stage.wide ? size + 2.5 * stage.rem : 1.26 * size + 17;
  const top = stage.wide ? side : size + 42;
  const bottom = stage.wide ? side : size + 14;
  return { x: ring.x + side, y: ring.y + top, width: ring.width - 2 * side, height: ring.height - top - bottom };
}

/** Stools of observers and trainer, in two arcs left and right of the circle. */
function stools(stage: Stage, ring: Box, size: number): Spot[] {
  const count = Math.min(stage.outer, NAMED_STOOLS + 1);
  const reach = Math.min(ring.width / 2 + 2.15 * size, stage.width / 2 - 3.3 * stage.rem);
  const left = Math.ceil(count / 2);
  return Array.from({ length: count }, (_, at) => {
    const [side, index, row] = at < left ? [-1, at, left] : [1, at - left, count - left];
    const height = 0.48 + (index - (row - 1) / 2) * (row > 3 ? 0.22 : 0.26);
    const bend = 1 - 1.2 * (height - 0.48) ** 2;
    return {
      x: stage.width / 2 + side * reach * bend,
      y: stage.height * height,
      ux: side,
      uy: 0,
      deg: side > 0 ? 0 : 180,
    };
  });
}
