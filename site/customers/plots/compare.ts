/** Two groups at equal age: what their customers have brought so far, continued by the forecast, and when a cost is paid back. */
import { nothing, svg } from "lit";
import { ticks } from "../../charts/axis.ts";
import { area, dot, hair, marksAcross, marksUp, xAxis, yAxis } from "../../charts/frame.ts";
import type { Plot } from "../../charts/reading.ts";
import { linear, path } from "../../charts/scale.ts";
import type { Format } from "../../base/format.ts";
import type { SourceGroup as Source } from "../../engine/customers.ts";
import type { SourceWords } from "../words.ts";

const HEIGHT = 320;

/** A group with its name. */
export interface Named {
  name: string;
  source: Source;
}

/** Months are counted in ages of 30 days. */
const EVERY = 3;

export function compare(ages: ArrayLike<number>, pair: Named[], format: Format, words: SourceWords): Plot {
  const money = (v: number) => format.money(v, true);
  const days = Array.from(ages);
  return {
    name: words.compare_read, height: HEIGHT, start: days.length - 1,
    draw: (width) => draw(days, pair, format, words, width),
    read: (i) => ({
      at: words.compare_day({ day: format.value(days[i], "count") }),
      parts: pair.map(({ name, source }, k) => ({
        title: i < source.seen ? name : `${name} (${words.compare_forecast})`, value: money(source.path[i].value), key: `line-${k}`,
      })),
    }),
  };
}

function draw(days: number[], pair: Named[], format: Format, words: SourceWords, width: number) {
  const costs = pair.map(({ source }) => (source.has_cost ? source.cac : 0));
  const high = Math.max(...pair.flatMap(({ source }) => source.path.map((e) => e.high)));
  const most = Math.max(high, ...costs.filter((cac) => cac < 2 * high));
  const up = ticks(0, most, marksUp(HEIGHT));
  const labels = up.map((t) => format.axis(t, "money"));
  const box = area(width, HEIGHT, labels);
  const x = linear(0, days[days.length - 1], box.left, box.right);
  const y = linear(0, Math.max(most, up[up.length - 1]), box.bottom, box.top);
  const every = Math.max(EVERY, Math.ceil(days.length / marksAcross(width)));
  const named = days.filter((_, i) => i % every === 0);
  return {
    body: svg`${yAxis(box, y, up, labels, words.compare_per)}
      ${xAxis(box, x, named, named.map((d) => format.value(d, "count")), words.compare_axis)}
      ${pair.map(({ source }, k) => lines(source, days, k, x, y))}
      ${pair.map(({ source }, k) => (source.has_cost && costs[k] <= most ? level(source, days, k, box.left, box.right, x, y) : nothing))}`,
    xs: days.map(x),
    mark: (i: number) => [hair(box, x(days[i])), ...pair.map(({ source }, k) => dot(`line-${k}`, x(days[i]), y(source.path[i].value)))],
  };
}

type To = (v: number) => number;

/** A group's line with its band, the forecast's share of it paler. */
function lines({ path: all, seen }: Source, days: number[], k: number, x: To, y: To) {
  const last = Math.max(0, seen - 1);
  const band = (from: number, to: number, kind: string) => {
    const at = days.map((_, i) => i).slice(from, to + 1);
    if (at.length < 2) return nothing;
    const low = at.map((i) => `${x(days[i]).toFixed(1)},${y(all[i].low).toFixed(1)}`);
    const high = at.map((i) => `${x(days[i]).toFixed(1)},${y(all[i].high).toFixed(1)}`).reverse();
    return svg`<polygon class="band band-${k} ${kind}" points=${[...low, ...high].join(" ")} />`;
  };
  return svg`${band(0, last, "known")}${band(last, days.length - 1, "ahead")}
    <path class="line line-${k}" d=${path(days, all.map((e) => e.value), x, y)} />`;
}

/** A cost per customer, and where it is paid back. */
function level({ cac, month, path: all }: Source, days: number[], k: number, left: number, right: number, x: To, y: To) {
  return svg`<path class="level level-${k}" d="M${left},${y(cac)}H${right}" />
    ${month >= 0 ? svg`<circle class="paid" cx=${x(days[month])} cy=${y(all[month].value)} r="5.5" />` : nothing}`;
}
