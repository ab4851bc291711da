/**
 * The widget's options, declared once: the element's attributes and properties, the parameters of /widget.html, the
 * configurator's controls, the table in docs/widget.md, the types and the custom-elements manifest all come from here. What each does is
 * said in declare.ts, in words that no visitor loads.
 *
 * An option has a value as a property (a string, a list, a number, true) and a text as an attribute or parameter; read
 * and write lead from one to the other. A text that makes no sense is replaced by the default, with one warning in the
 * console: the visitor of somebody else's page is not the one to be told.
 */
import catalogue from "../base/catalogue.gen.mjs";
import { isCurrency, isLocale } from "../base/format.ts";
import { LANGUAGES, chosenLanguage } from "../base/messages.ts";
import { scenarioIds } from "../base/scenarios.ts";

export type Type = "one" | "names" | "figures" | "currency" | "locale" | "language" | "colour" | "pixels" | "text" | "link" | "flag";

export type Form = "script" | "frame";

/** What an option may be as a property. */
export type Value = string | number | boolean | readonly string[];

interface Declaration<Name extends string = string> {
  name: Name; // of the property
  attribute: string; // and, in the address of /widget.html, parameter
  type: Type;
  default: Value; // where it is left out
  allowed?: readonly string[]; // of "one" and "names"
  words?: readonly string[]; // what "names" may say instead of names
  max?: number; // of "pixels" and "text"
  title: string; // of its control: a message of the part "widget"
  group: "what" | "mode" | "figures" | "place" | "look" | "action" | "page";
  forms: readonly Form[]; // that have it
}

const BOTH: readonly Form[] = ["script", "frame"];
const SCRIPT: readonly Form[] = ["script"];

/** What a compact calculation with five inputs, the most that any has, needs in height: in rem, which is 16 pixels as a rule. */
const ROOM = { wide: 28, narrow: 42 };

/** What becomes of a part of a list. */
const LEFT_OUT = "It is left out.";

/** What the API may call a figure. */
const WIRE_NAME = /^[a-z]\w*$/;

/** How a list is told that everything, or nothing, belongs to it. */
const ALL_OR_NONE = ["all", "none"];

const DECLARED = [
  { name: "kind", attribute: "kind", type: "one", allowed: scenarioIds, default: "subscription", group: "what", forms: BOTH, title: "option_kind" },
  { name: "kinds", attribute: "kinds", type: "names", allowed: scenarioIds, default: [], group: "what", forms: BOTH, title: "option_kinds" },
  { name: "size", attribute: "size", type: "one", allowed: ["compact", "full"], default: "compact", group: "what", forms: BOTH, title: "option_size" },
  { name: "results", attribute: "results", type: "names", words: ALL_OR_NONE, default: [], group: "what", forms: BOTH, title: "option_results" },
  { name: "charts", attribute: "charts", type: "names", words: ALL_OR_NONE, default: [], group: "what", forms: BOTH, title: "option_charts" },
  { name: "mode", attribute: "mode", type: "one", allowed: ["inline", "popup", "drawer", "floating"], default: "inline", group: "mode", forms: SCRIPT, title: "option_mode" },
  { name: "buttonText", attribute: "button-text", type: "text", max: 80, default: "", group: "mode", forms: SCRIPT, title: "option_button_text" },
  { name: "values", attribute: "values", type: "figures", default: "", group: "figures", forms: BOTH, title: "option_values" },
  { name: "lock", attribute: "lock", type: "names", default: [], group: "figures", forms: BOTH, title: "option_lock" },
  { name: "hide", attribute: "hide", type: "names", default: [], group: "figures", forms: BOTH, title: "option_hide" },
  { name: "prefill", attribute: "prefill", type: "names", default: [], group: "figures", forms: SCRIPT, title: "option_prefill" },
  { name: "lang", attribute: "lang", type: "language", allowed: Object.keys(LANGUAGES), default: "", group: "place", forms: BOTH, title: "option_lang" },
  { name: "locale", attribute: "locale", type: "locale", default: "", group: "place", forms: BOTH, title: "option_locale" },
  { name: "currency", attribute: "currency", type: "currency", default: "", group: "place", forms: BOTH, title: "option_currency" },
  { name: "theme", attribute: "theme", type: "one", allowed: ["auto", "light", "dark"], default: "auto", group: "look", forms: BOTH, title: "option_theme" },
  { name: "accent", attribute: "accent", type: "colour", default: "", group: "look", forms: BOTH, title: "option_accent" },
  { name: "surface", attribute: "surface", type: "colour", default: "", group: "look", forms: BOTH, title: "option_surface" },
  { name: "text", attribute: "text", type: "colour", default: "", group: "look", forms: BOTH, title: "option_text" },
  { name: "radius", attribute: "radius", type: "pixels", max: 32, default: 8, group: "look", forms: BOTH, title: "option_radius" },
  { name: "font", attribute: "font", type: "one", allowed: ["own", "inherit"], default: "own", group: "look", forms: SCRIPT, title: "option_font" },
  { name: "actionText", attribute: "action-text", type: "text", max: 80, default: "", group: "action", forms: BOTH, title: "option_action_text" },
  { name: "actionLink", attribute: "action-link", type: "link", default: "", group: "action", forms: BOTH, title: "option_action_link" },
  { name: "load", attribute: "load", type: "one", allowed: ["sight", "touch", "now"], default: "sight", group: "page", forms: SCRIPT, title: "option_load" },
  { name: "dataLayer", attribute: "data-layer", type: "flag", default: false, group: "page", forms: SCRIPT, title: "option_data_layer" },
  { name: "variant", attribute: "variant", type: "text", max: 64, default: "", group: "page", forms: BOTH, title: "option_variant" },
  { name: "name", attribute: "name", type: "text", max: 64, default: "", group: "page", forms: SCRIPT, title: "option_name" },
] as const satisfies readonly Declaration[];

type ValueOf<D> = D extends { type: "names" } ? string[]
  : D extends { type: "pixels" } ? number
  : D extends { type: "flag" } ? boolean
  : D extends { type: "one"; allowed: readonly (infer Allowed)[] } ? Allowed
  : string;

/** All options by name, as properties of the element. */
export type Options = { [D in (typeof DECLARED)[number] as D["name"]]: ValueOf<D> };

/** Those that are given; the others have their defaults. */
export type Values = Partial<Options>;

export type Option = Declaration<keyof Options>;

export const OPTIONS: readonly Option[] = DECLARED;

const byName = Object.fromEntries(OPTIONS.map((option) => [option.name, option])) as Record<keyof Options, Option>; // every option has its name

export const optionNamed = (name: keyof Options) => byName[name];

/** That a value fits the name of its option is the declarations' doing: the compiler cannot follow them. */
export const valuesOf = (list: readonly (readonly [Option, Value])[]) => Object.fromEntries(list.map(([option, value]) => [option.name, value])) as Values;

/** Whether an option's value is the one it has when left out. */
export const isDefault = (option: Option, value: Value) => write(option, value) === write(option, option.default);

/** The values without those that are the defaults anyway. */
export const withoutDefaults = (values: Values) =>
  valuesOf(OPTIONS.map((option) => [option, values[option.name] ?? option.default] as const).filter(([option, value]) => !isDefault(option, value)));

/** The value of a text; undefined where it makes no sense. */
export const understood = (option: Option, text: string) => readers[option.type](text.trim(), option);

/** The value of a text; the default, with a warning, where it makes no sense. */
export function read(option: Option, text: string | null): Value {
  if (text === null) return option.default;
  const value = understood(option, text);
  if (value !== undefined) return value;
  warn(option, text, `${describe(option)} ${standing(option)}`);
  return option.default;
}

/** The names in a value: none, where it is no list. */
export const namesIn = (value: Value) => (typeof value === "object" ? value : []);

/** The text of a value. */
export function write(option: Option, value: unknown): string {
  if (option.type === "flag") return value ? "" : "off";
  return Array.isArray(value) ? value.join(" ") : String(value ?? "");
}

/** The options in a query, such as that of /widget.html. A parameter with the wire name of a field is a figure, but for those that are options. @param fields of all calculations */
export function fromQuery(query: URLSearchParams, fields: readonly string[]): Values {
  const values = given(query, OPTIONS.filter((o) => o.forms.includes("frame")));
  const figures = new URLSearchParams([...new URLSearchParams(values.values ?? ""), ...[...query].filter(([name]) => fields.includes(name) && !OPTIONS.some(({ attribute }) => attribute === name))]);
  return figures.size ? { ...values, values: figures.toString() } : values;
}

/** The options that a query names by their attributes. */
export const given = (query: URLSearchParams, among = OPTIONS): Values =>
  valuesOf(among.filter((option) => query.has(option.attribute)).map((option) => [option, read(option, query.get(option.attribute))]));

/** The query that says these options, the figures each by its name. */
export function toQuery(values: Values) {
  const query = new URLSearchParams();
  for (const [option, text] of written(values, "frame")) if (option.name !== "values") query.set(option.attribute, text);
  for (const [name, value] of new URLSearchParams(values.values ?? "")) query.append(name, value);
  return query;
}

/** The attributes that say these options, by name. */
export const toAttributes = (values: Values): [string, string][] => written(values, "script").map(([option, text]) => [option.attribute, text]);

/**
 * The height to keep free for a widget until it runs, as CSS, so that nothing below it moves: that of the inputs, beside
 * the answer or, on a narrow screen, under it. What is longer than a screen is below it anyway.
 */
export function room({ kind = "subscription", size, charts = [], results = [], kinds = [] }: Values) {
  const isLong = size === "full" || charts.length > 0 || catalogue.calculations.some((c) => c.id === kind && ["growth", "levers"].includes(c.module));
  if (isLong) return "100vh";
  const more = 4 * results.length + (kinds.length > 1 ? 6 : 0);
  return `clamp(${ROOM.wide + more}rem, (48rem - 100vw) * 999, ${ROOM.narrow + more}rem)`;
}

/** Those that differ from their defaults, and the kind in any case. */
function written(values: Values, form: Form): [Option, string][] {
  return OPTIONS.filter((o) => o.forms.includes(form)).flatMap((option) => {
    const value = values[option.name] ?? option.default;
    return option.name !== "kind" && isDefault(option, value) ? [] : [[option, write(option, value)]];
  });
}

/** Which texts make sense, and what they mean; undefined for those that do not. */
const readers: Record<Type, (text: string, option: Option) => Value | undefined> = {
  one: (text, { allowed = [] }) => (allowed.includes(text) ? text : undefined),
  names: readNames,
  figures: readFigures,
  currency: (text) => (text === "" || isCurrency(text.toUpperCase()) ? text.toUpperCase() : undefined),
  locale: (text) => (text === "" || isLocale(text) ? text : undefined),
  language: readLanguage,
  colour: (text) => (text === "" ? "" : readColour(text)),
  pixels: (text, { max = 0 }) => (/^\d+(px)?$/.test(text) && parseInt(text, 10) <= max ? parseInt(text, 10) : undefined),
  text: (text, { max = 0 }) => (text.length <= max ? text : undefined),
  link: (text) => (text === "" || isLink(text) ? text : undefined),
  flag: (text) => (["", "on", "true", "1"].includes(text) ? true : ["off", "false", "0"].includes(text) ? false : undefined),
};

/** A list keeps what can be understood of it. */
function readNames(text: string, option: Option) {
  const given = text.split(/[\s,]+/).filter(Boolean);
  const { allowed, words = [] } = option;
  if (given.length === 1 && words.includes(given[0])) return given;
  return given.filter((name) => isKnown(option, name, allowed ? allowed.includes(name) : WIRE_NAME.test(name)));
}

/** Figures by what could be a field's name. Whether it is one, and the figure fit to be reckoned with, is for the calculation to say, which has its fields. */
function readFigures(text: string, option: Option) {
  const query = new URLSearchParams(unedited(text));
  return new URLSearchParams([...query].filter(([name]) => isKnown(option, name, WIRE_NAME.test(name)))).toString();
}

/** Figures as they were written, before a CMS escaped their ampersands once more and set its quotes around them. */
const unedited = (text: string) => text.replaceAll(/&(?:amp;|#0*38;|#x0*26;)+/gi, "&").replaceAll(/&(?:quot|[lr][ds]quo|laquo|raquo|#0*(?:34|39|8216|8217|8220|8221|8222));|["“”„‟«»‘’‚]/gi, "").trim();

function isKnown(option: Option, name: string, known: boolean) {
  if (!known) warn(option, name, `${describe(option)} ${LEFT_OUT}`);
  return known;
}

/** Of a list of names, those that the calculations shown have; "all" and "none" stand for themselves. */
export function present(option: Option, names: readonly string[], there: readonly string[]) {
  return names.filter((name) => {
    const known = there.includes(name) || !!option.words?.includes(name);
    if (!known) warn(option, name, `Here there are: ${there.join(", ") || "none"}. ${LEFT_OUT}`);
    return known;
  });
}

/** Ours for a tag, whatever its region. */
function readLanguage(text: string) {
  const language = chosenLanguage(text, []);
  const isEnglish = /^en\b/i.test(text);
  return text === "" ? "" : language !== "en" || isEnglish ? language : undefined;
}

/** Three or six hexadecimal digits, which an address may give without the sign that begins its fragment. */
function readColour(text: string) {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text)?.[1].toLowerCase();
  if (!digits) return undefined;
  return `#${digits.length === 3 ? digits.replace(/./g, "$&$&") : digits}`;
}

/** A script in the place of an address would run in the page of whoever embeds the widget. */
function isLink(text: string) {
  try {
    return ["http:", "https:", "mailto:"].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}

/** What a text may be. */
export function describe({ type, allowed, words = [], max }: Option) {
  switch (type) {
    case "one":
      return `Allowed: ${allowed?.join(", ")}.`;
    case "names":
      return `Allowed, separated by spaces: ${(allowed ?? ["wire names"]).join(", ")}${words.map((word) => `; or ${word}`).join("")}.`;
    case "figures":
      return "Allowed: name=value pairs joined by &, each name that of an input.";
    case "currency":
      return "Allowed: three letters of ISO 4217, such as EUR.";
    case "locale":
      return "Allowed: a BCP 47 tag, such as de-CH.";
    case "language":
      return `Allowed: ${allowed?.join(", ")}.`;
    case "colour":
      return "Allowed: three or six hexadecimal digits, such as #14614f.";
    case "pixels":
      return `Allowed: a whole number from 0 to ${max}.`;
    case "text":
      return `Allowed: up to ${max} characters.`;
    case "link":
      return "Allowed: an address that begins with https:, http: or mailto:.";
    case "flag":
      return "Allowed: nothing or on; off.";
  }
}

/** What stands in the place of what made no sense. */
function standing(option: Option) {
  const text = write(option, option.default);
  return text === "" ? LEFT_OUT : `${text} is used.`;
}

/** The warnings that were given already. */
const warned = new Set<string>();

/** Warns whoever wrote the snippet, once. */
export function warn({ attribute }: Option, text: string, allowed: string) {
  const message = `hourglass: ${attribute}="${text}" is not understood. ${allowed}`;
  if (warned.has(message)) return;
  warned.add(message);
  console.warn(message);
}
