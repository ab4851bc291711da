/** The scale of a slider: positions 0 to STEPS on the track, values between two ends, evenly spaced or by ratio. */
import type { Primary } from "../base/scenarios.ts";
import type { Field } from "../base/catalogue.gen.mjs";

export const STEPS = 1000;

export type Range = ReturnType<typeof rangeOf>;

/** Fewer whole numbers than these are evenly spaced: by ratio, the lowest would share one place. */
const FEW = 100;

/** The slider's range: what the scenario says, else the field's bounds, else a decade either way of the start, as far as the field takes it. */
export function rangeOf(primary: Primary, field: Field, start: number | null): Required<Omit<Primary, "field">> {
  const bounded = field.unit === "share" || field.unit === "rate";
  const around = Math.abs(start ?? 0) || 100;
  const from = primary.from ?? (bounded ? Math.max(0, field.min ?? 0) : Math.max(around / 10, field.min ?? 0));
  const to = primary.to ?? (bounded ? Math.min(1, field.max ?? 1) : Math.min(around * 10, field.max ?? Infinity));
  const scale = primary.scale ?? (bounded || primary.step !== undefined || from <= 0 || (field.whole && to - from < FEW) ? "linear" : "log");
  return { from, to, scale, step: primary.step ?? (field.whole ? 1 : (to - from) / STEPS) };
}

/** Where on the track a value stands; outside the range, at its end. */
export function toPosition(value: number, { from, to, scale }: Range) {
  const share = scale === "log" ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
  return Math.round(STEPS * Math.min(1, Math.max(0, share || 0)));
}

/** The value at a position, rounded as a person would write it. */
export function toValue(position: number, { from, to, scale, step }: Range, whole = false) {
  const share = position / STEPS;
  if (scale === "log") {
    const value = readable(from * (to / from) ** share);
    return whole ? Math.round(value) : value;
  }
  return clean(Math.min(to, from + Math.round((share * (to - from)) / step) * step));
}

/**
 * One press of an arrow key in a number field: about a hundredth to a tenth of the value.
 * @param presses negative for down
 */
export function nudge(value: number, presses: number) {
  const unit = value === 0 ? 0.01 : 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  return clean(value + presses * unit);
}

/** Two significant digits, or two and a half where the leading digits are low. */
function readable(value: number) {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  const part = value / unit < 30 ? unit / 2 : unit;
  return clean(Math.round(value / part) * part);
}

/** Without the dust of binary fractions. */
function clean(value: number) {
  return Number(value.toPrecision(12));
}
