// A pasted cohort table becomes a base by tenure.
import assert from "node:assert/strict";
import test from "node:test";
import { Format } from "../base/format.ts";
import { pooled } from "../calculator/table/cohorts.ts";

const read = (text: string, locale = "en") => pooled(text, new Format({ locale, currency: "USD" }));

// The cohorts of core/retention's test (Beta(3.80, 15.20), 10,000 each): by hand, 8,000 = 4 × 2,000 lost of 40,000 at the first tenure, and so on.
const BASE = [
  { customers: 10000, at_risk: 40000, lost: 8000 },
  { customers: 8000, at_risk: 24000, lost: 4560 },
  { customers: 6480, at_risk: 12960, lost: 2346 },
  { customers: 5307, at_risk: 5307, lost: 916 },
  { customers: 4391, at_risk: 0, lost: 0 },
];

test("a triangle is added up by tenure, with names and headings or without", () => {
  const bare = "10000\t8000\t6480\t5307\t4391\n10000\t8000\t6480\t5307\n10000\t8000\t6480\n10000\t8000\n10000";
  assert.deepEqual(read(bare)?.rows, BASE);
  assert.equal(read(bare)?.cohorts, 5);
  const named = bare.split("\n").map((line, i) => `${2021 + i}\t${line}`).join("\n");
  assert.deepEqual(read(named)?.rows, BASE);
  assert.deepEqual(read(`Cohort\tYear 1\tYear 2\tYear 3\tYear 4\tYear 5\n${named}`)?.rows, BASE);
  assert.deepEqual(read(`Cohort\t0\t1\t2\t3\t4\n${named.replaceAll("20", "Jan 20")}`)?.rows, BASE);
});

test("apart, each cohort has a row per tenure, under its name", () => {
  assert.deepEqual(read("Cohort\t0\t1\t2\t3\nJan\t1000\t700\t550\t480\nFeb\t900\t640")?.apart, [
    { name: "Jan · 1", cohort: 1, customers: 0, at_risk: 1000, lost: 300 },
    { name: "Jan · 2", cohort: 1, customers: 0, at_risk: 700, lost: 150 },
    { name: "Jan · 3", cohort: 1, customers: 0, at_risk: 550, lost: 70 },
    { name: "Jan · 4", cohort: 1, customers: 480 },
    { name: "Feb · 1", cohort: 2, customers: 0, at_risk: 900, lost: 260 },
    { name: "Feb · 2", cohort: 2, customers: 640 },
  ]);
  assert.deepEqual(read("1000\t700\t550\t480\n900\t640")?.apart.map((row) => row.name), ["1 · 1", "1 · 2", "1 · 3", "1 · 4", "2 · 1", "2 · 2"]);
});

test("aligned by the calendar, or with separators, it is the same", () => {
  assert.deepEqual(read("10,000\t8,000\t6,480\t5,307\t4,391\n\t10,000\t8,000\t6,480\t5,307\n\t\t10,000\t8,000\t6,480\n\t\t\t10,000\t8,000\n\t\t\t\t10,000")?.rows, BASE);
  assert.deepEqual(read("10.000;8.000;6.480;5.307;4.391\n10.000;8.000;6.480;5.307;\n10.000;8.000;6.480;;\n10.000;8.000;;;\n10.000;;;;", "de")?.rows, BASE);
});

test("rows by tenure are no cohort table, nor are shares one that can be used", () => {
  assert.equal(read("Year 1\t10000\t40000\t8000\nYear 2\t8000\t24000\t4560"), null);
  assert.equal(read("10000\t5000\t800\n8000\t4000\t500"), null, "three columns are those of the table");
  assert.equal(read("1000\t900\t950\t800\n1000\t900\t870"), null, "customers do not come back");
  assert.equal(read("a\tb\tc\td\ne\tf\tg\th"), null);
  assert.deepEqual(read("100%\t80%\t65%\t53%\n100%\t80%\t65%"), { rows: [], apart: [], cohorts: 2 });
  assert.deepEqual(read("1\t0.8\t0.65\t0.53"), { rows: [], apart: [], cohorts: 1 });
});
