/** What a campaign brings by the number of customers written to, at half, expected and double response. */
import { nothing, svg } from "lit";
import { ticks } from "../../charts/axis.ts";
import { area, dot, hair, marksAcross, marksUp, xAxis, yAxis } from "../../charts/frame.ts";
import type { Plot } from "../../charts/reading.ts";
import { linear, path } from "../../charts/scale.ts";
import type { Format } from "../../base/format.ts";
import type { CampaignWords } from "../words.ts";

const HEIGHT = 300;

/** Profit at one response rate, by number of customers. */
export interface Line {
  name: string;
  points: { listed: number, profit: number }[];
}

/** @param lines the expected one in the middle @param best how many to write to */
export function profit(lines: Line[], best: number, format: Format, words: CampaignWords): Plot {
  const xs = lines[1].points.map(({ listed }) => listed);
  return {
    name: words.chart, height: HEIGHT, start: nearest(xs, best),
    draw: (width) => draw(lines, xs, best, format, words, width),
    read: (i) => ({
      at: words.chart_at({ shown: format.value(xs[i], "count") }),
      parts: lines.map(({ name, points }, k) => ({ title: name, value: format.money(points[i].profit, true), key: `line-${k === 1 ? 0 : 1}` })),
    }),
  };
}

const nearest = (xs: number[], to: number) => xs.reduce((best, x, i) => (Math.abs(x - to) < Math.abs(xs[best] - to) ? i : best), 0);

function draw(lines: Line[], xs: number[], best: number, format: Format, words: CampaignWords, width: number) {
  const all = lines.flatMap(({ points }) => points.map((p) => p.profit));
  // A line far below is cut off: what matters lies around zero.
  const high = Math.max(0, ...all);
  const low = Math.max(Math.min(0, ...all), -high || -Infinity);
  const up = ticks(low, high || 1, marksUp(HEIGHT));
  const labels = up.map((t) => format.axis(t, "money"));
  const box = area(width, HEIGHT, labels);
  const last = xs[xs.length - 1] || 1;
  const x = linear(0, last, box.left, box.right);
  const y = linear(Math.min(low, up[0]), Math.max(high, up[up.length - 1]), box.bottom, box.top);
  const across = ticks(0, last, marksAcross(width)).filter((t) => t <= last && Number.isInteger(t));
  const place = nearest(xs, best);
  return {
    body: svg`<clipPath id="inside"><rect x=${box.left} y=${box.top - 6} width=${box.right - box.left + 6} height=${box.bottom - box.top + 6} /></clipPath>
      ${yAxis(box, y, up, labels, words.profit)}
      ${xAxis(box, x, across, across.map((t) => format.value(t, "count")), words.chart_axis)}
      <g clip-path="url(#inside)">${lines.map(({ points }, k) => svg`<path class="line ${k === 1 ? "line-0" : "line-1"}" d=${path(xs, points.map((p) => p.profit), x, y)} />`)}</g>
      ${best > 0 ? svg`<path class="level" d="M${x(best)},${box.top}V${box.bottom}" /><circle class="paid" cx=${x(xs[place])} cy=${y(lines[1].points[place].profit)} r="5.5" />` : nothing}`,
    xs: xs.map(x),
    mark: (i: number) => [hair(box, x(xs[i])), dot("line-0", x(xs[i]), y(lines[1].points[i].profit))],
  };
}
