/** A plan's retention: the share of subscribers still there after each renewal, as observed and as the curve has it. */
import { svg } from "lit";
import { ticks } from "../../charts/axis.ts";
import { area, dot, hair, marksAcross, marksUp, xAxis, yAxis } from "../../charts/frame.ts";
import type { Plot } from "../../charts/reading.ts";
import { linear, path } from "../../charts/scale.ts";
import type { Format } from "../../base/format.ts";
import type { SubscriptionWords } from "../words.ts";

const HEIGHT = 300;

/** @param observed ends with the data @param fitted empty where there is no curve */
export function retention(observed: ArrayLike<number>, fitted: ArrayLike<number>, format: Format, words: SubscriptionWords): Plot {
  const last = Math.max(observed.length, fitted.length) - 1;
  const count = (n: number) => format.value(n, "count");
  return {
    name: words.curve_read, height: HEIGHT, start: observed.length - 1,
    draw: (width) => draw(Array.from(observed), Array.from(fitted), last, format, words, width),
    read: (i) => ({
      at: words.after({ n: i, shown: count(i) }),
      parts: [
        ...(i < observed.length ? [{ title: words.observed, value: format.percent(observed[i], true), key: "line-0" }] : []),
        ...(i < fitted.length ? [{ title: words.fitted, value: format.percent(fitted[i], true), key: "line-1" }] : []),
      ],
    }),
  };
}

function draw(observed: number[], fitted: number[], last: number, format: Format, words: SubscriptionWords, width: number) {
  const up = ticks(0, 1, marksUp(HEIGHT));
  const labels = up.map((v) => format.percent(v));
  const box = area(width, HEIGHT, labels);
  const x = linear(0, Math.max(1, last), box.left, box.right);
  const y = linear(0, 1, box.bottom, box.top);
  const across = ticks(0, last, marksAcross(width)).filter(Number.isInteger);
  const places = Array.from({ length: last + 1 }, (_, i) => i);
  return {
    body: svg`${yAxis(box, y, up, labels, words.share_axis)}
      ${xAxis(box, x, across, across.map((n) => format.value(n, "count")), words.curve_axis)}
      <path class="line line-1" d=${path(places.slice(0, fitted.length), fitted, x, y)} />
      <path class="line line-0" d=${path(places.slice(0, observed.length), observed, x, y)} />`,
    xs: places.map(x),
    mark: (i: number) => [hair(box, x(i)),
      ...(i < fitted.length ? [dot("line-1", x(i), y(fitted[i]))] : []), ...(i < observed.length ? [dot("line-0", x(i), y(observed[i]))] : [])],
  };
}
