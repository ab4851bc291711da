/** What the decision tools can be asked about: the figures that go in, one number each, and the figures that come out. */

import { amid } from "../../base/words.ts";
import { decide, width } from "../../engine/decide.ts";
import type { Shown } from "../shown.ts";
import type { Field } from "../../base/catalogue.gen.mjs";
import type { Figures } from "../../base/figures.ts";

export type Input = Figures;

/** Of what is shown, what they need to know: so much is there at build too. */
export type Asked = Pick<Shown, "scenario" | "calculation" | "engine" | "answered" | "words" | "format">;

/** A figure that goes in. */
export interface Given {
  path: string; // its wire name; of an object of a list, list/index/name
  title: string;
  field: Field;
  value: number;
}

/** A figure that comes out. */
export interface Come {
  path: string; // its wire name; of a group, group.name
  title: string;
  unit?: string;
  value: number;
}

/** How far a figure is moved when nothing is known of it, either way. */
export const SWING = 0.2;

/** Figures of which less is better. */
const LESS_IS_BETTER = /payback|cost|cac$|churn|lost/;

/** What people ask about first. */
const ASKED_FIRST = ["churn_rate", "retention_rate", "repurchase_probability", "lifespan_years", "total_lifespan_years", "plan_discount", "price", "margin"];

export function givenFigures({ calculation, answered: { input }, words, format }: Asked): Given[] {
  return calculation.inputs.flatMap((field) => {
    if (field.kind === "number" && typeof input[field.name] === "number") return [{ path: field.name, title: field.title, field, value: input[field.name] }];
    return field.kind === "records" ? ofRecords(field, input[field.name] ?? [], words, format) : [];
  });
}

function ofRecords(list: Field, records: Input[], words: Asked["words"], format: Asked["format"]): Given[] {
  return records.flatMap((record, i) => {
    const kind = list.fields?.find((f) => f.kind === "option")?.name ?? "";
    const name = words.options[record[kind]] ?? record.name ?? format.labelled(list.title, format.value(i + 1, "count"));
    const own = (list.fields ?? []).filter((f) => f.kind === "number" && typeof record[f.name] === "number");
    return own.map((field) => ({ path: `${list.name}/${i}/${field.name}`, title: format.titled(name, amid(field.title, words.lang)), field, value: record[field.name] }));
  });
}

export function comeFigures({ calculation, answered: { result } }: Asked): Come[] {
  const of = (fields: Field[], values: Input, group: string): Come[] =>
    fields.flatMap((f) => {
      if (f.kind === "group") return of(f.fields ?? [], values[f.name], `${f.name}.`);
      return f.kind === "number" && typeof values[f.name] === "number" ? [{ path: group + f.name, title: f.title, unit: f.unit, value: values[f.name] }] : [];
    });
  return of(calculation.results, result, "");
}

/** The result that the page is about. */
export function headlineOf({ scenario }: Asked, come: Come[]) {
  const named = (name?: string) => come.find((c) => c.path === name || c.path.endsWith(`.${name}`));
  return named(scenario.headline) ?? named(scenario.without?.headline) ?? come[0];
}

/** Where the figure that is asked about stands. */
export const chosen = <T extends { path: string }>(list: T[], path: string | null, other: T) => list.find((c) => c.path === path) ?? other;

/** The figure that people would change first. */
export function firstToChange({ scenario }: Asked, given: Given[]) {
  const ofLever = scenario.lever ? [scenario.lever.effect, scenario.primary[0]?.field] : [];
  const first = [...ofLever, ...ASKED_FIRST].map((path) => given.find((g) => g.path === path)).find(Boolean);
  return first ?? given.find((g) => g.path === scenario.primary[0]?.field) ?? given[0];
}

/** A target worth asking for: the stated one, what a customer costs, nothing to lose, else a quarter better. */
export function usualTarget({ figure }: Shown, { path, value }: Come) {
  if (path.startsWith("ltv_cac")) return figure("target_ratio") ?? 3;
  if (path.endsWith("net_gain") || path.endsWith("total_net") || path.endsWith("roi")) return 0;
  return readable(value * (isLessBetter(path) ? 0.75 : 1.25));
}

export const isLessBetter = (path: string) => LESS_IS_BETTER.test(path.split(".").at(-1) ?? "");

/** Two significant digits. */
export const readable = (value: number) => Number(value.toPrecision(2));

/** The figures with another in one place. */
export function withFigure(input: Input, path: string, value: number): Input {
  const [name, index, within] = path.split("/");
  if (index === undefined) return { ...input, [name]: value };
  return { ...input, [name]: input[name].with(Number(index), { ...input[name][Number(index)], [within]: value }) };
}

/** A range about a figure as it stands, within its bounds. */
export function around({ field, value }: Given, swing: number = SWING) {
  const [a, b] = [value * (1 - swing), value * (1 + swing)].map((v) => Math.min(field.max ?? Infinity, Math.max(field.min ?? -Infinity, v)));
  const clean = (v: number) => Number(v.toPrecision(6));
  const [low, high] = a < b ? [a, b] : [b, a];
  return field.whole ? { low: Math.floor(low), high: Math.ceil(high), whole: true } : { low: clean(low), high: clean(high) };
}

/** Figures by how far each of them moves a result, the most important first. */
export function byWeight({ engine, calculation, answered }: Asked, result: string, given: Given[]) {
  const ranges = given.filter((g) => g.value !== 0).map((g) => ({ field: g.path, ...around(g) })).filter((r) => r.low < r.high);
  const { result: found } = decide(engine, "sensitivity", calculation.id, answered.input, { result, ranges });
  const bars = (found?.bars ?? []).filter((b) => width(b) > 0);
  return { base: found?.base ?? null, bars };
}
