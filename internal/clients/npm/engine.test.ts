/**
 * The engine's npm package as others use it: packed by npm, unpacked, and each example of its README run as it is written there: in Node, in workerd, in Chromium. What it
 * says of an order log is what the command score says.
 */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { build } from "esbuild";
import webpack from "webpack";
import { launch } from "../../../site/test/browser/browser.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));
/** Filled by make test-npm. */
const unpacked = join(root, "build/npm-engine");
const readme = readFileSync(join(unpacked, "README.md"), "utf8");
const app = mkdtempSync(join(tmpdir(), "hourglass-engine-"));
const installed = join(app, "node_modules/@hourglass/engine");
const requireOfWorker = createRequire(join(root, "functions/worker/package.json"));

const blocks = [...readme.matchAll(/^```js\n\/\/ (\S+)\n([\s\S]*?)^```$(?:\s*```text\n([\s\S]*?)^```$)?/gm)].map(([, file, text, says]) => ({ file, text, says }));

before(() => {
  mkdirSync(installed, { recursive: true });
  execFileSync("npm", ["pack", "--silent", "--pack-destination", app], { cwd: unpacked });
  execFileSync("bash", ["-euc", `tar -xzf ./*.tgz --strip-components=1 -C '${installed}'`], { cwd: app });
  writeFileSync(join(app, "package.json"), JSON.stringify({ private: true, type: "module" }));
  for (const { file, text } of blocks) writeFileSync(join(app, file), text);
});
after(() => rmSync(app, { recursive: true }));

/** The package, as Node has it. */
const engine = () => import(pathToFileURL(join(installed, "dist/node.js")).href);

for (const { file, says } of blocks.filter((b) => b.says)) {
  test(`README: ${file} prints what stands under it`, () => {
    const { stdout, stderr, status } = spawnSync("node", [file], { cwd: app, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    assert.equal(stdout, says);
  });
}

test("every function of every calculation gives the engine's published example", async () => {
  const { FileError, InputError, calculate, use, valueCustomers, ...named } = await engine();
  const { paths } = JSON.parse(readFileSync(join(root, "functions/api/openapi_gen.json"), "utf8")) as { paths: Record<string, OpenAPI> };
  const golden = Object.entries(paths).flatMap(([path, item]) => exampleOf(path, item)).filter(({ name }) => name in named);
  assert.deepEqual(golden.map(({ name }) => name).sort(), Object.keys(named).sort());
  for (const { calculation, name, input, result: { warnings, ...result } } of golden) {
    for (const answer of [await calculate(calculation, input), await named[name](input)]) {
      const plain = JSON.parse(JSON.stringify(answer.result, (_, v) => (v instanceof Float64Array ? [...v] : v)));
      near(plain, result, calculation);
      near(result, plain, calculation); // and nothing more
      assert.deepEqual(answer.warnings.map(({ code, field, message }: Said) => ({ code, field, message })), warnings, calculation);
    }
  }
});

test("README says which calculations only the API has, and how many the package has", async () => {
  const { FileError, InputError, calculate, use, valueCustomers, ...named } = await engine();
  const { paths } = JSON.parse(readFileSync(join(root, "functions/api/openapi_gen.json"), "utf8")) as { paths: Record<string, OpenAPI> };
  const asked = Object.entries(paths).flatMap(([path, { post }]) => (post ? /^\/v1\/(?!adapters\/)(.+)$/.exec(path)?.[1] ?? [] : []));
  const [inBoth, onlyThere] = [asked.filter((id) => camel(id) in named), asked.filter((id) => !(camel(id) in named))];
  const section = readme.split(/^## /m).find((text) => text.startsWith("What only the API has")) ?? "";
  const said = [...section.matchAll(/`([^`]+)`/g)].map(([, name]) => name).filter((name) => name !== "valueCustomers" && name !== "score");
  assert.deepEqual(said.sort(), onlyThere.sort());
  assert.match(readme, new RegExp(`Each of the calculator's ${inBoth.length} calculations is a typed function`));
});

const camel = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

interface Said { code: string; field: string; message: string }
type Answer = Record<string, unknown> & { warnings?: Said[] };
type Content = Record<string, { example?: Answer; examples?: Record<string, { value: Answer }> }>;
interface OpenAPI { post?: { requestBody?: { content: Content }; responses?: Record<string, { content: Content }> } }

const exampleIn = (content: Content = {}) => content["application/json"]?.example ?? Object.values(content["application/json"]?.examples ?? {})[0]?.value;

function exampleOf(path: string, { post }: OpenAPI) {
  const calculation = /^\/v1\/([a-z-]+)$/.exec(path)?.[1];
  const input = exampleIn(post?.requestBody?.content);
  const result = exampleIn(post?.responses?.["200"]?.content);
  return calculation && input && result ? [{ calculation, name: camel(calculation), input, result }] : [];
}

function near(got: unknown, want: unknown, at: string) {
  if (typeof got === "number") assert.ok(typeof want === "number" && Math.abs(got - want) <= 1e-9 * Math.max(1, Math.abs(want)), `${at}: ${got} against ${want}`);
  else if (typeof got === "object" && got !== null) {
    for (const [name, value] of Object.entries(got)) near(value, (want as Record<string, unknown>)?.[name], `${at}/${name}`);
  } else assert.equal(got, want, at);
}

/** The CDNOW sample of core/orders as a list of orders, as most shops export one. */
function cdnow() {
  const text = gunzipSync(readFileSync(join(root, "core/orders/testdata/CDNOW_sample.txt.gz"))).toString();
  const rows = text.trim().split("\n").map((line) => line.trim().split(/\s+/)).map(([, id, day, , amount]) => `${id},${day.replace(/(....)(..)(..)/, "$1-$2-$3")},${amount}\n`);
  return `customer,date,amount\n${rows.join("")}`;
}

test("an order log has the values that score gives", async () => {
  const { valueCustomers } = await engine();
  const file = join(app, "cdnow.csv");
  writeFileSync(file, cdnow());
  const stages: string[] = [];
  const valued = await valueCustomers(new Blob([cdnow()]), { horizon_days: 273, margin: 0.4, annual_discount: 0.1, onProgress: (p: { stage: string }) => void stages.push(p.stage) });
  const scored = execFileSync("go", ["run", "./functions/score", "-horizon", "273", "-margin", "0.4", "-discount", "0.1", file], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 26 });
  const [head, ...lines] = scored.trim().split("\n").map((line) => line.split(","));
  const values = new Map(lines.map((line) => [line[head.indexOf("id")], Number(line[head.indexOf("clv")])]));
  const { customers } = valued;
  assert.equal(customers.length, values.size);
  for (let row = 0; row < customers.length; row++) near(customers.columns.clv[row], values.get(customers.id(row)), customers.id(row));
  assert.equal(customers.id(customers.best[0]), lines[0][head.indexOf("id")]);
  assert.ok(stages.includes("reading") && stages.includes("choosing"), `${stages}`);
  // The same model once more, from its file.
  const again = await valueCustomers(cdnow(), { horizon_days: 273, margin: 0.4, annual_discount: 0.1, model_file: valued.model.file });
  near([...again.customers.columns.clv], [...customers.columns.clv], "with the model file");
});

test("what cannot be done is said", async () => {
  const { FileError, calculate, subscription, valueCustomers } = await engine();
  const log = "customer,date,amount\na,2025-01-02,3\na,2025-02-03,4\nb,2025-03-04,5\n";
  const given = { price: 100, churn_rate: 0.05, gross_margin: 0.8 };
  for (const [ask, says] of [
    [() => valueCustomers(""), /empty/], [() => valueCustomers("customer,date\n"), /no rows under it/], [() => valueCustomers("a,b\n1,2\n"), /No column for the customer/],
    [() => valueCustomers(log, { margin: 2 }), /margin is a number from 0.001 to 1, not 2/], [() => valueCustomers(log, { horizon: 2 }), /no option horizon/],
    [() => valueCustomers(log, { model: "arima" }), /one of bgnbd/], [() => valueCustomers(log, { model_file: "{}" }), /model file cannot be used: unknown format/],
    [() => valueCustomers(log, { signal: AbortSignal.abort(new Error("enough")) }), /enough/],
    [() => calculate("clv", {}), /no calculation “clv”\. There are: average/], [() => subscription(), /give an object/], [() => subscription({ prise: 1 }), /no input prise/],
    [() => subscription({ ...given, price: "1" }), /price is a number, not "1"/], [() => subscription({ ...given, price: NaN }), /price is a number, not NaN/],
    [() => subscription({ ...given, period: "fortnight" }), /period is one of month/], [() => subscription({ ...given, gross_margin: 40 }), /^InputError: gross_margin must be at most 1\. Shares are fractions: 0\.05 means 5%\.$/], [() => subscription({ ...given, price: Infinity }), /price must be at most/],
    [() => calculate("channels", { channels: [{ spend: 1 }] }), /channels\/0\/new_customers is missing/], [() => calculate("channels", { channels: 3 }), /channels is a list/],
    [() => calculate("channels", {}), /^InputError: channels is missing\. Give a list of objects\.$/], [() => calculate("retention-curve", {}), /^InputError: survivors is missing\. Give a list of numbers\.$/],
    [() => calculate("retention-curve", { survivors: [] }), /^InputError: survivors needs at least 3 values\.$/],
    [() => calculate("growth-plan", { price: 40, gross_margin: 0.7, churn_rate: 0.05, new_customers: 9, levers: [{}] }), /levers\/0\/kind is missing\. Give [a-z_]+, .* or [a-z_]+\.$/],
  ] as const) await assert.rejects(ask, says);
  await assert.rejects(() => valueCustomers("customer,date\n"), (error: { code: string }) => error instanceof FileError && error.code === "header_only");
  // It works after all of that.
  assert.equal((await subscription(given)).result.clv, 1600);
});

test("types tell what goes in and what comes out", () => {
  const sound = `import { type SubscriptionInput, adBudget, calculate, subscription, valueCustomers } from "@hourglass/engine";
const input: SubscriptionInput = { price: 100, churn_rate: 0.05, gross_margin: 0.8 };
const { result, warnings } = await subscription(input);
const clv: number = result.clv; const ratio: number | null = result.ltv_cac_ratio; const said: string[] = warnings.map((w) => w.message);
const survival: Float64Array = result.series.survival;
const same: number = (await calculate("subscription", input)).result.clv;
const { customers } = await valueCustomers(new Uint8Array(), { margin: 0.5 });
const alive: Float64Array = customers.columns.p_alive;
export { adBudget, alive, clv, ratio, said, same, survival };
`;
  writeFileSync(join(app, "sound.ts"), sound);
  writeFileSync(join(app, "wrong.ts"), `import { calculate, subscription, valueCustomers } from "@hourglass/engine";
await subscription({ price: 100, churn_rate: 0.05, gross_margin: 0.8, prise: 1 });
await subscription({ price: "100", churn_rate: 0.05, gross_margin: 0.8 });
await subscription({ churn_rate: 0.05, gross_margin: 0.8 });
await subscription({ price: 100, churn_rate: 0.05, gross_margin: 0.8, period: "fortnight" });
await calculate("clv", {});
await valueCustomers("", { horizon: 3 });
`);
  const compilerOptions = { noEmit: true, strict: true, exactOptionalPropertyTypes: true, skipDefaultLibCheck: true, target: "es2022", module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom", "dom.asynciterable"], types: [] };
  writeFileSync(join(app, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["sound.ts", "wrong.ts"] }));
  const said = spawnSync("node", [join(here, "node_modules/typescript/bin/tsc"), "-p", "."], { cwd: app, encoding: "utf8" }).stdout;
  const faults = said.split("\n").filter((line) => /^\S/.test(line)).map((line) => line.replace(/,.*/, ""));
  assert.deepEqual(faults, [2, 3, 4, 5, 6, 7].map((line) => `wrong.ts(${line}`), said);
});

test("README: the Worker, in workerd", async () => {
  await build({ entryPoints: [join(app, "worker.js")], outfile: join(app, "worker/index.mjs"), bundle: true, format: "esm", conditions: ["workerd", "worker", "browser"], external: ["*.wasm"], logLevel: "error" });
  const { Miniflare } = requireOfWorker("miniflare");
  const wasm = readFileSync(join(installed, "dist/calculator.wasm"));
  const worker = new Miniflare({
    compatibilityDate: "2025-09-01", modules: [
      { type: "ESModule", path: "index.mjs", contents: readFileSync(join(app, "worker/index.mjs"), "utf8") }, { type: "CompiledWasm", path: "@hourglass/engine/calculator.wasm", contents: wasm },
    ],
  });
  try {
    const reply = await worker.dispatchFetch("http://localhost/?price=100");
    assert.equal(await reply.text(), "1600");
  } finally {
    await worker.dispose();
  }
});

test("in a browser, as webpack builds it: a calculation and a log of orders", async () => {
  writeFileSync(join(app, "page.js"), `import { subscription, valueCustomers } from "@hourglass/engine";
const { result } = await subscription({ price: 100, churn_rate: 0.05, gross_margin: 0.8 });
const { customers, report } = await valueCustomers("customer,date,amount\\na,2025-01-02,3\\na,2025-02-03,4\\nb,2025-03-04,5\\na,2025-05-04,5\\nc,2025-06-04,9\\nb,2025-08-04,5\\n");
document.title = [result.clv, report.orders, customers.length].join(" ");
`);
  await new Promise<void>((done, fail) => webpack({ mode: "production", context: app, entry: "./page.js", output: { path: join(app, "public"), publicPath: "/", filename: "main.mjs" }, experiments: { topLevelAwait: true, outputModule: true }, performance: false }, (error, stats) => {
    if (error || stats?.hasErrors()) fail(error ?? new Error(stats?.toString({ all: false, errors: true })));
    else done();
  }));
  const types: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };
  writeFileSync(join(app, "public/index.html"), '<!doctype html><link rel="icon" href="data:,"><script type="module" src="main.mjs"></script>');
  const server = createServer((request, response) => {
    const file = join(app, "public", request.url === "/" ? "index.html" : (request.url ?? ""));
    response.writeHead(200, { "Content-Type": types[extname(file)] ?? "text/plain" }).end(readFileSync(file));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const said: string[] = [];
    page.on("pageerror", (error) => said.push(error.message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => document.title, null, { timeout: 60_000 }).catch((error) => assert.fail(`${said} ${error}`));
    assert.deepEqual([await page.title(), said], ["1600 6 3", []]);
  } finally {
    await browser.close();
    server.close();
  }
});
