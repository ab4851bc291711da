// What the API says of a calculation, for the tests of the spreadsheets' functions.
import assert from "node:assert/strict";

/** Where the server is that the tests ask. */
export const base = process.env.BASE_URL ?? "http://127.0.0.1:8080";

/** A figure in JSON: a list over time, or a list of records, too. */
type Figure = number | string | null | number[] | Record<string, number | string>[];

/** A calculation, as GET /v1 lists it. */
interface Listed {
  id: string;
  example: Record<string, Figure>;
  arguments: string[];
}

export const { calculations }: { calculations: Listed[] } = await (await fetch(new URL("/v1", base))).json();

/** What a cell of a sheet holds. */
export type Cell = string | number | null | undefined;

/** Cells one under the other. */
export const down = (...cells: Cell[]) => cells.map((cell) => [cell]);

/**
 * The worked example of a calculation and its first result that is one value. Inputs are in the order of a function's arguments.
 */
export async function firstResult(id: string) {
  const found = calculations.find((one) => one.id === id);
  assert.ok(found);
  const { example, arguments: inputs } = found;
  const answer = await fetch(new URL("/v1/" + id, base), { method: "POST", body: JSON.stringify(example) });
  assert.equal(answer.status, 200);
  let result: unknown = await answer.json();
  while (result !== null && typeof result === "object") result = Object.values(result)[0];
  return { inputs, example, result: result as number | string | null };
}

/** Closed forms agree to a relative 1e-12 (the design's tolerance); the way through a sheet adds none. A word is the same. */
export function sameCell(got: unknown, want: number | string | null, about?: string) {
  if (typeof want !== "number") return assert.equal(got, want ?? "", about);
  assert.ok(typeof got === "number" && Math.abs(got - want) <= 1e-12 * Math.abs(want), `${about ?? ""}: ${got}, not ${want}`);
}
