/** What the npm package gives: the calculator's calculations by name, and customers valued from their orders. */
import catalogue from "../base/catalogue.gen.mjs";
import hints from "../base/hints.gen.mjs";
import layouts from "../base/layouts.gen.mjs";
import type { Notice } from "../base/notices.ts";
import type { Figures } from "../base/figures.ts";
import type { Layout, Module } from "../base/catalogue.gen.mjs";
import { Engine, EngineTrap } from "../engine/engine.ts";
import type { Answer, Module as AnyModule, ModuleSource, Said } from "./index.d.ts";
import { valueCustomersWith } from "./customers.ts";
import { FileError, InputError } from "./errors.ts";
import { sentence } from "./sentence.ts";

export { FileError, InputError };

/** Where a module is, for those that are not given. */
export type Places = Record<AnyModule, () => URL>;

/** Reads a module that stands in a file, where fetch cannot. */
export type Opener = (place: URL) => Promise<ModuleSource>;

/** @param notices what the calculations say, by code, beside what all of them say @param units those with a hint, by input @param open fetches, if absent */
export function create(places: Places, notices: Record<string, string>, units: Record<string, string>, open?: Opener) {
  const given: Partial<Record<AnyModule, ModuleSource>> = {};
  const texts: Record<string, string> = { ...catalogue.notices, ...notices };
  const hintOf = ({ code, field }: Notice) => (hints.bounding.includes(code) ? hints.units[units[nameOf(field)]] : undefined);
  const said = (notice: Notice): Said => ({ ...notice, message: [sentence(texts[notice.code] ?? notice.code, notice), hintOf(notice)].filter(Boolean).join(" ") });

  const sourceOf = async (name: AnyModule): Promise<ModuleSource> => given[name] ?? (open ? open(places[name]()) : places[name]());

  const engines = new Map<Module, Promise<Engine>>();
  function engineOf(module: Module) {
    let engine = engines.get(module);
    if (!engine) {
      const those = layouts.filter((_, i) => catalogue.calculations[i].module === module);
      engine = sourceOf(module).then((source) => Engine.load({ [module]: source }, ...those));
      engine.catch(() => engines.delete(module)); // may be had the next time
      engines.set(module, engine);
    }
    return engine;
  }

  async function calculate(id: string, input: Figures): Promise<Answer<Figures>> {
    const index = layouts.findIndex((l) => l.id === id);
    if (index < 0) throw new RangeError(`There is no calculation “${id}”. There are: ${layouts.map((l) => l.id).join(", ")}.`);
    refuse(layouts[index].inputs, input, "", id);
    const engine = await engineOf(catalogue.calculations[index].module);
    await engine.ready;
    const answer = callOf(engine, id, input);
    if (!answer.result) throw new InputError(answer.problems.map((problem) => missing(problem, layouts[index].inputs, input) ?? said(problem)));
    return { result: withNames(answer.result, input), warnings: answer.warnings.map(said) };
  }

  return {
    calculate,
    valueCustomers: valueCustomersWith(() => sourceOf("customers")),
    /** Takes these modules instead of those beside the script; for what is called from now on. */
    use(sources: Partial<Record<AnyModule, ModuleSource>>) {
      Object.assign(given, sources);
      engines.clear();
    },
  };
}

/** The input that a path ends at: channels/0/spend at spend, survivors/2 at survivors. */
const nameOf = (path: string) => path.split("/").findLast((part) => Number.isNaN(Number(part))) ?? "";

/** What is absent altogether is missing, and not too short a list or no option: in the API's words. null where it is there. */
function missing({ field }: Notice, fields: Layout[], input: Figures): Said | null {
  let value: unknown = input;
  let among: Layout[] | undefined = fields;
  let kind: Layout | undefined;
  for (const name of field.split("/")) {
    value = (value as Record<string, unknown> | undefined)?.[name]; // any caller's figures, whose names the layout gives
    kind = among?.find((f) => f.name === name);
    among = kind ? kind.fields : among; // a number of a row, else
  }
  if (value !== undefined && value !== null) return null;
  const give = kind?.kind === "list" ? "a list of numbers" : kind?.kind === "records" ? "a list of objects" : kind?.kind === "option" ? choices(kind.options ?? []) : "";
  return give ? { code: "required", field, limit: 0, message: `${field} is missing. Give ${give}.` } : null;
}

const choices = (options: string[]) => `${options.slice(0, -1).join(", ")} or ${options[options.length - 1]}`;

/** The names of rows, which the engine never sees, beside the results of the same rows. */
const withNames = (result: Figures, input: Figures): Figures => Object.fromEntries(Object.entries(result).map(([list, rows]) => {
  const given: unknown = input[list];
  if (!Array.isArray(rows) || !Array.isArray(given)) return [list, rows];
  return [list, rows.map((row, i) => (given[i].name === undefined || given[i].name === null || given[i].name === "" ? row : { name: String(given[i].name), ...row }))];
}));

function callOf(engine: Engine, id: string, input: Figures) {
  try {
    return engine.call(id, input);
  } catch (error) {
    if (error instanceof EngineTrap) throw new Error("The engine stopped in the middle of this calculation. Call it once more; if it stops again, please report the input.", { cause: error });
    throw error;
  }
}

/** Throws for what is no input, before it is taken for one that is absent. */
function refuse(fields: Layout[], input: unknown, path: string, id: string) {
  if (typeof input !== "object" || input === null || Array.isArray(input)) throw new TypeError(`${path || id}: give an object of inputs.`);
  for (const [name, value] of Object.entries(input)) {
    const field = fields.find((f) => f.name === name);
    const at = path ? `${path}/${name}` : name;
    if (!field && path && name === "name") continue; // a row may have one, which the engine never sees
    if (!field) throw new TypeError(`${id} has no input ${at}. It has: ${fields.map((f) => f.name).join(", ")}.`);
    if (value !== null && value !== undefined) refuseValue(field, value, at, id);
  }
}

function refuseValue({ kind, options, fields }: Layout, value: unknown, at: string, id: string) {
  const isList = Array.isArray(value) || value instanceof Float64Array;
  if (kind === "option" && !options?.includes(String(value))) throw new TypeError(`${id}: ${at} is one of ${options?.join(", ")}, not ${shown(value)}.`);
  if (kind === "number" && !isFigure(value)) throw new TypeError(`${id}: ${at} is a number, not ${shown(value)}.`);
  if ((kind === "list" || kind === "records") && !isList) throw new TypeError(`${id}: ${at} is a list, not ${shown(value)}.`);
  if (!isList) return;
  for (const [i, element] of Array.from<unknown>(value).entries()) {
    if (kind === "records") refuse(fields ?? [], element, `${at}/${i}`, id);
    else if (!isFigure(element)) throw new TypeError(`${id}: ${at}/${i} is a number, not ${shown(element)}.`);
  }
}

const isFigure = (value: unknown) => typeof value === "number" && !Number.isNaN(value);

/** A value in a sentence, cut where it is long. */
const shown = (value: unknown) => (typeof value === "string" ? JSON.stringify(value.slice(0, 60)) : String(value).slice(0, 60));
