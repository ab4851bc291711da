/**
 * What a fitted model says, and how these views say it.
 *
 * @typedef {import("../types.d.ts").ModelFile} ModelFile
 * @typedef {import("../types.d.ts").State} State
 * @typedef {import("../../base/format.mjs").Format} Format
 * @typedef {typeof import("../../messages/en/actions.gen.mjs").default} Words
 * @typedef {NonNullable<State["warnings"]>[number]} Warning
 */
import { models } from "../../engine/customers.gen.mjs";
import { dates } from "../../base/dates.mjs";

const DAYS_PER_MONTH = 365 / 12;

/** The normal distribution's 97.5 % quantile. */
const NORMAL = 1.959963984540054;

/** A horizon in months or years where it is one of them. @param {Format} format @param {number} days */
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
export function meaningOf({ model, parameters: { r, alpha, a, b, s, beta, k = 1 }, time_unit_days: unit }) {
  const leaving = model === "paretonbd"
    ? { half_life_days: beta * (2 ** (1 / s) - 1) * unit, leave: null }
    : { half_life_days: null, leave: a / (a + b) };
  return { gap_days: (k * alpha / r) * unit, variation: 1 / Math.sqrt(r), ...leaving };
}

/** Which model is in use, and why, in a sentence. @param {State} state @param {Words} words @param {Format} format */
export function whyOf({ model, choice }, words, format) {
  if (!model) return "";
  const name = models[model.kind].title;
  switch (model.origin) {
    case "file":
      return fromFile(model.file, words, format);
    case "first":
      return words.model_first({ model: name });
    case "picked": {
      const other = choice && choice.reason !== "none_usable" && choice.recommended !== model.kind ? choice.recommended : null;
      return other ? words.model_picked_other({ model: name, other: models[other].title }) : words.model_picked({ model: name });
    }
    case "recommended":
      return choice ? reasonOf(choice, words, format) : "";
  }
}

/** @param {ModelFile} file @param {Words} words @param {Format} format */
function fromFile({ model, data: { customers, first_day, last_day } }, words, format) {
  const { day } = dates(format.locale);
  const [first, last] = [first_day, last_day].map((text) => day(Date.parse(text) / 86_400_000));
  return words.model_file({ model: models[/** @type {"bgnbd"} */ (model)].title, n: customers, shown: format.value(customers, "count"), first, last });
}

/** @param {NonNullable<State["choice"]>} choice @param {Words} words @param {Format} format */
function reasonOf({ recommended, reason, lead }, words, format) {
  const model = models[recommended].title;
  switch (reason) {
    case "none_usable":
      return words.model_none_usable;
    case "only_usable":
      return words.model_only_usable({ model });
    case "fits_best":
      return words.model_fits_best({ model, lead: format.value(Number(lead.toPrecision(3)), "count") });
  }
}

/** @typedef {typeof import("../../messages/en/warnings.gen.mjs").default} WarningWords */

/** A warning in plain words. @param {Warning} warning @param {WarningWords} words @param {Format} format */
export function warningOf({ code, number }, words, format) {
  const share = () => format.percent(Math.abs(number), true);
  const short = (/** @type {number} */ x) => format.value(Number(x.toPrecision(2)), "count");
  switch (code) {
    case "few_repeats":
    case "few_spenders":
    case "too_little":
    case "unchecked":
      return words[code]({ n: number, shown: format.value(number, "count") });
    case "short_history":
    case "far_horizon":
    case "spend_follows_frequency":
      return words[code]({ number: short(number) });
    case "no_full_year":
      return words[code]({ number: format.value(Math.round(number), "count") });
    case "weakly_identified":
      return words[code]({ number: short(Math.exp(number)) });
    case "never_returned_alive":
    case "season":
    case "misses_holdout":
    case "one_giant":
      return words[code]({ number: share() });
    case "trend":
      return words[code]({ way: number < 0 ? "down" : "up", number: share() });
    default:
      return words[code];
  }
}

/** What forecasts of the total are off by: usually from and to, and at worst. As in core/notice. */
const USUAL_MISS = [0.1, 0.2, 0.4];

/** What to do about it. @param {Warning} warning @param {WarningWords} words @param {Format} format */
export function adviceOn({ code }, words, format) {
  if (code !== "unchecked") return words[/** @type {const} */ (`${code}_do`)];
  const [least, most, worst] = USUAL_MISS.map((miss) => format.percent(miss, true));
  return words.unchecked_do({ least, most, worst });
}
