/**
 * The hourglass of a cohort: how wide it is where. Drawn to scale: twice as wide is twice as many people above the neck,
 * twice as much money below it.
 */
export type Stage = { stage: string, people: number | null, lost: number | null, value: number, value_share: number | null, cost: number, one_point_worth: number | null };

/** Half the width at a height. */
export type Level = { y: number, half: number };

/** The height of a stage, and half the width that there is. */
export const ROW = 84;
export const HALF = 100;

/** How far the plates stand in from the ends. */
const PLATE = 12;

/** How the glass draws in towards its plates: by how much, and from how far. */
const SHOULDER = 0.86;
const SHOULDER_AT = 18;

/** The neck stands high in its row, so that the foot has room to swell. */
const NECK = 0.22;

/** Half the width of the least that is drawn. */
const LEAST = 0.25;

const wide = (ratio: number) => Math.max(0, ratio);

/**
 * The widths: people above the neck, the margin brought so far below it, where each stage's own margin is a band as wide as
 * it is. The wider of margin and cost fills the foot.
 * @param stages from the top, six
 */
export function levels(stages: Stage[]) {
  const [reach, win, onboard, keep, grow, advocate] = stages;
  const above = [reach, win, onboard, keep].map((s) => wide((s.people ?? 0) / (reach.people || 1)));
  const sums = [win.value + onboard.value + keep.value, grow.value, advocate.value].map(((sum) => (v) => (sum += v))(0));
  const cost = stages.reduce((sum, s) => sum + s.cost, 0);
  const full = Math.max(...sums, cost) || 1;
  const below = [...sums, cost].map((v) => wide(v / full));
  const half = (w: number) => Math.max(LEAST, w * HALF);
  const bottom = 6 * ROW - PLATE;
  return {
    top: [{ y: PLATE, half: SHOULDER * half(above[0]) }, { y: PLATE + SHOULDER_AT, half: half(above[0]) }, ...[1.5, 2.5].map((row, i) => ({ y: row * ROW, half: half(above[i + 1]) })), { y: (3 + NECK) * ROW, half: half(above[3]) }],
    foot: [
      { y: (3 + NECK) * ROW, half: half(above[3]) }, { y: 4 * ROW, half: half(below[0]) }, { y: 5 * ROW, half: half(below[1]) },
      { y: bottom - SHOULDER_AT, half: half(below[2]) }, { y: bottom, half: SHOULDER * half(below[2]) },
    ],
    /** Half the width at which the foot would hold what the cohort costs. */
    cost: half(below[3]),
    /** The money that the whole width stands for. */ full,
    bottom, plate: PLATE,
  };
}

/**
 * A band on both sides of a foot: between what was brought before, which goes down as wide as it is, and the foot itself.
 * @param foot from where the band begins
 */
export function bands(foot: Level[]) {
  const inner = foot[0].half;
  const [right, left] = [1, -1].map((sign) => `M${point(sign * inner, foot[0].y)}${side(foot, sign)}L${point(sign * Math.min(inner, foot[foot.length - 1].half), foot[foot.length - 1].y)}Z`);
  return right + left;
}

/** How far on the way from one level to the next a wide side keeps its width, and where a narrow one takes its own. */
const HOLDS = 0.62;
const YIELDS = 0.4;

/**
 * What lies between levels, as a closed path: its sides run upright through each level.
 * @param wall how far outside
 */
export function between(list: Level[], wall: number = 0) {
  const right = list.map((l) => ({ y: l.y, half: l.half + wall }));
  const left = right.toReversed();
  return `M${point(right[0].half, right[0].y)}${side(right, 1)}L${point(-left[0].half, left[0].y)}${side(left, -1)}Z`;
}

function side(list: Level[], sign: number) {
  return list
    .slice(1)
    .map((to, i) => {
      const from = list[i];
      if (Math.abs(to.y - from.y) === SHOULDER_AT) return shoulder(from, to, sign);
      const [first, second] = to.half < from.half ? [HOLDS, YIELDS] : [1 - YIELDS, 1 - HOLDS];
      const at = (share: number) => from.y + share * (to.y - from.y);
      return `C${point(sign * from.half, at(first))} ${point(sign * to.half, at(second))} ${point(sign * to.half, to.y)}`;
    })
    .join("");
}

/** A round end: flat at the plate, upright where it meets the glass. */
function shoulder(from: Level, to: Level, sign: number) {
  const [end, wall] = from.half < to.half ? [from, to] : [to, from];
  const flat = point(sign * (end.half + 0.8 * (wall.half - end.half)), end.y);
  const upright = point(sign * wall.half, (end.y + wall.y) / 2);
  return `C${end === from ? `${flat} ${upright}` : `${upright} ${flat}`} ${point(sign * to.half, to.y)}`;
}

const point = (x: number, y: number) => `${x.toFixed(2)},${y.toFixed(2)}`;
