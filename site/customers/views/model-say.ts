/** What a fitted model says, and how these views say it. */
import { dates } from "../../base/dates.ts";
import type { Format } from "../../base/format.ts";
import { models } from "../../engine/customers.gen.mjs";
import type { ModelFile } from "../../engine/customers.ts";
import type { State } from "../state.ts";
import type { ActionWords, WarningWords } from "../words.ts";

type Warning = NonNullable<State["warnings"]>[number];

const DAYS_PER_MONTH = 365 / 12;

/** The normal distribution's 97.5 % quantile. */
const NORMAL = 1.959963984540054;

/** A horizon in months or years where it is one of them. */
export function horizonOf(format: Format, days: number) {
  const months = Math.round(days / DAYS_PER_MONTH);
  return Math.abs(days - months * DAYS_PER_MONTH) < 1 ? format.duration(months) : format.value(days, "days");
}

/**
 * The parameters with 95 % intervals, which are those of their logarithms; null where the error is not known.
 * @param names in the order of the covariance
 */
export function parametersOf({ parameters, log_parameter_covariance: covariance }: ModelFile, names: string[]) {
  return names.map((name, i): { name: string; value: number; interval: [number, number] | null } => {
    const value = parameters[name];
    const factor = Math.exp(NORMAL * Math.sqrt(covariance[i * (names.length + 1)]));
    return { name, value, interval: factor > 1 ? [value / factor, value * factor] : null };
  });
}

/** What the parameters mean for an average customer, in days and shares. */
export function meaningOf({ model, parameters: { r, alpha, a, b, s, beta, k = 1 }, time_unit_days: unit }: ModelFile) {
  const leaving = model === "paretonbd"
    ? { half_life_days: beta * (2 ** (1 / s) - 1) * unit, leave: null }
    : { half_life_days: null, leave: a / (a + b) };
  return { gap_days: (k * alpha / r) * unit, variation: 1 / Math.sqrt(r), ...leaving };
}

/** Which model is in use, and why, in a sentence. */
export function whyOf({ model, choice }: State, words: ActionWords, format: Format) {
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

function fromFile({ model, data: { customers, first_day, last_day } }: ModelFile, words: ActionWords, format: Format) {
  const { day } = dates(format.locale);
  const [first, last] = [first_day, last_day].map((text) => day(Date.parse(text) / 86_400_000));
  return words.model_file({ model: models[model as "bgnbd"].title, n: customers, shown: format.value(customers, "count"), first, last });
}

function reasonOf({ recommended, reason, lead }: NonNullable<State["choice"]>, words: ActionWords, format: Format) {
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


/** A warning in plain words. */
export function warningOf({ code, number }: Warning, words: WarningWords, format: Format) {
  const share = () => format.percent(Math.abs(number), true);
  const short = (x: number) => format.value(Number(x.toPrecision(2)), "count");
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

/** What to do about it. */
export function adviceOn({ code }: Warning, words: WarningWords, format: Format) {
  if (code !== "unchecked") return words[`${code}_do` as const];
  const [least, most, worst] = USUAL_MISS.map((miss) => format.percent(miss, true));
  return words.unchecked_do({ least, most, worst });
}
