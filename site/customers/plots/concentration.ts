/** How the value is shared out: Lorenz curves, the best customers first. */
import { svg } from "lit";
import { ticks } from "../../charts/axis.ts";
import type { Pictures } from "../state.ts";
import { area, dot, hair, marksAcross, marksUp, xAxis, yAxis } from "../../charts/frame.ts";
import type { Picture, Say } from "./say.ts";
import { linear, path } from "../../charts/scale.ts";

export type Concentration = NonNullable<Pictures["clv"]>;

const PARTS = Array.from({ length: 101 }, (_, i) => i / 100);

/** The curve that is read at first: the best tenth. */
const TENTH = 10;

export function concentration(clv: Concentration, spend: Concentration, say: Say): Picture {
  const { words } = say;
  const lines = [
    { title: words.future_value, of: clv, kind: "line-0" },
    { title: words.past_spend, of: spend, kind: "line-1" },
  ].filter((l) => l.of.total > 0);
  if (lines.length === 0) return { finding: words.no_amounts };
  const [first] = lines;
  const finding = first.of === clv ? words.concentration_finding : words.concentration_finding_past;
  return {
    finding: finding({ tenth: say.share(0.1), share: say.share(first.of.top_decile) }),
    plots: [{
      name: words.concentration_read, height: 340, start: TENTH,
      draw: (width) => draw(lines, say, width),
      read: (i) => ({
        at: words.best({ share: say.share(i / 100) }),
        parts: lines.map((l) => ({ title: l.title, value: say.exact(l.of.curve[i]), key: l.kind })),
      }),
    }],
    table: table(lines, say),
  };
}

function draw(lines: { title: string, of: Concentration, kind: string }[], say: Say, width: number) {
  const { words } = say;
  const height = 340;
  const up = ticks(0, 1, marksUp(height));
  const labels = up.map((t) => say.share(t));
  const box = area(width, height, labels);
  const [x, y] = [linear(0, 1, box.left, box.right), linear(0, 1, box.bottom, box.top)];
  const across = ticks(0, 1, Math.min(5, marksAcross(width)));
  const drawn = lines.map((l) => path(PARTS, l.of.curve, x, y));
  const gini = (v: number) => say.format.value(Math.round(100 * v) / 100, "count");
  return {
    body: svg`${yAxis(box, y, up, labels, words.share_of_total)}
      ${xAxis(box, x, across, across.map((t) => say.share(t)), words.customers_best_first)}
      <path class="equal" d="M${x(0)},${y(0)}L${x(1)},${y(1)}" />
      <path class="area" d="${drawn[0]}V${y(0)}Z" />
      ${drawn.map((d, i) => svg`<path class="line ${lines[i].kind}" d=${d} />`).reverse()}
      ${lines.map((l, i) => svg`<text class="label" x=${box.right - 8} y=${box.bottom - 14 - 19 * (lines.length - 1 - i)} text-anchor="end">
        ${words.gini({ what: l.title, gini: gini(l.of.gini) })}</text>`)}`,
    xs: PARTS.map(x),
    mark: (i: number) => [hair(box, x(i / 100)), ...lines.map((l) => dot(l.kind, x(i / 100), y(l.of.curve[i])))],
  };
}

/** Tenths of the customers. */
function table(lines: { title: string, of: Concentration }[], say: Say) {
  const { words } = say;
  const cells = (of: Concentration, i: number) => [
    say.money(of.deciles[i]), say.exact(of.deciles[i] / of.total), say.exact(of.curve[10 * (i + 1)]),
  ];
  return {
    head: [words.tenth, ...lines.flatMap((l) => [l.title, words.share, words.so_far])],
    rows: Array.from({ length: 10 }, (_, i) => [say.format.value(i + 1, "count"), ...lines.flatMap((l) => cells(l.of, i))]),
  };
}
