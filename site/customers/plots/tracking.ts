/** Repeat orders over time, as they came and as the model has them: all so far, and week by week. */
import { nothing, svg } from "lit";
import { ticks } from "../../charts/axis.ts";
import { monthTicks, monthOf } from "../../base/dates.ts";
import type { Pictures } from "../state.ts";
import { type Area, area, dot, hair, marksAcross, marksUp, xAxis, yAxis } from "../../charts/frame.ts";
import type { Plot } from "../../charts/reading.ts";
import type { Picture, Say } from "./say.ts";
import { linear, path } from "../../charts/scale.ts";

type Tracked = NonNullable<Pictures["tracking"]>;

/** Days after which the figures hold. */
type Lines = { ends: number[], actual: number[], expected: number[] };

const HEIGHT = 300;

/**
 * All repeat orders so far, and those of each week; the last week only if it is whole.
 * @param lastDay of the log
 */
export function linesOf(t: Tracked, lastDay: number): { all: Lines, weekly: Lines } {
  const ends = Array.from(t.repeat, (_, k) => Math.min(t.start + (k + 1) * t.days, lastDay + 1));
  const all = { ends, actual: Array.from(t.repeat), expected: Array.from(t.expected) };
  const whole = (lastDay + 1 - t.start) % t.days === 0 ? ends.length : ends.length - 1;
  const steps = (v: number[]) => v.slice(0, whole).map((n, k) => n - (k > 0 ? v[k - 1] : 0));
  return { all, weekly: { ends: ends.slice(0, whole), actual: steps(all.actual), expected: steps(all.expected) } };
}

/** What came after the model's data ended; null where it has seen everything. */
export function heldOut(t: Tracked) {
  const [n, last] = [t.repeat.length, t.repeat.length - 1];
  const seen = t.calibration - 1;
  if (n - t.calibration < 2 || seen < 0) return null;
  return { periods: n - t.calibration, actual: t.repeat[last] - t.repeat[seen], expected: t.expected[last] - t.expected[seen] };
}

export function tracking(t: Tracked, lastDay: number, say: Say): Picture {
  const { words } = say;
  const { all, weekly } = linesOf(t, lastDay);
  const unseen = heldOut(t);
  const last = all.ends.length - 1;
  if (last < 1) return { finding: words.tracking_short };
  const figures = unseen ?? { actual: all.actual[last], expected: all.expected[last] };
  const counts = { actual: say.count(figures.actual), expected: say.count(figures.expected) };
  return {
    finding: unseen ? words.tracking_finding({ ...counts, n: unseen.periods, weeks: say.count(unseen.periods) }) : words.tracking_finding_seen(counts),
    plots: [
      plot(all, t, words.all_so_far, words.tracking_read, say, last),
      ...(weekly.ends.length > 1 ? [plot(weekly, t, words.each_week, words.weekly_read, say, weekly.ends.length - 1)] : []),
    ],
    table: {
      head: [words.week_to, words.all_actual, words.all_expected, words.week_actual, words.week_expected],
      rows: all.ends.map((end, k) => [
        say.dates.day(end - 1), say.count(all.actual[k]), say.count(all.expected[k]),
        ...(k < weekly.ends.length ? [say.count(weekly.actual[k]), say.short(weekly.expected[k])] : ["–", "–"]),
      ]),
    },
  };
}

function plot(lines: Lines, t: Tracked, name: string, label: string, say: Say, start: number): Plot {
  const { words } = say;
  return {
    name: label, height: HEIGHT, start,
    draw: (width) => draw(lines, t, name, say, width),
    read: (i) => ({
      at: words.until({ day: say.dates.day(lines.ends[i] - 1) }),
      parts: [
        { title: words.actual, value: say.count(lines.actual[i]), key: "line-0" },
        { title: words.model, value: say.count(lines.expected[i]), key: "line-1" },
      ],
    }),
  };
}

function draw({ ends, actual, expected }: Lines, t: Tracked, name: string, say: Say, width: number) {
  const last = ends[ends.length - 1];
  const most = Math.max(1, ...actual, ...expected);
  const up = ticks(0, most, marksUp(HEIGHT)).filter(Number.isInteger);
  const labels = up.map((v) => say.format.axis(v, "count"));
  const box = area(width, HEIGHT, labels);
  const x = linear(t.start, last, box.left, box.right);
  const y = linear(0, Math.max(most, up[up.length - 1]), box.bottom, box.top);
  const across = monthTicks(t.start, last, marksAcross(width) - 1);
  const unseen = heldOut(t) && t.start + t.calibration * t.days;
  return {
    body: svg`${unseen ? held(box, x(unseen), say) : nothing}
      ${yAxis(box, y, up, labels, name)}
      ${xAxis(box, x, across, across.map((d) => say.dates.month(monthOf(d))), "")}
      <path class="line line-0" d=${path(ends, actual, x, y)} />
      <path class="line line-1" d=${path(ends, expected, x, y)} />`,
    xs: ends.map(x),
    mark: (i: number) => [hair(box, x(ends[i])), dot("line-0", x(ends[i]), y(actual[i])), dot("line-1", x(ends[i]), y(expected[i]))],
  };
}

/** The time that the model has not seen. */
const held = (box: Area, from: number, { words }: Say) => svg`
  <rect class="held" x=${from} y=${box.top} width=${Math.max(0, box.right - from)} height=${box.bottom - box.top} />
  <path class="level" d="M${from},${box.top}V${box.bottom}" />
  <text class="label aside" x=${box.right} y=${box.top - 5} text-anchor="end">${words.not_seen}</text>`;
