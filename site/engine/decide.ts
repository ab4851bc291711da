/**
 * The tools over any calculation, as objects: what goes into the numbers-only call beneath (core/boundary.Decide) and what
 * comes out of it. The engine itself imports none of this, so that the widget loads none of it.
 */
import { type Distribution, type Verdict, BINS, DRAWS, INTERVAL, QUANTILES, SEED, SHAPES, STEPS, TOOLS, VERDICTS } from "./decisions.gen.mjs";
import type { Layout } from "../base/catalogue.gen.mjs";
import type { Answer, Cursor, Engine } from "./engine.ts";
import type { Figures } from "../base/figures.ts";

/** Of a calculation. */
export type Shape = { inputs: Layout[], results: Layout[] };

/** One input made to vary; where the input needs it and leaves it out, the middle of the range stands for it. */
export interface Range {
  field: string; // its wire name; of a record, list/index/name
  low: number;
  high: number;
  whole?: boolean; // the field takes whole numbers only
  distribution?: Distribution; // for simulate: uniform unless given
  mode?: number; // the likeliest value, of triangular and pert
  mean?: number; // of normal and lognormal
  standard_deviation?: number; // of normal and lognormal
}

/** Of a grid, 11 steps unless given, 51 at most. */
export type Axis = Range & { steps?: number };

export interface SensitivityOptions {
  result: string; // its wire name; of a group, group.name
  ranges?: Range[];
}

export interface GridOptions {
  result: string;
  rows: Axis;
  columns: Axis;
}

export interface GoalOptions {
  result: string;
  goal: number;
  range: Range;
}

export interface SimulateOptions {
  result: string;
  ranges: Range[];
  draws?: number; // 10,000 unless given
  skip?: number; // a piece of a simulation: the draws that follow so many; what comes back are their results
  values?: number[]; // the results of all pieces, to be told of as a whole; no draws are made
  seed?: number; // a whole number; 1 unless given
  target?: number; // of which the probability to be above is asked
  interval?: number; // how much of the results the interval holds; 0.9 unless given
}

/** Never: at which end the result is beyond every number (null there); swing is then null, or 0 where it is both. */
export type Bar = { field: string, low: number, high: number, result_low: number | null, result_high: number | null, swing: number | null, never: "none" | "low" | "high" | "both" };

/** Widest bar first, those that reach never before all others. */
export type Sensitivity = { base: number | null, bars: Bar[] };

export type Grid = { base: number | null, rows: number[], columns: number[], results: (number | null)[][] };

export type Goal = { base: number | null, status: Verdict, value: number | null, result: number | null };

export interface Simulation {
  base: number | null; // the result for the input as it stands
  draws: number; // how many had a result
  never: number; // for how many of these it is never: they count as above every number
  refused: number; // how many had none
  mean: number | null;
  standard_deviation: number | null;
  standard_error: number | null; // of the mean
  median: number | null;
  min: number | null;
  max: number | null;
  interval: { share: number, low: number | null, high: number | null };
  probability_above_target: number | null;
  quantiles: { probability: number, value: number | null }[];
  histogram: { low: number | null, high: number | null, counts: number[] }; // results outside count in the outer bins
}

/** Options and result by tool. */
export type Tools = { sensitivity: [SensitivityOptions, Sensitivity], grid: [GridOptions, Grid], "goal-seek": [GoalOptions, Goal], simulate: [SimulateOptions, Simulation & { values?: number[] }], };

/**
 * Runs a tool over a calculation, whose module was asked for. Problems and warnings are those of the calculation on the
 * input as it stands. To compare scenarios, call each.
 * @param id of the calculation
 */
export function decide<T extends keyof Tools>(engine: Engine, tool: T, id: string, input: Figures, options: Tools[T][0]): Answer<Tools[T][1]> {
  return engine.ask(
    id,
    input,
    (index, calculation, stream) => encodeDecision(tool, index, calculation, stream, options),
    (cursor) => decodeDecision(tool, options, cursor) as Tools[T][1], // the tool's own: a switch does not narrow T,
  );
}

/**
 * The number of a tool at the boundary, and its stream.
 * @param index of the calculation @param input the calculation's stream
 */
function encodeDecision(tool: string, index: number, calculation: Shape, input: number[], options: Figures): [number, number[]] {
  const path = pathTo(calculation.results, options.result);
  if (!TOOLS.includes(tool)) throw new RangeError(`There is no tool “${tool}”.`);
  if (!path) throw new RangeError(`There is no result “${options.result}” that is one number.`);
  const ranges = rangesOf(options).map((range) => encodeRange(calculation.inputs, input, range));
  return [TOOLS.indexOf(partOf(tool, options)), [index, path.length, ...path, isNever(calculation, input, options.result) ? 1 : 0, ranges.length, ...ranges.flat(), ...optionsOf(tool, options), ...input]];
}

/** Whether a result that does not exist is beyond every number: never reached, or without a limit. */
function isNever({ inputs, results }: Shape, input: number[], result: string) {
  const never = fieldAt(results, result)?.never;
  if (!never || never === "always") return never !== undefined;
  const [at] = locate(inputs, input, never) ?? [];
  return at === undefined || !Number.isNaN(input[at]);
}

/** @param path group.name */
function fieldAt(fields: Layout[], path: string): Layout | undefined {
  const [name, ...rest] = path.split(".");
  const field = fields.find((f) => f.name === name);
  return rest.length ? fieldAt(field?.fields ?? [], rest.join(".")) : field;
}

/** Which ends of a bar are never: of neither, bit 1 the low one, bit 2 the high one. */
const NEVERS = ["none", "low", "high", "both"] as const;

/** The tool of core/boundary that makes a piece of a simulation, or tells of all. */
const partOf = (tool: string, options: Figures) => (tool !== "simulate" ? tool : options.values ? "summarise" : options.skip !== undefined ? "draw" : tool);

const rangesOf = (options: Figures): Range[] => (options.rows ? [options.rows, options.columns] : options.range ? [options.range] : (options.ranges ?? []));

function optionsOf(tool: string, options: Figures): number[] {
  switch (partOf(tool, options)) {
    case "grid":
      return [options.rows.steps ?? STEPS, options.columns.steps ?? STEPS];
    case "goal-seek":
      return [options.goal];
    case "draw":
      return [options.draws, options.seed ?? SEED, options.skip];
    case "summarise": {
      const asked = probabilities(options);
      return [options.values.length, ...options.values, options.target ?? NaN, asked.length, ...asked];
    }
    case "simulate": {
      const asked = probabilities(options);
      return [options.draws ?? DRAWS, options.seed ?? SEED, options.target ?? NaN, asked.length, ...asked];
    }
  }
  return [];
}

function probabilities({ interval = INTERVAL }: Figures) {
  return [(1 - interval) / 2, (1 + interval) / 2, ...QUANTILES];
}

/** @param input the stream */
function encodeRange(fields: Layout[], input: number[], range: Range) {
  const [at, field] = locate(fields, input, range.field) ?? [];
  if (at === undefined || field?.kind !== "number") throw new RangeError(`There is no input “${range.field}” that is one number.`);
  const { low, high } = range;
  const middle = range.mode ?? range.mean ?? (low + high) / 2;
  return [at, low, high, range.whole ? 1 : 0, SHAPES.indexOf(range.distribution ?? "uniform"), middle, range.standard_deviation ?? 0];
}

/** Where a field (or list/index/name) stands in a stream. */
function locate(fields: Layout[], input: number[], path: string, at = 0): [number, Layout] | undefined {
  const [name, index, ...rest] = path.split("/");
  for (const field of fields) {
    if (field.name === name && index === undefined) return [at, field];
    if (field.name === name && field.kind === "records" && Number(index) < input[at]) {
      at++;
      for (let i = 0; i < Number(index); i++) at = skip(field.fields ?? [], input, at);
      return locate(field.fields ?? [], input, rest.join("/"), at);
    }
    at = skip([field], input, at);
  }
}

/** @returns where the fields end */
function skip(fields: Layout[], input: number[], at: number): number {
  for (const field of fields) {
    const count = input[at++];
    if (field.kind === "list") at += count;
    if (field.kind === "records") for (let i = 0; i < count; i++) at = skip(field.fields ?? [], input, at);
  }
  return at;
}

/**
 * The way to a result, as core/boundary wants it.
 * @returns undefined when it is not one number
 */
function pathTo(results: Layout[], name: string): number[] | undefined {
  const path = [0];
  return walk(results, "") ? path : undefined;

  function walk(fields: Layout[], group: string): boolean {
    for (const field of fields) {
      if (field.kind === "group" && walk(field.fields ?? [], `${group}${field.name}.`)) return true;
      if (field.kind === "number" && group + field.name === name) return true;
      if (field.kind === "list") path.push(1, 0);
      else if (field.kind === "records") path.push(field.fields?.length ?? 0, 0);
      else if (field.kind !== "group") path[path.length - 1]++;
    }
    return false;
  }
}

/**
 * What a tool found.
 * @param cursor behind the notices
 */
function decodeDecision(tool: string, options: Figures, cursor: Cursor) {
  const next = () => cursor.numbers[cursor.at++];
  const number = () => {
    const v = next();
    return Number.isFinite(v) ? v : null;
  };
  const base = number();
  switch (partOf(tool, options)) {
    case "sensitivity":
      return { base, bars: bars(options.ranges ?? [], next) };
    case "grid": {
      const rows = values(options.rows);
      const columns = values(options.columns);
      return { base, rows, columns, results: rows.map(() => columns.map(number)) };
    }
    case "goal-seek":
      return { base, status: VERDICTS[next()], value: number(), result: number() };
    case "draw":
      return { values: Array.from({ length: options.draws }, next) };
    case "summarise":
      return simulation(base, { ...options, draws: options.values.length }, next, number);
  }
  return simulation(base, options, next, number);
}

/** As core/decide.NewBar. */
function bars(ranges: Range[], next: () => number): Bar[] {
  const list = ranges.map(({ field, low, high }) => {
    const [atLow, atHigh] = [next(), next()];
    const never = NEVERS[(atLow === Infinity ? 1 : 0) + (atHigh === Infinity ? 2 : 0)];
    const swing = never === "both" ? 0 : finite(Math.abs(atHigh - atLow));
    return { field, low, high, result_low: finite(atLow), result_high: finite(atHigh), swing, never };
  });
  return list.sort((a, b) => width(b) - width(a) || 0);
}

const finite = (v: number) => (Number.isFinite(v) ? v : null);

/** What bars are sorted by. */
export function width({ swing, never, result_low, result_high }: Bar) {
  if (swing !== null) return swing;
  return never !== "none" && (result_low ?? result_high) !== null ? Number.MAX_VALUE : -1;
}

/** The values of an axis, as core/decide has them. */
function values({ low, high, whole, steps: n = STEPS }: Axis) {
  return Array.from({ length: n }, (_, k) => {
    if (k === 0) return low;
    if (k === n - 1) return high;
    const v = low + (high - low) * (k / (n - 1));
    return whole ? Math.round(v) : v;
  });
}

function simulation(base: number | null, options: Figures, next: () => number, number: () => number | null): Simulation {
  const [draws, never] = [next(), next()];
  const [mean, deviation, min, max, above, low, high] = Array.from({ length: 7 }, number);
  const quantiles = QUANTILES.map((probability) => ({ probability, value: number() }));
  return {
    base, draws, never, refused: (options.draws ?? DRAWS) - draws, mean, standard_deviation: deviation,
    standard_error: deviation === null ? null : deviation / Math.sqrt(draws), median: quantiles[4].value, min, max,
    interval: { share: options.interval ?? INTERVAL, low, high }, probability_above_target: above, quantiles,
    histogram: { low: number(), high: number(), counts: Array.from({ length: BINS }, next) },
  };
}
