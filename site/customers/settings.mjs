/**
 * What the user decides, apart from the file: its bounds, and its form in the address. Only what differs from the start
 * stands there.
 *
 * @typedef {import("./types.d.ts").Settings} Settings
 */
import { isCurrency } from "../base/format.mjs";
import { words } from "../engine/customers.gen.mjs";

/** @type {Settings} */
export const START = {
  horizon_days: 365, annual_discount: 0.1, margin: 1, cac: 0, level: 0.95, kind: "auto", currency: "USD", holdout_days: 0,
};

/** What each may be, as the engine takes it. @type {Record<string, [number, number]>} */
export const BOUNDS = {
  horizon_days: [1, 36_500],
  annual_discount: [0, 10],
  margin: [0.001, 1],
  cac: [0, 1e12],
  level: [0.5, 0.999],
  holdout_days: [0, 36_500],
};

/**
 * Settings with those of others that make sense.
 * @param {Settings} settings @param {Record<string, unknown>} others
 * @returns {Settings}
 */
export function withSettings(settings, others) {
  const kept = Object.entries(others).filter(([name, value]) => allowed(name, value));
  return kept.every(([name, value]) => settings[/** @type {keyof Settings} */ (name)] === value)
    ? settings
    : { ...settings, ...Object.fromEntries(kept) };
}

/** @param {string} name @param {unknown} value */
function allowed(name, value) {
  if (name === "kind") return value === "auto" || /** @type {readonly unknown[]} */ (words.kind).includes(value);
  if (name === "currency") return typeof value === "string" && isCurrency(value);
  const bounds = BOUNDS[name];
  return bounds !== undefined && typeof value === "number" && value >= bounds[0] && value <= bounds[1];
}

/** @param {URLSearchParams} query @returns {Record<string, unknown>} */
export function readSettings(query) {
  const given = [...query].filter(([name]) => name in START);
  return Object.fromEntries(given.map(([name, text]) => [name, name in BOUNDS && text.trim() ? Number(text) : text]));
}

/** Puts settings into a query, and takes out those at their start. @param {URLSearchParams} query @param {Settings} settings */
export function writeSettings(query, settings) {
  for (const [name, value] of Object.entries(settings)) {
    if (value === START[/** @type {keyof Settings} */ (name)]) query.delete(name);
    else query.set(name, String(value));
  }
}
