// The Apps Script as it is, run with stand-ins for Google's services; what it fetches is fetched from the real server.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";
import { MessageChannel, Worker, receiveMessageOnPort } from "node:worker_threads";
import { type Cell, base, calculations, down, firstResult, sameCell } from "./expected.ts";

const source = readFileSync(new URL("google/hourglass.gs", import.meta.url), "utf8");

/** What the script gives to UrlFetchApp. */
interface Request {
  url: string;
  payload: string;
  headers: Record<string, string>;
}

/** UrlFetchApp answers at once, so another thread fetches while this one waits. */
const { port1: port, port2 } = new MessageChannel();
const done = new Int32Array(new SharedArrayBuffer(4));
const fetcher = new Worker(`
  const { workerData: { port, done } } = require("node:worker_threads");
  port.on("message", async (requests) => {
    port.postMessage(await Promise.all(requests.map(async ({ url, method, contentType, headers, payload }) => {
      try {
        const answer = await fetch(url, { method, headers: { ...headers, "Content-Type": contentType }, body: payload });
        return { status: answer.status, text: await answer.text() };
      } catch {
        return { error: "DNS error: " + url };
      }
    })));
    Atomics.store(done, 0, 1);
    Atomics.notify(done, 0);
  });`, { eval: true, workerData: { port: port2, done }, transferList: [port2] });
fetcher.unref();
port.unref();

function fetchAll(requests: Request[]) {
  Atomics.store(done, 0, 0);
  port.postMessage(requests);
  Atomics.wait(done, 0, 0);
  const answers: { status: number; text: string; error?: string }[] = receiveMessageOnPort(port)?.message;
  for (const { error } of answers) if (error) throw new Error(error);
  return answers.map(({ status, text }) => ({ getResponseCode: () => status, getContentText: () => text }));
}

/** A sheet with the script in it. */
function open(properties: Record<string, string> = { HOURGLASS_SERVER: base }) {
  const requests: Request[] = [];
  const cached = new Map<string, string>();
  const context = vm.createContext({
    PropertiesService: { getScriptProperties: () => ({ getProperty: (name: string) => properties[name] ?? null }) },
    CacheService: { getScriptCache: () => ({
      getAll: (keys: string[]) => Object.fromEntries(keys.filter((key) => cached.has(key)).map((key) => [key, cached.get(key)])),
      put: (key: string, value: string, seconds: number) => {
        assert.ok(key.length <= 250 && value.length <= 100 * 1024 && seconds <= 21600, "within the limits of CacheService");
        cached.set(key, value);
      },
    }) },
    Utilities: {
      DigestAlgorithm: { SHA_256: "sha256" },
      computeDigest: (algorithm: string, text: string) => [...new Int8Array(createHash(algorithm).update(text).digest())],
      base64Encode: (bytes: number[]) => Buffer.from(Int8Array.from(bytes)).toString("base64"),
    },
    UrlFetchApp: { fetchAll: (list: Request[]) => {
      requests.push(...list);
      return fetchAll(JSON.parse(JSON.stringify(list)));
    } },
  });
  vm.runInContext(source, context);
  const call = (name: string, ...given: (Cell | Cell[][])[]): Cell[][] => JSON.parse(JSON.stringify(context[name](...given)));
  return { call, context, requests };
}

test("every calculation is a function that gives what the API gives", async () => {
  const { call, context } = open();
  for (const { id } of calculations) {
    const { inputs, result, example } = await firstResult(id);
    const name = "HOURGLASS_" + id.toUpperCase().replaceAll(/[-/]/g, "_");
    assert.equal(context[name].length, inputs.length + 1, name);
    sameCell(call(name, "", ...inputs.map((input) => cells(example[input])))[0][0], result, name);
  }
});

const isRecords = (list: number[] | Record<string, number | string>[]): list is Record<string, number | string>[] => typeof list[0] === "object";

/** A list lies in a column of the sheet, records are a table with headings. */
function cells(value: (typeof calculations)[number]["example"][string]) {
  if (!Array.isArray(value)) return value;
  if (!isRecords(value)) return down(...value);
  const headings = [...new Set(value.flatMap((record) => Object.keys(record)))];
  return [headings, ...value.map((record) => headings.map((heading) => record[heading] ?? ""))];
}

test("each function says what it is and what its arguments are", () => {
  const { context } = open();
  const described = [...source.matchAll(/\/\*\*([^/]*(?:\/(?!\*)[^/]*)*?)@customfunction\n \*\/\nfunction (\w+)\((.*)\)/g)];
  assert.equal(described.length, calculations.length + 2);
  for (const [, comment, name, parameters] of described) {
    const named = [...comment.matchAll(/@param \{.*?\} \[?(\w+)/g)].map((match) => match[1]);
    assert.deepEqual(named, parameters.replace("...", "").split(", "), name);
    assert.equal(typeof context[name], "function");
  }
});

test("a subscriber is worth 1600", () => {
  const { call } = open();
  assert.deepEqual(call("HOURGLASS_SUBSCRIPTION", "clv", 100, 0.8, 0.05, "month"), [[1600]]);
  assert.deepEqual(call("HOURGLASS_SUBSCRIPTION", "", 100, 0.8, 0.05, ""), [[1600]]);
  assert.deepEqual(call("HOURGLASS_SUBSCRIPTION", undefined, 100, [[0.8]], 0.05, undefined), [[1600]]);
});

test("a column is one request and a column of answers", () => {
  const { call, requests } = open();
  const prices = Array.from({ length: 2000 }, (_, i) => i + 1);
  const answers = call("HOURGLASS_SUBSCRIPTION", "clv, lifetime_periods", down(...prices), 0.8, 0.05, "month");
  assert.equal(requests.length, 1);
  assert.equal(answers.length, 2000);
  answers.forEach(([clv, lifetime], i) => {
    sameCell(clv, 16 * (i + 1));
    sameCell(lifetime, 20);
  });
});

test("more than ten thousand rows are several requests, in order", () => {
  const { call, requests } = open();
  const prices = Array.from({ length: 25000 }, (_, i) => i);
  const answers = call("HOURGLASS_SUBSCRIPTION", "clv", down(...prices), 0.8, 0.05, "month");
  answers.forEach(([clv], i) => sameCell(clv, 16 * i));
  for (const { payload } of requests) {
    assert.ok(JSON.parse(payload).length <= 10000);
    assert.ok(Buffer.byteLength(payload) <= 1 << 20);
  }
});

test("a row across gives a row across", () => {
  const { call } = open();
  assert.deepEqual(call("HOURGLASS_SUBSCRIPTION", "clv,revenue_ltv", [[100, 200, ""]], 0.8, 0.05, "month"), [[1600, 3200, ""], [2000, 4000, ""]]);
});

test("a blank row stays blank, and nothing is asked where all are", () => {
  const { call, requests } = open();
  assert.deepEqual(call("HOURGLASS_SUBSCRIPTION", "clv", down(100, "", 200), 0.8, down(0.05, "", 0.05), "month"), [[1600], [""], [3200]]);
  assert.deepEqual(call("HOURGLASS_SUBSCRIPTION", "clv", down("", ""), 0.8, 0.05, "month"), [[""], [""]]);
  assert.equal(requests.length, 1);
});

test("warnings stand beside the number that they qualify", () => {
  const { call } = open();
  const [[clv, warnings]] = call("HOURGLASS_SUBSCRIPTION", "clv, warnings", 100, 0.8, 0.001);
  assert.ok(Math.abs(Number(clv) - 80000) < 1e-6);
  assert.match(String(warnings), /^The expected customer lifetime is 83/);
  assert.deepEqual(call("HOURGLASS_SUBSCRIPTION", "warnings", 100, 0.8, down(0.001, 0.05)), [[warnings], [""]]);
});

test("a list over time goes down", () => {
  const { call } = open();
  const margins = call("HOURGLASS_SUBSCRIPTION", "clv, series.margin", 100, 0.8, 0.05, "month");
  assert.ok(margins.length > 10);
  assert.equal(margins[0][0], 1600);
  assert.equal(margins[1][0], "");
  assert.ok(margins.every(([, margin]) => typeof margin === "number"));
  assert.throws(() => call("HOURGLASS_SUBSCRIPTION", "series.margin", down(1, 2), 1, 0.05), /one row at a time/);
  assert.throws(() => call("HOURGLASS_SUBSCRIPTION", "series", 100, 1, 0.05), /Ask for one: series\./);
});

test("each row may have a list of its own", () => {
  const { call } = open();
  const both = call("HOURGLASS_RETENTION_CURVE", "alpha,beta", [[1000, 869, 743, 653], [1000, 631, 468, 382]], 1);
  const alone = call("HOURGLASS_RETENTION_CURVE", "alpha,beta", [[1000, 869, 743, 653]], 1);
  assert.deepEqual(both[0], alone[0]);
  assert.notDeepEqual(both[1], both[0]);
});

test("what is wrong is said in the cell", () => {
  const { call } = open();
  assert.throws(() => call("HOURGLASS_SUBSCRIPTION", "clv", 100, 0.8, 5, "month"), /churn_rate must be at most 1.*0\.05 means 5%/);
  assert.throws(() => call("HOURGLASS_SUBSCRIPTION", "clv", 100), /churn_rate/);
  assert.throws(() => call("HOURGLASS_SUBSCRIPTION", "clv", "100", 1, 0.05), /price must be a number/);
  assert.throws(() => call("HOURGLASS_SUBSCRIPTION", "cvl", 100, 1, 0.05), /no result "cvl".*clv/);
  assert.throws(() => call("HOURGLASS_SUBSCRIPTION", "clv", down(1, 2, 3), 1, down(0.1, 0.2)), /price has 3 cells, but churn_rate has 2/);
  assert.throws(() => call("HOURGLASS_SUBSCRIPTION", "clv", [[1, 2], [3, 4]], 1, 0.1), /price must be one column or one row/);
  const answers = call("HOURGLASS_SUBSCRIPTION", "clv,lifetime_periods", down(100, 100), 0.8, down(0.05, 5), "month");
  assert.deepEqual(answers[0], [1600, 20]);
  assert.match(String(answers[1][0]), /^Error: churn_rate must be at most 1/);
  assert.equal(answers[1][1], "");
  assert.throws(() => call("HOURGLASS_GROWTH_PLAN", "", 100, 0.8, 0.05, 10, "[{"), /levers must be a table with headings, or JSON/);
});

test("a range of named rows goes in, columns come out", () => {
  const { call } = open();
  const range = [
    ["Channel", "Spend", "New customers", "Margin per customer", "Churn rate"],
    ["Referral", 1500, 50, 21, 0.055],
    ["Affiliates", 4500, 60, 15, 0.15],
    ["", "", "", "", ""],
    ["Organic", 0, 120, 20, 0.06],
  ];
  assert.deepEqual(call("HOURGLASS_CHANNELS", "channels.name,channels.cac", range, "month", 0.6), [["Referral", 30], ["Affiliates", 75], ["Organic", "none (without spend or customers)"]]);
  const named = [["name", "spend", "new_customers", "margin", "churn_rate"], ...range.slice(1)];
  assert.deepEqual(call("HOURGLASS_CHANNELS", "channels.name,channels.cac", named, "month", 0.6), call("HOURGLASS_CHANNELS", "channels.name,channels.cac", range, "month", 0.6));
  assert.deepEqual(call("HOURGLASS_CHANNELS", "paid.cac", range), [[6000 / 110]]);
  assert.throws(() => call("HOURGLASS_CHANNELS", "", [["Channel", "Spnd"], ["Referral", 1500]]), /Spnd/);
});

test("a table with headings is a calculation a row", () => {
  const { call } = open();
  const headings = [["price", "churn_rate", "gross_margin", "notes"].slice(0, 3)];
  assert.deepEqual(call("HOURGLASS_TABLE", "subscription", "clv", headings, [[100, 0.05, 0.8], ["", "", ""], [200, 0.05, 0.8]]), [[1600], [""], [3200]]);
  // What an order of 80 leaves at 45 %, and of one at 200 at 30 %: 36 and 60; of 2.5 % and 1 % of the clicks, .90 and .60 each.
  const ads = [["order_value", "gross_margin", "click_conversion"]];
  assert.deepEqual(call("HOURGLASS_TABLE", "ad-budget", "max_cpa,max_cpc", ads, [[80, 0.45, 0.025], [200, 0.3, 0.01]]).map((row: unknown[]) => row.map((v) => Number(Number(v).toFixed(9)))),
    [[36, 0.9], [60, 0.6]]);
  assert.deepEqual(call("HOURGLASS_AD_BUDGET", "max_cpa", 80, 0.45, 0.025), [[36]]);
  assert.throws(() => call("HOURGLASS_TABLE", "subscriptions", "", headings, [[1]]), /There is no calculation subscriptions\. There are: average/);
  assert.throws(() => call("HOURGLASS_TABLE", "subscription", "", [["prise"]], [[1]]), /No heading is an input: prise\..*price/);
});

test("headings are found whatever their case, titles too, and other columns are passed over and named", () => {
  const { call } = open();
  const headings = [["Price", "Churn Rate", "GROSS-MARGIN", "Notes", ""]];
  const row = [100, 0.05, 0.8, "an old customer", 7];
  assert.deepEqual(call("HOURGLASS_TABLE", " Subscription", "clv", headings, [row]), [[1600]]);
  assert.deepEqual(call("HOURGLASS_TABLE", "subscription", "clv,warnings", headings, [row, row])[1], [1600, "Columns passed over, which are no inputs: Notes."]);
  assert.deepEqual(call("HOURGLASS_TABLE", "subscription", "clv", [["Price per period", "Churn rate per period", "Gross margin"]], [[100, 0.05, 0.8]]), [[1600]]);
  const [[wrong], [right]] = call("HOURGLASS_TABLE", "subscription", "clv", [["prise", "churn_rate", "gross_margin"]], [[100, 0.05, 0.8], ["", "", ""]]);
  assert.match(String(wrong), /^Error: price is missing.* Columns passed over, which are no inputs: prise\.$/);
  assert.equal(right, "");
});

test("a blank among filled cells is said, and no number is a word", () => {
  const { call } = open();
  const table = [[100, 0.05, 0.8, 200], [100, 0.05, 0.8, ""], [100, 0.05, 0.8, 1e6]];
  const answers = call("HOURGLASS_TABLE", "subscription", "payback_periods,warnings", [["price", "churn_rate", "gross_margin", "cac"]], table);
  assert.equal(typeof answers[0][0], "number");
  assert.equal(answers[1][0], "none (cac is left out)");
  assert.equal(answers[1][1], "cac blank here, though other rows have it: taken as left out.");
  assert.equal(answers[2][0], "never");
  assert.deepEqual(call("HOURGLASS_SUBSCRIPTION", "lifetime_periods", 100, 0.8, 0, "", 0.1)[0][0], "no limit");
});

test("a number that is text for this sheet is explained", () => {
  const { call } = open();
  assert.throws(() => call("HOURGLASS_SUBSCRIPTION", "clv", 100, 0.8, "0,05"), /churn_rate must be a number.*"0,05" in churn_rate is text: this sheet writes decimals with a point\./);
  assert.throws(() => call("HOURGLASS_SUBSCRIPTION", "clv", "100", 0.8, 0.05), /"100" in price is text: format the cell as a number, and type it again\./);
  assert.throws(() => call("HOURGLASS_SUBSCRIPTION", "clv", 100, 0.8, "5%"), /Write a percentage as a fraction: 0\.05\. "5%" in churn_rate is text: format/);
});

test("warnings are a function", () => {
  const { call } = open();
  assert.match(String(call("HOURGLASS_WARNINGS", "subscription", 100, 0.8, 0.001)[0][0]), /^The expected customer lifetime is 83/);
  const column = call("HOURGLASS_WARNINGS", "subscription", 100, 0.8, down(0.001, 0.05));
  assert.equal(column[1][0], "");
  assert.throws(() => call("HOURGLASS_WARNINGS", "subscribtion", 100), /There is no calculation subscribtion/);
});

test("what was asked before comes from the cache", () => {
  const { call, requests } = open();
  const ask = () => call("HOURGLASS_AVERAGE", "clv", 75, 3, 2.5, 0.6);
  assert.deepEqual(ask(), ask());
  assert.equal(requests.length, 1);
});

test("the cache is optional", () => {
  const { call, requests } = open({ HOURGLASS_SERVER: base, HOURGLASS_CACHE: "0" });
  const ask = () => call("HOURGLASS_AVERAGE", "clv", 75, 3, 2.5, 0.6);
  assert.deepEqual(ask(), ask());
  assert.equal(requests.length, 2);
});

test("a private server gets its key, and no other header", () => {
  const { call, requests } = open({ HOURGLASS_SERVER: base + "/", HOURGLASS_KEY: "0123456789abcdef" });
  assert.deepEqual(call("HOURGLASS_AVERAGE", "clv", 75, 3, 2.5, 0.6), call("HOURGLASS_AVERAGE", "clv", 75, 3, 2.5, 0.6));
  assert.deepEqual({ ...requests[0].headers }, { Authorization: "Bearer 0123456789abcdef" });
  const { call: open1, requests: without } = open();
  open1("HOURGLASS_AVERAGE", "clv", 75, 3, 2.5, 0.6);
  assert.deepEqual({ ...without[0].headers }, {});
});

test("what is not Hourglass is said as such", () => {
  const server = base.replace(/\/$/, "");
  const ask = (HOURGLASS_SERVER?: string) => () => open(HOURGLASS_SERVER === undefined ? {} : { HOURGLASS_SERVER }).call("HOURGLASS_AVERAGE", "clv", 75, 3, 2.5, 0.6);
  for (const unset of [undefined, "https://YOUR-SERVER", "clv.example.com", "  "]) assert.throws(ask(unset), /does not know where Hourglass runs.*HOURGLASS_SERVER/);
  assert.throws(ask("http://127.0.0.1:1"), /127\.0\.0\.1:1 cannot be reached from Google.*urlFetchWhitelist/);
  const { context } = open();
  const received = (status: number, text: string, count = 1) => () => vm.runInContext("hourglass_", context).received("https://x.example", status, text, count);
  assert.throws(received(200, "<!doctype html><title>Sign in</title>"), /https:\/\/x\.example answered with a web page \(status 200\).*login/);
  assert.throws(received(502, "Bad gateway"), /status 502 and no results/);
  assert.throws(received(200, '{"message":"hello"}'), /not as Hourglass does/);
  assert.throws(received(200, "[1]"), /not as Hourglass does/);
  assert.throws(received(200, "null"), /not as Hourglass does/);
  assert.throws(received(200, "[{}]", 2), /not as Hourglass does/);
  assert.throws(received(401, '{"status":401,"detail":"This deployment takes requests with its key only."}'), /with its key only/);
  assert.throws(ask(server + "/v1"), /There is no calculation/);
});

test("the sidebar's calls: the menu in the user's language, the selection by its sheet, a formula into the first cell", () => {
  const shown: unknown[] = [];
  const { context } = open();
  const range = (sheet: string, notation: string) => ({ getSheet: () => ({ getName: () => sheet }), getA1Notation: () => notation });
  let active = range("Sheet1", "B2");
  context.Session = { getActiveUserLocale: () => "pt" };
  context.HtmlService = { createTemplateFromFile: (name: string) => {
    const template: Record<string, unknown> = { evaluate: () => ({ setTitle: (title: string) => [name, title, template.server, template.language] }) };
    return template;
  } };
  context.SpreadsheetApp = {
    getUi: () => ({
      createMenu: (title: string) => ({ addItem: (label: string, run: string) => ({ addToUi: () => shown.push([title, label, run]) }) }),
      showSidebar: (made: unknown) => shown.push(made),
    }),
    getActiveRange: () => active,
    getActiveSpreadsheet: () => ({ getRange: (cell: string) => ({ getCell: (row: number, column: number) => ({ setFormula: (formula: string) => shown.push([cell, row, column, formula]) }) }) }),
  };
  context.onOpen();
  context.hourglassSidebar();
  assert.equal(context.hourglassSelection(), "Sheet1!B2");
  active = range("Ann's data", "C3:C9");
  assert.equal(context.hourglassSelection(), "'Ann''s data'!C3:C9");
  context.hourglassInsert("Sheet1!D4", "=HOURGLASS_AVERAGE()");
  assert.deepEqual(JSON.parse(JSON.stringify(shown)), [
    ["Hourglass", "Inserir a fórmula", "hourglassSidebar"], ["hourglass", "Hourglass", base.replace(/\/$/, ""), "pt"], ["Sheet1!D4", 1, 1, "=HOURGLASS_AVERAGE()"],
  ]);
});
