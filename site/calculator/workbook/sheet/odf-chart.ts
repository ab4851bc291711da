/** A chart as a document within an .ods file. */

import type { Book, Chart } from "./model.ts";
import { SPACES, addressOf, numberStyle } from "./odf-common.ts";
import { attributes, escaped } from "./xml.ts";
import { COLOURS } from "./ooxml-chart.ts";

/** The chart's own styles: a document has no dashes but those that it names. */
export const chartStyles = () => `<office:document-styles ${SPACES}><office:styles><draw:stroke-dash draw:name="dashed" draw:style="rect" draw:dots1="1" draw:dots1-length="0.2cm" draw:distance="0.15cm"/></office:styles></office:document-styles>`;

export function chartDocument(chart: Chart, book: Book): string {
  const { scale } = chart;
  const kind = chart.kind === "bars" ? "chart:bar" : scale ? "chart:scatter" : "chart:line";
  const text = (size: number, bold = false) => `<style:text-properties fo:font-size="${size}pt" fo:color="#${bold ? "23221f" : "6b675f"}"${bold ? ' fo:font-weight="bold"' : ""}/>`;
  const style = (name: string, inner: string, data = "") => `<style:style style:name="${name}" style:family="chart"${data}>${inner}</style:style>`;
  const series = chart.series.map((_, i) => {
    const colour = `#${COLOURS[i % COLOURS.length].toLowerCase()}`;
    const drawn = chart.kind === "bars" ? { "draw:fill": "solid", "draw:fill-color": colour, "draw:stroke": "none" } : { "draw:stroke": i ? "dash" : "solid", "draw:stroke-dash": i ? "dashed" : undefined, "svg:stroke-width": "0.07cm", "svg:stroke-color": colour };
    return style(`series${i}`, `<style:chart-properties chart:symbol-type="none"/><style:graphic-properties${attributes(drawn)}/>`);
  });
  const styles = [
    chart.format !== "General" ? numberStyle("up", chart.format) : "", chart.acrossFormat !== "General" ? numberStyle("along", chart.acrossFormat) : "",
    style("whole", '<style:graphic-properties draw:fill="solid" draw:fill-color="#ffffff" draw:stroke="none"/>'), style("title", text(10, true)), style("small", `<style:graphic-properties draw:stroke="none" draw:fill="none"/>${text(8)}`), style("wall", '<style:graphic-properties draw:stroke="none" draw:fill="none"/>'),
    style("plot", `<style:chart-properties${attributes({ "chart:symbol-type": "none", "chart:include-hidden-cells": "true", "chart:treat-empty-cells": "leave-gap" })}/>`),
    style("x", `<style:chart-properties${attributes({ "chart:display-label": "true", "style:rotation-angle": 0, "chart:text-overlap": "false", "chart:reverse-direction": book.rightToLeft ? "true" : undefined, "chart:minimum": scale?.from, "chart:maximum": scale?.to, "chart:interval-major": scale?.step, "chart:tick-marks-major-outer": "false", "chart:axis-position": scale && "start", "chart:axis-label-position": "outside-start", "chart:link-data-style-to-source": "false" })}/><style:graphic-properties draw:stroke="solid" svg:stroke-color="#b8b2a4"/>${text(8)}`, chart.acrossFormat !== "General" ? ' style:data-style-name="along"' : ""),
    style("y", `<style:chart-properties${attributes({ "chart:display-label": "true", "chart:maximum": chart.most, "chart:axis-position": scale && "start", "chart:tick-marks-major-outer": "false", "chart:link-data-style-to-source": "false" })}/><style:graphic-properties draw:stroke="none"/>${text(8)}`, chart.format !== "General" ? ' style:data-style-name="up"' : ""),
    style("grid", '<style:graphic-properties draw:stroke="solid" svg:stroke-color="#e6e0d2"/>'), ...series,
  ].join("");
  const lines = chart.series.map((one, i) => `<chart:series${attributes({ "chart:style-name": `series${i}`, "chart:values-cell-range-address": addressOf(one.values), "chart:label-cell-address": addressOf(one.name), "chart:class": kind })}${scale ? `><chart:domain table:cell-range-address="${escaped(addressOf(one.categories))}"/></chart:series>` : "/>"}`).join("");
  const axis = (dimension: string, title: string, inner: string) => `<chart:axis chart:dimension="${dimension}" chart:name="primary-${dimension}" chart:style-name="${dimension}">${title ? `<chart:title chart:style-name="small"><text:p>${escaped(title)}</text:p></chart:title>` : ""}${inner}</chart:axis>`;
  const categories = scale ? "" : `<chart:categories table:cell-range-address="${escaped(addressOf(chart.series[0].categories))}"/>`;
  return `<office:document-content ${SPACES}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:chart><chart:chart chart:class="${kind}" chart:style-name="whole"><chart:title chart:style-name="title"><text:p>${escaped(chart.title)}</text:p></chart:title>${chart.series.length > 1 ? '<chart:legend chart:legend-position="top" chart:style-name="small"/>' : ""}<chart:plot-area chart:style-name="plot">${axis("x", chart.across, categories)}${axis("y", chart.up, '<chart:grid chart:style-name="grid" chart:class="major"/>')}${lines}<chart:wall chart:style-name="wall"/></chart:plot-area></chart:chart></office:chart></office:body></office:document-content>`;
}
