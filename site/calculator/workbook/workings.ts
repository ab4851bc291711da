/** The sheet behind the first: the figures as they are used and what is wrong with them, the steps, all results. */

import { ASIDE, FIGURE, HEAD, HEAD_FIGURE, HEAD_UNIT, NOTE, STEP, UNIT, formatOf, linesOf, oftenWhole, typedFormat, wholeAsTyped, widthOf, yesNo } from "./formats.ts";
import { type Cell, type Sheet, absolute } from "./sheet/model.ts";
import { type Context, literal } from "./context.ts";
import { isYesOrNo, parse, quoted } from "./sheet/formula.ts";
import type { Inputs } from "./inputs.ts";
import type { Rule } from "./definition.ts";

/** A yes or no is 1 or 0 in a cell, which its format puts into words: programs disagree about what TRUE looks like. */
export function flagged(formula: string): { formula: string; flag: boolean } {
  const flag = isYesOrNo(parse(formula));
  return { formula: flag ? `IF(${formula},1,0)` : formula, flag };
}

export function workingsSheet(c: Context, inputs: Inputs): Sheet {
  const { words } = c;
  const sheet = words.sheetMain;
  const rows: (Cell | undefined)[][] = [[{ value: c.calculation.title, style: { bold: true, size: 14 } }], [{ value: words.sheetWorkings, style: ASIDE }]];
  const wholes: string[] = [];
  const at = (column: string, row = rows.length) => `$${column}$${row}`;
  const heading = (text: string, last: string, fifth = "") =>
    rows.push([], [{ value: text, style: HEAD }, { style: HEAD_FIGURE }, { value: words.sheetUnit, style: HEAD_UNIT }, { value: last, style: HEAD }, { value: fifth, style: HEAD_FIGURE }]);
  const heights: Record<number, number> = {};
  const line = (label: string, cell: Cell, unit = "", note?: Cell, raw?: Cell) => {
    rows.push([{ value: label, style: { wrap: true } }, cell, { value: unit, style: UNIT }, note, raw]);
    // What a formula says is said where something is wrong: it goes on over the cell beside it, and takes no room before.
    const lines = Math.max(linesOf(label, WIDTHS[0] * WIDEST), typeof note?.value === "string" ? linesOf(note.value, WIDTHS[3] * SMALL) : 1);
    if (lines > 1) heights[rows.length - 1] = 13 * lines + 2;
  };
  const flag = { ...FIGURE, format: yesNo(words.sheetYes, words.sheetNo) };
  const mark = (unit: string | undefined, column: string) => oftenWhole(unit) && wholes.push(`${column}${rows.length}`);

  heading(words.sheetUsed, words.sheetCheck);
  const first = rows.length + 1;
  for (const entry of inputs.entries) {
    const { field, name, typed, value } = entry;
    line(titleOf(c, entry), { formula: inputs.used(field, typed, inputs.otherwise(field)), style: { ...FIGURE, format: typedFormat(field.unit, c.currency, value) } }, c.unit(field.unit), { formula: inputs.check(entry), style: ASIDE });
    if (wholeAsTyped(field.unit, value)) wholes.push(`B${rows.length}`);
    c.name(name, absolute(sheet, 1, rows.length - 1));
  }
  const last = rows.length;
  const check = (text: string) => c.said.titled({ title: words.sheetCheck, text });
  line(check(words.sheetUsed), { formula: inputs.entries.length ? `IF(SUMPRODUCT(($D$${first}:$D$${last}<>"")*1)=0,1,0)` : "1", style: flag });
  c.name("inputs_valid", absolute(sheet, 1, rows.length - 1));
  const said = inputs.entries.map((_, i) => at("D", first + i));
  for (const rule of c.workings.rules) {
    const message = c.refusal(rule);
    line(check(titleOfRule(c, rule)), { formula: `IF(${at("D", rows.length + 1)}="",1,0)`, style: flag }, "", { formula: `IF(inputs_valid=1,IF(IFERROR(${c.compile(rule.refused)},FALSE),${message},""),"")`, style: ASIDE });
    said.push(at("D"));
  }

  const steps = Object.entries(c.workings.steps);
  const values = c.results.filter(({ path }) => !(path in c.workings.results) && c.computed(path) != null);
  if (steps.length || values.length) heading(words.sheetSteps, "");
  for (const [name, source] of steps) {
    const { formula, flag: yes } = flagged(c.compile(source));
    const unit = yes ? undefined : c.units.step(name);
    line(c.text(`step_${name}`), { formula, style: yes ? flag : { ...FIGURE, format: unit ? formatOf(unit, c.currency) : STEP } }, c.unit(unit));
    if (!yes && !unit) wholes.push(`B${rows.length}`);
    c.name(name, absolute(sheet, 1, rows.length - 1));
  }
  if (values.length) {
    line(words.sheetAsExported, { formula: flagged(asExported(inputs)).formula, style: flag }, "", { value: words.sheetAsExportedSays, style: NOTE });
    c.name("as_exported", absolute(sheet, 1, rows.length - 1));
  }

  heading(words.sheetResults, "", words.sheetRaw);
  const from = rows.length + 1;
  for (const result of c.results) {
    const { path, field } = result;
    const source = c.workings.results[path];
    if (!source && !values.some((v) => v.path === path)) continue;
    const raw = source ? `IF(inputs_valid=1,${c.compile(source)},"")` : `IF(as_exported=1,${literal(shown(c, c.computed(path)))},"")`;
    const style = { ...FIGURE, format: formatOf(field.unit, c.currency, c.computed(path)), ...(source && !c.definition.found?.fitted.includes(path) ? {} : { italic: true }) };
    const row = rows.length + 1;
    line(c.titleOf(result), { formula: `IF(valid=1,${at("E", row)},"")`, style }, c.unit(field.unit), { value: c.sentences(source ? undefined : words.sheetComputed, field.help), style: NOTE }, { formula: raw, style: { ...style, colour: ASIDE.colour } });
    mark(field.unit, "B");
    mark(field.unit, "E");
    c.name(`shown_${path}`, absolute(sheet, 1, row - 1));
    c.name(path, absolute(sheet, 4, row - 1));
  }
  const to = rows.length;
  const overflow = quoted(c.sentenceOf({ code: "overflow", field: "", limit: 0 }));
  const before = [...said];
  line(check(words.sheetResults), { formula: `IF(${at("D", rows.length + 1)}="",1,0)`, style: flag }, "", { formula: `IF(inputs_valid=1,IF(ISERROR(SUM($E$${from}:$E$${to})),${before.length ? `IF(${joined(before)}="",${overflow},"")` : overflow},""),"")`, style: ASIDE });
  said.push(at("D"));
  line(words.sheetValid, { formula: `IF(${joined(said)}="",1,0)`, style: flag });
  c.name("valid", absolute(sheet, 1, rows.length - 1));
  line(check(words.sheetNotes), {}, "", { formula: joined(said), style: ASIDE });
  c.name("problems", absolute(sheet, 3, rows.length - 1));
  return { name: sheet, rows, widths: [WIDTHS[0], Math.max(WIDTHS[1], ...texts(c).map((text) => Math.min(34, widthOf(text) * WIDEST))), ...WIDTHS.slice(2)], heights, fit: "width", landscape: true, wholes };
}

/** Of its columns, in characters. */
const WIDTHS = [44, 18, 12, 74, 18];

/** How many letters of a note go where one of the usual size does. */
const SMALL = 1.2;

/** A letter beside a digit, by which columns are measured; of the widest of the fonts that readers have. */
const WIDEST = 1.1;

/** The texts that may stand where a figure does: it would be cut off at its beginning. */
const texts = (c: Context) => [...c.singles.flatMap((f) => f.options ?? []), ...c.results.flatMap(({ field }) => field.options ?? [])].map((code) => c.option(code)).concat(c.said.wholeLife);

/** Texts one after the other. */
const joined = (cells: string[]) => cells.join("&");

/** What a rule is about: price, or churn fall (levers, 2). */
function titleOfRule(c: Context, { field: place }: Rule) {
  const [list, index, name] = place.split("/");
  const of = c.calculation.inputs.find((f) => f.name === list);
  const field = index === undefined ? of : of?.fields?.find((f) => f.name === name);
  return titleOf(c, { field: field ?? of ?? { title: "" }, place });
}

/** What a figure is called: price, or churn fall (levers, 2). */
function titleOf(c: Context, { field, place }: { field: { title: string }; place: string }) {
  const [list, index] = place.split("/");
  if (index === undefined) return field.title;
  const of = c.calculation.inputs.find((f) => f.name === list)?.title ?? list;
  return c.said.within({ inner: field.title, title: of, n: String(Number(index) + 1) });
}

const shown = (c: Context, value: unknown) => (typeof value === "string" ? c.option(value) : value) as number | string; // what a figure can be

/** Whether the figures are those that were exported. A function takes 255 arguments at most. */
function asExported(inputs: Inputs) {
  const same = inputs.entries.map(({ name, value, field }) => `${name}=${literal(value ?? field.default ?? null)}`);
  const groups = Array.from({ length: Math.ceil(same.length / 100) }, (_, i) => `AND(${same.slice(100 * i, 100 * (i + 1)).join(",")})`);
  return groups.length === 1 ? groups[0] : `AND(${groups.join(",")})`;
}

