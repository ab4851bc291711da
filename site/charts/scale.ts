/** From data to pixels: a scale, a line through points. */

export type Scale = (value: number) => number;

export function linear(from: number, to: number, start: number, end: number): Scale {
  const span = to - from || 1;
  return (v) => start + ((v - from) / span) * (end - start);
}

/** A line through points, to a tenth of a pixel. @param step in steps: a value holds from its place on ("after") or up to it ("before") */
export function path(xs: ArrayLike<number>, ys: ArrayLike<number>, x: Scale, y: Scale, step?: string) {
  let d = "";
  for (let i = 0; i < xs.length; i++) {
    const [across, up] = [x(xs[i]).toFixed(1), y(ys[i]).toFixed(1)];
    if (i === 0) d = `M${across},${up}`;
    else if (step) d += step === "before" ? `V${up}H${across}` : `H${across}V${up}`;
    else d += `L${across},${up}`;
  }
  return d;
}
