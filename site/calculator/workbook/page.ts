/**
 * The first sheet: a page to print, on which everything is that a reader needs who has not seen the calculator. The shaded cells
 * are the only ones that can be changed.
 */

import { ASIDE, FIGURE, HEAD, HEAD_FIGURE, HEAD_UNIT, INPUT, NOTE, UNIT, decimalsOf, formatOf, linesOf, oftenWhole, typedFormat, wholeAsTyped } from "./formats.ts";
import { type Book, type Cell, type Chart, type Series, type Sheet, type Style, type Validation, type Value, absolute, absoluteRange, placeOf } from "./sheet/model.ts";
import { type Context, type Result, sheetTitle } from "./context.ts";
import { GRID, MOST_RESULTS, type Scenarios, VALID, VARIATION } from "./scenarios.ts";
import type { Field } from "../../base/catalogue.gen.mjs";
import { directionOf } from "../../base/messages.ts";
import { required } from "../../base/certain.ts";
import type { Inputs } from "./inputs.ts";
import { numeral, quoted, rangeOf } from "./sheet/formula.ts";

const WIDTHS = [43, 13, 13, 13, 13, 13];
const [LOW, BASE, HIGH, UNITS] = [1, 2, 3, 4];
const LAST = WIDTHS.length - 1;

/** Characters of a note that go into a line across the page. */
const ACROSS = 124;

const CHART_ROWS = 14;

/** Labels on an axis of numbers. */
const MOST_LABELS = 12;

/** A longer address is not printed: nobody would type it. */
const MOST_ADDRESS = 240;

/** Within a text that reads from the right, what must not: 1 + d, or (1 + d)^(−1/n). */
const EQUATION = /[A-Za-z0-9(][A-Za-z0-9 ().,]*[-+−^/=·*][A-Za-z0-9 ().,+−^/=·*-]*[A-Za-z0-9)]/g;

/** Excel repairs a workbook whose link is longer. */
const MOST_LINK = 2079;

const ACCENT = "1F6B4C";

export interface Page {
  sheet: Sheet;
  draw: (book: Book) => void; // once the book is calculated
}

export function firstSheet(c: Context, inputs: Inputs, scenarios: Scenarios | undefined): Page {
  return new Maker(c, inputs, scenarios).made();
}

class Maker {
  readonly name: string;
  readonly rows: (Cell | undefined)[][] = [];
  readonly merged: string[] = [];
  readonly heights: Record<number, number> = {};
  readonly validations: Validation[] = [];
  readonly wholes: string[] = [];
  readonly cases: { low: Record<string, string>; high: Record<string, string> } = { low: {}, high: {} };
  grid: { down: Field; across: Field; row: number } | undefined;
  chart: { row: number; of: () => Omit<Chart, "from" | "to"> | undefined } | undefined;

  constructor(readonly c: Context, readonly inputs: Inputs, readonly scenarios: Scenarios | undefined) {
    this.name = c.words.sheetPage;
  }

  made(): Page {
    const { c } = this;
    this.#title();
    const drivers = this.scenarios?.drivers() ?? [];
    this.#inputs(drivers);
    this.#results();
    if (this.#pictured(drivers)) this.#space();
    const [down, across] = drivers;
    if (this.scenarios?.roomy && down && across) this.#table(down.field, across.field);
    this.#foot();
    const sheet: Sheet = {
      name: this.name, rows: this.rows, widths: WIDTHS, heights: this.heights, merged: this.merged, fit: "page", plain: true, validations: this.validations, wholes: this.wholes,
      ...(c.live && { alarms: [{ at: this.#checkAt, when: "valid=0" }] }),
    };
    return { sheet, draw: (book) => this.#draw(book, sheet) };
  }

  #checkAt = "";

  /** A line across the page. */
  #across(cell: Cell, height?: number) {
    this.rows.push([cell, ...Array.from({ length: LAST }, () => ({ style: cell.style ?? {} }))]);
    const row = this.rows.length;
    this.merged.push(`A${row}:${placeOf(LAST, row - 1)}`);
    if (height) this.heights[row - 1] = height;
  }

  /** What a row is called, on two lines where it is longer than the column; the row is the next. */
  #label(value: string, style: Style = {}): Cell {
    const lines = linesOf(value, WIDTHS[0] * 1.05);
    if (lines === 1) return { value, style };
    this.heights[this.rows.length] = 13 * lines + 2;
    return { value, style: { ...style, wrap: true } };
  }

  #note(said: string, style: Style = NOTE, link?: string) {
    const text = directionOf(this.c.said.lang) === "rtl" && !style.ltr ? said.replace(EQUATION, "\u202a$&\u202c") : said;
    this.#across({ value: text, style, ...(link && { link }) }, 12.5 * linesOf(text, ACROSS) + 2);
  }

  #gap(height = 8) {
    this.heights[this.rows.push([]) - 1] = height;
  }

  #heading(text: string, ...others: string[]) {
    this.rows.push([{ value: text, style: HEAD }, ...Array.from({ length: LAST }, (_, i): Cell => ({ ...(others[i] && { value: others[i] }), style: i + 1 === UNITS ? HEAD_UNIT : HEAD_FIGURE }))]);
    this.heights[this.rows.length - 1] = 17;
  }

  #title() {
    const { c } = this;
    this.#across({ value: c.calculation.title, style: { bold: true, size: 18 } }, 28);
    this.#across({ value: c.calculation.question, style: { colour: ASIDE.colour, size: 11 } }, 18);
    this.#gap(6);
    const main = this.#main();
    if (main) {
      const style: Style = { bold: true, size: 20, colour: ACCENT, align: "start", format: formatOf(main.field.unit, c.currency, c.computed(main.path)) };
      const cell = c.live && main.path in c.workings.results ? { formula: `shown_${main.path.replace(".", "_")}` } : this.#result(main, style);
      this.rows.push([{ value: main.field.title, style: { size: 13 } }, { ...cell, style }, { style }, { value: c.unit(main.field.unit), style: UNIT }]);
      this.merged.push(`B${this.rows.length}:C${this.rows.length}`);
      this.heights[this.rows.length - 1] = 32;
      if (oftenWhole(main.field.unit)) this.wholes.push(`B${this.rows.length}`);
    }
    if (c.live) {
      this.#across({ formula: `IF(valid=1,"${c.words.sheetValid.replaceAll('"', '""')}",problems)`, style: { ...NOTE, bold: false } }, 27);
      this.#checkAt = `A${this.rows.length}`;
      this.#note(c.sentences(c.words.sheetHow, this.scenarios && c.words.sheetHowCases, c.definition.found && c.words.sheetFitted));
    } else this.#note(c.words.sheetOnlyValues);
    this.#gap();
  }

  /** The main result: the scenarios', or the calculation's own. */
  #main(): Result | undefined {
    const { c } = this;
    const path = this.scenarios?.headline ?? (c.live ? c.calculation.defines : c.results[0]?.path);
    return c.results.find((r) => r.path === path && (path in c.workings.results || c.computed(path) != null)) ?? c.results.find((r) => c.computed(r.path) != null);
  }

  #inputs(drivers: { field: Field; up: boolean }[]) {
    const { c, inputs, scenarios } = this;
    const { words } = c;
    const cases = scenarios !== undefined;
    this.#heading(words.sheetInputs, cases ? words.sheetLow : "", words.sheetBase, cases ? words.sheetHigh : "", words.sheetUnit);
    for (const field of c.singles) {
      const row = this.rows.length;
      const value = c.answered.input[field.name];
      const cells: (Cell | undefined)[] = [this.#label(field.title), undefined, inputs.cell(field, value, c.live), undefined, this.#unit(field, row)];
      if (c.live) {
        inputs.add(field.name, field.name, field, value, this.name, BASE, row);
        this.validations.push(inputs.validation(field, placeOf(BASE, row)));
        if (wholeAsTyped(field.unit, value)) this.wholes.push(placeOf(BASE, row));
      } else {
        if (wholeAsTyped(field.unit, value)) this.wholes.push(placeOf(BASE, row));
        c.name(field.name, absolute(this.name, BASE, row));
      }
      if (scenarios?.rows.some((r) => r.key === `input:${field.name}`)) {
        const driver = drivers.find((d) => d.field === field);
        for (const [side, column] of [["low", LOW], ["high", HIGH]] as const) {
          const at = placeOf(column, row);
          const style = inputs.cell(field, value, true).style;
          cells[column] = { style };
          if (driver) cells[column] = { formula: this.#moved(field, driver.up === (side === "high") ? "1" : "-1"), style: { ...style, format: this.#stepped(field) } };
          this.validations.push(inputs.validation(field, at));
          if (wholeAsTyped(field.unit, value)) this.wholes.push(at);
          this.cases[side][field.name] = absolute(this.name, column, row);
          c.name(`typed_${side}_${field.name}`, absolute(this.name, column, row));
        }
      }
      this.rows.push(cells);
    }
    for (const { name, sheet, given } of c.records) {
      const title = c.calculation.inputs.find((f) => f.name === name)?.title ?? name;
      this.rows.push([{ value: title }, undefined, { value: given.length, style: FIGURE }, undefined, { value: words.sheetSee({ sheet }), style: UNIT }]);
    }
    for (const { field: f, values } of c.lists) {
      this.rows.push([this.#label(f.title), undefined, { value: values.length, style: FIGURE }, undefined, { value: words.sheetSee({ sheet: sheetTitle(f.title) }), style: UNIT }]);
    }
    if (scenarios && drivers.length) {
      const row = this.rows.length;
      this.rows.push([{ value: words.sheetStep }, undefined, { value: VARIATION, style: { ...INPUT, format: "0.0###%" } }, undefined, undefined]);
      c.name("variation", absolute(this.name, BASE, row));
      this.validations.push({ at: placeOf(BASE, row), min: 0.001, max: 0.5, says: words.sheetStepBounds, tells: { title: words.sheetStep, text: words.sheetStepSays } });
    }
    this.#gap();
  }

  /** A figure's unit; beside a time horizon that is left empty, which time is counted. */
  #unit({ name, unit, optional }: Field, row: number): Cell {
    const { c } = this;
    const said = c.unit(unit);
    if (!c.live || !optional || !name.startsWith("horizon_")) return { value: said, style: UNIT };
    const used = c.results.map(({ path }) => path).find((path) => path.endsWith(name.replace("horizon_", "horizon_used_")) && path in c.workings.results);
    const life = quoted(c.said.wholeLife);
    const at = used && `shown_${used.replace(".", "_")}`;
    return { formula: `IF(${placeOf(BASE, row)}="",${at ? `IF(ISNUMBER(${at}),${at}&${quoted(` ${said}`)},${life})` : life},${quoted(said)})`, style: UNIT };
  }

  /**
   * A figure of the base, so many steps away, within its bounds. Near 100% a share moves in smaller steps, both ways, so that no two cells of
   * the table are the same.
   */
  #moved({ name, min, max, unit }: Field, steps: string) {
    const step = unit === "share" && max !== undefined ? `IF(${name}<${numeral(max)},MIN(${name}*N(variation),(${numeral(max)}-${name})/${(GRID - 1) / 2}),${name}*N(variation))` : `${name}*N(variation)`;
    const moved = `${name}${steps.startsWith("-") ? "-" : "+"}${steps.replace("-", "")}*${step}`;
    const below = max === undefined ? moved : `MIN(${numeral(max)},${moved})`;
    return `IF(ISNUMBER(${name}),${min === undefined ? below : `MAX(${numeral(min)},${below})`},"")`;
  }

  /** How the figures of an axis look, which are steps away from the base: all with as many decimals as their steps need. */
  #stepped({ unit, name, default: standard }: Field) {
    const { c } = this;
    const step = Math.abs(Number(c.answered.input[name] ?? standard ?? 0)) * VARIATION;
    const digits = (most: number) => [0, 1, 2, 3, 4].find((n) => n >= most || Math.abs(step * 10 ** n - Math.round(step * 10 ** n)) < 1e-9) ?? most;
    if (unit === "share" || unit === "rate") return `0.${"0".repeat(Math.max(1, digits(4) - 2))}%`;
    if (oftenWhole(unit) || unit === "number") return `#,##0.${"0".repeat(Math.max(2, digits(4)))}`;
    if (unit === "money") return `#,##0.${"0".repeat(Math.max(decimalsOf(c.currency), digits(4)))}`.replace(/\.$/, "");
    return typedFormat(unit, c.currency, step);
  }

  #results() {
    const { c, scenarios } = this;
    const { words } = c;
    const tell = { low: this.#case("low"), high: this.#case("high") };
    const ends = c.results.some((r) => this.#ends(r));
    this.#heading(words.sheetResults, scenarios || ends ? words.sheetLow : "", words.sheetBase, scenarios || ends ? words.sheetHigh : "", words.sheetUnit);
    const main = this.#main();
    const all = c.results.filter(({ path }) => (path in c.workings.results || c.computed(path) != null) && !(ends && /_(lower|upper)$/.test(path)) && !/^(discount_rate_per_period|timing_factor|log_likelihood|horizon_used_\w+)$/.test(path));
    const told = [...(main ? [main] : []), ...all.filter(({ path }) => path !== main?.path)];
    for (const result of told.slice(0, MOST_RESULTS)) {
      const { field, path } = result;
      const row = this.rows.length;
      const style: Style = { ...FIGURE, format: formatOf(typeof c.computed(path) === "number" ? (field.unit ?? "number") : field.unit, c.currency, c.computed(path)) };
      const side = (which: "low" | "high"): Cell | undefined => {
        const at = tell[which]?.(path);
        if (at) return { formula: this.#called(path, at, `${tell[which]?.(VALID)}=1`), style };
        const end = this.#ends(result)?.[which];
        return end && { value: end.value as Value, style }; // an end is a figure, as the result is
      };
      const bold = path === main?.path;
      this.rows.push([this.#label(c.titleOf(result), { bold }), side("low"), this.#result(result, bold ? { ...style, bold } : style), side("high"), { value: c.unit(field.unit), style: UNIT }]);
      if (oftenWhole(field.unit)) for (const column of [LOW, BASE, HIGH]) if (this.rows[row][column]) this.wholes.push(placeOf(column, row));
      if (!c.live) c.name(path, absolute(this.name, BASE, row));
    }
    this.#gap();
  }

  /** The engine's own interval around a result. */
  #ends({ path }: Result) {
    const { c } = this;
    if (path in c.workings.results) return undefined;
    const [root] = [path.replace("_rate", "").replace("_periods", "").replace("_ratio", ""), path];
    const end = (which: string) => [path, root].map((name) => c.computed(`${name}_${which}`)).find((value) => typeof value === "number");
    const [low, high] = [end("lower"), end("upper")];
    return low === undefined && high === undefined ? undefined : { low: low === undefined ? undefined : { value: low }, high: high === undefined ? undefined : { value: high } };
  }

  #result({ path }: Result, style: Style): Cell {
    const { c } = this;
    if (c.live) return { formula: this.#called(path, `shown_${path.replace(".", "_")}`), style: path in c.workings.results && !c.definition.found?.fitted.includes(path) ? style : { ...style, italic: true } };
    const value = c.computed(path);
    return { value: typeof value === "number" ? value : c.option(String(value)), style };
  }

  /** A row's name in the place of its number, the word for an option. */
  #called(path: string, at: string, valid = "valid=1") {
    const field = this.c.field(path);
    if (field?.kind === "option") {
      const { labels, codes, positions } = this.inputs.list(field);
      return `IF(${at}="","",INDEX(${labels},SUMPRODUCT((${codes}=${at})*${positions})))`;
    }
    const table = this.c.definition.rows?.[path];
    const called = table ? `IF(ISNUMBER(${at}),INDEX(${table}_row,${at}),"")` : at;
    const beyond = field && this.#beyond(path, field);
    return beyond ? `IF(${at}="",IF(AND(${[valid, ...beyond.when].join(",")}),${quoted(beyond.word)},""),${called})` : called;
  }

  /** What is said of a result that is beyond every number, and when that is why it is empty: a payback is never, a value has no limit. */
  #beyond(path: string, { never, unit }: Field): { word: string; when: string[] } | undefined {
    const { c } = this;
    if (!never || !(path in c.workings.results) || c.definition.found?.fitted.includes(path)) return undefined;
    const when = never === "always" ? [] : [`ISNUMBER(${required(c.places.figure(never), never)})`];
    return { when, word: /payback|break_even/.test(path) && unit !== "money" ? c.words.sheetNever : c.words.sheetNoLimit };
  }

  #case(side: "low" | "high") {
    const { c, inputs, scenarios } = this;
    return scenarios?.add({
      title: side === "low" ? c.words.sheetLow : c.words.sheetHigh,
      figure: (field) => {
        const typed = this.cases[side][field.name];
        return typed && inputs.used(field, typed, field.name);
      },
    });
  }

  #pictured(drivers: { field: Field }[]): boolean {
    const { c } = this;
    const picture = c.definition.picture;
    const has = picture && (picture.table in c.workings.tables || c.answered.result[picture.table]);
    if (!has && !(this.scenarios?.roomy && drivers.length > 1) && !c.results.some((r) => this.#ends(r))) return false;
    this.chart = { row: this.rows.length, of: () => undefined };
    return true;
  }

  #space() {
    for (let i = 0; i < CHART_ROWS; i++) this.rows.push([]);
    this.#gap();
  }

  /** What the main result is when two figures change: those that it follows most. */
  #table(down: Field, across: Field) {
    const { c } = this;
    const scenarios = required(this.scenarios, "scenarios");
    const main = required(this.#main(), "main result");
    this.#heading(c.words.sheetGrid({ result: main.field.title, down: down.title, across: across.title }));
    const head = this.rows.length;
    const steps = Array.from({ length: GRID }, (_, i) => i - (GRID - 1) / 2);
    const axis = (field: Field): Style => ({ ...FIGURE, bold: true, format: this.#stepped(field) });
    this.rows.push([{ value: `${down.title} ↓   ${across.title} ${directionOf(c.said.lang) === "rtl" ? "←" : "→"}`, style: { ...ASIDE, shrink: true } }, ...steps.map((n): Cell => ({ formula: this.#moved(across, numeral(n)), style: { ...axis(across), border: "under", edge: "B8B2A4" } }))]);
    const middle = (GRID - 1) / 2;
    for (const [i, n] of steps.entries()) {
      const row = this.rows.length;
      const cells = steps.map((_, k): Cell => {
        const at = scenarios.add({
          title: `${i + 1}.${k + 1}`,
          main: true,
          figure: (field) => (field === down ? absolute(this.name, 0, row) : field === across ? absolute(this.name, k + 1, head) : undefined),
        })(main.path);
        const here = i === middle && k === middle;
        return { formula: required(at, main.path), style: { ...FIGURE, format: formatOf(main.field.unit, c.currency, c.computed(main.path)), ...(here && { bold: true, border: "box", edge: "B8B2A4" }) } };
      });
      this.rows.push([{ formula: this.#moved(down, numeral(n)), style: axis(down) }, ...cells]);
      for (let k = 1; k <= GRID; k++) if (oftenWhole(main.field.unit)) this.wholes.push(placeOf(k, row));
      if (oftenWhole(down.unit)) this.wholes.push(placeOf(0, row));
    }
    if (oftenWhole(across.unit)) for (let k = 1; k <= GRID; k++) this.wholes.push(placeOf(k, head));
    c.name("grid", absoluteRange(this.name, 1, head + 1, GRID, head + GRID));
    c.name("grid_down", absoluteRange(this.name, 0, head + 1, 0, head + GRID));
    c.name("grid_across", absoluteRange(this.name, 1, head, GRID, head));
    this.grid = { down, across, row: head };
    this.#gap();
  }

  #foot() {
    const { c } = this;
    const { words, said, calculation, given } = c;
    if (c.answered.warnings.length) {
      this.#heading(words.sheetNotes);
      for (const warning of c.answered.warnings) this.#note(c.sentenceOf(warning));
      this.#gap(5);
    }
    this.#heading(said.assumptions);
    for (const text of calculation.assumptions) this.#note(text);
    this.#gap(5);
    // Between Arabic and the end of a line, the stop of an English sentence stands at its beginning.
    const source = directionOf(said.lang) === "rtl" ? calculation.source.replace(/\.$/, "") : calculation.source;
    this.#note(said.titled({ title: said.source, text: source }));
    const date = new Intl.DateTimeFormat(`${said.lang}-u-nu-latn`, { dateStyle: "long", timeZone: "UTC" }).format(given.made);
    this.#note(words.sheetMade({ version: given.version, date }));
    if (!given.link || given.link.length > MOST_LINK) return;
    this.#note(words.sheetLink, { ...NOTE, colour: ACCENT }, given.link);
    if (given.link.length <= MOST_ADDRESS) this.#note(given.link, { ...NOTE, ltr: true }, given.link);
  }

  /** The chart, once there are values to draw. */
  #draw(book: Book, sheet: Sheet) {
    if (!this.chart) return;
    const chart = this.#fromTable(book) ?? this.#fromGrid(book) ?? this.#fromCases(book);
    if (!chart) return;
    sheet.charts = [{ ...chart, from: [0, this.chart.row], to: [LAST + 1, this.chart.row + CHART_ROWS] }];
  }

  #fromTable(book: Book): Omit<Chart, "from" | "to"> | undefined {
    const { c } = this;
    const picture = c.definition.picture;
    const across = picture && c.names.get(`${picture.table}_${picture.across}`);
    if (!picture || !across) return undefined;
    const of = rangeOf(across);
    const sheet = required(of.sheet, `sheet of ${across}`);
    const up = picture.up.filter((_, i) => !(picture.only && i === picture.up.length - 1) || c.answered.input[picture.only] != null);
    const ranges = up.map((name) => c.names.get(`${picture.table}_${name}`)).filter((at): at is string => at !== undefined).map(rangeOf);
    const most = picture.rows ?? 1000;
    const lengthOf = (range: (typeof ranges)[number]) => Math.min(lastOf(book, [range]), most);
    const head = (column: number) => valuesOf(book, absolute(sheet, column, of.row - 1))[0];
    const part = (column: number, length: number) => absoluteRange(sheet, column, of.row, column, of.row + length - 1);
    // A line ends with its own figures: what is observed does before what is expected.
    const series = ranges.map((range): Series => {
      const [categories, values] = [of.column, range.column].map((column) => part(column, lengthOf(range)));
      return { title: String(head(range.column)), name: absolute(sheet, range.column, of.row - 1), categories, values, cells: { categories: valuesOf(book, categories), values: valuesOf(book, values) } };
    });
    const told = c.calculation.results.find((f) => f.name === (c.workings.tables[picture.table]?.of ?? picture.table));
    const unit = told?.fields?.find((f) => f.name === up[0])?.unit ?? "money";
    const title = series.length === 1 ? series[0].title : picture.bars ? c.tableTitle(picture.table) : (told?.title ?? series[0].title);
    return {
      kind: picture.bars ? "bars" : "line", title: unit === "money" ? `${title} (${c.currency})` : title, across: picture.bars ? "" : String(head(of.column)), up: "", format: axisFormat(unit), acrossFormat: "0", series,
      ...(!picture.bars && this.#scale(series, picture.across)), ...(shares(unit, series) && { most: 1 }),
    };
  }

  /** Periods are numbers on a scale of their own: labels stand at round ones, whatever program draws them; a year's months apart where they are months. */
  #scale(series: Series[], across: string): Pick<Chart, "scale"> | undefined {
    const numbers = series.flatMap(({ cells }) => cells.categories);
    if (!numbers.every((value): value is number => typeof value === "number")) return undefined;
    const last = Math.max(1, ...numbers);
    const months = across === "month" || (across === "period" && (this.c.answered.input.period ?? "month") === "month");
    const steps = months && last > 24 ? [12, 24, 60, 120] : [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
    const step = steps.find((n) => last / n <= MOST_LABELS) ?? required(steps.at(-1), "step");
    return { scale: { from: 0, to: last, step } };
  }

  /** The middle row of the table: the main result by the second figure. */
  #fromGrid(book: Book): Omit<Chart, "from" | "to"> | undefined {
    if (!this.grid) return undefined;
    const { c } = this;
    const { across, row } = this.grid;
    const main = required(this.#main(), "main result");
    const middle = row + 1 + (GRID - 1) / 2;
    const [categories, values] = [row, middle].map((r) => absoluteRange(this.name, 1, r, GRID, r));
    const unit = main.field.unit;
    const series: Series = { title: main.field.title, name: absolute(this.name, 0, 3), categories, values, cells: { categories: valuesOf(book, categories), values: valuesOf(book, values) } };
    return { kind: "line", title: unit === "money" ? `${main.field.title} (${c.currency})` : main.field.title, across: across.title, up: "", format: axisFormat(unit), acrossFormat: this.#stepped(across), series: [series] };
  }

  /** The main result and the ends of its interval. */
  #fromCases(book: Book): Omit<Chart, "from" | "to"> | undefined {
    const main = this.#main();
    const head = this.rows.findIndex((cells) => cells[0]?.value === this.c.words.sheetResults);
    const row = this.rows.findIndex((cells, r) => r > head && cells[0]?.value === main?.field.title && cells[LOW]);
    if (!main || row < 0 || head < 0) return undefined;
    const [categories, values] = [head, row].map((r) => absoluteRange(this.name, LOW, r, HIGH, r));
    const unit = main.field.unit;
    return {
      kind: "bars", title: unit === "money" ? `${main.field.title} (${this.c.currency})` : main.field.title, across: "", up: "", format: axisFormat(unit), acrossFormat: "General",
      series: [{ title: main.field.title, name: absolute(this.name, 0, row), categories, values, cells: { categories: valuesOf(book, categories), values: valuesOf(book, values) } }],
    };
  }
}

/** How many rows there are until the last number: a text behind it would be drawn as 0. */
const lastOf = (book: Book, columns: { sheet?: string; column: number; row: number; toRow: number }[]) =>
  Math.max(1, ...columns.map(({ sheet, column, row, toRow }) => valuesOf(book, absoluteRange(sheet ?? "", column, row, column, toRow)).findLastIndex((value) => typeof value === "number") + 1));

/** Shares of a whole, which no axis needs to go beyond. */
const shares = (unit: string | undefined, series: Series[]) => unit === "share" && series.every(({ cells }) => cells.values.every((value) => typeof value !== "number" || (value <= 1 && value >= 0)));

const axisFormat = (unit: string | undefined) => (unit === "money" ? "#,##0" : unit === "share" || unit === "rate" ? "0%" : "General");

function valuesOf(book: Book, at: string): Value[] {
  const { sheet, column, row, toColumn, toRow } = rangeOf(at);
  const rows = book.sheets.find((s) => s.name === sheet)?.rows ?? [];
  const values: Value[] = [];
  for (let r = row; r <= toRow; r++) for (let k = column; k <= toColumn; k++) values.push(rows[r]?.[k]?.value ?? "");
  return values;
}

