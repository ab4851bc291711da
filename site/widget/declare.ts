/**
 * Writes what others read of the widget's declaration: the types (index.d.ts), the custom-elements manifest, the table
 * of options in docs/widget.md, and the versions of the npm packages, which are that of core/release.
 *
 *   node --import ./site/build/typescript.mjs site/widget/declare.ts           write what has changed
 *   node --import ./site/build/typescript.mjs site/widget/declare.ts -check    write nothing; fail where a file is out of date
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { HourglassWidget } from "./element.ts";
import type { HourglassCalculator, HourglassEvents, HourglassOptions } from "./index.d.ts";
import { OPTIONS, type Option, type Options, describe, write } from "./options.ts";
import type { places } from "./places.ts";

/** What index.d.ts tells is what is: the compiler refuses these defaults where it is not. */
export type Kept<
  Told extends Options = HourglassOptions,
  Is extends Pick<HourglassCalculator, keyof typeof places | "input" | "result" | "open"> = HourglassWidget,
> = [Told, Is];

/** A name, and what it is. */
type Described = readonly [name: string, says: string];

const folder = fileURLToPath(new URL(".", import.meta.url));
const docs = fileURLToPath(new URL("../../docs/widget.md", import.meta.url));
const enginePackage = fileURLToPath(new URL("../package/package.json", import.meta.url));
const release = fileURLToPath(new URL("../../core/release/release.go", import.meta.url));

/** What each option does, for those who write the snippet. */
const SAYS: Record<keyof Options, string> = {
  kind: "The calculation that is shown.",
  kinds: "Several calculations to choose from. Left out, there is no chooser.",
  size: "compact: the answer and the figures that matter most. full: charts, all figures, the formula and what follows from the answer too.",
  results: "Results to list under the answer, by their wire names; all or none. Left out: none in compact, all in full.",
  charts: "Charts to draw, by the wire name of their first line (cumulative, survival); all or none. Left out: none in compact, all in full.",
  mode: "Where it stands. inline: in the page, at its place. Behind a button: popup, over the page; drawer, from the page's inline end; floating, a popup whose button stays in the corner. Then the calculator is loaded when it is opened, or its button is touched.",
  buttonText: "The words of that button, which is also the dialog's name. none: no button; a link of the page to the element's id opens it, or a script. Left out: a question in the widget's language.",
  values: "Figures to begin with, as in the address of a calculation: price=100&churn_rate=0.05. /widget.html takes each as a parameter of its own as well.",
  lock: "Fields that are shown but cannot be changed.",
  hide: "Fields that are not shown. They keep the value they begin with.",
  prefill: "Figures that the address of the page may give: with prefill=\"price\", ?price=99 in it comes before what values says. What makes no sense there is left out.",
  lang: "The language. Left out: that of the page around it; in a frame, the visitor's.",
  locale: "How numbers are written, as a BCP 47 tag (de-CH). Left out: as the language has it.",
  currency: "The currency, as an ISO 4217 code. Left out: that of the locale's region, dollars where it names none.",
  theme: "auto follows the page's color-scheme; in a frame, the visitor's setting.",
  accent: "The colour of what can be moved and of the charts.",
  surface: "The colour behind everything.",
  text: "The colour of the writing. Left out beside a surface: black or white, whichever reads better.",
  radius: "How round the corners are, in pixels.",
  font: "inherit takes the page's font.",
  actionText: "The words of a button under the answer.",
  actionLink: "Where the button leads: http, https or mailto. There is a button where both are given. An empty parameter worth in it (https://example.com/?worth=) is given the answer, a plain number.",
  load: "When the calculator is loaded: in sight, at the first touch (a pointer over it counts, and the keyboard's focus), or now. Until then its facade stands there. In a form (name) it is now; figures of the page's own (values) and several calculations (kinds) are not left to a touch.",
  dataLayer: "Pushes what the visitor does to the page's dataLayer. Off unless it is written.",
  variant: "Which variant of a test this is (A/B). It is in the detail of every event, and in what dataLayer gets.",
  name: "In a form: what the answer is sent as. Each figure is sent as the same name, a point and its wire name.",
};

const EVENTS: { name: keyof HourglassEvents; says: string; detail: string }[] = [
  { name: "hourglass:ready", says: "The engine runs.", detail: "{ kind: string }" },
  { name: "hourglass:change", says: "The figures changed; done is false while a slider is being dragged.", detail: "{ kind: string; input: Figures; field: string | null; done: boolean }" },
  { name: "hourglass:result", says: "A new answer.", detail: "{ kind: string; input: Figures; result: Result; warnings: Notice[] }" },
  { name: "hourglass:interaction", says: "The visitor changed a figure for the first time.", detail: "{ kind: string; field: string | null }" },
  { name: "hourglass:click", says: "The visitor followed the button.", detail: "{ kind: string; link: string; input: Figures; result: Result }" },
  { name: "hourglass:open", says: "In a mode: it was opened.", detail: "{ kind: string }" },
  { name: "hourglass:close", says: "In a mode: it was closed.", detail: "{ kind: string }" },
  { name: "hourglass:error", says: "Something did not load, or the engine stopped.", detail: "{ kind: string; error: unknown }" },
];

/** Where the engine's modules are, by the properties that say so. */
const MODULES = Object.entries({
  engine: "Where the engine's first module is.",
  growth: "Where the module is for the hourglass and for plans.",
  levers: "Where the module is for the calculations of one lever.",
  economics: "Where the module is for the calculations of unit economics.",
  bases: "Where the module is for the calculations of customer bases and segments.",
} satisfies Record<keyof typeof places, string>);

/** Every event says which variant of a test it is about, where the page names one. */
for (const event of EVENTS) event.detail = event.detail.replace("kind: string", "kind: string; variant?: string");

const OPEN = "In a mode: whether it is open. Set it, or the attribute, to open or close it by script.";

const PARTS: Described[] = [
  ["widget", "the box"], ["chooser", "the choice among calculations"], ["base", "the calculator within"], ["answer", "the big number and its sentence"],
  ["figure", "the big number"], ["sentence", "its sentence"], ["inputs", "the form"], ["field", "one input; also entry, input, slider, problem within, and locked where it cannot be changed"],
  ["evidence", "what follows from the answer: verdict, charts, tools"], ["chart", "one chart; also plot, glass within"],
  ["reference", "all figures and the formula"], ["action", "the button under the answer"],
  ["button", "in a mode, the button that opens it"], ["dialog", "what it opens"], ["close", "the way out of it"],
];

const TOKENS: Described[] = [
  ["--hourglass-accent", "what can be moved, and the charts"], ["--hourglass-paper", "behind everything"], ["--hourglass-ink", "the writing"],
  ["--hourglass-quiet", "writing of less weight"], ["--hourglass-rule", "lines between"], ["--hourglass-edge", "edges of fields"],
  ["--hourglass-sunken", "behind what lies lower"], ["--hourglass-wash", "the accent, as a tint"], ["--hourglass-caution", "warnings"],
  ["--hourglass-wrong", "problems"], ["--hourglass-font", "the font"], ["--hourglass-serif", "the font of the big number"], ["--hourglass-radius", "the corners"],
];

const SLOTS: Described[] = [["", "shown until the facade is there or the engine runs, and in their place if they cannot: a link, a computed example"], ["next", "under the answer"]];

/** The type of an option as a template writes it: as a text, or as the value that the text stands for. */
function typeInTemplate(option: Option) {
  switch (option.type) {
    case "names":
      return "string | readonly string[]";
    case "pixels":
      return "number | string";
    case "flag":
      return 'boolean | "" | "on" | "off"';
    default:
      return typeOf(option);
  }
}

/** The type of an option's value. */
function typeOf({ type, allowed }: Option) {
  switch (type) {
    case "one":
      return allowed?.map((value) => JSON.stringify(value)).join(" | ");
    case "names":
      return "string[]";
    case "pixels":
      return "number";
    case "flag":
      return "boolean";
    default:
      return "string";
  }
}

function types() {
  const options = OPTIONS.map((o) => `  /** ${SAYS[o.name]} */\n  ${o.name}: ${typeOf(o)};\n`).join("\n");
  const attributes = OPTIONS.map((o) => `  /** ${SAYS[o.name]} */\n  ${/^\w+$/.test(o.attribute) ? o.attribute : JSON.stringify(o.attribute)}?: ${typeInTemplate(o)} | undefined;\n`).join("\n");
  const events = EVENTS.map((e) => `  /** ${e.says} */\n  "${e.name}": CustomEvent<${e.detail}>;\n`).join("");
  return `// Generated by site/widget/declare.ts; do not edit.

/** The options, each an attribute too. */
export interface HourglassOptions {
${options}}

/** The attributes of \`<hourglass-calculator>\`, as a page, JSX or a template writes them. */
export interface HourglassAttributes {
${attributes}
  /** ${OPEN} */
  open?: boolean | "" | undefined;

${MODULES.map(([name, says]) => `  /** ${says} Left out: beside the script. */\n  ${name}?: string | undefined;\n`).join("\n")}}

/** The figures by wire name: numbers, the names of options, lists, null for what is left out. */
export type Figures = Record<string, any>;

/** The results by wire name: numbers, null for what there is not, groups of them, lists over time. */
export type Result = Record<string, any>;

/** A warning: its code, the field it is about and the limit it names. */
export interface Notice {
  code: string;
  field: string;
  limit: number;
}

export interface HourglassEvents {
${events}}

type Happenings = HourglassEvents & HTMLElementEventMap;

/** \`<hourglass-calculator>\`. */
export class HourglassCalculator extends HTMLElement {
${MODULES.map(([name, says]) => `  /** ${says} Beside the script, where nothing is said. */\n  ${name}: string;\n`).join("")}  /** The figures as they stand; set it to change them. */
  input: Figures | null;
  /** The answer to them; null while they are incomplete. */
  readonly result: Result | null;
  /** ${OPEN} */
  open: boolean;
  addEventListener<K extends keyof Happenings>(type: K, listener: (this: HourglassCalculator, event: Happenings[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof Happenings>(type: K, listener: (this: HourglassCalculator, event: Happenings[K]) => void, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}
export interface HourglassCalculator extends HourglassOptions {}

declare global {
  interface HTMLElementTagNameMap {
    "hourglass-calculator": HourglassCalculator;
  }
  interface DocumentEventMap extends HourglassEvents {}
}
`;
}

/** The manifest, schema version 1.0.0 of custom-elements-manifest. */
function manifest() {
  const described = (list: Described[]) => list.map(([name, description]) => ({ name, description }));
  const declaration = {
    kind: "class", name: "HourglassCalculator", tagName: "hourglass-calculator", customElement: true,
    description: "A customer lifetime value calculator: figures in, the value of a customer out.",
    attributes: OPTIONS.map((o) => ({ name: o.attribute, fieldName: o.name, type: { text: typeOf(o) }, default: JSON.stringify(o.default), description: `${SAYS[o.name]} ${describe(o)}` })),
    members: [
      ...OPTIONS.map((o) => ({ kind: "field", name: o.name, type: { text: typeOf(o) }, default: JSON.stringify(o.default), attribute: o.attribute, reflects: true })),
      { kind: "field", name: "input", type: { text: "Figures | null" }, description: "The figures as they stand, by wire name." },
      { kind: "field", name: "open", type: { text: "boolean" }, default: "false", attribute: "open", reflects: true, description: OPEN },
      ...MODULES.map(([name, says]) => ({ kind: "field", name, type: { text: "string" }, attribute: name, description: `${says} Beside the script, where nothing is said.` })),
      { kind: "field", name: "result", type: { text: "Result | null" }, readonly: true, description: "The answer to them; null while they are incomplete." },
    ],
    events: EVENTS.map((e) => ({ name: e.name, type: { text: `CustomEvent<${e.detail}>` }, description: e.says })),
    cssParts: described(PARTS), cssProperties: described(TOKENS), slots: described(SLOTS),
  };
  const reference = { name: "HourglassCalculator", module: "dist/embed.js" };
  const module = {
    kind: "javascript-module", path: "dist/embed.js", declarations: [declaration],
    exports: [{ kind: "js", name: "HourglassCalculator", declaration: reference }, { kind: "custom-element-definition", name: "hourglass-calculator", declaration: reference }],
  };
  return JSON.stringify({ schemaVersion: "1.0.0", modules: [module] }, null, 2) + "\n";
}

const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`).join("\n");

/** The tables of the docs, by the name of their place. */
function tables() {
  const code = (text: string) => (text === "" ? "" : `\`${text}\``);
  return {
    options: table(
      ["attribute and parameter", "what it does", "default", "allowed"],
      OPTIONS.map((o) => [code(o.attribute), SAYS[o.name] + (o.forms.includes("frame") ? "" : " Not in a frame."), code(write(o, o.default)), describe(o).replace(/^Allowed(, separated by spaces)?: /, "")]),
    ),
    events: table(["event", "when", "detail"], EVENTS.map((e) => [code(e.name), e.says, code(e.detail)])),
    parts: table(["part", "what it is"], PARTS.map(([name, says]) => [code(name), says])),
    tokens: table(["property", "what it colours or shapes"], TOKENS.map(([name, says]) => [code(name), says])),
  };
}

/** The docs with their tables as they are now. */
function page() {
  let text = readFileSync(docs, "utf8");
  for (const [name, body] of Object.entries(tables())) {
    text = text.replace(new RegExp(`(<!-- ${name}: site/widget/declare.ts -->\n)[^]*?(\n<!-- end -->)`), (_, start: string, end: string) => start + body + end);
  }
  return text;
}

/** The manifest of an npm package, of the version that everything has. */
function npmPackage(file: string) {
  const version = /const Version = "([^"]+)"/.exec(readFileSync(release, "utf8"))?.[1];
  if (!version) throw new Error(`${release} names no version`);
  return readFileSync(file, "utf8").replace(/("version": )"[^"]*"/, `$1"${version}"`);
}

const files = { [`${folder}index.d.ts`]: types(), [`${folder}custom-elements.json`]: manifest(), [docs]: page(), ...Object.fromEntries([`${folder}package.json`, enginePackage].map((file) => [file, npmPackage(file)])) };
for (const [file, body] of Object.entries(files)) {
  if (existsSync(file) && readFileSync(file, "utf8") === body) continue;
  if (process.argv.includes("-check")) {
    console.error(`${file} is out of date: run make generate`);
    process.exitCode = 1;
  } else writeFileSync(file, body);
}
