// What a table takes from a paste, and what it says it did not.
import assert from "node:assert/strict";
import test from "node:test";
import { Format } from "../base/format.ts";
import { type Column, isTable, readPaste, upright } from "../calculator/table/paste.ts";
import type { Field } from "../base/catalogue.gen.mjs";

const field = (name: string, title: string, unit: string, optional = false): Column => ({ name, title, kind: "number", field: { name, title, unit, kind: "number", optional, adds: !optional } satisfies Field });
const columns: Column[] = [
  { name: "name", title: "Channel", kind: "name" },
  field("spend", "Spend", "money"), field("new_customers", "New customers", "count"), field("margin", "Margin per customer", "money", true), field("churn_rate", "Churn rate", "share", true),
];
const format = (locale = "en", currency = "USD") => new Format({ locale, currency });
const read = (text: string, { locale = "en", room = 50 } = {}) => readPaste(text, columns, room, format(locale, locale === "de" ? "EUR" : "USD"));
const google = { name: "Google Ads", spend: 12000, new_customers: 150, margin: 18, churn_rate: 0.08 };

test("a sheet with headings, in any order, with units and columns of its own", () => {
  const pasted = read("Channel\tNew customers\tSpend (USD)\tNotes\tChurn\tMargin\r\nGoogle Ads\t150\t$12,000.00\tsince May\t8%\t18\r\n\r\nOrganic\t120\t-\t\t6%\t20\r\n");
  assert.deepEqual(pasted.rows, [google, { name: "Organic", new_customers: 120, margin: 20, churn_rate: 0.06 }]);
  assert.deepEqual(pasted.left, ["Notes"]);
  assert.deepEqual(pasted.columns.map((c) => c.name), ["name", "spend", "new_customers", "margin", "churn_rate"]);
  assert.deepEqual([pasted.bad, pasted.over, pasted.total, pasted.fractions], [0, 0, false, []]);
});

test("without headings the columns stand in their order", () => {
  assert.deepEqual(read("Google Ads\t12000\t150\t18\t8").rows, [google]);
  assert.deepEqual(read("Google Ads\t12000\t150\t18\t8\tmore\tand more").rows, [google]);
  assert.deepEqual(readPaste("12000\t150\n9000\t180", columns.slice(1), 50, format()).rows, [{ spend: 12000, new_customers: 150 }, { spend: 9000, new_customers: 180 }]);
});

test("the wire's names are headings too", () => {
  assert.deepEqual(read("name,spend,new_customers,margin,churn_rate\nGoogle Ads,12000,150,18,8%").rows, [google]);
});

test("commas and semicolons part cells, and decimal commas and separators of thousands are read", () => {
  assert.deepEqual(read('Channel,Spend,New customers,Margin per customer,Churn rate\n"Google Ads","12,000",150,18,8%').rows, [google]);
  assert.deepEqual(read("Google Ads;12.000,00 €;150;18,00;8 %", { locale: "de" }).rows, [google]);
  assert.deepEqual(read("Google Ads\t12 000\t150\t18\t8,0", { locale: "fr" }).rows, [google]);
  assert.deepEqual(read('"Search; ""brand"""\t1\t2').rows, [{ name: 'Search; "brand"', spend: 1, new_customers: 2 }]);
});

test("a column of fractions is read as such, and said", () => {
  const pasted = read("Channel\tChurn rate\nA\t0.08\nB\t0.12");
  assert.deepEqual(pasted.rows.map((row) => row.churn_rate), [0.08, 0.12]);
  assert.deepEqual(pasted.fractions, [{ title: "Churn rate", from: 0.08 }]);
  // One figure above 1 and they are per cent, one sign of per cent and so are all.
  assert.deepEqual(read("Channel\tChurn rate\nA\t0.8\nB\t12").rows.map((row) => row.churn_rate), [0.008, 0.12]);
  assert.deepEqual(read("Channel\tChurn rate\nA\t0.8%\nB\t0.5").rows.map((row) => row.churn_rate), [0.008, 0.005]);
});

test("the sum of the others is no row", () => {
  const pasted = read("Channel\tSpend\tNew customers\nA\t100\t10\nB\t200\t20\nAll\t300\t30");
  assert.equal(pasted.rows.length, 2);
  assert.equal(pasted.total, true);
  assert.equal(read("Channel\tSpend\tNew customers\nA\t100\t10\nB\t200\t20\nC\t300\t31").rows.length, 3, "customers are no sum");
});

test("what is no number stays as it was typed; too many rows are counted", () => {
  const pasted = read("Channel\tSpend\tNew customers\nA\tabout 5\t10\nB\t7\t1\nC\t8\t1", { room: 2 });
  assert.deepEqual(pasted.rows, [{ name: "A", spend: "about 5", new_customers: 10 }, { name: "B", spend: 7, new_customers: 1 }]);
  assert.deepEqual([pasted.bad, pasted.over], [1, 1]);
});

test("nothing to take is nothing taken", () => {
  for (const text of ["", "\n\n", "hello", "Channel\tSpend", "a\tb\nc\td", '"', "\t\t\t"]) assert.deepEqual(read(text).rows, [], text);
});

test("one cell is left to the browser", () => {
  assert.equal(isTable("12,000\n"), false);
  assert.equal(isTable("a\tb"), true);
  assert.equal(isTable("1\n2"), true);
});

test("no text breaks the reader", () => {
  const pieces = ["\t", "\n", "\r\n", ",", ";", '"', '""', "1", "1.234,56", "€", "%", "Spend", "Channel", "-", "٣", "\u00a0", "x", "1e999", "__proto__", "\u0000"];
  let seed = 1;
  const next = (n: number) => (seed = (seed * 48271) % 2147483647) % n;
  for (let i = 0; i < 5000; i++) {
    const text = Array.from({ length: next(40) }, () => pieces[next(pieces.length)]).join("");
    const { rows, over, bad } = read(text, { room: 3 });
    assert.ok(rows.length <= 3 && over >= 0 && bad >= 0, text);
    for (const row of rows) for (const value of Object.values(row)) assert.ok(typeof value === "string" || Number.isFinite(value), `${JSON.stringify(text)}: ${value}`);
  }
});

test("retention by day is read across and down, with days such as D7", () => {
  const lists = [field("days", "Days after installation", "count"), field("retained", "Retention on these days", "share")];
  const rows = (text: string) => readPaste(upright(text), lists, 100, format()).rows;
  const want = [{ days: 1, retained: 0.4 }, { days: 7, retained: 0.2 }, { days: 30, retained: 0.09 }];
  for (const text of ["D1\tD7\tD30\n40%\t20%\t9%", "Day\tD1\tD7\tD30\nRetention\t40%\t20%\t9%", "Day 1\t40%\nDay 7\t20%\nDay 30\t9%", "Day,Retention\n1,0.4\n7,0.2\n30,0.09", "Retention\tDay\n40\t1\n20\t7\n9\t30"]) assert.deepEqual(rows(text), want, text);
});
