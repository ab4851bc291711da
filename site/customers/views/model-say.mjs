/** What a fitted model says, and how these views say it. */

/** @typedef {import("../types.d.ts").ModelFile} ModelFile */

const DAYS_PER_MONTH = 365 / 12;

/** The normal distribution's 97.5 % quantile. */
const NORMAL = 1.959963984540054;

/** A horizon in months or years where it is one of them. @param {import("../../app/format.mjs").Format} format @param {number} days */
export function horizonOf(format, days) {
  const months = Math.round(days / DAYS_PER_MONTH);
  return Math.abs(days - months * DAYS_PER_MONTH) < 1 ? format.duration(months) : format.value(days, "days");
}

/**
 * The parameters with 95 % intervals, which are those of their logarithms; null where the error is not known.
 * @param {ModelFile} file @param {string[]} names in the order of the covariance
 */
export function parametersOf({ parameters, log_parameter_covariance: covariance }, names) {
  return names.map((name, i) => {
    const value = parameters[name];
    const factor = Math.exp(NORMAL * Math.sqrt(covariance[i * (names.length + 1)]));
    return { name, value, interval: factor > 1 ? /** @type {[number, number]} */ ([value / factor, value * factor]) : null };
  });
}

/**
 * What the parameters mean for an average customer, in days and shares.
 * @param {ModelFile} file
 */
export function meaningOf({ model, parameters: { r, alpha, a, b, s, beta }, time_unit_days: unit }) {
  const leaving = model === "paretonbd"
    ? { half_life_days: beta * (2 ** (1 / s) - 1) * unit, leave: null }
    : { half_life_days: null, leave: a / (a + b) };
  return { gap_days: (alpha / r) * unit, variation: 1 / Math.sqrt(r), ...leaving };
}
