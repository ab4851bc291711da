/** Forecast and outcome in the time held out, by orders before it. */
import { svg } from "lit";
import { ticks } from "../../charts/axis.ts";
import type { Pictures } from "../state.ts";
import { around, bar } from "../../charts/bars.ts";
import { area, marksUp, xAxis, yAxis } from "../../charts/frame.ts";
import type { Picture, Say } from "./say.ts";
import { linear } from "../../charts/scale.ts";

type Calibrated = NonNullable<Pictures["calibration"]>;

/** Orders before; more: and more. */
type Group = { orders: number, more: boolean, customers: number, actual: number, expected: number };

const HEIGHT = 300;

/** The groups that have customers. */
export function groupsBy(c: Calibrated): Group[] {
  const last = c.customers.length - 1;
  return Array.from(c.customers, (customers, k) => ({
    orders: k + 1, more: k === last, customers, actual: c.actual[k], expected: c.expected[k],
  })).filter((g) => g.customers > 0);
}

/** How far the groups' forecasts are off, of all orders that came; null where nothing was held out. */
export function missed(groups: Group[]) {
  const came = groups.reduce((sum, g) => sum + g.customers * g.actual, 0);
  const off = groups.reduce((sum, g) => sum + g.customers * Math.abs(g.actual - g.expected), 0);
  return came > 0 ? off / came : null;
}

export function calibration(c: Calibrated, say: Say): Picture {
  const { words } = say;
  const groups = groupsBy(c);
  const off = missed(groups);
  if (off === null) return { finding: words.calibration_none };
  const name = (g: Group) => (g.more ? words.or_more({ n: say.count(g.orders) }) : say.count(g.orders));
  return {
    finding: words.calibration_finding({ off: say.share(off) }),
    plots: [{
      name: words.calibration_read, height: HEIGHT, start: 0,
      draw: (width) => draw(groups, groups.map(name), say, width),
      read: (i) => ({
        at: words.orders_before({ n: groups[i].orders, count: name(groups[i]) }),
        parts: [
          { title: words.actual, value: say.format.value(groups[i].actual, "count"), key: "solid" },
          { title: words.model, value: say.format.value(groups[i].expected, "count"), key: "stroke" },
        ],
      }),
    }],
    table: {
      head: [words.past_orders, words.customers, words.orders_actual, words.orders_expected],
      rows: groups.map((g) => [name(g), say.count(g.customers), say.format.value(g.actual, "count"), say.format.value(g.expected, "count")]),
    },
  };
}

function draw(groups: Group[], names: string[], say: Say, width: number) {
  const most = Math.max(...groups.map((g) => Math.max(g.actual, g.expected)));
  const up = ticks(0, most, marksUp(HEIGHT));
  const labels = up.map((t) => say.format.axis(t, "count"));
  const box = area(width, HEIGHT, labels);
  const y = linear(0, Math.max(most, up[up.length - 1]), box.bottom, box.top);
  const each = (box.right - box.left) / groups.length;
  const left = (i: number) => box.left + i * each;
  const gap = each * 0.3;
  return {
    body: svg`${yAxis(box, y, up, labels, say.words.orders_each)}
      ${groups.map((g, i) => svg`${bar("block", left(i) + gap / 2, each - gap, y(g.actual), box.bottom)}
        <path class="stroke" d="M${left(i) + gap / 4},${y(g.expected)}h${each - gap / 2}" />`)}
      ${xAxis(box, (v) => left(v) + each / 2, groups.map((_, i) => i), names, say.words.past_orders)}`,
    xs: groups.map((_, i) => left(i) + each / 2),
    mark: (i: number) => around(box, left(i), each),
  };
}
