/** What drives the answer, in a sentence. */
import { byWeight, comeFigures, firstToChange, givenFigures, headlineOf } from "./figures.ts";
import { type Bar, width } from "../../engine/decide.ts";
import type { Shown } from "../calculator.ts";
import type { Words } from "./tools.ts";

/** How much further than the next the first has to move the answer: of factors, which move it alike, none moves it most. */
const AHEAD = 1 + 1e-6;

/**
 * The figure that moves the answer most when each is moved by a fifth; where several do alike, the one that people would change first, without that claim.
 * Null where that moves nothing that is seen, or the answer is beyond every number at one end.
 */
export function driverOf(shown: Shown, words: Words): string | null {
  const result = headlineOf(shown, comeFigures(shown));
  const given = givenFigures(shown);
  if (!result || given.length === 0) return null;
  const { bars } = byWeight(shown, result.path, given);
  const [first, next] = bars;
  const most = first && !(next && width(first) < width(next) * AHEAD);
  const bar = most ? first : bars.find((b) => b.field === firstToChange(shown, given).path);
  return bar ? said(bar, most, shown, words) : null;
}

function said({ field, low, high, result_low, result_high }: Bar, most: boolean, shown: Shown, words: Words) {
  const figure = givenFigures(shown).find((g) => g.path === field);
  if (!figure || result_low === null || result_high === null) return null;
  const { unit } = headlineOf(shown, comeFigures(shown));
  const say = (value: number, unit?: string) => shown.format.value(value, unit, true);
  const [lower, higher] = [say(result_low, unit), say(result_high, unit)];
  if (lower === higher) return null;
  return words[most ? "drives" : "moves"]({ title: figure.title, low: say(low, figure.field.unit), lower, high: say(high, figure.field.unit), higher });
}
