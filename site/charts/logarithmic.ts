/** A logarithmic axis: its scale and its marks. */
import { type Scale, linear } from "./scale.ts";

/** Of positive numbers. */
export function logarithmic(from: number, to: number, start: number, end: number): Scale {
  const scale = linear(Math.log(from), Math.log(to), start, end);
  return (v) => scale(Math.log(v));
}

/** Round numbers on a logarithmic axis: 1, 2, 5, 10, ... where that many fit, else 1, 10, 100, ... or every so many of these. */
export function logTicks(from: number, to: number, most: number) {
  const all = [];
  for (let e = Math.floor(Math.log10(from)); e <= Math.log10(to); e++) {
    for (const digit of [1, 2, 5]) all.push({ digit, e, value: Number(`${digit}e${e}`) });
  }
  const within = all.filter((t) => t.value >= from * 0.999 && t.value <= to * 1.001);
  if (within.length <= most) return within.map((t) => t.value);
  const powers = within.filter((t) => t.digit === 1);
  const step = Math.max(1, Math.ceil(powers.length / most));
  return powers.filter((t) => t.e % step === 0).map((t) => t.value);
}
