// What the pictures of the customers page are drawn from: bins, scales, triangles and findings on figures worked out by
// hand, and on the sample shop and CDNOW against sums that are made here in another way.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { Format } from "../base/format.ts";
import { calibration, groupsBy, missed } from "../customers/plots/calibration.ts";
import { SHADES, agesOf, cohortsFinding, gridOf, groupsOf, periodsOver, shadeOf } from "../customers/plots/cohorts.ts";
import { concentration } from "../customers/plots/concentration.ts";
import { evidence } from "../customers/plots/evidence.ts";
import { months } from "../customers/plots/months.ts";
import { monthOf, monthTicks, startOf } from "../base/dates.ts";
import { binsOf, distribution, tallyOf } from "../customers/plots/distribution.ts";
import { mapFinding, mapTable, shadesOf } from "../customers/plots/map.ts";
import { newcomers, wonBy } from "../customers/plots/newcomers.ts";
import { sayer } from "../customers/plots/say.ts";
import { logTicks, logarithmic } from "../charts/logarithmic.ts";
import { linear, path } from "../charts/scale.ts";
import { ACROSS, RISK, UP, survey } from "../customers/plots/survey.ts";
import { heldOut, linesOf, tracking } from "../customers/plots/tracking.ts";
import { CustomersEngine } from "../engine/customers.ts";
import { value } from "./valued.ts";
import names from "../messages/en/segments.gen.mjs";
import words from "../messages/en/pictures.gen.mjs";
import { START } from "../customers/settings.ts";
import type { Segments } from "../customers/plots/map.ts";

const root = new URL("../../", import.meta.url);
const engine = await CustomersEngine.load(readFileSync(new URL("build/customers-tinygo.wasm", root)));
const say = sayer(new Format({ locale: "en-US", currency: "USD" }), words);
const day = (iso: string) => Date.parse(iso) / 86_400_000;

function valued(bytes: Uint8Array, kind: "bgnbd" | "mbgnbd") {
  const report = value(engine, bytes, { annual_discount: 0.1, margin: 0.5, pick: kind, tracking: true });
  const { tracking } = engine.get("test");
  return { report, ...engine.get("answer"), columns: engine.columns(["clv", "p_alive", "segment", "spend"]), tracking };
}

const shop = valued(engine.sampleFile(), "mbgnbd");

function surveyed(...args: Parameters<typeof survey>) {
  const steps = survey(...args);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** @param tolerance relative */
const near = (a: number, b: number, tolerance = 1e-12) => assert.ok(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)), `${a}, not ${b}`);

test("scales", () => {
  assert.equal(linear(0, 10, 100, 200)(2.5), 125);
  assert.equal(linear(5, 5, 100, 200)(5), 100, "nothing to span");
  near(logarithmic(1, 100, 0, 300)(10), 150);
  assert.deepEqual(logTicks(1, 100, 7), [1, 2, 5, 10, 20, 50, 100]);
  assert.deepEqual(logTicks(1, 100, 4), [1, 10, 100]);
  assert.deepEqual(logTicks(0.01, 1e5, 4), [0.01, 1, 100, 10000]);
  assert.equal(path([0, 1], [1, 2], linear(0, 1, 0, 10), linear(0, 2, 20, 0)), "M0.0,10.0L10.0,0.0");
});

test("months on an axis", () => {
  assert.equal(startOf(monthOf(day("2024-02-29"))), day("2024-02-01"));
  assert.deepEqual(monthTicks(day("2024-01-15"), day("2024-06-30"), 3), [day("2024-03-01"), day("2024-05-01")]);
  assert.deepEqual(monthTicks(day("2020-01-01"), day("2024-01-01"), 3), [day("2020-01-01"), day("2022-01-01"), day("2024-01-01")]);
});

test("bins reach from the low values to the highest, five to a power of ten where values are skewed", () => {
  const quantiles = Float64Array.from({ length: 101 }, (_, i) => 10 ** (i / 50));
  const { log, edges } = binsOf(quantiles);
  assert.ok(log);
  assert.deepEqual(edges, [1, 1.6, 2.5, 4, 6.3, 10, 16, 25, 40, 63, 100, 160]);
  const plain = binsOf(Float64Array.from({ length: 101 }, (_, i) => 100 + i));
  assert.ok(!plain.log);
  assert.deepEqual([plain.edges[0], plain.edges.at(-1)], [100, 210]);
  for (const q of [new Float64Array(101), new Float64Array(101).fill(7), Float64Array.from({ length: 101 }, (_, i) => (i < 100 ? 0 : 1e12))]) {
    const bins = binsOf(q);
    assert.ok(bins.edges.length >= 2 && bins.edges.length < 40, `${bins.edges.length} edges`);
    assert.ok(bins.edges.every((e, i, all) => Number.isFinite(e) && (i === 0 || e > all[i - 1])));
    assert.ok((bins.edges.at(-1) as number) > q[100] || q[100] === 0);
  }
});

test("every customer is counted once, whatever the pieces", () => {
  const columns = {
    clv: Float64Array.of(0, 0.004, 0.5, 1, 9.99, 10, 90, 40),
    p_alive: Float64Array.of(0.1, 1, 0.5, 1, 0.9, 0.25, 0.9, 1),
    segment: Uint8Array.of(8, 6, 7, 6, 3, 2, 0, 9),
  };
  const whole = surveyed(columns, [1, 10, 100]);
  assert.deepEqual([...whole.counts], [2, 1, 2, 3], "nothing, below the scale, 1 to 10, 10 to 100");
  assert.deepEqual(tallyOf(whole.counts), { zeros: 2, under: 1, bars: [2, 3], total: 8 });
  // Worth if still there: the champions 40 and 100, the regular 11.1, the others 0.004, 1 and 1; the newcomer 40 ranks
  // as a champion. The lowest band begins at a hundredth of its end.
  assert.deepEqual(whole.cuts.map((v) => Number(v.toPrecision(6))), [0.111, 11.1, 40, 100]);
  assert.equal(whole.density.reduce((a, b) => a + b, 0), 8);
  for (const piece of [1, 3, 8]) assert.deepEqual(surveyed(columns, [1, 10, 100], piece), whole);
});

test("a customer's place on the map lies within the segment", () => {
  const { clv, p_alive, segment } = shop.columns;
  const drawn = (_: number, i: number) => segment[i] < 9;
  const { density } = surveyed({ clv: clv.filter(drawn), p_alive: p_alive.filter(drawn), segment: segment.filter(drawn) }, [1, 10]);
  const inField = new Array(9).fill(0);
  density.forEach((n, at) => {
    const alive = ((at % ACROSS) + 0.5) / ACROSS;
    inField[3 * (2 - Math.floor(at / ACROSS / UP)) + (alive < RISK[0] ? 2 : alive < RISK[1] ? 1 : 0)] += n;
  });
  const shares = /--risk: (\d+)fr (\d+)fr (\d+)fr/.exec(readFileSync(new URL("site/customers/views/pictures.css", root), "utf8")) ?? [];
  assert.deepEqual([Number(shares[1]), Number(shares[1]) + Number(shares[2])], RISK.map((r) => 100 * r));
  assert.deepEqual(inField, Object.values(shop.segments).slice(0, 9).map((s) => s.customers));
});

test("shades are round numbers up to the fullest square", () => {
  assert.deepEqual(shadesOf([0, 1]), [1]);
  assert.deepEqual(shadesOf([5, 40]), [1, 3, 10, 30]);
  assert.deepEqual(shadesOf([20000]), [1, 10, 100, 1000, 10000]);
  assert.deepEqual(shadesOf([0]), []);
});

test("the slipping are counted and their value added up", () => {
  const none = Object.fromEntries(Object.keys(names).map((k) => [k, { customers: 0, value: 0 }]));
  const with_ = (n: number) => ({ ...none, slipping_champion: { customers: n, value: 1234.5 }, slipping_regular: { customers: 0, value: 0.5 } });
  assert.equal(mapFinding(none as Segments, say), "No champion or regular is at risk.");
  assert.equal(mapFinding(with_(1) as Segments, say), "1 champion or regular is at risk, with an expected value of $1,240.");
  assert.equal(mapFinding(with_(1240) as Segments, say), "1,240 champions and regulars are at risk, with an expected value of $1,240.");
  const { rows } = mapTable(shop.segments, { say, names, choose: () => {} });
  assert.deepEqual(rows.map((r) => r[0]), ["Champions", "At-risk champions", "Lost champions", "Regulars", "At-risk regulars",
    "Lost regulars", "Occasional customers", "At-risk occasional customers", "Lost occasional customers", "New customers"]);
  assert.equal(rows[0][1], say.count(shop.columns.segment.filter((s) => s === 0).length));
});

test("Gini is half the mean difference between two customers, over the mean; and the bend of the curve", () => {
  for (const [of, values] of [[shop.clv, shop.columns.clv], [shop.spend, shop.columns.spend]] as const) {
    let difference = 0;
    for (const a of values) for (const b of values) difference += Math.abs(a - b);
    const n = values.length;
    near(of.gini, difference / (2 * n * of.total), 1e-9);
    // Twice the area between the curve and the straight line. The hundredths cut corners off: by the trapezoid rule's
    // bound, a step of the curve's slope, at most a hundredth in all.
    const area = of.curve.reduce((sum, y, i) => (i ? sum + (y + of.curve[i - 1]) / 200 : 0), 0);
    near(2 * area - 1, of.gini, 0.01);
  }
});

test("what the best hold", () => {
  const picture = concentration(shop.clv, shop.spend, say);
  const sorted = Array.from(shop.columns.clv).sort((a, b) => b - a);
  const tenth = sorted.slice(0, 400).reduce((a, b) => a + b, 0) / sorted.reduce((a, b) => a + b, 0);
  assert.equal(picture.finding, `Your top 10% of customers account for ${Math.round(100 * tenth)}% of the future value.`);
  const [plot] = picture.plots ?? [];
  const rows = picture.table?.rows ?? [];
  for (let i = 1; i <= 10; i++) {
    const read = plot.read(10 * i).parts.map((p) => p.value);
    assert.deepEqual(read, [rows[i - 1][3], rows[i - 1][6]], `the best ${10 * i} %`);
  }
  const poor = { ...shop.clv, total: 0 };
  assert.equal(concentration(poor, shop.spend, say).plots?.[0].read(10).parts.length, 1);
  assert.deepEqual(concentration(poor, poor, say), { finding: words.no_amounts });
});

test("what one customer is worth: the table says what the bars show, and they show everybody", () => {
  const bins = binsOf(shop.clv.quantiles);
  const { counts } = surveyed(shop.columns, bins.edges);
  const { finding, plots, table } = distribution(shop.clv, bins, counts, say);
  const sorted = Array.from(shop.columns.clv).sort((a, b) => a - b);
  const mean = sorted.reduce((a, b) => a + b, 0) / sorted.length;
  assert.equal(finding, `Half of your customers have a value below ${say.money(sorted[2000])}; the average is ${say.money(mean)}.`);
  const rows = table?.rows ?? [];
  rows.forEach(([name, ...figures], i) => {
    const read = plots?.[0].read(i);
    assert.deepEqual([read?.at, ...(read?.parts ?? []).map((p) => p.value)], [name, ...figures]);
  });
  assert.equal(rows.reduce((sum, r) => sum + Number(r[1].replaceAll(",", "")), 0), 4000);
  assert.equal(plots?.[0].draw(500).xs.length, rows.length);
});

/** January to April 2024; who first ordered in January: 10, in March: 4. */
const triangles = {
  first: 648, months: 1, periods: 4,
  size: Float64Array.of(10, 0, 4, 2), value: Float64Array.of(50, 0, 40, 30),
  active: Float64Array.of(10, 5, 4, 1, 0, 0, 0, 0, 4, 1, 0, 0, 2, 0, 0, 0),
  orders: Float64Array.of(10, 6, 4, 1, 0, 0, 0, 0, 4, 1, 0, 0, 2, 0, 0, 0),
  revenue: Float64Array.of(100, 60, 40, 10, 0, 0, 0, 0, 80, 20, 0, 0, 10, 0, 0, 0),
};

test("a month that is not over in the list is left out", () => {
  assert.equal(periodsOver(triangles, day("2024-04-30")), 4);
  assert.equal(periodsOver(triangles, day("2024-04-29")), 3);
  const whole = gridOf(triangles, "share", day("2024-04-30"));
  assert.deepEqual(whole.ages, [1, 2, 3]);
  assert.deepEqual(whole.rows.map((r) => r.cells), [[0.5, 0.4, 0.1], [0.25, null, null]]);
  assert.deepEqual(whole.all.cells, [6 / 14, 0.4, 0.1], "each age of those who have reached it");
  const cut = gridOf(triangles, "share", day("2024-04-29"));
  assert.deepEqual(cut.rows.map((r) => r.cells), [[0.5, 0.4]]);
});

test("revenue by age, and up to it, per customer", () => {
  const at = day("2024-04-30");
  assert.deepEqual(gridOf(triangles, "revenue", at).rows.map((r) => r.cells), [[10, 6, 4, 1], [20, 5, null, null], [5, null, null, null]]);
  assert.deepEqual(gridOf(triangles, "cumulative", at).rows.map((r) => r.cells), [[10, 16, 20, 21], [20, 25, null, null], [5, null, null, null]]);
  assert.equal(cohortsFinding(gridOf(triangles, "cumulative", at), "cumulative", 1, say),
    "A customer has spent $11.88 by the end of the first month and $21.00 by month 3.");
  assert.equal(cohortsFinding(gridOf(triangles, "share", at), "share", 1, say),
    "Of 100 new customers, 43 order in the month after their first order, and 10 in month 3.");
});

test("many cohorts stand in calendar quarters, half-years or years; many ages every so often", () => {
  const periods = 30;
  const long = { ...triangles, first: 649, periods, size: new Float64Array(periods).fill(1), active: new Float64Array(900), revenue: new Float64Array(900) };
  const groups = groupsOf(long, periods);
  assert.deepEqual(groups.map((g) => g.members.length), [2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 1]);
  assert.deepEqual([groups[0].from, groups[0].to, groups[1].from], [649, 650, 651]);
  for (let c = 0; c < periods; c++) long.active[c * periods + 1] = c === 3 ? 0 : 1;
  const { rows } = gridOf(long, "share", startOf(649 + 30) - 1);
  assert.deepEqual([rows[0].cells[0], rows[1].cells[0]], [1, 2 / 3]);
  assert.deepEqual(agesOf(1, 24).length, 24);
  assert.deepEqual(agesOf(1, 40), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 18, 21, 24, 30, 36]);
  assert.deepEqual(agesOf(1, 0), []);
  assert.deepEqual([shadeOf(0, 1), shadeOf(0.52, 1), shadeOf(3, 1), shadeOf(0, 0)], [0, 5, SHADES, 0]);
});

test("CDNOW's cohorts, counted from the file itself", () => {
  const file = gunzipSync(readFileSync(new URL("core/orders/testdata/CDNOW_sample.txt.gz", root)));
  const { cohorts, report } = valued(file, "bgnbd");
  const months = new Map<string, string[]>();
  for (const line of file.toString().trim().split(/\r?\n/)) {
    const fields = line.trim().split(/\s+/);
    const date = fields.find((f) => /^199[78]\d{4}$/.test(f)) as string;
    months.set(fields[0] + fields[1], [...(months.get(fields[0] + fields[1]) ?? []), date.slice(0, 6)]);
  }
  const january = [...months.values()].filter((m) => m.toSorted()[0] === "199701");
  const grid = gridOf(cohorts, "share", report.last_day);
  assert.equal(grid.rows[0].size, january.length);
  ["199702", "199703", "199712", "199806"].forEach((month) => {
    const age = (Number(month.slice(0, 4)) - 1997) * 12 + Number(month.slice(4)) - 1;
    near(grid.rows[0].cells[grid.ages.indexOf(age)] as number, january.filter((m) => m.includes(month)).length / january.length);
  });
});

test("what new customers have brought, at their margin, and what is to come", () => {
  const won = wonBy(triangles, 0.5);
  assert.deepEqual(won.map((w) => [w.size, w.so_far, w.to_come]), [[10, 10.5, 5], [4, 12.5, 10], [2, 2.5, 15]]);
  const settings = { ...START, margin: 0.5 };
  const picture = newcomers(shop.cohorts, shop.totals, settings, say);
  const { value } = shop.totals.new_customer;
  assert.equal(picture.finding, `A customer acquired now has an expected value of ${say.about(value.value)} (${say.about(value.low)} to ${say.about(value.high)}) within 12 months.`);
  (picture.table?.rows ?? []).forEach((row, i) => {
    const read = picture.plots?.[0].read(i);
    assert.deepEqual([read?.at, read?.parts[1].value, read?.parts[0].value], [row[0], row[2], row[3]]);
  });
  const totals = { ...shop.totals, new_customer: { ...shop.totals.new_customer, ratio: { value: 3.14, low: 3, high: 4 } } };
  assert.match(newcomers(shop.cohorts, totals, { ...settings, cac: 20 }, say).finding, /: 3\.1 times the acquisition cost\.$/);
});

const tracked = {
  start: 100, days: 7, calibration: 2, trend: 0, season: 0,
  orders: Float64Array.of(5, 9, 12, 14), new_customers: Float64Array.of(5, 6, 6, 6), repeat: Float64Array.of(0, 3, 6, 8),
  expected: Float64Array.of(1, 3, 5, 6),
};

test("repeat orders: a week that is cut short is not shown as a weak one", () => {
  const whole = linesOf(tracked, 127);
  assert.deepEqual(whole.weekly, { ends: [107, 114, 121, 128], actual: [0, 3, 3, 2], expected: [1, 2, 2, 1] });
  const cut = linesOf(tracked, 125);
  assert.deepEqual(cut.all.ends, [107, 114, 121, 126]);
  assert.deepEqual(cut.weekly.actual, [0, 3, 3]);
});

test("the holdout is what the model has not seen", () => {
  assert.deepEqual(heldOut(tracked), { periods: 2, actual: 5, expected: 3 });
  assert.equal(heldOut({ ...tracked, calibration: 4 }), null);
  assert.equal(heldOut({ ...tracked, calibration: 0 }), null);
  assert.equal(tracking(tracked, 127, say).finding, "In the 2 weeks of the test period, the model expected 3 repeat orders. The actual number was 5.");
  const seen = tracking(shop.tracking, shop.report.last_day, say);
  assert.match(seen.finding, /^Over the whole time, the model expects [\d,]+ repeat orders\. The actual number was 6,633\.$/);
  const rows = seen.table?.rows ?? [];
  const [all, weekly] = seen.plots ?? [];
  rows.forEach((row, i) => assert.deepEqual(all.read(i).parts.map((p) => p.value), [row[1], row[2]]));
  assert.equal(weekly.draw(300).xs.length, rows.length - 1, "the last week has two days");
});

test("forecast and outcome by orders before", () => {
  const figures = { customers: Float64Array.of(100, 10, 0, 2), actual: Float64Array.of(0.1, 1, 0, 5), expected: Float64Array.of(0.2, 0.5, 0, 5) };
  const groups = groupsBy(figures);
  assert.deepEqual(groups.map((g) => [g.orders, g.more]), [[1, false], [2, false], [4, true]]);
  near(missed(groups) as number, 15 / 30);
  const picture = calibration(figures, say);
  assert.equal(picture.finding, "By number of past orders, the forecast missed the actual orders by 50%.");
  assert.deepEqual(picture.table?.rows, [["1", "100", "0.1", "0.2"], ["2", "10", "1", "0.5"], ["4+", "2", "5", "5"]]);
  const none = { customers: Float64Array.of(7), actual: Float64Array.of(0), expected: Float64Array.of(0) };
  assert.deepEqual(calibration(none, say), { finding: words.calibration_none });
});

test("orders by month: parts of months by their days, and the season or why there is none", () => {
  const all = [
    { first: day("2025-12-01"), last: day("2025-12-31"), ahead: false, actual: 120, expected: 110.4 },
    { first: day("2026-01-01"), last: day("2026-01-31"), ahead: true, actual: 0, expected: 90.6 },
    { first: day("2026-02-01"), last: day("2026-02-10"), ahead: true, actual: 0, expected: 30 },
  ];
  const index = Float64Array.from([0.8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.5]);
  const known = months(all, { known: true, years: 2, index }, say);
  assert.equal(known.finding, "December brings 50% more orders than the year around it, January 20% fewer. The forecast includes this season.");
  assert.deepEqual(known.table?.rows, [["Dec 2025", "120", "110"], ["Jan 2026", "–", "91"], ["Feb 1 – 10", "–", "30"]].map(([name, ...rest]) => [name.replaceAll(" – ", "\u2009–\u2009"), ...rest]));
  assert.equal(known.plots?.[0].start, 1, "what is ahead is read first");
  assert.deepEqual(known.plots?.[0].read(0).parts.map((p) => p.value), ["120", "110"]);
  assert.deepEqual(known.plots?.[0].read(1).parts.map((p) => p.value), ["91"]);
  assert.equal(months(all, { known: false, years: 3, index }, say).finding, "In 3 years no season is clear, so the forecast has none.");
  assert.equal(months(all, { known: false, years: 0, index }, say).finding, "A season takes two whole years of orders to see, so the forecast has none.");
});

test("the sample shop's months ahead add up to its total, and its evidence says no more than it shows", () => {
  const { totals, months: all, season, evidence: e } = shop;
  near(all.filter((m) => m.ahead).reduce((sum, m) => sum + m.expected, 0), totals.orders.value, 1e-9);
  assert.equal(months(all, season, say).finding, "In 2 years no season is clear, so the forecast has none.");
  const shown = evidence(e, say);
  assert.match(shown.finding, /^1 earlier forecast of 12 months missed the total by \d+%\. The 95% interval was right 1 of 1 times\.$/);
  assert.deepEqual(shown.rules?.rows.map((r) => r.length), [4, 4, 4, 4]);
  assert.equal(shown.tenths?.rows.length, 10);
  const at = (share: number) => `${Math.round(100 * share)}%`;
  assert.deepEqual(shown.caught?.rows[1], ["Top 20%", at(e.model.fifth), at(e.rfm.fifth), at(e.spent.fifth)]);
  for (const [leads, wanted] of [[1, / finds more of the revenue than RFM .* beyond chance\.$/], [0, / as much .* within chance\. /], [-1, /^RFM .* finds more /]] as const) {
    assert.match(evidence({ ...e, rfm: { ...e.rfm, leads } }, say).verdict ?? "", wanted);
  }
  assert.deepEqual(evidence({ ...e, forecasts: 0 }, say), { finding: "No earlier forecast could be checked: your list is too short." });
});
