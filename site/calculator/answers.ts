/**
 * What another calculator answers for the customer of this page: the figures that come along go in, nothing is filled in from an example.
 * Where something is still missing, it says what.
 */

import { carried } from "./carry.ts";
import type { Engine } from "../engine/engine.ts";
import type { Figures } from "../base/figures.ts";
import { Format } from "../base/format.ts";
import { type Language, messages } from "../base/messages.ts";
import nextWords from "../messages/next.gen.mjs";
import { type Scenario, blankOf, calculationOf, loadScenario } from "../base/scenarios.ts";
import { inSentence } from "../base/sentence.ts";
import { amid, wordsFor, wordsIn } from "../base/words.ts";

/** The customer of a page. */
export interface Customer {
  scenario: Scenario;
  input: Figures;
  result: Figures;
  engine: Engine;
  currency: string;
  locale: string;
  lang: Language;
}

/** An answer in short. */
export interface Short {
  text: string;
  complete: boolean; // it is a figure of that calculator; otherwise it says what is missing
}

/** How many missing figures are named. */
const NAMED = 2;

/** Results that say what may be paid. */
const MOST = ["max_cac", "max_cpi"];

/** What raises a customer's value: an input, by how much it is moved, and the message that says what that adds. The first that a calculation has is told. */
const DRIVERS = [["churn_rate", -0.01, "nextChurn"], ["retention_rate", 0.01, "nextRetention"], ["orders_per_year", 1, "nextOrders"]] as const;

/** What a calculator answers for a customer; null where nothing of the customer can be used there. */
export async function answerFor(customer: Customer, id: string): Promise<Short | null> {
  const { lang, engine, scenario, input: own, result } = customer;
  const [to, general, texts] = await Promise.all([loadScenario(id, lang), wordsIn(lang), messages(lang, nextWords)]);
  const calculation = calculationOf(to);
  const along = carried(scenario.calculation, { ...result, ...own }, to.calculation);
  const input: Figures = { ...blankOf(to), ...along };
  const format = formatOf(customer, input.period, wordsFor(general, calculation));
  const missing = calculation.inputs.filter((f) => !f.optional && f.default === undefined && !(f.name in along));
  if (missing.length) {
    const known = id === "ad-budget" ? mostToPay(customer, format, texts) : id === "growth-plan" ? driver(customer, format, texts) : null;
    return { text: known ?? texts.nextNeeds({ list: format.list(missing.slice(0, NAMED).map((f) => amid(f.title, lang))) }), complete: false };
  }
  if (!Object.keys(along).some((name) => name !== "period")) return null;
  await engine.need(calculation);
  const answer = engine.call(calculation.id, input).result;
  const told = answer && to.without && answer[to.headline] == null ? to.without : to;
  // A lever adds nothing before its effect was entered: that is no answer.
  if (to.view === "lever" && answer?.[told.headline] === 0) return null;
  return named(calculation.results, told.headline, answer, format, texts, true);
}

type Texts = (typeof nextWords)["en"];

const formatOf = ({ locale, currency }: Customer, period: string | undefined, words: Awaited<ReturnType<typeof wordsIn>>) => new Format({ locale, currency, period: period ?? "year", words });

/** A result by its name. */
function named(results: { name: string, title: string, unit?: string }[], name: string, answer: Figures | null, format: Format, texts: Texts, complete: boolean): Short | null {
  const value = answer?.[name];
  const field = results.find((f) => f.name === name);
  if (typeof value !== "number" || !field) return null;
  return { text: texts.nextFigure({ title: field.title, figure: inSentence(value, field.unit, undefined, format, true) }), complete };
}

/** What may be paid for the customer, which the page knows already: for one, or for an install. */
function mostToPay({ scenario, result }: Customer, format: Format, texts: Texts) {
  const { results } = calculationOf(scenario);
  const most = MOST.find((name) => typeof result[name] === "number") ?? "";
  return named(results, most, result, format, texts, false)?.text ?? null;
}

/** What a little more of what drives the value would add. */
function driver(customer: Customer, format: Format, texts: Texts) {
  const { scenario, input, result, engine } = customer;
  const calculation = calculationOf(scenario);
  const unit = calculation.results.find((f) => f.name === scenario.headline)?.unit;
  const found = DRIVERS.find(([name]) => typeof input[name] === "number");
  if (!found || unit !== "money") return null;
  const [name, step, message] = found;
  const moved = engine.call(calculation.id, { ...input, [name]: input[name] + step }).result?.[scenario.headline];
  const gain = moved - result[scenario.headline];
  return gain > 0 ? texts[message]({ gain: format.money(gain, true) }) : null;
}
