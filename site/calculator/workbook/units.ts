/**
 * What a formula's number is counted in, as far as it can be told from the figures in it: money, or something else. Money times a share is
 * money, money by money is none, and of IF the branches decide.
 */

import { type Node, parse } from "./sheet/formula.ts";
import { type Here, type Places, compile } from "./compile.ts";
import type { Field } from "../../base/catalogue.gen.mjs";
import type { Workings } from "./definition.ts";

/** The power of money: 1 is money, 0 none. Undefined is a number that fits beside anything: 0, or "". */
type Power = number | undefined;

/** What it asks of a calculation's sheets. */
interface Formulas {
  workings: Workings;
  places: Pick<Places, "figure" | "tables">;
  singles: Field[];
  records: { name: string, fields: Field[] }[];
  field: (path: string) => Field | undefined;
}

/** Functions whose result is as their first argument that says anything. */
const ALIKE = /^(MAX|MIN|SUM|IFERROR|ABS|ROUND|ROUNDUP|INT|N|INDEX)$/;

/** Tells of a step, or of a cell of a table, whether it is money. */
export class Units {
  readonly #known = new Map<string, Power>();

  constructor(readonly c: Formulas) {}

  step(name: string): string | undefined {
    return this.#unit(this.#figure(name));
  }

  column(table: string, name: string): string | undefined {
    return this.#unit(this.#cell(table, name, 0));
  }

  #unit(power: Power) {
    return power === 1 ? "money" : undefined;
  }

  #figure(name: string): Power {
    const { steps, results } = this.c.workings;
    const field = this.c.singles.find((f) => f.name === name) ?? this.c.field(name) ?? this.c.records.flatMap((r) => r.fields.filter((f) => new RegExp(`^${r.name}_\\d+_${f.name}$`).test(name))).at(0);
    if (field) return field.unit === "money" ? 1 : 0;
    return this.#of(name, steps[name] ?? results[name]);
  }

  #cell(table: string, name: string, row: number): Power {
    const formula = this.c.workings.tables[table].columns[name];
    return this.#of(`${table}:${name}`, typeof formula === "string" ? formula : formula(row), { table, row });
  }

  #of(key: string, formula: string | undefined, here?: Here): Power {
    if (formula === undefined || this.#known.has(key)) return this.#known.get(key);
    this.#known.set(key, undefined); // of a column that adds itself up, the other term tells
    const found = this.#power(formula, here);
    this.#known.set(key, found);
    return found;
  }

  #power(formula: string, here?: Here): Power {
    const leaves: (() => Power)[] = [];
    const leaf = (of: () => Power) => `leaf_${leaves.push(of) - 1}`;
    const text = compile(formula, {
      tables: this.c.places.tables,
      figure: (name) => (this.c.places.figure(name) === undefined ? undefined : leaf(() => this.#figure(name))),
      column: (table, name) => leaf(() => this.#cell(table, name, 0)),
      cell: (table, name, row) => leaf(() => this.#cell(table, name, Math.max(0, row))),
    }, here);
    const of = (node: Node | null): Power => {
      switch (node?.kind) {
        case "value": return node.value === 0 || node.value === "" ? undefined : 0;
        case "name": return leaves[Number(node.name.slice(5))]?.();
        case "negative": return of(node.of);
        case "operator": return byOperator(node.sign, of(node.left), () => of(node.right), node.right);
        case "call": return ofCall(node.name, node.args);
        default: return 0;
      }
    };
    const first = (nodes: (Node | null)[]) => nodes.map(of).find((power) => power !== undefined);
    const ofCall = (name: string, args: (Node | null)[]): Power => {
      if (name === "IF") return first(args.slice(1));
      if (name === "SUMPRODUCT") return args.map(of).reduce<number>((sum, power) => sum + (power ?? 0), 0);
      return ALIKE.test(name) ? first(args) : 0;
    };
    return of(parse(text));
  }
}

function byOperator(sign: string, left: Power, right: () => Power, exponent: Node): Power {
  switch (sign) {
    case "+":
    case "-": return left ?? right();
    case "*": return (left ?? 0) + (right() ?? 0);
    case "/": return (left ?? 0) - (right() ?? 0);
    case "^": return exponent.kind === "value" && left ? left * Number(exponent.value) : 0;
    default: return 0;
  }
}
