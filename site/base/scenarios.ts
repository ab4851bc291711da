/**
 * What a visitor may run. A scenario is a calculation with starting figures, the few inputs that matter most, and
 * the sentence that says the answer; scenarios.json holds them, and a calculation without one gets a plain one here. The
 * catalogue's index has what it takes to choose one; the rest comes with the words of its calculation.
 */

import catalogue from "./catalogue.gen.mjs";
import catalogueWords from "./catalogue-words.ts";
import { required } from "./certain.ts";
import { type Language, messages } from "./messages.ts";
import type { Calculation, Field } from "./catalogue.gen.mjs";
import type { Chart, Primary, Scenario } from "./scenario.ts";
import type { Figures } from "./figures.ts";

export type { Chart, Primary, Scenario };

/** Units that make an axis: what counts rows or tells time. */
const COUNTS = ["periods", "months", "years", "days", "count"];

/** What a customer is like before any lever: of a lever's inputs, those about today. */
export const TODAY = [
  "price", "period", "gross_margin", "churn_rate", "first_period_churn", "service_cost", "annual_discount_rate", "horizon_periods", "new_customers",
];

/** How many inputs a calculation without a scenario shows first. */
const PRIMARY = 4;

/** The calculation of each scenario that was loaded, in its language. */
const calculations: WeakMap<Scenario, Calculation> = new WeakMap();

const written = catalogue.scenarios;

/** Every scenario there is, by its id; of a calculation without one, the calculation's. */
export const scenarioIds = [
  ...written.map((s) => s.id),
  ...catalogue.calculations.map((c) => c.id).filter((id) => !written.some((s) => s.calculation === id)),
];

/** The calculation of a scenario. */
export const calculationIdOf = (id: string) => written.find((s) => s.id === id)?.calculation ?? id;

/** Whether the address of a page may name it. */
export const isScenario = (id: string) => scenarioIds.includes(id);

/**
 * A scenario with the words of its calculation, which the other functions here need. A calculation may be asked for by
 * its own id too.
 */
export async function loadScenario(id: string, lang: Language = "en"): Promise<Scenario> {
  const found = written.find((s) => s.id === id) ?? written.find((s) => s.calculation === id);
  const words = await messages(lang, catalogueWords);
  const { default: calculation } = await words.calculation(found?.calculation ?? id);
  const scenario = found ? { ...found, ...required(calculation.scenarios?.[found.id], `scenario ${found.id}`) } : plain(calculation);
  calculations.set(scenario, calculation);
  return scenario;
}

/** @param scenario that has been loaded */
export function calculationOf(scenario: Scenario): Calculation {
  return required(calculations.get(scenario), `calculation of ${scenario.id}`);
}

/** A scenario that has been loaded, with some of it otherwise. */
export function otherwise(scenario: Scenario, changes: Partial<Scenario>): Scenario {
  const other = { ...scenario, ...changes };
  calculations.set(other, calculationOf(scenario));
  return other;
}

/**
 * The figures a scenario starts with: every input's, its default where the scenario says nothing, null where it is
 * left out.
 */
export function startOf(scenario: Scenario): Figures {
  const calculation = calculationOf(scenario);
  const given = scenario.start ?? calculation.example;
  return Object.fromEntries(calculation.inputs.map((f) => [f.name, given[f.name] ?? f.default ?? null]));
}

/** What stands for nothing where a figure cannot be left out. */
const NOTHING: Figures = {
  plan_discount: 0, extra_spend: 0, invitations_per_period: 0, referral_conversion: 0, reach: 0, annual_discount_rate: 0, levers: [],
};

/**
 * The figures of a customer of whom nothing is known yet: what was not typed is at its default, nothing, or left out; an
 * example never fills in for a customer.
 */
export function blankOf(scenario: Scenario): Figures {
  return Object.fromEntries(calculationOf(scenario).inputs.map((f) => [f.name, f.default ?? (f.optional ? null : (NOTHING[f.name] ?? null))]));
}

export function chartsOf(scenario: Scenario): Chart[] {
  if (scenario.charts) return scenario.charts;
  const groups = calculationOf(scenario).results.filter((f) => f.kind === "group");
  return groups.flatMap((group) => chartsOfGroup(group));
}

/** A group of lists drawn without further instructions: one chart a unit, along the first list. */
function chartsOfGroup(group: Field): Chart[] {
  const [x, ...rest] = (group.fields ?? []).filter((f) => f.kind === "list");
  if (!x || !COUNTS.includes(x.unit ?? "")) return [];
  const units = new Set(rest.map((f) => f.unit));
  return [...units].map((unit) => ({
    group: group.name,
    x: x.name,
    lines: rest.filter((f) => f.unit === unit).map((f) => f.name),
  }));
}

function plain(calculation: Calculation): Scenario {
  const required = calculation.inputs.filter((f) => f.default === undefined && !f.optional && f.kind !== "records");
  const primary = (required.length ? required : calculation.inputs).slice(0, PRIMARY);
  return {
    id: calculation.id,
    calculation: calculation.id,
    title: calculation.title,
    heading: calculation.question,
    description: calculation.question,
    primary: primary.map((f) => ({ field: f.name })),
    headline: calculation.results[0].name,
  };
}
