/** What new customers bring: by cohort, what each has brought so far and what is still expected. */
import { nothing, svg } from "lit";
import { ticks } from "../../charts/axis.ts";
import type { Totals } from "../../engine/customers.ts";
import type { Settings } from "../state.ts";
import { type Triangles, groupsOf } from "./cohorts.ts";
import { around, bar, hatching } from "../../charts/bars.ts";
import { area, marksUp, xAxis, yAxis } from "../../charts/frame.ts";
import type { Picture, Say } from "./say.ts";
import { widestOf } from "../../charts/labels.ts";
import { linear } from "../../charts/scale.ts";

/** A cohort: what each customer brings. */
type Won = { from: number, to: number, size: number, so_far: number, to_come: number };

const HEIGHT = 340;

/** Of a bar with its gap. */
const WIDEST = 160;

/** Of spend so far, the margin is counted, as it is of what is to come. */
export function wonBy(c: Triangles, margin: number): Won[] {
  return groupsOf(c, c.periods).map(({ from, to, size, members }) => {
    let [revenue, value] = [0, 0];
    for (const k of members) {
      value += c.value[k];
      for (let age = 0; age < c.periods - k; age++) revenue += c.revenue[k * c.periods + age];
    }
    return { from, to, size, so_far: (margin * revenue) / size, to_come: value / size };
  });
}

export function newcomers(c: Triangles, totals: Totals, settings: Settings, say: Say): Picture {
  const { words } = say;
  const { value, ratio } = totals.new_customer;
  const won = wonBy(c, settings.margin);
  if (!(value.value > 0)) return { finding: words.no_amounts };
  const worth = { value: say.about(value.value), horizon: say.horizon(settings.horizon_days) };
  const bars = [
    ...won.map((w) => ({ ...w, name: say.dates.months(w.from, w.to) })),
    { name: words.won_now, size: 0, so_far: 0, to_come: value.value },
  ];
  return {
    finding: settings.cac > 0
      ? words.newcomers_finding_cost({ ...worth, ratio: say.short(ratio.value) })
      : words.newcomers_finding({ ...worth, low: say.about(value.low), high: say.about(value.high) }),
    plots: [{
      name: words.newcomers_read, height: HEIGHT, start: bars.length - 1,
      draw: (width) => draw(bars, settings.cac, say, width),
      read: (i) => ({
        at: bars[i].name,
        parts: [
          { title: words.to_come, value: say.money(bars[i].to_come), key: "hatched" },
          { title: words.brought, value: say.money(bars[i].so_far), key: "solid" },
          ...(settings.cac > 0 ? [{ title: words.cost, value: say.money(settings.cac), key: "level" }] : []),
        ],
      }),
    }],
    table: {
      head: [words.first_ordered, words.customers, words.brought, words.to_come, words.together],
      rows: bars.map((b) => [b.name, b.size ? say.count(b.size) : "–", ...[b.so_far, b.to_come, b.so_far + b.to_come].map(say.money)]),
    },
  };
}

/** Cohorts, and last a customer who is won now. */
function draw(bars: { name: string, so_far: number, to_come: number }[], cac: number, say: Say, width: number) {
  const { words } = say;
  const most = Math.max(...bars.map((b) => b.so_far + b.to_come), cac);
  const up = ticks(0, most, marksUp(HEIGHT));
  const labels = up.map((t) => say.format.axis(t, "money"));
  const whole = area(width, HEIGHT, labels);
  const each = Math.min(WIDEST, (whole.right - whole.left) / bars.length);
  const box = { ...whole, right: whole.left + each * bars.length };
  const y = linear(0, Math.max(most, up[up.length - 1]) * 1.06, box.bottom, box.top);
  const left = (i: number) => box.left + i * each;
  const gap = Math.min(8, each / 5);
  const every = Math.max(1, Math.ceil((widestOf(bars.map((b) => b.name)) + 12) / each));
  const last = bars.length - 1;
  // The last name ends at the picture's edge, and so begins further left than in the middle under its bar.
  const clear = (i: number) => i === last || (last - i + 0.5) * each >= widestOf([bars[last].name]) + widestOf([bars[i].name]) / 2 + 8;
  const named = bars.map((_, i) => i).filter((i) => (last - i) % every === 0 && clear(i));
  return {
    body: svg`${hatching}${yAxis(box, y, up, labels, words.per_customer)}
      ${bars.map((b, i) => svg`${bar("block", left(i) + gap / 2, each - gap, y(b.so_far), box.bottom)}
        ${bar("block hatched", left(i) + gap / 2, each - gap, y(b.so_far + b.to_come), y(b.so_far))}`)}
      ${cac > 0 ? svg`<path class="halo" d="M${box.left},${y(cac)}H${box.right}" /><path class="level" d="M${box.left},${y(cac)}H${box.right}" />` : nothing}
      ${xAxis(box, (v) => left(v) + each / 2, named, named.map((i) => bars[i].name), words.first_ordered)}`,
    xs: bars.map((_, i) => left(i) + each / 2),
    mark: (i: number) => around(box, left(i), each),
  };
}
