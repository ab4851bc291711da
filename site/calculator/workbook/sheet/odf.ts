/** A workbook as an .ods file: OpenDocument 1.3, from the same data as the .xlsx. */

import { type Book, type Cell, type Chart, type Sheet, type Style, type Validation, letterOf, linkedFromTheRight, printedRange } from "./model.ts";
import { DECLARATION, type Pack, type Part, archive, attributes, escaped } from "./xml.ts";
import { errors, treeOf } from "./evaluate.ts";
import { parse, quoted, rangeOf, toOpenFormula } from "./formula.ts";
import { OASIS, SPACES, addressOf, numberStyle } from "./odf-common.ts";
import { chartDocument, chartStyles } from "./odf-chart.ts";

const ODS = "application/vnd.oasis.opendocument.spreadsheet";
const CHART = "application/vnd.oasis.opendocument.chart";

/** @param pack what packs its parts, where that is not to be done in a browser */
export function toOds(book: Book, pack?: Pack): Uint8Array<ArrayBuffer> {
  const styles = new Styles(book);
  const parts: Record<string, Part> = {};
  const charts: Chart[] = book.sheets.flatMap((s) => s.charts ?? []);
  const validations = new Validations();
  const tables = book.sheets.flatMap((sheet) => table(book, sheet, styles, validations, charts));
  parts["content.xml"] = [`${DECLARATION}<office:document-content ${SPACES}><office:automatic-styles>${styles.xml()}<style:style style:name="frame" style:family="graphic"><style:graphic-properties draw:stroke="none" draw:fill="none"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:calculation-settings table:case-sensitive="false" table:use-regular-expressions="false"/>${validations.xml()}`, ...tables, `<table:named-expressions>${names(book)}</table:named-expressions></office:spreadsheet></office:body></office:document-content>`];
  parts["styles.xml"] = DECLARATION + pages(book);
  parts["meta.xml"] = DECLARATION + meta(book);
  parts["settings.xml"] = DECLARATION + settings(book);
  charts.forEach((chart, i) => {
    parts[`Object ${i + 1}/content.xml`] = DECLARATION + chartDocument(chart, book);
    parts[`Object ${i + 1}/styles.xml`] = DECLARATION + chartStyles();
  });
  const entries = [["/", ODS], ...Object.keys(parts).map((name) => [name, "text/xml"]), ...charts.map((_, i) => [`Object ${i + 1}/`, CHART])];
  parts["META-INF/manifest.xml"] = `${DECLARATION}<manifest:manifest xmlns:manifest="${OASIS}:manifest:1.0" manifest:version="1.3">${entries.map(([name, kind]) => `<manifest:file-entry manifest:full-path="${name}" manifest:media-type="${kind}"/>`).join("")}</manifest:manifest>`;
  return archive(parts, { mimetype: ODS }, pack);
}

const names = (book: Book) =>
  [...book.names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, at]) => `<table:named-range${attributes({ "table:name": name, "table:base-cell-address": addressOf(at).split(":")[0], "table:cell-range-address": addressOf(at) })}/>`).join("");

function table(book: Book, sheet: Sheet, styles: Styles, validations: Validations, charts: Chart[]): string[] {
  const own = new Map<string, string>();
  for (const validation of sheet.validations ?? []) own.set(validation.at, validations.add(validation, sheet));
  const covered = new Map<string, string>();
  for (const range of sheet.merged ?? []) {
    const { column, row, toColumn, toRow } = rangeOf(range);
    for (let r = row; r <= toRow; r++) for (let c = column; c <= toColumn; c++) covered.set(`${c},${r}`, r === row && c === column ? attributes({ "table:number-columns-spanned": toColumn - column + 1, "table:number-rows-spanned": toRow - row + 1 }) : "covered");
  }
  const rows = sheet.rows.map((cells, r) => {
    const width = Math.max(cells.length, ...(sheet.charts ?? []).filter(({ from }) => from[1] === r).map(({ from }) => from[0] + 1));
    const inner = Array.from({ length: width }, (_, c) => {
      const cell = cells[c];
      const merged = covered.get(`${c},${r}`);
      if (merged === "covered") return "<table:covered-table-cell/>";
      const drawn = (sheet.charts ?? []).filter(({ from }) => from[0] === c && from[1] === r).map((chart) => frame(chart, sheet, charts.indexOf(chart) + 1)).join("");
      if (drawn) return `<table:table-cell>${drawn}</table:table-cell>`;
      const words = cell && linkedFromTheRight(book, cell);
      const linked = words && cell?.link ? `HYPERLINK(${quoted(cell.link)};${quoted(words)})` : undefined;
      return written(cell, styles, linked, (merged ?? "") + attributes({ "table:content-validation-name": own.get(`${letterOf(c)}${r + 1}`) }));
    }).join("");
    return `<table:table-row${attributes({ "table:style-name": styles.row(sheet.heights?.[r] ?? (sheet.fit === "page" ? ROW : undefined)) })}>${inner || "<table:table-cell/>"}</table:table-row>`;
  });
  const top = sheet.frozen ?? 0;
  const printed = printedRange(sheet);
  const head = top ? ["<table:table-header-rows>", ...rows.slice(0, top), "</table:table-header-rows>"] : [];
  const columns = sheet.widths.map((chars) => `<table:table-column${attributes({ "table:style-name": styles.column(chars) })}/>`).join("");
  return [`<table:table${attributes({ "table:name": sheet.name, "table:style-name": styles.table(sheet, book), "table:protected": "true", "table:print": sheet.hidden ? "false" : undefined, "table:print-ranges": printed && addressOf(printed).replaceAll("$", "") })}>${columns}`, ...head, ...rows.slice(top), `${conditions(sheet)}</table:table>`];
}

/** Where a chart stands: as wide as its columns, as high as its rows. */
function frame(chart: Chart, sheet: Sheet, number: number) {
  const sum = (from: number, to: number, of: (i: number) => number) => Array.from({ length: to - from }, (_, i) => of(from + i)).reduce((a, b) => a + b, 0);
  const across = (from: number, to: number) => sum(from, to, (i) => (sheet.widths[i] ?? 8) * CHARACTER);
  const down = (from: number, to: number) => sum(from, to, (i) => (sheet.heights?.[i] ?? ROW) * POINT);
  const end = `$'${sheet.name.replaceAll("'", "''")}'.${letterOf(chart.to[0] - 1)}${chart.to[1]}`;
  return `<draw:frame${attributes({ "draw:name": chart.title, "table:end-cell-address": end, "draw:style-name": "frame", "svg:x": "0cm", "svg:y": "0cm", "svg:width": `${across(chart.from[0], chart.to[0]).toFixed(2)}cm`, "svg:height": `${down(chart.from[1], chart.to[1]).toFixed(2)}cm` })}><draw:object xlink:href="./Object ${number}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>`;
}

const CHARACTER = 0.19; // of a cell's width, in centimetres
const POINT = 0.0353;
const ROW = 15; // in points

/** @param own a formula of OpenDocument alone, in the place of the cell's */
function written(cell: Cell | undefined, styles: Styles, own: string | undefined, more: string) {
  if (!cell) return "<table:table-cell/>";
  const head = `<table:table-cell${attributes({ "table:style-name": styles.cell(cell.style ?? {}) })}${more}`;
  const written = own ?? (cell.formula === undefined ? undefined : toOpenFormula(treeOf(cell.copied?.from ?? cell), cell.copied?.down, cell.copied?.right));
  const formula = written === undefined ? "" : ` table:formula="${escaped(`of:=${written}`)}"`;
  const { value } = cell;
  if (errors.has(cell)) return `${head}${formula} office:value-type="string" office:string-value=""><text:p>${errors.get(cell)?.code}</text:p></table:table-cell>`;
  if (value === undefined) return `${head}${formula}/>`;
  if (typeof value === "number") return `${head}${formula} office:value-type="float" office:value="${value}"><text:p>${value}</text:p></table:table-cell>`;
  // A program keeps the direction of an address only as far as its last letter.
  const text = escaped(cell.style?.ltr && styles.rightToLeft ? `${value}\u200e` : String(value));
  const shown = cell.link && !own ? `<text:a xlink:href="${escaped(cell.link)}" xlink:type="simple">${text}</text:a>` : text;
  return `${head}${formula} office:value-type="string"${formula ? ` office:string-value="${text}"` : ""}><text:p>${shown}</text:p></table:table-cell>`;
}

/** What may be typed, and what is said otherwise. */
class Validations {
  readonly #list: string[] = [];

  add({ at, list, min, max, above, whole, says, tells }: Validation, sheet: Sheet) {
    const name = `val${this.#list.length + 1}`;
    const number = `cell-content-is-${whole ? "whole" : "decimal"}-number() and `;
    const bounds = list ? `cell-content-is-in-list([${addressOf(list)}])`
      : min !== undefined && max !== undefined && !above ? `${number}cell-content-is-between(${min},${max})`
      : min !== undefined && max !== undefined ? `is-true-formula(AND([.${at}]>${min};[.${at}]<=${max}))`
      : `${number}cell-content()${min === undefined ? `<=${max}` : `${above ? ">" : ">="}${min}`}`;
    const help = tells ? `<table:help-message table:title="${escaped(tells.title)}" table:display="true"><text:p>${escaped(tells.text)}</text:p></table:help-message>` : "";
    this.#list.push(`<table:content-validation${attributes({ "table:name": name, "table:condition": `of:${bounds}`, "table:allow-empty-cell": "true", "table:base-cell-address": `$'${sheet.name.replaceAll("'", "''")}'.${at}` })}>${help}<table:error-message table:message-type="stop" table:display="true"><text:p>${escaped(says)}</text:p></table:error-message></table:content-validation>`);
    return name;
  }

  xml() {
    return this.#list.length ? `<table:content-validations>${this.#list.join("")}</table:content-validations>` : "";
  }
}

function conditions({ name, alarms = [], wholes = [] }: Sheet) {
  const all = [...alarms.map(({ at, when }) => ({ at, when, look: "Alarm" })), ...wholes.map((at) => ({ at, when: `INT(${at})=${at}`, look: "Whole" }))];
  if (!all.length) return "";
  const place = (at: string) => `'${name.replaceAll("'", "''")}'.${at}`;
  return `<calcext:conditional-formats>${all.map(({ at, when, look }) => `<calcext:conditional-format calcext:target-range-address="${escaped(place(at))}"><calcext:condition${attributes({ "calcext:apply-style-name": look, "calcext:value": `formula-is(${toOpenFormula(parse(when))})`, "calcext:base-cell-address": place(at) })}/></calcext:conditional-format>`).join("")}</calcext:conditional-formats>`;
}

/** The automatic styles of a book, each once. */
class Styles {
  readonly #known = new Map<string, string>();
  readonly #list: string[] = [];
  readonly #seen = new WeakMap<Style, string>();
  readonly rightToLeft: boolean;
  readonly #said: string; // the font and the language, as each of the three kinds of script asks for them

  constructor({ rightToLeft, font, language }: Book) {
    this.rightToLeft = rightToLeft;
    const { language: own, region } = new Intl.Locale(language).maximize();
    const kinds = [["fo:font-family", "fo:language", "fo:country"], ["style:font-family-asian", "style:language-asian", "style:country-asian"], ["style:font-family-complex", "style:language-complex", "style:country-complex"]];
    this.#said = attributes(Object.fromEntries(kinds.flatMap(([family, tag, country]) => [[family, font], [tag, own], [country, region]])));
  }

  #named(prefix: string, key: string, of: (name: string) => string) {
    const whole = `${prefix}:${key}`;
    let name = this.#known.get(whole);
    if (name === undefined) {
      name = `${prefix}${this.#known.size + 1}`;
      this.#known.set(whole, name);
      this.#list.push(of(name));
    }
    return name;
  }

  column(characters: number) {
    return this.#named("co", String(characters), (name) => `<style:style style:name="${name}" style:family="table-column"><style:table-column-properties style:column-width="${(characters * CHARACTER).toFixed(2)}cm"/></style:style>`);
  }

  row(points: number | undefined) {
    return this.#named("ro", String(points), (name) => `<style:style style:name="${name}" style:family="table-row"><style:table-row-properties${points === undefined ? ' style:use-optimal-row-height="true"' : ` style:row-height="${points}pt"`}/></style:style>`);
  }

  table(sheet: Sheet, book: Book) {
    const page = pageOf(sheet, book);
    return this.#named("ta", `${page}${sheet.hidden ? " hidden" : ""}`, (name) => `<style:style style:name="${name}" style:family="table" style:master-page-name="${page}"><style:table-properties table:display="${!sheet.hidden}" style:writing-mode="${this.rightToLeft ? "rl-tb" : "lr-tb"}"/></style:style>`);
  }

  cell(style: Style) {
    let name = this.#seen.get(style);
    if (name === undefined) this.#seen.set(style, (name = this.#cell(style)));
    return name;
  }

  #cell(style: Style) {
    const { bold, italic, size = 10, colour = "23221F", fill, border, edge = "D9CFBA", align, indent, wrap, shrink, ltr, format, open } = style;
    const data = format && format !== "General" ? this.#format(format) : undefined;
    const line = `0.5pt solid #${edge}`;
    const cell = attributes({
      "fo:background-color": fill && `#${fill}`, "fo:border": border === "box" ? line : undefined, "fo:border-bottom": border === "under" ? line : undefined, "fo:border-top": border === "over" ? line : undefined,
      "style:vertical-align": "middle", "fo:wrap-option": wrap ? "wrap" : undefined, "style:shrink-to-fit": shrink ? "true" : undefined, "style:cell-protect": open ? "none" : "protected", "style:writing-mode": ltr ? "lr-tb" : this.rightToLeft ? "rl-tb" : undefined,
    });
    const paragraph = align ? `<style:paragraph-properties${attributes({ "fo:text-align": align === "middle" ? "center" : align, "fo:margin-left": indent ? `${indent * 0.25}cm` : undefined })}/>` : "";
    const text = this.#said + attributes({ "fo:font-size": `${size}pt`, "style:font-size-complex": `${size}pt`, "style:font-size-asian": `${size}pt`, "fo:font-weight": bold ? "bold" : undefined, "style:font-weight-complex": bold ? "bold" : undefined, "style:font-weight-asian": bold ? "bold" : undefined, "fo:font-style": italic ? "italic" : undefined, "fo:color": `#${colour}` });
    return this.#named("ce", JSON.stringify(style), (name) => `<style:style style:name="${name}" style:family="table-cell" style:parent-style-name="Default"${data ? ` style:data-style-name="${data}"` : ""}><style:table-cell-properties${cell}/>${paragraph}<style:text-properties${text}/></style:style>`);
  }

  #format(code: string) {
    return this.#named("N", code, (name) => numberStyle(name, code));
  }

  xml() {
    return this.#list.join("");
  }
}

const kindOf = (sheet: Sheet) => (sheet.fit === "page" ? "Page" : sheet.landscape ? "Wide" : "Long");

/** The page of a sheet: of each kind one, and one more for each thing that a foot says of what is printed. */
function pageOf(sheet: Sheet, book: Book) {
  const says = sheet.printed?.says;
  return says === undefined ? kindOf(sheet) : `${kindOf(sheet)}${[...new Set(book.sheets.map((s) => s.printed?.says).filter((s) => s !== undefined))].indexOf(says) + 1}`;
}

/** The page of each kind of sheet, and the looks that conditions give. */
function pages(book: Book) {
  const layout = (name: string, wide: boolean, one: boolean) =>
    `<style:page-layout style:name="layout${name}"><style:page-layout-properties${attributes({ "fo:page-width": wide ? "29.7cm" : "21cm", "fo:page-height": wide ? "21cm" : "29.7cm", "style:print-orientation": wide ? "landscape" : "portrait", "fo:margin": "1.4cm", "style:scale-to-X": 1, "style:scale-to-Y": one ? 1 : 0, "style:table-centering": one ? "horizontal" : "none", "style:writing-mode": book.rightToLeft ? "rl-tb" : "lr-tb" })}/><style:footer-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-top="0.2cm"/></style:footer-style></style:page-layout>`;
  const numbers: Record<string, string> = { "«page»": "<text:page-number>1</text:page-number>", "«of»": "<text:page-count>1</text:page-count>" };
  const foot = book.foot.right("«page»", "«of»").split(/(«page»|«of»)/).map((part) => numbers[part] ?? escaped(part)).join("");
  const small = '<style:style style:name="small" style:family="text"><style:text-properties fo:font-size="8pt" fo:color="#6b675f"/></style:style>';
  const spoken = (text: string) => `<text:p><text:span text:style-name="small">${text}</text:span></text:p>`;
  const masters = new Map(["Page", "Wide", "Long"].map((name) => [name, { kind: name, says: "" }]));
  for (const sheet of book.sheets) masters.set(pageOf(sheet, book), { kind: kindOf(sheet), says: sheet.printed?.says ?? "" });
  const master = ([name, { kind, says }]: [string, { kind: string; says: string }]) =>
    `<style:master-page style:name="${name}" style:page-layout-name="layout${kind}"><style:header style:display="false"/><style:footer><style:region-left><text:p><text:span text:style-name="small">${escaped(book.foot.left)}</text:span></text:p></style:region-left>${says && `<style:region-center>${spoken(escaped(says))}</style:region-center>`}<style:region-right><text:p><text:span text:style-name="small">${foot}</text:span></text:p></style:region-right></style:footer></style:master-page>`;
  return `<office:document-styles ${SPACES}><office:styles><style:style style:name="Default" style:family="table-cell"/><number:number-style style:name="Nwhole"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/></number:number-style><style:style style:name="Whole" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="Nwhole"/><style:style style:name="Alarm" style:family="table-cell" style:parent-style-name="Default"><style:text-properties fo:color="#a3321f" fo:font-weight="bold"/></style:style></office:styles><office:automatic-styles>${small}${layout("Page", false, true)}${layout("Wide", true, false)}${layout("Long", false, false)}</office:automatic-styles><office:master-styles>${[...masters].map(master).join("")}</office:master-styles></office:document-styles>`;
}

function meta(book: Book) {
  const made = book.made.toISOString().replace(/\.\d+Z/, "Z");
  return `<office:document-meta ${SPACES}><office:meta><meta:generator>Hourglass</meta:generator><dc:title>${escaped(book.title)}</dc:title><dc:subject>${escaped(book.subject)}</dc:subject><meta:initial-creator>${escaped(book.author)}</meta:initial-creator><dc:creator>${escaped(book.author)}</dc:creator><meta:creation-date>${made}</meta:creation-date><dc:date>${made}</dc:date><dc:language>${book.language}</dc:language></office:meta></office:document-meta>`;
}

/** Which rows stay in sight, and the sheet to begin with. */
function settings(book: Book) {
  const item = (name: string, type: string, value: string | number | boolean) => `<config:config-item config:name="${name}" config:type="${type}">${value}</config:config-item>`;
  const tables = book.sheets.map((sheet) => {
    const frozen = sheet.frozen ? item("VerticalSplitMode", "short", 2) + item("VerticalSplitPosition", "int", sheet.frozen) + item("ActiveSplitRange", "short", 2) + item("PositionBottom", "int", sheet.frozen) : "";
    return `<config:config-item-map-entry config:name="${escaped(sheet.name)}">${frozen}${item("ShowGrid", "boolean", !sheet.plain)}</config:config-item-map-entry>`;
  });
  return `<office:document-settings ${SPACES}><office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>${item("ViewId", "string", "view1")}<config:config-item-map-named config:name="Tables">${tables.join("")}</config:config-item-map-named>${item("ActiveTable", "string", escaped(book.sheets[0].name))}</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>`;
}
