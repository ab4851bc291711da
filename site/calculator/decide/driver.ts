/** What drives the answer, in a sentence. It stands under the number before there is a script, and in the same words with one. */
import { type Asked, type Come, type Given, byWeight, comeFigures, firstToChange, givenFigures, headlineOf } from "./figures.ts";
import { type Bar, width } from "../../engine/decide.ts";

/** How much further than the next the first has to move the answer: of factors, which move it alike, none moves it most. */
const AHEAD = 1 + 1e-6;

export interface Driver {
  says: string; // empty where there is nothing to say
  room: string; // the longest that may stand there, of these figures, where there is something: what stands below does not move when another one drives it
}

/**
 * The figure that moves the answer most when each is moved by a fifth; where several do alike, the one that people would change first, without that claim.
 * Empty where that moves nothing that is seen, or the answer is beyond every number at one end.
 */
export function driverOf(asked: Asked): Driver {
  const result = headlineOf(asked, comeFigures(asked));
  const given = givenFigures(asked);
  if (!result || given.length === 0) return { says: "", room: "" };
  const { bars } = byWeight(asked, result.path, given);
  const [first, next] = bars;
  const most = first && !(next && width(first) < width(next) * AHEAD);
  const bar = most ? first : bars.find((b) => b.field === firstToChange(asked, given).path);
  const says = bar ? said(bar, most, given, result, asked) : "";
  const others = says ? bars.map((b) => said(b, true, given, result, asked)) : [];
  return { says, room: others.reduce((longest, text) => (text.length > longest.length ? text : longest), says) };
}

function said({ field, low, high, result_low, result_high }: Bar, most: boolean, given: Given[], { unit }: Come, { format, words }: Asked) {
  const figure = given.find((g) => g.path === field);
  if (!figure || result_low === null || result_high === null) return "";
  const say = (value: number, unit?: string) => format.value(value, unit, true);
  const [lower, higher] = [say(result_low, unit), say(result_high, unit)];
  if (lower === higher) return "";
  return words[most ? "drives" : "moves"]({ title: figure.title, low: say(low, figure.field.unit), lower, high: say(high, figure.field.unit), higher });
}
