/** Every equation that a page prints with figures is true: its right side is the result on its left. */
import assert from "node:assert/strict";
import test, { after } from "node:test";
import type { Page } from "playwright-core";
import type { Calculation, Field } from "../../base/catalogue.gen.mjs";
import { Format } from "../../base/format.ts";
import { LANGUAGES, type Language } from "../../base/messages.ts";
import { calculationOf, loadScenario, scenarioIds, startOf } from "../../base/scenarios.ts";
import { wordsIn } from "../../base/words.ts";
import type { HourglassCalculator } from "../../calculator/calculator.ts";
import { type Printed, evaluate, furtherClauses } from "../equation.ts";
import { ALL, inTurn, turn } from "../turn.ts";
import { launch, onPage } from "./browser.ts";

/** How many sets of figures each scenario has in English, beside its own, and in how many turns they are tried. */
const TRIES = 25;
const TURNS = 3;

const browser = await launch({ passes: true });
after(() => browser.close());

/** Numbers of one seed (mulberry32). */
function random(seed: number) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Fields whose zero is an edge of some formula, and those that are left out as often as not. */
const EDGES = ["churn_rate", "annual_discount_rate", "retention_rate", "repurchase_probability", "annual_renewal_rate"];

/** Other figures near the start, now and then at an edge. */
function varied(fields: Field[], start: Input, next: () => number) {
  return Object.fromEntries(fields.map((f) => {
    const usual = start[f.name];
    if (f.kind === "option") return [f.name, f.options?.[Math.floor(next() * f.options.length)]];
    if (f.kind !== "number") return [f.name, usual];
    if (f.optional && next() < 0.4) return [f.name, null];
    if (EDGES.includes(f.name) && next() < 0.2) return [f.name, next() < 0.5 ? f.min : f.max === 1 ? 1 : usual];
    const base = usual || (f.name === "horizon_periods" ? 24 : f.unit === "money" ? 5 : f.unit === "days" ? 30 : f.max === 1 || f.unit === "rate" || f.unit === "share" ? 0.02 : 3);
    const value = Number((base * (0.4 + 1.2 * next())).toPrecision(3));
    const bounded = Math.min(f.max ?? Infinity, Math.max(f.min ?? -Infinity, f.whole ? Math.round(value) : value));
    return [f.name, bounded];
  }));
}

/** Calculations whose formula adds up rows: the figures of each stand in the table beside it. */
const OVER_ROWS = ["usage"];

/** An equation as the page has it. */
interface Equation {
  printed: Printed | null; // with figures, which is only where there is a value
  value: number | null;
  symbolic: string[];
  symbols: string[];
  locale: string;
}

/** Figures of a scenario. */
type Input = ReturnType<typeof startOf>;

/**
 * The equations of a scenario on sets of figures, with what they define; null where there is no answer to them. All in one go: the page's
 * elements are rendered for each, but no frame is drawn that nobody looks at.
 */
const equations = (page: Page, kind: string, inputs: Input[]): Promise<(Equation | null)[]> =>
  page.evaluate(async ({ kind, inputs }) => {
    document.body.style.display = "none"; // what is printed is read, not seen
    const calculator = document.querySelector<HourglassCalculator>("hourglass-calculator") as HourglassCalculator;
    if (calculator.kind !== kind) {
      calculator.kind = kind;
      while (calculator.scenario?.id !== kind) await new Promise((done) => setTimeout(done, 5));
    }
    const { defines } = calculator.calculation;
    const [name, within] = defines.split(".").reverse();
    const plain = (e: Element): Printed => ({ name: e.localName, text: e.children.length && e.localName !== "msub" ? "" : (e.textContent ?? "").trim(), children: [...e.children].map(plain) });
    const found: (Equation | null)[] = [];
    for (const input of inputs) {
      calculator.input = input;
      await calculator.updateComplete;
      const figures = calculator.renderRoot.querySelector(".working .formula.figures math");
      const formulas = [...calculator.renderRoot.querySelectorAll(".working .formula:not(.figures) math")];
      found.push(calculator.result && {
        locale: calculator.format.locale,
        printed: figures && plain(figures),
        value: (within ? calculator.result[within] : calculator.result)[name],
        symbolic: formulas.flatMap((f) => [...f.querySelectorAll("mi")].map((mi) => (mi.closest("msub, [data-field], [data-means]") ?? mi).textContent ?? "")),
        symbols: [...calculator.renderRoot.querySelectorAll(".symbols dt")].map((dt) => (dt.textContent ?? "").trim()),
      });
    }
    return found;
  }, { kind, inputs });

for (const lang of ["en" as const, ...inTurn((Object.keys(LANGUAGES) as Language[]).filter((one) => one !== "en"), 1)]) {
  test(`every equation is true in ${lang}`, () =>
    onPage(browser, `${lang === "en" ? "" : `${lang.toLowerCase()}/`}subscription/?currency=EUR`, async (page) => {
      let printed = 0;
      for (const id of scenarioIds) {
        const scenario = await loadScenario(id, lang);
        const next = random(id.length);
        const start = startOf(scenario);
        const sets = Array.from({ length: lang === "en" ? TRIES : 1 }, () => varied(calculationOf(scenario).inputs, start, next));
        const tries = [start, ...sets.filter((_, i) => ALL || lang !== "en" || i % TURNS === turn % TURNS)];
        const all = await equations(page, id, tries);
        for (const [i, input] of tries.entries()) {
          const found = all[i];
          if (!found) continue;
          const context = `${id} in ${lang} on ${JSON.stringify(input)}`;
          if (OVER_ROWS.includes(calculationOf(scenario).id)) {
            assert.equal(found.printed, null, `${context}: a sum over rows has no figures to print`);
            continue;
          }
          assert.equal(found.printed === null, found.value === null, `${context}: figures without an answer, or an answer without figures`);
          if (found.printed === null || found.value === null) continue;
          const format = new Format({ locale: found.locale, currency: "EUR", period: String(input.period ?? "year"), words: await wordsIn(lang) });
          const read = (text: string) => {
            const value = format.parse(text);
            assert.ok(typeof value === "number", `${id}: ${text}`);
            return value;
          };
          try {
            const { value, within, left } = evaluate(found.printed, read);
            const { unit } = fieldAt(calculationOf(scenario), calculationOf(scenario).defines);
            assert.equal(left.replace(/\s/g, " "), format.value(found.value, unit).replace(/\s/g, " "), context);
            assert.ok(Math.abs(value - found.value) <= within + 1e-9, `${context}: ${left} = ${value}, which is ${found.value} within ${within}`);
            for (const clause of furtherClauses(found.printed, read)) assert.ok(Math.abs(clause.left - clause.right) <= 5e-6 * Math.abs(clause.left), context);
          } catch (error) {
            throw new Error(`${context}: ${error instanceof Error ? error.message : error}`, { cause: error });
          }
          printed++;
        }
      }
      assert.ok(printed > scenarioIds.length, "most figures have an answer");
    }));
}

function fieldAt({ results }: Calculation, path: string) {
  const [name, within] = path.split(".").reverse();
  const from = within ? (results.find((f) => f.name === within)?.fields ?? []) : results;
  const field = from.find((f) => f.name === name);
  assert.ok(field, path);
  return field;
}

test("every letter is listed once, with its index, as valid MathML", () =>
  onPage(browser, "subscription/", async (page) => {
    for (const id of scenarioIds) {
      const scenario = await loadScenario(id);
      const [found] = await equations(page, id, [startOf(scenario)]);
      assert.ok(found, id);
      assert.equal(new Set(found.symbols).size, found.symbols.length, `${id}: ${found.symbols}`);
      const invalid = await page.evaluate(() => {
        const arity: Record<string, number> = { msub: 2, msup: 2, mfrac: 2, msubsup: 3, munderover: 3, munder: 2 };
        const root = document.querySelector("hourglass-calculator")?.shadowRoot as ShadowRoot;
        return [...root.querySelectorAll("math *")].filter((e) => arity[e.localName] && e.children.length !== arity[e.localName]).map((e) => e.outerHTML);
      });
      assert.deepEqual(invalid, [], id);
    }
  }));
