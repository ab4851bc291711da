/** A workbook as an .xlsx file: the parts of ECMA-376 that Excel, LibreOffice, Gnumeric, Google Sheets and Numbers all read. */

import { type Book, type Cell, type Sheet, type Style, type Validation, linkedFromTheRight, placeOf, printedRange, quotedSheet } from "./model.ts";
import { DECLARATION, type Pack, type Part, archive, attributes, escaped } from "./xml.ts";
import { chartPart, drawingPart } from "./ooxml-chart.ts";
import { errors } from "./evaluate.ts";
import { quoted } from "./formula.ts";

export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const KIND = "application/vnd.openxmlformats-officedocument";

/** The first number that a workbook may give a format of its own. */
const OWN_FORMATS = 164;

/** @param pack what packs its parts, where that is not to be done in a browser */
export function toXlsx(book: Book, pack?: Pack): Uint8Array<ArrayBuffer> {
  const styles = new Styles(book.rightToLeft, book.font);
  const parts: Record<string, Part> = {};
  const kinds: [string, string][] = [];
  const part = (name: string, kind: string, xml: Part) => {
    parts[name] = [DECLARATION, xml].flat();
    kinds.push([name, kind]);
  };
  let charts = 0;
  let drawings = 0;
  book.sheets.forEach((sheet, i) => {
    const links = new Relations();
    const drawing = sheet.charts?.length ? ++drawings : 0;
    const xml = worksheet(book, sheet, i, styles, links, drawing);
    part(`xl/worksheets/sheet${i + 1}.xml`, `${KIND}.spreadsheetml.worksheet+xml`, xml);
    if (links.count) parts[`xl/worksheets/_rels/sheet${i + 1}.xml.rels`] = links.xml();
    if (!drawing) return;
    const pictures = new Relations();
    const own = (sheet.charts ?? []).map((chart) => {
      part(`xl/charts/chart${++charts}.xml`, `${KIND}.drawingml.chart+xml`, chartPart(chart, book));
      return pictures.add("chart", `../charts/chart${charts}.xml`);
    });
    part(`xl/drawings/drawing${drawing}.xml`, `${KIND}.drawing+xml`, drawingPart(sheet.charts ?? [], own, sheet.widths));
    parts[`xl/drawings/_rels/drawing${drawing}.xml.rels`] = pictures.xml();
  });
  const whole = new Relations();
  const sheets = book.sheets.map((sheet, i) => `<sheet${attributes({ name: sheet.name, sheetId: i + 1, state: sheet.hidden ? "hidden" : undefined, "r:id": whole.add("worksheet", `worksheets/sheet${i + 1}.xml`) })}/>`).join("");
  whole.add("styles", "styles.xml");
  part("xl/styles.xml", `${KIND}.spreadsheetml.styles+xml`, styles.xml());
  part("xl/workbook.xml", `${KIND}.spreadsheetml.sheet.main+xml`,
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${sheets}</sheets><definedNames>${names(book)}</definedNames><calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>`);
  parts["xl/_rels/workbook.xml.rels"] = whole.xml();
  part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", core(book));
  part("docProps/app.xml", `${KIND}.extended-properties+xml`, `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Hourglass</Application></Properties>`);
  const root = new Relations();
  root.add("officeDocument", "xl/workbook.xml");
  root.add(`${PACKAGE}/relationships/metadata/core-properties`, "docProps/core.xml");
  root.add("extended-properties", "docProps/app.xml");
  parts["_rels/.rels"] = root.xml();
  const types = kinds.map(([name, kind]) => `<Override PartName="/${name}" ContentType="${kind}"/>`).join("");
  const first = DECLARATION + `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${types}</Types>`;
  return archive({ "[Content_Types].xml": first, ...parts }, {}, pack);
}

/** What one part refers to. */
class Relations {
  readonly #list: string[] = [];

  get count() {
    return this.#list.length;
  }

  add(kind: string, target: string, external = false) {
    const id = `rId${this.#list.length + 1}`;
    this.#list.push(`<Relationship${attributes({ Id: id, Type: kind.includes(":") ? kind : `${OFFICE}/${kind}`, Target: target, TargetMode: external ? "External" : undefined })}/>`);
    return id;
  }

  xml() {
    return `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${this.#list.join("")}</Relationships>`;
  }
}

/** Of each sheet what is printed at all, and on every page; then the book's own, in the order of the alphabet. */
function names(book: Book) {
  const kept = (name: string, i: number, at: string | undefined) => (at ? [`<definedName name="_xlnm.${name}" localSheetId="${i}">${escaped(at)}</definedName>`] : []);
  const areas = book.sheets.flatMap((sheet, i) => kept("Print_Area", i, printedRange(sheet)));
  const titles = book.sheets.flatMap((sheet, i) => kept("Print_Titles", i, sheet.frozen ? `${quotedSheet(sheet.name)}!$1:$${sheet.frozen}` : undefined));
  const own = [...book.names, ...(book.functions ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, at]) => `<definedName name="${name}">${escaped(at)}</definedName>`);
  return [...areas, ...titles, ...own].join("");
}

function core(book: Book) {
  const made = book.made.toISOString().replace(/\.\d+Z/, "Z");
  const date = (name: string) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${made}</dcterms:${name}>`;
  return `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(book.title)}</dc:title><dc:subject>${escaped(book.subject)}</dc:subject><dc:creator>${escaped(book.author)}</dc:creator><cp:lastModifiedBy>${escaped(book.author)}</cp:lastModifiedBy>${date("created")}${date("modified")}<dc:language>${book.language}</dc:language></cp:coreProperties>`;
}

function worksheet(book: Book, sheet: Sheet, index: number, styles: Styles, links: Relations, drawing: number): string[] {
  const width = Math.max(1, ...sheet.rows.map((row) => row.length));
  const linked: string[] = [];
  const rows = sheet.rows.map((cells, r) => {
    const inner = cells.map((cell, c) => {
      if (!cell) return "";
      if (cell.link) linked.push(`<hyperlink ref="${placeOf(c, r)}" r:id="${links.add("hyperlink", cell.link, true)}"/>`);
      const words = linkedFromTheRight(book, cell);
      return written(words === undefined ? cell : { ...cell, formula: quoted(words) }, placeOf(c, r), styles);
    }).join("");
    const height = sheet.heights?.[r];
    return inner || height ? `<row${attributes({ r: r + 1, ht: height, customHeight: height !== undefined })}>${inner}</row>` : "";
  });
  const pane = sheet.frozen ? `<pane ySplit="${sheet.frozen}" topLeftCell="A${sheet.frozen + 1}" activePane="bottomLeft" state="frozen"/>` : "";
  const foot = `&L&8${headed(book.foot.left)}${sheet.printed ? `&C&8${headed(sheet.printed.says)}` : ""}&R&8${headed(book.foot.right("&P", "&N")).replaceAll("&&P", "&P").replaceAll("&&N", "&N")}`;
  return [
    `<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:${placeOf(width - 1, Math.max(0, sheet.rows.length - 1))}"/>`,
    `<sheetViews><sheetView${attributes({ showGridLines: sheet.plain ? 0 : undefined, rightToLeft: book.rightToLeft, tabSelected: index === 0, workbookViewId: 0 })}>${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`,
    `<cols>${sheet.widths.map((chars, i) => `<col min="${i + 1}" max="${i + 1}" width="${chars}" customWidth="1"/>`).join("")}</cols>`,
    "<sheetData>",
    ...rows,
    "</sheetData>",
    '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>',
    sheet.merged?.length ? `<mergeCells count="${sheet.merged.length}">${sheet.merged.map((ref) => `<mergeCell ref="${ref}"/>`).join("")}</mergeCells>` : "",
    conditions(sheet),
    sheet.validations?.length ? `<dataValidations count="${sheet.validations.length}">${sheet.validations.map(validated).join("")}</dataValidations>` : "",
    linked.length ? `<hyperlinks>${linked.join("")}</hyperlinks>` : "",
    `<printOptions${attributes({ horizontalCentered: sheet.fit === "page" })}/><pageMargins left="0.55" right="0.55" top="0.55" bottom="0.65" header="0.3" footer="0.3"/>`,
    `<pageSetup paperSize="9"${attributes({ orientation: sheet.landscape ? "landscape" : "portrait", fitToWidth: 1, fitToHeight: sheet.fit === "page" ? 1 : 0 })}/>`,
    `<headerFooter><oddFooter>${escaped(foot)}</oddFooter></headerFooter>`,
    drawing ? `<drawing r:id="${links.add("drawing", `../drawings/drawing${drawing}.xml`)}"/>` : "",
    "</worksheet>",
  ];
}

function conditions({ alarms = [], wholes = [] }: Sheet) {
  const all = [...alarms.map(({ at, when }) => ({ at, when, look: 0 })), ...wholes.map((at) => ({ at, when: `INT(${at})=${at}`, look: 1 }))];
  return all.map(({ at, when, look }, i) => `<conditionalFormatting sqref="${at}"><cfRule type="expression" dxfId="${look}" priority="${i + 1}"><formula>${escaped(when)}</formula></cfRule></conditionalFormatting>`).join("");
}

/** A text in a footer, where & begins a code. */
const headed = (text: string) => text.replaceAll("&", "&&");

function written(cell: Cell, at: string, styles: Styles) {
  const style = styles.of(cell.style ?? {});
  const head = `<c r="${at}"${style ? ` s="${style}"` : ""}`;
  if (cell.formula === undefined) {
    if (cell.value === undefined) return `${head}/>`;
    if (typeof cell.value === "string") return `${head} t="inlineStr"><is><t xml:space="preserve">${escaped(cell.value)}</t></is></c>`;
    return typeof cell.value === "boolean" ? `${head} t="b"><v>${Number(cell.value)}</v></c>` : `${head}><v>${cell.value}</v></c>`;
  }
  const formula = `<f>${escaped(cell.formula)}</f>`;
  const error = errors.get(cell);
  if (error) return `${head} t="e">${formula}<v>${error.code}</v></c>`;
  const kind = typeof cell.value === "string" ? ' t="str"' : typeof cell.value === "boolean" ? ' t="b"' : "";
  const value = cell.value === undefined ? "" : `<v>${typeof cell.value === "string" ? escaped(cell.value) : Number(cell.value)}</v>`;
  return `${head}${kind}>${formula}${value}</c>`;
}

/** Excel takes no more than 255 characters for what it says, and 32 for a title. */
const cut = (text: string, most: number) => (text.length <= most ? text : text.slice(0, most - 1) + "…");

function validated({ at, list, min, max, above, whole, says, tells }: Validation) {
  const first = at.split(/[ :]/)[0];
  const shown = attributes({ allowBlank: 1, showInputMessage: tells ? 1 : undefined, showErrorMessage: 1, error: cut(says, 255), promptTitle: tells && cut(tells.title, 32), prompt: tells && cut(tells.text, 255), sqref: at });
  const of = (kind: string, operator: string | undefined, ...formulas: (string | number)[]) =>
    `<dataValidation type="${kind}"${operator ? ` operator="${operator}"` : ""}${shown}>${formulas.map((f, i) => `<formula${i + 1}>${escaped(String(f))}</formula${i + 1}>`).join("")}</dataValidation>`;
  if (list) return of("list", undefined, list);
  const kind = whole ? "whole" : "decimal";
  if (above) return max === undefined ? of(kind, "greaterThan", min ?? 0) : of("custom", undefined, `AND(ISNUMBER(${first}),${first}>${min},${first}<=${max}${whole ? `,INT(${first})=${first}` : ""})`);
  if (min !== undefined && max !== undefined) return of(kind, "between", min, max);
  return min !== undefined ? of(kind, "greaterThanOrEqual", min) : of(kind, "lessThanOrEqual", max ?? 0);
}

/** The styles of a book, each once. */
class Styles {
  readonly #fonts = new Numbered();
  readonly #fills = new Numbered('<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>');
  readonly #borders = new Numbered();
  readonly #formats = new Numbered();
  readonly #looks = new Numbered();
  readonly #known = new Map<string, number>();

  readonly #rightToLeft: boolean;
  readonly #font: string;

  constructor(rightToLeft: boolean, font: string) {
    this.#rightToLeft = rightToLeft;
    this.#font = font;
    this.#looks.of('<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'); // LibreOffice does not look at how the first one is aligned
    this.of({});
  }

  /** The same object has the same look, and is not looked at twice. */
  readonly #seen = new WeakMap<Style, number>();

  of(style: Style): number {
    const seen = this.#seen.get(style);
    if (seen !== undefined) return seen;
    const found = this.#numberOf(style);
    this.#seen.set(style, found);
    return found;
  }

  #numberOf(style: Style): number {
    const key = JSON.stringify(style);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const { bold, italic, size = 10, colour = "23221F", fill, border, edge = "D9CFBA", align, indent, wrap, shrink, ltr, format, open } = style;
    const font = this.#fonts.of(`<font>${bold ? "<b/>" : ""}${italic ? "<i/>" : ""}<sz val="${size}"/><color rgb="FF${colour}"/><name val="${this.#font}"/><family val="2"/></font>`);
    const filled = fill ? this.#fills.of(`<fill><patternFill patternType="solid"><fgColor rgb="FF${fill}"/><bgColor indexed="64"/></patternFill></fill>`) : 0;
    const side = (name: string, drawn: boolean) => (drawn ? `<${name} style="thin"><color rgb="FF${edge}"/></${name}>` : `<${name}/>`);
    const box = border === "box";
    const bordered = this.#borders.of(`<border>${side("left", box)}${side("right", box)}${side("top", box || border === "over")}${side("bottom", box || border === "under")}<diagonal/></border>`);
    const numbered = format ? OWN_FORMATS + this.#formats.of(format) : 0;
    // Digits read from left to right in every language: figures stand above each other by their last one.
    const horizontal = align && { start: this.#rightToLeft ? "right" : "left", end: "right", middle: "center" }[align];
    const look = `<xf${attributes({ numFmtId: numbered, fontId: font, fillId: filled, borderId: bordered, xfId: 0, applyNumberFormat: format !== undefined, applyFont: 1, applyFill: fill !== undefined, applyBorder: border !== undefined, applyAlignment: 1, applyProtection: open })}><alignment${attributes({ horizontal, indent, vertical: "center", wrapText: wrap, shrinkToFit: shrink, readingOrder: ltr ? 1 : this.#rightToLeft ? 2 : undefined })}/>${open ? '<protection locked="0"/>' : ""}</xf>`;
    const number = this.#looks.of(look);
    this.#known.set(key, number);
    return number;
  }

  xml() {
    const list = (name: string, of: Numbered) => `<${name} count="${of.all.length}">${of.all.join("")}</${name}>`;
    const formats = this.#formats.all.map((code, i) => `<numFmt numFmtId="${OWN_FORMATS + i}" formatCode="${escaped(code)}"/>`);
    return [
      `<styleSheet xmlns="${MAIN}">`,
      formats.length ? `<numFmts count="${formats.length}">${formats.join("")}</numFmts>` : "",
      list("fonts", this.#fonts), list("fills", this.#fills), list("borders", this.#borders),
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
      list("cellXfs", this.#looks),
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
      '<dxfs count="2"><dxf><font><b/><color rgb="FFA3321F"/></font></dxf><dxf><numFmt numFmtId="3" formatCode="#,##0"/></dxf></dxfs>',
      "</styleSheet>",
    ].join("");
  }
}

/** Texts, each once, by their number. */
class Numbered {
  readonly all: string[];

  constructor(...first: string[]) {
    this.all = first;
  }

  of(text: string) {
    const found = this.all.indexOf(text);
    return found >= 0 ? found : this.all.push(text) - 1;
  }
}
