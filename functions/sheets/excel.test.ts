// The Excel add-in as it is, with a stand-in for Excel's own namespace; what it fetches is fetched from the real
// server. Its metadata and manifest are held to the script and to what Excel asks of them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";
import { type Cell, base, calculations, down, firstResult, sameCell } from "./expected.ts";

/** A function as Excel is told of it. */
interface Described {
  id: string;
  name: string;
  description: string;
  helpUrl: string;
  options: object;
  parameters: Parameter[];
  result: { dimensionality: string };
}

interface Parameter {
  name: string;
  description: string;
  optional?: boolean;
  repeating?: boolean;
  dimensionality?: string;
}

type Matrix = Cell[][];

const read = (name: string) => readFileSync(new URL("excel/" + name, import.meta.url), "utf8");
const metadata: { functions: Described[] } = JSON.parse(read("functions.json"));

class CellError {
  constructor(
    readonly code: string,
    readonly message: string,
  ) {}
}

function described(id: string) {
  const found = metadata.functions.find((one) => one.id === id);
  assert.ok(found, id);
  return found;
}

/** What else a workbook has: a kept key, and for a desktop's Excel the types of the cells at an address. */
interface Host {
  key?: string;
  types?: Record<string, string[][]>;
}

/** A workbook with the add-in in it. */
function open(server = base, { key, types }: Host = {}) {
  const requests: { url: string; body: string; headers: Record<string, string> }[] = [];
  const asked: string[] = [];
  const functions: Record<string, (...given: unknown[]) => Promise<Matrix>> = {};
  vm.runInContext(read("functions.js"), vm.createContext({
    document: { currentScript: { src: server + "/sheets/excel/functions.js" } },
    fetch: (url: URL, init: { method: string; body: string; headers: Record<string, string> }) => {
      requests.push({ url: String(url), body: init.body, headers: init.headers });
      return fetch(url, init);
    },
    URL, setTimeout,
    localStorage: { getItem: (name: string) => (name === "part-hourglass-key" ? key ?? null : null) },
    Excel: types && { run: (body: (context: object) => Promise<unknown>) => body({
      sync: () => Promise.resolve(),
      workbook: { worksheets: { getItem: (sheet: string) => ({ getRange: (address: string) => ({ load: () => {
        asked.push(sheet + "!" + address);
        return { valueTypes: types[sheet + "!" + address] };
      } }) }) } },
    }) },
    Office: { context: { partitionKey: "part-" }, onReady: (then: () => void) => then() },
    CustomFunctions: {
      Error: CellError,
      ErrorCode: { invalidValue: "#VALUE!", notAvailable: "#N/A" },
      associate: (id: string, made: (typeof functions)[string]) => (functions[id] = made),
    },
  }));
  /** Excel hands over every argument, null for one left out, a matrix where the metadata says so, and the invocation. */
  const call = (id: string, ...given: (Cell | Matrix)[]) => callAt(undefined, id, ...given);
  const callAt = async (parameterAddresses: (string | null)[] | undefined, id: string, ...given: (Cell | Matrix)[]) => {
    const { parameters } = described(id);
    const matrix = ({ dimensionality }: Parameter, value: Cell | Matrix) => (dimensionality !== "matrix" || value === undefined || Array.isArray(value) ? value ?? null : [[value]]);
    const values = parameters.map((parameter, i) => (parameter.repeating ? given.slice(i).map((value) => matrix(parameter, value)) : matrix(parameter, given[i])));
    const cells = await functions[id](...values, { address: "Sheet1!A1", parameterAddresses });
    return Array.from(cells, (line) => [...line]); // of this realm, which deepEqual wants
  };
  return { call, callAt, functions, requests, asked };
}

test("the metadata and the script name the same functions, and arguments in one order", () => {
  const { functions } = open();
  const names = metadata.functions.map(({ name }) => name);
  assert.deepEqual(Object.keys(functions).sort(), metadata.functions.map(({ id }) => id).sort());
  assert.equal(new Set(names).size, names.length);
  assert.equal(names.length, calculations.length + 2);
  for (const { id, name, description, helpUrl, options, parameters, result } of metadata.functions) {
    assert.match(helpUrl, /^https:\/\/YOUR-SERVER\/docs\/(formulas|spreadsheets)\/[a-z-]+\/$/);
    assert.deepEqual(options, { requiresParameterAddresses: true });
    assert.match(id, /^[A-Za-z0-9._]{3,}$/);
    assert.match(name, /^[A-Za-z][A-Za-z0-9._]{2,}$/);
    assert.ok(description);
    assert.equal(result.dimensionality, "matrix");
    const optional = parameters.map((parameter) => !!parameter.optional);
    assert.deepEqual(optional, [...optional].sort((a, b) => Number(a) - Number(b)), id + ": what is needed comes first");
    assert.equal(new Set(parameters.map((parameter) => parameter.name)).size, parameters.length);
    assert.ok(parameters.every((parameter) => parameter.description));
  }
});

test("every calculation gives what the API gives", async () => {
  const { call } = open();
  for (const { id } of calculations) {
    const { inputs, result, example } = await firstResult(id);
    const name = id.toUpperCase().replaceAll(/[-/]/g, "_");
    const { parameters } = described(name);
    assert.deepEqual(parameters.slice(1).map((parameter) => parameter.name), inputs);
    const values = inputs.map((input) => {
      const value = example[input];
      return Array.isArray(value) ? listed(value) : value;
    });
    sameCell((await call(name, undefined, ...values))[0][0], result, name);
  }
});

const listed = (value: Cell[] | object[]) => (typeof value[0] === "object" ? JSON.stringify(value) : [value as Cell[]]);

test("the calls of a tick travel in one request", async () => {
  const { call, requests } = open();
  const prices = Array.from({ length: 500 }, (_, i) => i + 1);
  const answers = await Promise.all(prices.map((price) => call("SUBSCRIPTION", "clv", price, 0.8, 0.05, "month")));
  answers.forEach((cells, i) => sameCell(cells[0][0], 16 * (i + 1)));
  assert.equal(requests.length, 1);
  assert.equal(JSON.parse(requests[0].body).length, 500);
});

test("a column spills a column, and columns of different calls share a request", async () => {
  const { call, requests } = open();
  const [one, two] = await Promise.all([
    call("SUBSCRIPTION", "clv,lifetime_periods", down(100, "", 200), 0.8, 0.05, "month"),
    call("SUBSCRIPTION", "clv,lifetime_periods", [[100, 200]], 0.8, 0.05, "month"),
  ]);
  assert.deepEqual(one, [[1600, 20], ["", ""], [3200, 20]]);
  assert.deepEqual(two, [[1600, 3200], [20, 20]]);
  assert.equal(requests.length, 1);
});

test("more than ten thousand rows are several requests, in order", async () => {
  const { call, requests } = open();
  const answers = await call("SUBSCRIPTION", "clv", down(...Array(25000).keys()), 0.8, 0.05, "month");
  answers.forEach(([clv], i) => sameCell(clv, 16 * i));
  assert.ok(requests.length > 2);
  assert.ok(requests.every(({ body }) => Buffer.byteLength(body) <= 1 << 20 && JSON.parse(body).length <= 10000));
});

test("what is wrong is an error of its cell, with the reason", async () => {
  const { call } = open();
  const refused = (promise: Promise<Matrix>, code: string, message: RegExp) =>
    assert.rejects(promise, (error) => error instanceof CellError && error.code === code && message.test(error.message));
  await refused(call("SUBSCRIPTION", "clv", 100, 0.8, 5, "month"), "#VALUE!", /churn_rate must be at most 1/);
  await refused(call("SUBSCRIPTION", "cvl", 100, 0.05), "#VALUE!", /no result "cvl"/);
  await refused(call("SUBSCRIPTION", "clv", [[1, 2], [3, 4]], 0.05), "#VALUE!", /one column or one row/);
  await refused(call("TABLE", "none", "", [["price"]], [[1]]), "#VALUE!", /There is no calculation none/);
  const answers = await call("SUBSCRIPTION", "clv", down(100, 100), 0.8, down(0.05, 5), "month");
  assert.equal(answers[0][0], 1600);
  const wrong: unknown = answers[1][0];
  assert.ok(wrong instanceof CellError);
  assert.equal(wrong.code, "#VALUE!");
  await refused(open("http://127.0.0.1:1").call("AVERAGE", "clv", 75, 3, 2.5, 0.6), "#N/A", /127\.0\.0\.1:1 cannot be reached/);
});

test("a table with headings is a calculation a row", async () => {
  const { call } = open();
  const rows = [[100, 0.05, 0.8], [null, null, null], [200, 0.05, 0.8]];
  assert.deepEqual(await call("TABLE", "subscription", "clv", [["price", "churn_rate", "gross_margin"]], rows), [[1600], [""], [3200]]);
});

test("warnings are a function, columns passed over are named, and no number is a word", async () => {
  const { call } = open();
  assert.match(String((await call("WARNINGS", "Subscription", 100, 0.8, 0.001))[0][0]), /^The expected customer lifetime is 83/);
  assert.deepEqual(await call("TABLE", "subscription", "clv,payback_periods,warnings", [["Price", "churn rate", "Gross margin", "Notes"]], [[100, 0.05, 0.8, "old"], [100, 0.05, 0.8, "new"]]),
    Array(2).fill([1600, "none (cac is left out)", "Columns passed over, which are no inputs: Notes."]));
});

test("a private server gets the key that the pane keeps", async () => {
  const { call, requests } = open(base, { key: "0123456789abcdef" });
  assert.deepEqual(await call("SUBSCRIPTION", "clv", 100, 0.8, 0.05), [[1600]]);
  assert.equal(requests[0].headers.Authorization, "Bearer 0123456789abcdef");
});

// Excel on the desktop gave 0 for a blank cell until 2024, and some versions still do (office-js 4702, 5262).
test("a blank cell is blank where Excel gives 0 for it", async () => {
  const types = { "Its data!B2:B3": [["Empty"], ["Double"]], "Its data!C1": [["Empty"]] };
  const addresses = [null, null, null, null, null, "'Its data'!B2:B3"];
  const { callAt, asked, requests } = open(base, { types });
  const blank = await callAt(addresses, "SUBSCRIPTION", "clv,ltv_cac_ratio", down(100, 100), 0.8, 0.05, "month", down(0, 0));
  const { parameters } = described("SUBSCRIPTION");
  const name = parameters[5].name;
  const [first, second] = JSON.parse(requests[0].body);
  assert.deepEqual([first[name], second[name]], [undefined, 0], requests[0].body);
  assert.equal(blank.length, 2);
  assert.deepEqual(asked, ["Its data!B2:B3"]);
  // An Excel that once gave null for a blank is asked no more, nor is one that gave no zero.
  await callAt(addresses, "SUBSCRIPTION", "clv", 100, 0.8, 0.05, "month", down(null, 0));
  await callAt(addresses, "SUBSCRIPTION", "clv", 100, 0.8, 0.05, "month", down(0, 0));
  assert.equal(asked.length, 1);
});

test("the manifest is well formed, and every resource that it names is there and is served", async () => {
  const manifest = read("manifest.xml");
  const open: string[] = [];
  for (const [, closing, name, alone] of manifest.matchAll(/<(\/?)([\w:]+)(?:\s[\w:]+="[^"<]*")*\s*(\/?)>/g)) {
    if (closing) assert.equal(open.pop(), name);
    else if (!alone) open.push(name);
  }
  assert.deepEqual(open, []);
  const ids = [...manifest.matchAll(/<bt:\w+ id="([^"]+)"/g)].map((match) => match[1]);
  const used = new Set([...manifest.matchAll(/resid="([^"]+)"/g)].map((match) => match[1]));
  assert.deepEqual([...used].sort(), [...ids].sort());
  assert.ok(ids.every((id) => id.length <= 32));
  for (const [, text] of manifest.matchAll(/<bt:ShortStrings>([\s\S]*)<\/bt:ShortStrings>/g))
    for (const [, value] of text.matchAll(/DefaultValue="([^"]*)"/g)) assert.ok(value.length <= 125);
  for (const [, path] of manifest.matchAll(/https:\/\/YOUR-SERVER(\/sheets\/[^"]+)/g)) {
    const answer = await fetch(base + path);
    assert.equal(answer.status, 200, path);
    assert.equal(answer.headers.get("Access-Control-Allow-Origin"), "*", path);
  }
});

// The schema of manifests (a sequence of elements at each place) is Microsoft's and not at hand; this is its order, from its documentation.
test("the manifest's elements stand in the schema's order", () => {
  const orders: Record<string, string[]> = {
    OfficeApp: ["Id", "Version", "ProviderName", "DefaultLocale", "DisplayName", "Description", "IconUrl", "HighResolutionIconUrl", "SupportUrl", "AppDomains", "Hosts", "Requirements", "DefaultSettings", "Permissions", "VersionOverrides"],
    VersionOverrides: ["Description", "Requirements", "Hosts", "Resources"],
    DesktopFormFactor: ["GetStarted", "FunctionFile", "ExtensionPoint"],
    Resources: ["bt:Images", "bt:Urls", "bt:ShortStrings", "bt:LongStrings"],
    Control: ["Label", "Supertip", "Icon", "Action"], Group: ["Label", "Icon", "Control"], GetStarted: ["Title", "Description", "LearnMoreUrl"], CustomFunctions: ["Script", "Page", "Metadata", "Namespace"],
  };
  const manifest = read("manifest.xml");
  const children: Record<string, string[]> = {};
  const stack: string[] = [];
  for (const [tag, closing, name] of manifest.matchAll(/<(\/?)([\w:]+)[^>]*>/g)) {
    if (closing) {
      stack.pop();
      continue;
    }
    const own = name === "ExtensionPoint" && tag.includes("CustomFunctions") ? "CustomFunctions" : name;
    (children[stack.at(-1) ?? ""] ??= []).push(name);
    if (!tag.endsWith("/>")) stack.push(own);
  }
  for (const [name, order] of Object.entries(orders)) {
    const places = children[name].map((child) => order.indexOf(child));
    assert.ok(places.every((place, i) => place >= 0 && (i === 0 || place >= places[i - 1])), `${name}: ${children[name].join(", ")}`);
  }
  // The pane writes formulas.
  assert.match(manifest, /<Permissions>ReadWriteDocument<\/Permissions>/);
});

test("Google's manifest asks for the least rights", () => {
  const { oauthScopes, urlFetchWhitelist } = JSON.parse(readFileSync(new URL("google/appsscript.json", import.meta.url), "utf8"));
  assert.deepEqual(oauthScopes.map((scope: string) => scope.split("/auth/")[1]).sort(), ["script.container.ui", "script.external_request", "spreadsheets.currentonly"]);
  assert.deepEqual(urlFetchWhitelist, ["https://YOUR-SERVER/"]);
});

test("the page may be framed by Office and load Office's script, and nothing else of others", async () => {
  const answer = await fetch(base + "/sheets/excel/functions.html");
  const policy = answer.headers.get("Content-Security-Policy") ?? "";
  assert.match(policy, /script-src 'self' [^;]*https:\/\/appsforoffice\.microsoft\.com/);
  assert.doesNotMatch(policy, /frame-ancestors/);
  assert.equal(answer.headers.get("X-Frame-Options"), null);
});

test("a whole column is its filled rows", async () => {
  const { call, requests } = open();
  const column = Array.from({ length: 1_048_576 }, (_, row) => [row === 0 ? 100 : row === 2 ? 200 : ""]);
  assert.deepEqual(await call("SUBSCRIPTION", "clv", column, 0.8, 0.05), [[1600], [""], [3200]]);
  assert.equal(requests.length, 1);
});
