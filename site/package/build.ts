/**
 * Makes dist/ of the npm package: the script for browsers and bundlers, the one for Node, Deno and Bun, the types of all calculations, the modules.
 *
 *   node --import ./site/build/typescript.mjs site/package/build.ts --module NAME=FILE... FOLDER
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import catalogue from "../base/catalogue.gen.mjs";
import type { Calculation, Field } from "../base/catalogue.gen.mjs";
import hints from "../base/hints.gen.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const { values: { module: modules }, positionals: [folder] } = parseArgs({ allowPositionals: true, options: { module: { type: "string", multiple: true, default: [] } } });
if (!folder) throw new Error("Say which folder the package's files go to.");

const calculations: Calculation[] = catalogue.calculations.map(({ id }) => JSON.parse(readFileSync(new URL(`../base/calculations/${id}.gen.json`, import.meta.url), "utf8")));

const camel = (name: string) => name.replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase());
const pascal = (name: string) => camel(`-${name}`);

/** What the calculations alone say, by code. */
const notices = Object.assign({}, ...calculations.map((c) => c.notices ?? {}));

/** What to do where the bound of an input is passed, by the input's name: one name has one unit in all calculations. */
const hinted: Record<string, string> = {};
const units = new Map<string, string>();
const hint = (fields: Field[]) => {
  for (const { name, unit = "", fields: within } of fields) {
    if ((units.get(name) ?? unit) !== unit) throw new Error(`The input ${name} has two units, ${units.get(name)} and ${unit}: hints go by its name.`);
    units.set(name, unit);
    if (hints.units[unit]) hinted[name] = unit;
    hint(within ?? []);
  }
};
for (const { inputs } of calculations) hint(inputs);

/** What is no calculation's name begins with $: one is called hourglass. */
const entry = (open: string) => `
import { create as $create } from "./create.ts";
import { places as $places } from "./places.ts";
export { FileError, InputError } from "./errors.ts";
${open}
const $engine = /* @__PURE__ */ $create($places, ${JSON.stringify(notices)}, ${JSON.stringify(hinted)}, $open);
export const calculate = $engine.calculate;
export const valueCustomers = $engine.valueCustomers;
export const use = $engine.use;
${calculations.map(({ id }) => `export const ${camel(id)} = (input) => calculate(${JSON.stringify(id)}, input);`).join("\n")}
`;

const FETCHED = "const $open = undefined;";
/** Node cannot fetch a file. */
const READ = `import { readFile as $open } from "node:fs/promises";`;

async function bundle(name: string, open: string) {
  await build({
    stdin: { contents: entry(open), resolveDir: here, loader: "ts", sourcefile: `${name}.ts` },
    outfile: join(folder, `${name}.js`), bundle: true, format: "esm", target: "es2022", platform: "neutral", external: ["node:*"], legalComments: "none", logLevel: "warning",
    tsconfig: fileURLToPath(new URL("../tsconfig.json", import.meta.url)),
  });
}

/** What a name means, as a comment of its property. */
const comment = ({ title, help, unit }: Field) => `/** ${[`${title}${unit ? ` (${unit})` : ""}.`, help].filter(Boolean).join(" ").replaceAll("*/", "* /")} */`;

function typeOf(field: Field, properties: (fields: Field[]) => string): string {
  switch (field.kind) {
    case "option":
      return (field.options ?? []).map((o) => JSON.stringify(o)).join(" | ");
    case "list":
      return "ArrayLike<number>";
    case "records":
      return `{ ${field.row ? "name?: string; " : ""}${properties(field.fields ?? [])} }[]`;
    case "group":
      return `{ ${properties(field.fields ?? [])} }`;
    default:
      return "number";
  }
}

/** An input that has a default, or may be absent, may be left out; a list too, where none is as good. */
const input = (fields: Field[]): string => fields.map((f) => {
  const may = f.optional || f.default !== undefined || (["list", "records"].includes(f.kind) && !f.minItems);
  return `${comment(f)}\n${f.name}${may ? "?" : ""}: ${typeOf(f, input)}${may ? " | null" : ""};`;
}).join("\n");

const result = (fields: Field[]): string => fields.map((f) => `${comment(f)}\n${f.name}: ${f.kind === "list" ? "Float64Array" : typeOf(f, result)}${f.optional ? " | null" : ""};`).join("\n");

const types = () => `/** The calculations: what goes in and what comes out. Shares are fractions: 0.05 is 5%. */
import type { Answer } from "./index.js";

${calculations.map((c) => `export interface ${pascal(c.id)}Input {\n${input(c.inputs)}\n}\nexport interface ${pascal(c.id)}Result {\n${result(c.results)}\n}
/** ${c.title}. ${c.question} */
export declare function ${camel(c.id)}(input: ${pascal(c.id)}Input): Promise<Answer<${pascal(c.id)}Result>>;`).join("\n\n")}

export interface Calculations {
${calculations.map((c) => `${JSON.stringify(c.id)}: { input: ${pascal(c.id)}Input; result: ${pascal(c.id)}Result };`).join("\n")}
}
`;

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await Promise.all([bundle("index", FETCHED), bundle("node", READ)]);
writeFileSync(join(folder, "calculations.d.ts"), types());
copyFileSync(join(here, "index.d.ts"), join(folder, "index.d.ts"));
for (const named of modules) {
  const [name, file] = named.split("=", 2);
  copyFileSync(file, join(folder, `${name}.wasm`));
}
