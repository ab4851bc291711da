/**
 * What a visitor may run. A scenario is a calculation with starting figures, the few inputs that matter most, and
 * the sentence that says the answer; scenarios.json holds them, and a calculation without one gets a plain one here.
 *
 * @typedef {import("./catalogue.gen.mjs").Field} Field
 * @typedef {import("./catalogue.gen.mjs").Calculation} Calculation
 *
 * @typedef {object} Primary an input shown first; the range and scale are those of its slider
 * @property {string} field
 * @property {number} [from]
 * @property {number} [to]
 * @property {number} [step] of a linear slider
 * @property {string} [scale] "log"
 *
 * @typedef {object} Chart one picture of a group of lists in the result
 * @property {string} group
 * @property {string} x the list along the axis
 * @property {string[]} lines
 * @property {string} [dots] a list of what was observed, drawn as points
 * @property {boolean} [origin] the lines start from nothing at 0
 * @property {string} [step] "after": a value holds from its place on; "before": it held up to its place
 * @property {boolean} [crowd] the first line is a share of customers, shown as dots beside it
 * @property {number | string} [level] a height to mark, or the input that holds it; where the first line crosses it is break-even
 * @property {string} [total] the result that the first line approaches
 * @property {boolean} [indent] nothing stands beside it, but its axis lines up with one that has
 * @property {boolean} [small]
 *
 * @typedef {import("./messages.mjs").Language} Language
 *
 * @typedef {object} Scenario
 * @property {string} id
 * @property {string} calculation
 * @property {string} title in the chooser
 * @property {string} heading
 * @property {string} description
 * @property {string} [group] of the chooser: "worth" where absent, "raise" or "disagree"
 * @property {boolean} [more] listed after the others
 * @property {Record<string, any>} [start] starting figures; the calculation's example where absent
 * @property {Primary[]} primary
 * @property {string} headline the result that is the answer
 * @property {string} [sentence]
 * @property {string} [loss] the sentence when the headline is negative
 * @property {Chart[]} [charts]
 * @property {string} [view] the module of calculator/views that draws what no chart can
 * @property {{ effect: string, needed: string, sentence: string }} [lever] the effect stated, the result that says how much
 *   of it would pay for the cost, and the sentence that says it
 * @property {string[]} [compare] results that are set side by side when figures are kept
 * @property {string[][]} [ranges] results shown as an interval: lower end, middle, upper end
 */

import catalogue from "./catalogue.gen.mjs";
import catalogueWords from "./catalogue-words.mjs";
import listed from "../scenarios.json" with { type: "json" };
import { messages } from "./messages.mjs";

/** Units that make an axis: what counts rows or tells time. */
const COUNTS = ["periods", "months", "years", "days", "count"];

/** What a customer is like before any lever: of a lever's inputs, those about today. */
export const TODAY = [
  "price", "period", "gross_margin", "churn_rate", "first_period_churn", "service_cost", "annual_discount_rate", "horizon_periods", "new_customers",
];

/** How many inputs a calculation without a scenario shows first. */
const PRIMARY = 4;

/** The calculation of each scenario that was loaded, in its language. @type {WeakMap<Scenario, Calculation>} */
const calculations = new WeakMap();

/** @type {Scenario[]} */
const written = listed;

/** Every scenario there is, by its id; of a calculation without one, the calculation's. */
export const scenarioIds = [
  ...written.map((s) => s.id),
  ...catalogue.calculations.map((c) => c.id).filter((id) => !written.some((s) => s.calculation === id)),
];

/** The calculation of a scenario. @param {string} id */
export const calculationIdOf = (id) => written.find((s) => s.id === id)?.calculation ?? id;

/** Whether the address of a page may name it. @param {string} id */
export const isScenario = (id) => scenarioIds.includes(id);

/**
 * A scenario with the words of its calculation, which the other functions here need. A calculation may be asked for by
 * its own id too.
 * @param {string} id @param {Language} [lang]
 * @returns {Promise<Scenario>}
 */
export async function loadScenario(id, lang = "en") {
  const found = written.find((s) => s.id === id) ?? written.find((s) => s.calculation === id);
  const words = await messages(lang, catalogueWords);
  const { default: calculation } = await words.calculation(found?.calculation ?? id);
  const scenario = found ? translated(found, calculation.scenarios?.[found.id]) : plain(calculation);
  calculations.set(scenario, calculation);
  return scenario;
}

/** @param {Scenario} scenario @param {import("./catalogue-words.mjs").ScenarioWords} [words] @returns {Scenario} */
function translated(scenario, words) {
  const { lever, ...texts } = words ?? {};
  return { ...scenario, ...texts, ...(scenario.lever && { lever: { ...scenario.lever, ...lever } }) };
}

/** @param {Scenario} scenario that has been loaded @returns {Calculation} */
export function calculationOf(scenario) {
  return /** @type {Calculation} */ (calculations.get(scenario));
}

/**
 * The figures a scenario starts with: every input's, its default where the scenario says nothing, null where it is
 * left out.
 * @param {Scenario} scenario
 * @returns {Record<string, any>}
 */
export function startOf(scenario) {
  const calculation = calculationOf(scenario);
  const given = scenario.start ?? calculation.example;
  return Object.fromEntries(calculation.inputs.map((f) => [f.name, given[f.name] ?? f.default ?? null]));
}

/** What stands for nothing where a figure cannot be left out. @type {Record<string, any>} */
const NOTHING = {
  new_customers: 1, plan_discount: 0, price_step: 0, invitations_per_period: 0, referral_conversion: 0, enrolment: 0, annual_discount_rate: 0, levers: [],
};

/**
 * The figures of a customer of whom nothing is known yet: what was not typed is at its default, nothing, or left out; an
 * example never fills in for a customer.
 * @param {Scenario} scenario
 * @returns {Record<string, any>}
 */
export function blankOf(scenario) {
  return Object.fromEntries(calculationOf(scenario).inputs.map((f) => [f.name, f.default ?? (f.optional ? null : (NOTHING[f.name] ?? null))]));
}

/** @param {Scenario} scenario @returns {Chart[]} */
export function chartsOf(scenario) {
  if (scenario.charts) return scenario.charts;
  const groups = calculationOf(scenario).results.filter((f) => f.kind === "group");
  return groups.flatMap((group) => chartsOfGroup(group));
}

/**
 * A group of lists drawn without further instructions: one chart a unit, along the first list.
 * @param {Field} group @returns {Chart[]}
 */
function chartsOfGroup(group) {
  const [x, ...rest] = (group.fields ?? []).filter((f) => f.kind === "list");
  if (!x || !COUNTS.includes(x.unit ?? "")) return [];
  const units = new Set(rest.map((f) => f.unit));
  return [...units].map((unit) => ({
    group: group.name,
    x: x.name,
    lines: rest.filter((f) => f.unit === unit).map((f) => f.name),
  }));
}

/** @param {Calculation} calculation @returns {Scenario} */
function plain(calculation) {
  const required = calculation.inputs.filter((f) => f.default === undefined && !f.optional && f.kind !== "records");
  const primary = (required.length ? required : calculation.inputs).slice(0, PRIMARY);
  return {
    id: calculation.id,
    calculation: calculation.id,
    title: calculation.title,
    more: true,
    heading: calculation.question,
    description: calculation.question,
    primary: primary.map((f) => ({ field: f.name })),
    headline: calculation.results[0].name,
  };
}
