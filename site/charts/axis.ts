/**
 * Where an axis is marked, and where a line crosses a height.
 */

/** Round numbers that cover [low, high], about count of them. */
export function ticks(low: number, high: number, count: number) {
  const step = roundStep((high - low) / count, [1, 2, 5, 10]);
  return marks(low, high, step);
}

/** The same for time: months by quarters and years, everything else by round numbers of whole ones. */
export function timeTicks(low: number, high: number, count: number, months: boolean) {
  const rough = (high - low) / count;
  const step = months ? ([1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 480].find((s) => s >= rough) ?? 1200) : roundStep(rough, [1, 2, 5, 10]);
  return marks(low, high, months ? step : Math.max(step, high - low > 3 ? 1 : step));
}

function roundStep(rough: number, parts: number[]) {
  if (!(rough > 0)) return 1;
  const unit = 10 ** Math.floor(Math.log10(rough));
  return unit * (parts.find((p) => p * unit >= rough * 0.999) ?? 10);
}

function marks(low: number, high: number, step: number) {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/**
 * Where a line first reaches a height from below, on the straight line between two points or, for steps, where it
 * jumps; null where it starts above or never gets there.
 */
export function crossing(xs: ArrayLike<number>, ys: ArrayLike<number>, height: number, step = false) {
  for (let i = 1; i < xs.length; i++) {
    if (ys[i - 1] < height && ys[i] >= height) {
      return step ? xs[i] : xs[i - 1] + ((height - ys[i - 1]) / (ys[i] - ys[i - 1])) * (xs[i] - xs[i - 1]);
    }
  }
  return null;
}
