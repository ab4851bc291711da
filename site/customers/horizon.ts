/** A horizon in words: in months where it is about whole ones, otherwise in days. */
import type { Format } from "../base/format.ts";

/** Days of a mean month. */
const MONTH = 30.4375;

export function horizonText(days: number, format: Format) {
  const months = Math.round(days / MONTH);
  return Math.abs(days - months * MONTH) < 3 ? format.duration(months) : format.value(days, "days");
}
