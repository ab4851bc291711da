/** What single customers are worth: how many of them at each value. */
import { nothing, svg } from "lit";
import { ticks } from "../../charts/axis.ts";
import type { Pictures } from "../state.ts";
import { around, bar } from "../../charts/bars.ts";
import { type Area, area, hair, marksAcross, marksUp, xAxis, xMark, yAxis } from "../../charts/frame.ts";
import type { Picture, Say } from "./say.ts";
import { logTicks, logarithmic } from "../../charts/logarithmic.ts";
import { linear } from "../../charts/scale.ts";
import { NOTHING } from "./survey.ts";

/** Five to a power of ten. */
const PREFERRED = [1, 1.6, 2.5, 4, 6.3];

/** From how many times the low tenth's value the high tenth's is on, the scale is logarithmic. */
const SKEWED = 5;

/** The scale spans so many times at most; what is below stands in one bar. */
const SPAN = 1e6;

/** Bars on a plain scale. */
const BARS = 16;

const HEIGHT = 340;

/** Where the bars stand that are not on the scale. */
const ZERO = -2;
const UNDER = -1;

export type Bins = { log: boolean, edges: number[] };
type Tally = { zeros: number, under: number, bars: number[], total: number };

/** @param k the k-th preferred number from 1 on */
const preferred = (k: number) => Number(`${PREFERRED[((k % 5) + 5) % 5]}e${Math.floor(k / 5)}`);

/** Where bars begin and end, from what each per cent of the customers stays below. */
export function binsOf(quantiles: ArrayLike<number>): Bins {
  const [low, high] = [quantiles[1], quantiles[100]];
  if (!(high >= NOTHING)) return { log: false, edges: [0, 1] };
  if (quantiles[90] <= SKEWED * quantiles[10]) return { log: false, edges: plainEdges(quantiles[0], high) };
  let from = Math.floor(5 * Math.log10(Math.max(low, high / SPAN, 2 * NOTHING)));
  while (preferred(from) > Math.max(low, high / SPAN, 2 * NOTHING)) from--;
  const edges = [preferred(from)];
  for (let k = from + 1; edges[edges.length - 1] <= high; k++) edges.push(preferred(k));
  return { log: true, edges };
}

/** Where all are worth nearly the same, the scale does not make a difference of it. */
function plainEdges(low: number, high: number) {
  const [first, second] = ticks(0, Math.max(high - low, high / 10), BARS);
  const step = second - first;
  const edges = [Math.floor(low / step) * step];
  while (edges[edges.length - 1] <= high) edges.push(Number((edges[0] + edges.length * step).toPrecision(12)));
  return edges;
}

/** @param counts as survey gives them */
export function tallyOf(counts: ArrayLike<number>): Tally {
  const [zeros, under, ...bars] = Array.from(counts);
  return { zeros, under, bars, total: zeros + under + bars.reduce((a, b) => a + b, 0) };
}

export function distribution(clv: NonNullable<Pictures["clv"]>, bins: Bins, counts: ArrayLike<number>, say: Say): Picture {
  const { words } = say;
  const tally = tallyOf(counts);
  const median = clv.quantiles[50];
  const mean = tally.total > 0 ? clv.total / tally.total : 0;
  if (!(clv.total > 0)) return { finding: words.no_amounts };
  const bars = barsOf(bins, tally, say);
  const tallest = bars.reduce((best, b, i) => (b.count > bars[best].count ? i : best), 0);
  return {
    finding: median >= NOTHING
      ? words.distribution_finding({ median: say.about(median), mean: say.about(mean) })
      : words.distribution_finding_nothing({ mean: say.about(mean) }),
    plots: [{
      name: words.distribution_read, height: HEIGHT, start: tallest,
      draw: (width) => draw(clv, bins, bars, mean, say, width),
      read: (i) => ({
        at: bars[i].name,
        parts: [{ title: words.customers, value: say.count(bars[i].count) }, { title: words.share, value: say.exact(bars[i].count / tally.total) }],
      }),
    }],
    table: {
      head: [words.value_of_customer, words.customers, words.share],
      rows: bars.map((b) => [b.name, say.count(b.count), say.exact(b.count / tally.total)]),
    },
  };
}

/** The bars with their names: nothing and next to nothing apart, where there are any. */
function barsOf({ edges }: Bins, { zeros, under, bars }: Tally, { words, money }: Say) {
  return [
    ...(zeros ? [{ name: words.nothing, count: zeros, at: ZERO }] : []),
    ...(under ? [{ name: words.below({ value: money(edges[0]) }), count: under, at: UNDER }] : []),
    ...bars.map((count, i) => ({ name: words.from_to({ from: money(edges[i]), to: money(edges[i + 1]) }), count, at: i })),
  ];
}

type Bars = ReturnType<typeof barsOf>;

function draw(clv: { quantiles: ArrayLike<number> }, { log, edges }: Bins, bars: Bars, mean: number, say: Say, width: number) {
  const { words } = say;
  const most = Math.max(...bars.map((b) => b.count));
  const up = ticks(0, most, marksUp(HEIGHT)).filter(Number.isInteger);
  const labels = up.map((t) => say.format.axis(t, "count"));
  const box = area(width, HEIGHT, labels);
  const extra = bars.filter((b) => b.at < 0).length;
  const each = (box.right - box.left) / (edges.length - 1 + 1.5 * extra);
  const from = box.left + 1.5 * extra * each;
  const [first, last] = [edges[0], edges[edges.length - 1]];
  const x = (log ? logarithmic : linear)(first, last, from, box.right);
  const y = linear(0, Math.max(most, up[up.length - 1]) * 1.12, box.bottom, box.top);
  // Those apart stand left of the scale, each with a gap behind it.
  const left = (b: Bars[number], i: number) => (b.at < 0 ? box.left + 1.5 * i * each : x(edges[b.at]));
  const across = log ? logTicks(first, last, marksAcross(width - from + box.left)) : ticks(first, last, marksAcross(width));
  const deciles = Array.from({ length: 9 }, (_, i) => clv.quantiles[10 * (i + 1)]).filter((q) => q >= first);
  return {
    body: svg`${yAxis(box, y, up, labels, words.customers)}
      ${xAxis(box, x, across, across.map((t) => say.format.axis(t, "money")), words.value_of_customer)}
      ${bars.map((b, i) => svg`${bar("block", left(b, i) + 1, each - 2, y(b.count), box.bottom)}
        ${b.at === ZERO ? xMark(left(b, i) + each / 2, box.bottom + 19, say.format.axis(0, "money")) : nothing}`)}
      ${deciles.map((q) => svg`<path class="notch" d="M${x(q)},${box.bottom}v7" />`)}
      ${flag(box, x, clv.quantiles[50], first, words.median({ value: say.about(clv.quantiles[50]) }), 0)}
      ${flag(box, x, mean, first, words.mean({ value: say.about(mean) }), 1)}`,
    xs: bars.map((b, i) => left(b, i) + each / 2),
    mark: (i: number) => around(box, left(bars[i], i), each),
  };
}

/** A named place on the scale. */
function flag(box: Area, x: (v: number) => number, value: number, first: number, name: string, row: number) {
  if (value < first) return nothing;
  const at = x(value);
  const ends = at > (box.left + box.right) / 2;
  return svg`${hair({ ...box, top: box.top + 4 + 18 * row }, at)}
    <text class="label" x=${at + (ends ? -6 : 6)} y=${box.top + 12 + 18 * row} text-anchor=${ends ? "end" : "start"}>${name}</text>`;
}
