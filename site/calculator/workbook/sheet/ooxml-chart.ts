/** Charts and where they stand, as parts of an .xlsx file. */

import type { Book, Chart, Series, Value } from "./model.ts";
import { attributes, escaped } from "./xml.ts";

const CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart";
const DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** The accent, sand, ink: margin, what it is compared with, and what is left. */
export const COLOURS = ["1F6B4C", "B98A2F", "23221F", "8A8578"];
const QUIET = "6B675F";

/** Of a column's width, in the units of drawings. */
const PER_CHARACTER = 7 * 9525;

/** @param widths of the sheet's columns: a chart ends within its last one. At the edge of the next, LibreOffice prints that one too, and the page is off its centre. */
export function drawingPart(charts: Chart[], ids: string[], widths: number[]) {
  const corner = (name: string, [column, row]: [number, number], offset = 0) => `<xdr:${name}><xdr:col>${column}</xdr:col><xdr:colOff>${offset}</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${name}>`;
  const frames = charts.map((chart, i) =>
    `<xdr:twoCellAnchor>${corner("from", chart.from)}${corner("to", [chart.to[0] - 1, chart.to[1]], Math.floor(widths[chart.to[0] - 1] * PER_CHARACTER))}<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr${attributes({ id: i + 2, name: chart.title, descr: chart.title })}/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="${CHART}"><c:chart xmlns:c="${CHART}" r:id="${ids[i]}"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>`,
  );
  return `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="${DRAWING}" xmlns:r="${OFFICE}">${frames.join("")}</xdr:wsDr>`;
}

export function chartPart(chart: Chart, book: Book) {
  const bars = chart.kind === "bars";
  const series = chart.series.map((one, i) => seriesPart(one, i, chart)).join("");
  const ids = '<c:axId val="111"/><c:axId val="112"/>';
  const scale = bars ? undefined : chart.scale;
  const drawn = scale
    ? `<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>${series}${ids}</c:scatterChart>`
    : bars
    ? `<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>${series}<c:gapWidth val="60"/>${ids}</c:barChart>`
    : `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>${series}<c:marker val="1"/>${ids}</c:lineChart>`;
  const side = `<c:orientation val="${book.rightToLeft ? "maxMin" : "minMax"}"/>`;
  const along = `<c:delete val="0"/><c:axPos val="b"/>${title(chart.across)}<c:numFmt${attributes({ formatCode: chart.acrossFormat, sourceLinked: "0" })}/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>${line("B8B2A4")}${words(true)}<c:crossAx val="112"/>`;
  const category = scale
    ? `<c:valAx><c:axId val="111"/><c:scaling>${side}<c:max val="${scale.to}"/><c:min val="${scale.from}"/></c:scaling>${along}<c:crosses val="min"/><c:crossBetween val="midCat"/><c:majorUnit val="${scale.step}"/></c:valAx>`
    : `<c:catAx><c:axId val="111"/><c:scaling>${side}</c:scaling>${along}<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>`;
  const value = `<c:valAx><c:axId val="112"/><c:scaling><c:orientation val="minMax"/>${chart.most === undefined ? "" : `<c:max val="${chart.most}"/>`}</c:scaling><c:delete val="0"/><c:axPos val="${book.rightToLeft ? "r" : "l"}"/><c:majorGridlines>${line("E6E0D2")}</c:majorGridlines>${title(chart.up)}<c:numFmt${attributes({ formatCode: chart.format, sourceLinked: "0" })}/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>${words()}<c:crossAx val="111"/><c:crosses val="${scale ? "min" : "autoZero"}"/><c:crossBetween val="${bars ? "between" : "midCat"}"/></c:valAx>`;
  const legend = chart.series.length > 1 ? `<c:legend><c:legendPos val="t"/><c:overlay val="0"/>${words()}</c:legend>` : "";
  return `<c:chartSpace xmlns:c="${CHART}" xmlns:a="${DRAWING}" xmlns:r="${OFFICE}"><c:roundedCorners val="0"/><c:chart>${title(chart.title, true)}<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>${drawn}${category}${value}</c:plotArea>${legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>`;
}

function seriesPart({ name, title: said, categories, values, cells }: Series, i: number, chart: Chart) {
  const colour = COLOURS[i % COLOURS.length];
  const look = chart.kind === "bars" ? `<c:spPr><a:solidFill><a:srgbClr val="${colour}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>` : `<c:spPr><a:ln w="25400" cap="rnd"><a:solidFill><a:srgbClr val="${colour}"/></a:solidFill>${i ? '<a:prstDash val="dash"/>' : ""}<a:round/></a:ln></c:spPr><c:marker><c:symbol val="none"/></c:marker>`;
  const category = cells.categories.every((value) => typeof value === "number") ? numbers(categories, cells.categories) : texts(categories, cells.categories);
  const [across, up] = chart.scale && chart.kind === "line" ? ["xVal", "yVal"] : ["cat", "val"];
  return `<c:ser><c:idx val="${i}"/><c:order val="${i}"/><c:tx>${texts(name, [said])}</c:tx>${look}<c:${across}>${category}</c:${across}><c:${up}>${numbers(values, cells.values)}</c:${up}>${chart.kind === "bars" ? "" : '<c:smooth val="0"/>'}</c:ser>`;
}

const points = (values: Value[]) => `<c:ptCount val="${values.length}"/>${values.map((value, i) => (value === "" ? "" : `<c:pt idx="${i}"><c:v>${escaped(String(value))}</c:v></c:pt>`)).join("")}`;
const numbers = (at: string, values: Value[]) => `<c:numRef><c:f>${escaped(at)}</c:f><c:numCache><c:formatCode>General</c:formatCode>${points(values.map((value) => (typeof value === "number" ? value : "")))}</c:numCache></c:numRef>`;
const texts = (at: string, values: Value[]) => `<c:strRef><c:f>${escaped(at)}</c:f><c:strCache>${points(values)}</c:strCache></c:strRef>`;

const line = (colour: string) => `<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="${colour}"/></a:solidFill></a:ln></c:spPr>`;
const run = (size: number, bold: boolean, colour: string) => `sz="${size}" b="${bold ? 1 : 0}"><a:solidFill><a:srgbClr val="${colour}"/></a:solidFill>`;
/** Level, LibreOffice leaves out the labels that have no room; otherwise it turns them all. */
const words = (level = false) => `<c:txPr><a:bodyPr${level ? ' rot="0" vert="horz"' : ""}/><a:lstStyle/><a:p><a:pPr><a:defRPr ${run(800, false, QUIET)}</a:defRPr></a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr>`;
const title = (text: string, main = false) =>
  text ? `<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr ${main ? run(1000, true, "23221F") : run(800, false, QUIET)}</a:defRPr></a:pPr><a:r><a:rPr lang="en-US" ${main ? run(1000, true, "23221F") : run(800, false, QUIET)}</a:rPr><a:t>${escaped(text)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>` : "";
