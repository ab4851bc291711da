/**
 * The tools over any calculation, as objects: what goes into the numbers-only call beneath (core/boundary.Decide) and what
 * comes out of it. The engine itself imports none of this, so that the widget loads none of it.
 *
 * @typedef {import("../base/catalogue.gen.mjs").Layout} Layout
 * @typedef {{ inputs: Layout[], results: Layout[] }} Shape of a calculation
 * @typedef {import("./engine.mjs").Cursor} Cursor
 *
 * @typedef {import("./decisions.gen.mjs").Distribution} Distribution
 *
 * @typedef {object} Range one input made to vary; where the input needs it and leaves it out, the middle of the range stands for it
 * @property {string} field its wire name; of a record, list/index/name
 * @property {number} low
 * @property {number} high
 * @property {boolean} [whole] the field takes whole numbers only
 * @property {Distribution} [distribution] for simulate: uniform unless given
 * @property {number} [mode] the likeliest value, of triangular and pert
 * @property {number} [mean] of normal and lognormal
 * @property {number} [standard_deviation] of normal and lognormal
 *
 * @typedef {Range & { steps?: number }} Axis of a grid, 11 steps unless given, 51 at most
 *
 * @typedef {object} SensitivityOptions
 * @property {string} result its wire name; of a group, group.name
 * @property {Range[]} [ranges]
 *
 * @typedef {object} GridOptions
 * @property {string} result
 * @property {Axis} rows
 * @property {Axis} columns
 *
 * @typedef {object} GoalOptions
 * @property {string} result
 * @property {number} goal
 * @property {Range} range
 *
 * @typedef {object} SimulateOptions
 * @property {string} result
 * @property {Range[]} ranges
 * @property {number} [draws] 10,000 unless given
 * @property {number} [skip] a piece of a simulation: the draws that follow so many; what comes back are their results
 * @property {number[]} [values] the results of all pieces, to be told of as a whole; no draws are made
 * @property {number} [seed] a whole number; 1 unless given
 * @property {number} [target] of which the probability to be above is asked
 * @property {number} [interval] how much of the results the interval holds; 0.9 unless given
 *
 * @typedef {{ field: string, low: number, high: number, result_low: number | null, result_high: number | null, swing: number | null, never: "none" | "low" | "high" | "both" }} Bar
 *   never: at which end the result is beyond every number (null there); swing is then null, or 0 where it is both
 * @typedef {{ base: number | null, bars: Bar[] }} Sensitivity widest bar first, those that reach never before all others
 * @typedef {{ base: number | null, rows: number[], columns: number[], results: (number | null)[][] }} Grid
 * @typedef {{ base: number | null, status: import("./decisions.gen.mjs").Verdict, value: number | null, result: number | null }} Goal
 * @typedef {object} Simulation
 * @property {number | null} base the result for the input as it stands
 * @property {number} draws how many had a result
 * @property {number} never for how many of these it is never: they count as above every number
 * @property {number} refused how many had none
 * @property {number | null} mean
 * @property {number | null} standard_deviation
 * @property {number | null} standard_error of the mean
 * @property {number | null} median
 * @property {number | null} min
 * @property {number | null} max
 * @property {{ share: number, low: number | null, high: number | null }} interval
 * @property {number | null} probability_above_target
 * @property {{ probability: number, value: number | null }[]} quantiles
 * @property {{ low: number | null, high: number | null, counts: number[] }} histogram results outside count in the outer bins
 *
 * @typedef {{
 *   sensitivity: [SensitivityOptions, Sensitivity],
 *   grid: [GridOptions, Grid],
 *   "goal-seek": [GoalOptions, Goal],
 *   simulate: [SimulateOptions, Simulation & { values?: number[] }],
 * }} Tools options and result by tool
 */
import { BINS, DRAWS, INTERVAL, QUANTILES, SEED, SHAPES, STEPS, TOOLS, VERDICTS } from "./decisions.gen.mjs";

/**
 * Runs a tool over a calculation, whose module was asked for. Problems and warnings are those of the calculation on the
 * input as it stands. To compare scenarios, call each.
 * @template {keyof Tools} T
 * @param {import("./engine.mjs").Engine} engine
 * @param {T} tool
 * @param {string} id of the calculation
 * @param {Record<string, any>} input
 * @param {Tools[T][0]} options
 * @returns {import("./engine.mjs").Answer<Tools[T][1]>}
 */
export function decide(engine, tool, id, input, options) {
  return engine.ask(
    id,
    input,
    (index, calculation, stream) => encodeDecision(tool, index, calculation, stream, options),
    (cursor) => /** @type {Tools[T][1]} */ (decodeDecision(tool, options, cursor)),
  );
}

/**
 * The number of a tool at the boundary, and its stream.
 * @param {string} tool @param {number} index of the calculation @param {Shape} calculation
 * @param {number[]} input the calculation's stream @param {any} options
 * @returns {[number, number[]]}
 */
function encodeDecision(tool, index, calculation, input, options) {
  const path = pathTo(calculation.results, options.result);
  if (!TOOLS.includes(tool)) throw new RangeError(`There is no tool “${tool}”.`);
  if (!path) throw new RangeError(`There is no result “${options.result}” that is one number.`);
  const ranges = rangesOf(options).map((range) => encodeRange(calculation.inputs, input, range));
  return [TOOLS.indexOf(partOf(tool, options)), [index, path.length, ...path, isNever(calculation, input, options.result) ? 1 : 0, ranges.length, ...ranges.flat(), ...optionsOf(tool, options), ...input]];
}

/**
 * Whether a result that does not exist is beyond every number: never reached, or without a limit.
 * @param {Shape} calculation @param {number[]} input @param {string} result
 */
function isNever({ inputs, results }, input, result) {
  const never = fieldAt(results, result)?.never;
  if (!never || never === "always") return never !== undefined;
  const [at] = locate(inputs, input, never) ?? [];
  return at === undefined || !Number.isNaN(input[at]);
}

/** @param {Layout[]} fields @param {string} path group.name @returns {Layout | undefined} */
function fieldAt(fields, path) {
  const [name, ...rest] = path.split(".");
  const field = fields.find((f) => f.name === name);
  return rest.length ? fieldAt(field?.fields ?? [], rest.join(".")) : field;
}

/** Which ends of a bar are never: of neither, bit 1 the low one, bit 2 the high one. */
const NEVERS = /** @type {const} */ (["none", "low", "high", "both"]);

/** The tool of core/boundary that makes a piece of a simulation, or tells of all. @param {string} tool @param {any} options */
const partOf = (tool, options) => (tool !== "simulate" ? tool : options.values ? "summarise" : options.skip !== undefined ? "draw" : tool);

/** @param {any} options @returns {Range[]} */
const rangesOf = (options) => (options.rows ? [options.rows, options.columns] : options.range ? [options.range] : (options.ranges ?? []));

/** @param {string} tool @param {any} options @returns {number[]} */
function optionsOf(tool, options) {
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

/** @param {SimulateOptions} options */
function probabilities({ interval = INTERVAL }) {
  return [(1 - interval) / 2, (1 + interval) / 2, ...QUANTILES];
}

/** @param {Layout[]} fields @param {number[]} input the stream @param {Range} range */
function encodeRange(fields, input, range) {
  const [at, field] = locate(fields, input, range.field) ?? [];
  if (at === undefined || field?.kind !== "number") throw new RangeError(`There is no input “${range.field}” that is one number.`);
  const { low, high } = range;
  const middle = range.mode ?? range.mean ?? (low + high) / 2;
  return [at, low, high, range.whole ? 1 : 0, SHAPES.indexOf(range.distribution ?? "uniform"), middle, range.standard_deviation ?? 0];
}

/**
 * Where a field (or list/index/name) stands in a stream.
 * @param {Layout[]} fields @param {number[]} input @param {string} path @returns {[number, Layout] | undefined}
 */
function locate(fields, input, path, at = 0) {
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

/** @param {Layout[]} fields @param {number[]} input @param {number} at @returns {number} where the fields end */
function skip(fields, input, at) {
  for (const field of fields) {
    const count = input[at++];
    if (field.kind === "list") at += count;
    if (field.kind === "records") for (let i = 0; i < count; i++) at = skip(field.fields ?? [], input, at);
  }
  return at;
}

/**
 * The way to a result, as core/boundary wants it.
 * @param {Layout[]} results @param {string} name @returns {number[] | undefined} undefined when it is not one number
 */
function pathTo(results, name) {
  const path = [0];
  return walk(results, "") ? path : undefined;

  /** @param {Layout[]} fields @param {string} group @returns {boolean} */
  function walk(fields, group) {
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
 * @param {string} tool @param {any} options @param {Cursor} cursor behind the notices
 */
function decodeDecision(tool, options, cursor) {
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

/** As core/decide.NewBar. @param {Range[]} ranges @param {() => number} next @returns {Bar[]} */
function bars(ranges, next) {
  const list = ranges.map(({ field, low, high }) => {
    const [atLow, atHigh] = [next(), next()];
    const never = NEVERS[(atLow === Infinity ? 1 : 0) + (atHigh === Infinity ? 2 : 0)];
    const swing = never === "both" ? 0 : finite(Math.abs(atHigh - atLow));
    return { field, low, high, result_low: finite(atLow), result_high: finite(atHigh), swing, never };
  });
  return list.sort((a, b) => width(b) - width(a) || 0);
}

/** @param {number} v */
const finite = (v) => (Number.isFinite(v) ? v : null);

/** What bars are sorted by. @param {Bar} bar */
export function width({ swing, never, result_low, result_high }) {
  if (swing !== null) return swing;
  return never !== "none" && (result_low ?? result_high) !== null ? Number.MAX_VALUE : -1;
}

/** The values of an axis, as core/decide has them. @param {Axis} axis */
function values({ low, high, whole, steps: n = STEPS }) {
  return Array.from({ length: n }, (_, k) => {
    if (k === 0) return low;
    if (k === n - 1) return high;
    const v = low + (high - low) * (k / (n - 1));
    return whole ? Math.round(v) : v;
  });
}

/**
 * @param {number | null} base @param {SimulateOptions} options @param {() => number} next @param {() => number | null} number
 * @returns {Simulation}
 */
function simulation(base, options, next, number) {
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
