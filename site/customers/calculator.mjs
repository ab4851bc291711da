/**
 * The calculator's engine, for what it already knows to work out. It is loaded once, by the first view that asks for it.
 *
 * @typedef {import("../engine/engine.mjs").Engine} Engine
 * @typedef {import("../engine/engine.mjs").Sources} Sources
 */

/** @type {Promise<Engine> | null} */
let engine = null;

/**
 * An engine that can be asked for a loyalty programme and a repeat purchase.
 * @param {Sources} sources
 * @returns {Promise<Engine>}
 */
export function calculator(sources) {
  engine ??= import("../engine/engine.mjs")
    .then(({ Engine }) => Engine.load(sources, "loyalty-programme", "repeat-purchase"))
    .catch((error) => {
      engine = null; // may be asked for again
      throw error;
    });
  return engine;
}
