// What the API says of a calculation, for the tests of the spreadsheets' functions.
import assert from "node:assert/strict";

const base = /** @type {string} */ (process.env.BASE_URL);

/** @type {{ id: string, example: any, required: string[], inputs: object }[]} */
export const calculations = (await (await fetch(new URL("/v1", base))).json()).calculations;

/**
 * The worked example of a calculation and its first result that is one value. Inputs are in the order of a function's arguments: those that
 * are needed, then the others.
 * @param {string} id
 */
export async function firstResult(id) {
  const found = calculations.find((one) => one.id === id);
  assert.ok(found);
  const { example, required, inputs: all } = found;
  const answer = await fetch(new URL("/v1/" + id, base), { method: "POST", body: JSON.stringify(example) });
  assert.equal(answer.status, 200);
  const inputs = [...required, ...Object.keys(all).filter((name) => !required.includes(name))];
  let result = await answer.json();
  while (result !== null && typeof result === "object") result = Object.values(result)[0];
  return { inputs, example, result };
}

/**
 * Closed forms agree to a relative 1e-12 (the design's tolerance); the way through a sheet adds none. A word is the same.
 * @param {unknown} got
 * @param {number | string | null} want
 * @param {string} [about]
 */
export function sameCell(got, want, about) {
  if (typeof want !== "number") return assert.equal(got, want ?? "", about);
  assert.ok(typeof got === "number" && Math.abs(got - want) <= 1e-12 * Math.abs(want), `${about ?? ""}: ${got}, not ${want}`);
}
