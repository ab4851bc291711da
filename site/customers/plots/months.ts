/** Repeat orders month by month: as they came, and as they are expected; and the season in them. */
import { svg } from "lit";
import { ticks } from "../../charts/axis.ts";
import { around, bar, hatching } from "../../charts/bars.ts";
import { area, marksUp, xAxis, yAxis } from "../../charts/frame.ts";
import { widestOf } from "../../charts/labels.ts";
import { linear } from "../../charts/scale.ts";
import { monthOf, startOf } from "../../base/dates.ts";
import type { Pictures } from "../state.ts";
import type { Picture, Say } from "./say.ts";

type Months = NonNullable<Pictures["months"]>;
type Season = NonNullable<Pictures["season"]>;

const HEIGHT = 340;

/** The names of months; of a part of one its days. */
export function namesOf(months: Months, say: Say) {
  return months.map(({ first, last }) => {
    const month = monthOf(first);
    return first === startOf(month) && last + 1 === startOf(month + 1) ? say.dates.month(month) : say.dates.days(first, last);
  });
}

/** What is said of the season: which it is, or why there is none. */
function seasonFinding({ known, years, index }: Season, say: Say) {
  const { words } = say;
  if (!known) return years > 0 ? words.season_none({ n: years, years: say.count(years) }) : words.season_short;
  const values = Array.from(index);
  const [high, low] = [Math.max(...values), Math.min(...values)];
  const of = (v: number) => say.dates.monthName(values.indexOf(v));
  return words.season_known({ high: of(high), more: say.share(high - 1), low: of(low), fewer: say.share(1 - low) });
}

export function months(all: Months, season: Season, say: Say): Picture {
  const { words } = say;
  const names = namesOf(all, say);
  const from = all.findIndex((m) => m.ahead);
  return {
    finding: seasonFinding(season, say),
    plots: [{
      name: words.months_read, height: HEIGHT, start: Math.max(0, from),
      draw: (width) => draw(all, names, say, width),
      read: (i) => ({
        at: names[i],
        parts: [
          ...(all[i].ahead ? [] : [{ title: words.actual, value: say.count(all[i].actual), key: "solid" }]),
          { title: words.expected, value: say.count(all[i].expected), key: all[i].ahead ? "hatched" : "stroke" },
        ],
      }),
    }],
    table: {
      head: [words.month, words.actual, words.expected],
      rows: all.map((m, i) => [names[i], m.ahead ? "–" : say.count(m.actual), say.count(m.expected)]),
    },
  };
}

function draw(all: Months, names: string[], say: Say, width: number) {
  const most = Math.max(1, ...all.map((m) => Math.max(m.actual, m.expected)));
  const up = ticks(0, most, marksUp(HEIGHT)).filter(Number.isInteger);
  const labels = up.map((t) => say.format.axis(t, "count"));
  const box = area(width, HEIGHT, labels);
  const y = linear(0, Math.max(most, up[up.length - 1]), box.bottom, box.top);
  const each = (box.right - box.left) / all.length;
  const left = (i: number) => box.left + i * each;
  const gap = Math.min(8, each / 5);
  const every = Math.max(1, Math.ceil((widestOf(names) + 12) / each));
  const named = all.map((_, i) => i).filter((i) => i % every === 0);
  return {
    body: svg`${hatching}${yAxis(box, y, up, labels, say.words.months_axis)}
      ${all.map((m, i) => (m.ahead
        ? bar("block hatched", left(i) + gap / 2, each - gap, y(m.expected), box.bottom)
        : svg`${bar("block", left(i) + gap / 2, each - gap, y(m.actual), box.bottom)}
          <path class="stroke" d="M${left(i) + gap / 4},${y(m.expected)}h${each - gap / 2}" />`))}
      ${xAxis(box, (v) => left(v) + each / 2, named, named.map((i) => names[i]), "")}`,
    xs: all.map((_, i) => left(i) + each / 2),
    mark: (i: number) => around(box, left(i), each),
  };
}
