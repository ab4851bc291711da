/** The sentences of the scenarios, filled in with figures. */
import type { Format } from "./format.ts";

/** How a figure stands in a sentence: in its unit, or otherwise. */
export type How = "abs" | "points" | "plain" | undefined;

/** What a name stands for, null where there is no such figure. */
type Figure = (name: string, how: How) => string | null;

/**
 * Fills in a scenario's sentence. {name} is a result or an input in its unit, {name:abs} without its sign, {name:points}
 * a share in points, {name:plain} without a unit; a clause in [brackets] is left out when one of its figures does not exist.
 */
export function fillSentence(template: string, figure: Figure): string {
  const clauses = template.replace(/\[([^\]]*)\]/g, (_, clause: string) => fill(clause, figure) ?? "");
  return (fill(clauses, (name, how) => figure(name, how) ?? "–") ?? "").trim();
}

/** Whether a sentence has nothing to say of a figure: of a time of nothing. */
export const untold = (value: unknown, unit: string | undefined) => value === 0 && (unit === "months" || unit === "periods");

/** A figure as a sentence wants it. */
export function inSentence(value: number, unit: string | undefined, how: How, format: Format, rounded = true): string {
  if (how === "points") return format.points(value);
  return format.value(how === "abs" ? Math.abs(value) : value, how === "plain" ? "count" : unit, rounded);
}

function fill(text: string, figure: Figure): string | null {
  let complete = true;
  const filled = text.replace(/\{(\w+)(?::(abs|points|plain))?\}/g, (_, name: string, how: How) => {
    const shown = figure(name, how);
    complete &&= shown !== null;
    return shown ?? "";
  });
  return complete ? filled : null;
}
