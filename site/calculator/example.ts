/** The example in the visitor's currency: what costs 100 dollars costs some 10,000 yen. */

import { type Scenario, calculationOf, otherwise, startOf } from "../base/scenarios.ts";
import { same } from "../base/url.ts";
import type { Field } from "../base/catalogue.gen.mjs";
import type { Figures } from "../base/figures.ts";

/** About how many of a currency one dollar is, as a round number; those not named are near it. Not for converting: for examples that nobody laughs at. */
const TO_A_DOLLAR: Record<string, number> = {
  BRL: 5, CNY: 5, HKD: 5, ILS: 5, MYR: 5, PLN: 5, QAR: 5, RON: 5, SAR: 5, AED: 5, PEN: 5,
  DKK: 10, MAD: 10, NOK: 10, SEK: 10, ZAR: 20, MXN: 20, CZK: 20, TWD: 50, THB: 50, TRY: 50, UYU: 50, UAH: 50, EGP: 50, PHP: 50,
  INR: 100, JPY: 100, RUB: 100, ISK: 100, KES: 100, BDT: 100, RSD: 100, DZD: 100, PKR: 200, LKR: 200, HUF: 500, KZT: 500, CRC: 500, XOF: 500, XAF: 500,
  ARS: 1000, CLP: 1000, KRW: 1000, NGN: 1000, IQD: 1000, TZS: 2000, COP: 5000, UGX: 5000, UZS: 10_000, IDR: 10_000, VND: 20_000, IRR: 50_000, LBP: 100_000,
};

const timesOf = (currency: string) => TO_A_DOLLAR[currency] ?? 1;

/** A scenario with its starting figures and the ranges of its sliders in a currency. */
export function inCurrency(scenario: Scenario, currency: string): Scenario {
  const times = timesOf(currency);
  const { inputs } = calculationOf(scenario);
  const isMoney = (name: string) => inputs.find((f) => f.name === name)?.unit === "money";
  const by = (v: number | undefined) => (v === undefined ? v : v * times);
  const primary = scenario.primary.map((p) => (isMoney(p.field) ? { ...p, from: by(p.from), to: by(p.to), step: by(p.step) } : p));
  return times === 1 ? scenario : otherwise(scenario, { primary, start: exampleIn(scenario, currency) });
}

/** The figures that a scenario starts with, its money in a currency. */
export function exampleIn(scenario: Scenario, currency: string): Figures {
  return scaled(calculationOf(scenario).inputs, startOf(scenario), timesOf(currency));
}

function scaled(fields: Field[], figures: Figures, times: number): Figures {
  const scaledOnes = Object.fromEntries(fields.filter((f) => f.name in figures).map(({ name, unit, kind, fields = [] }) => {
    const value = figures[name];
    if (kind === "records" && Array.isArray(value)) return [name, value.map((record) => scaled(fields, record, times))];
    return [name, unit === "money" && typeof value === "number" ? value * times : value];
  }));
  return { ...figures, ...scaledOnes }; // what is no field, as the name of a row is none, stays
}

/** Whether figures are the example's, in a currency. */
export const isExample = (scenario: Scenario, input: Figures, currency: string) =>
  Object.entries(exampleIn(scenario, currency)).every(([name, value]) => same(input[name], value));
