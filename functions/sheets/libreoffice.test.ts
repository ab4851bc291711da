// A sheet as LibreOffice itself recalculates it, without a window and with a profile of its own, against the real
// server: WEBSERVICE in a cell, and a table linked from an address that gives CSV.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import { base } from "./expected.ts";
import { inOffice } from "./office.ts";

const subscription = base + "/v1/subscription?price=100&period=month&gross_margin=0.8&churn_rate=0.05";
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/** A sheet with these formulas in its first row, after the 100 of A1 and the 0.05 of B1. */
const document = (formulas: string[]) => `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"
  xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:body><office:spreadsheet>
<table:table table:name="Sheet"><table:table-row>
<table:table-cell office:value-type="float" office:value="100"/><table:table-cell office:value-type="float" office:value="0.05"/>
${formulas.map((formula) => `<table:table-cell table:formula="of:${escaped(formula)}"/>`).join("\n")}
</table:table-row></table:table>
<table:table table:name="Linked"><table:table-source xlink:type="simple" xlink:href="${escaped(subscription + "&format=csv&field=clv,lifetime_periods")}"
  table:filter-name="Text - txt - csv (StarCalc)" table:filter-options="44,34,76,1" table:mode="copy-results-only"/>
<table:table-row><table:table-cell/></table:table-row></table:table>
</office:spreadsheet></office:body></office:document>`;

/** The cells of the first sheet, once LibreOffice has calculated it. */
const recalculated = (formulas: string[]) =>
  inOffice(async ({ path, url, run }) => {
    writeFileSync(path("sheet.fods"), document(formulas));
    await run(`Sheets.Recalculate("${url("sheet.fods")}","${url("sheet.csv")}")`);
    return readFileSync(path("sheet.csv"), "utf8").trim();
  });

test("a sheet shows what a customer is worth", async () => {
  const byCells = `"${base}/v1/subscription?price="&[.A1]&"&period=month&gross_margin=0.8&churn_rate="&[.B1]&"&format=value&field=clv"`;
  const xml = `"${subscription}&format=xml&field=lifetime_periods"`;
  const cells = await recalculated([
    `=COM.MICROSOFT.WEBSERVICE("${subscription}&format=value&field=clv")`,
    `=NUMBERVALUE(COM.MICROSOFT.WEBSERVICE(${byCells});".";",")*2`,
    `=COM.MICROSOFT.FILTERXML(COM.MICROSOFT.WEBSERVICE(${xml});"/result/lifetime_periods")`,
    `=COM.MICROSOFT.WEBSERVICE("${base}/v1/subscription?price=100&churn_rate=5&format=value")`,
    "=[Linked.A1]&\" \"&[Linked.A2]&\" \"&[Linked.B2]",
  ]);
  assert.equal(cells, "100,0.05,1600,3200,20,#VALUE!,clv 1600 20");
});
