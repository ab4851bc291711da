/** What the page's answer says of its ranges and of its day, in its own words wherever that is repeated. */
import { dates } from "../../base/dates.ts";
import { about } from "../../base/figures.ts";
import type { Format } from "../../base/format.ts";
import { isHeldOut } from "../save.ts";
import { type State, known } from "../state.ts";
import type { CustomerWords } from "../words.ts";

/** The ranges of the headline: those of 80% while there is little to check them by. */
export function headlineOf(state: State) {
  const { orders, value, likely } = known(state, "totals");
  return { ...(likely.checked ? { orders, value } : { orders: likely.orders, value: likely.value }), told: likely.told };
}

/** What the ranges of the headline are. */
export function rangesOf(state: State, words: CustomerWords, format: Format) {
  const { orders, likely: { checked, checks, miss } } = known(state, "totals");
  const count = (v: number) => format.value(Math.round(about(v)), "count");
  const sure = format.percent(state.settings.level ?? 0.95);
  if (!checked && state.model?.origin === "first") return words.answer_first_ranges({ likely: format.percent(0.8) });
  if (checked) return words.answer_checked({ sure, n: checks, shown: format.value(checks, "count"), miss: format.percent(miss, true) });
  return words.answer_unchecked({ likely: format.percent(0.8), sure, n: checks, shown: format.value(checks, "count"), low: count(orders.low), high: count(orders.high) });
}

/** That all figures are of an earlier day than the last of the list; empty where they are not. */
export function heldOut({ settings, summary }: State, words: CustomerWords, format: Format) {
  if (!isHeldOut(settings) || !summary) return "";
  return words.answer_held_out({ day: dates(format.locale).day(summary.end), held: format.value(settings.holdout_days, "days") });
}

const DAY = 86_400_000;

/** The last day of the forecast, and that it is past where it is; empty where there is none. */
export function untilOf({ settings, summary, totals }: State, words: CustomerWords, format: Format) {
  if (!totals?.likely.answerable || !summary) return "";
  const last = summary.end + settings.horizon_days;
  const day = dates(format.locale).longDay(last);
  return Math.floor(Date.now() / DAY) > last ? words.answer_until_past({ day }) : words.answer_until({ day });
}
