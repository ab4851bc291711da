/**
 * The widget's options, declared once: the element's attributes and properties, the parameters of /widget.html, the
 * configurator's controls, the table in docs/widget.md, the types and the custom-elements manifest all come from here.
 *
 * An option has a value as a property (a string, a list, a number, true) and a text as an attribute or parameter; read
 * and write lead from one to the other. A text that makes no sense is replaced by the default, with one warning in the
 * console: the visitor of somebody else's page is not the one to be told.
 *
 * @typedef {"one" | "names" | "figures" | "currency" | "locale" | "language" | "colour" | "pixels" | "text" | "link" | "flag"} Type
 *
 * @typedef {object} Option
 * @property {string} name of the property
 * @property {string} attribute and, in the address of /widget.html, parameter
 * @property {Type} type
 * @property {any} default where it is left out
 * @property {readonly string[]} [allowed] of "one" and "names"
 * @property {readonly string[]} [words] what "names" may say instead of names
 * @property {number} [max] of "pixels" and "text"
 * @property {string} title of its control: a message of the part "widget"
 * @property {"what" | "figures" | "place" | "look" | "action" | "page"} group
 * @property {readonly Form[]} forms that have it
 * @property {string} says what it does, for those who write the snippet
 *
 * @typedef {"script" | "frame"} Form
 * @typedef {Record<string, any>} Values by the option's name; those left out have their default
 */

import { LANGUAGES, chosenLanguage } from "../base/messages.mjs";
import { isCurrency, isLocale } from "../base/format.mjs";
import { scenarioIds } from "../base/scenarios.mjs";
import catalogue from "../base/catalogue.gen.mjs";

/** @type {readonly Form[]} */
const BOTH = ["script", "frame"];
/** @type {readonly Form[]} */
const SCRIPT = ["script"];

/** What figures can be told by: the wire name of every input of every calculation. */
export const FIELDS = [...new Set(catalogue.calculations.flatMap((c) => c.inputs.map((f) => f.name)))].sort();

/** What a compact calculation with five inputs, the most that any has, needs in height: in rem, which is 16 pixels as a rule. */
const ROOM = { wide: 28, narrow: 42 };

/** What becomes of a part of a list. */
const LEFT_OUT = "It is left out.";

/** How a list is told that everything, or nothing, belongs to it. */
const ALL_OR_NONE = ["all", "none"];

/** @type {readonly Option[]} */
export const OPTIONS = [
  {
    name: "kind", attribute: "kind", type: "one", allowed: scenarioIds, default: "subscription", group: "what", forms: BOTH,
    title: "option_kind", says: "The calculation that is shown.",
  },
  {
    name: "kinds", attribute: "kinds", type: "names", allowed: scenarioIds, default: [], group: "what", forms: BOTH,
    title: "option_kinds", says: "Several calculations to choose from. Left out, there is no chooser.",
  },
  {
    name: "size", attribute: "size", type: "one", allowed: ["compact", "full"], default: "compact", group: "what", forms: BOTH,
    title: "option_size", says: "compact: the answer and the figures that matter most. full: charts, all figures, the formula and what follows from the answer too.",
  },
  {
    name: "results", attribute: "results", type: "names", words: ALL_OR_NONE, default: [], group: "what", forms: BOTH,
    title: "option_results", says: "Results to list under the answer, by their wire names; all or none. Left out: none in compact, all in full.",
  },
  {
    name: "charts", attribute: "charts", type: "names", words: ALL_OR_NONE, default: [], group: "what", forms: BOTH,
    title: "option_charts", says: "Charts to draw, by the wire name of their first line (cumulative, survival); all or none. Left out: none in compact, all in full.",
  },
  {
    name: "values", attribute: "values", type: "figures", default: "", group: "figures", forms: BOTH,
    title: "option_values", says: "Figures to begin with, as in the address of a calculation: price=100&churn_rate=0.05. /widget.html takes each as a parameter of its own as well.",
  },
  {
    name: "lock", attribute: "lock", type: "names", default: [], group: "figures", forms: BOTH,
    title: "option_lock", says: "Fields that are shown but cannot be changed.",
  },
  {
    name: "hide", attribute: "hide", type: "names", default: [], group: "figures", forms: BOTH,
    title: "option_hide", says: "Fields that are not shown. They keep the value they begin with.",
  },
  {
    name: "lang", attribute: "lang", type: "language", allowed: Object.keys(LANGUAGES), default: "", group: "place", forms: BOTH,
    title: "option_lang", says: "The language. Left out: that of the page around it; in a frame, the visitor's.",
  },
  {
    name: "locale", attribute: "locale", type: "locale", default: "", group: "place", forms: BOTH,
    title: "option_locale", says: "How numbers are written, as a BCP 47 tag (de-CH). Left out: as the language has it.",
  },
  {
    name: "currency", attribute: "currency", type: "currency", default: "", group: "place", forms: BOTH,
    title: "option_currency", says: "The currency, as an ISO 4217 code. Left out: that of the locale's region, dollars where it names none.",
  },
  {
    name: "theme", attribute: "theme", type: "one", allowed: ["auto", "light", "dark"], default: "auto", group: "look", forms: BOTH,
    title: "option_theme", says: "auto follows the page's color-scheme; in a frame, the visitor's setting.",
  },
  {
    name: "accent", attribute: "accent", type: "colour", default: "", group: "look", forms: BOTH,
    title: "option_accent", says: "The colour of what can be moved and of the charts.",
  },
  {
    name: "surface", attribute: "surface", type: "colour", default: "", group: "look", forms: BOTH,
    title: "option_surface", says: "The colour behind everything.",
  },
  {
    name: "text", attribute: "text", type: "colour", default: "", group: "look", forms: BOTH,
    title: "option_text", says: "The colour of the writing. Left out beside a surface: black or white, whichever reads better.",
  },
  {
    name: "radius", attribute: "radius", type: "pixels", max: 32, default: 8, group: "look", forms: BOTH,
    title: "option_radius", says: "How round the corners are, in pixels.",
  },
  {
    name: "font", attribute: "font", type: "one", allowed: ["own", "inherit"], default: "own", group: "look", forms: SCRIPT,
    title: "option_font", says: "inherit takes the page's font.",
  },
  {
    name: "actionText", attribute: "action-text", type: "text", max: 80, default: "", group: "action", forms: BOTH,
    title: "option_action_text", says: "The words of a button under the answer.",
  },
  {
    name: "actionLink", attribute: "action-link", type: "link", default: "", group: "action", forms: BOTH,
    title: "option_action_link", says: "Where the button leads: http, https or mailto. There is a button where both are given.",
  },
  {
    name: "dataLayer", attribute: "data-layer", type: "flag", default: false, group: "page", forms: SCRIPT,
    title: "option_data_layer", says: "Pushes what the visitor does to the page's dataLayer. Off unless it is written.",
  },
  {
    name: "name", attribute: "name", type: "text", max: 64, default: "", group: "page", forms: SCRIPT,
    title: "option_name", says: "In a form: what the answer is sent as. Each figure is sent as the same name, a point and its wire name.",
  },
];

/** @type {Map<string, Option>} */
const byName = new Map(OPTIONS.map((option) => [option.name, option]));

/** @param {string} name @returns {Option} */
export const optionNamed = (name) => /** @type {Option} */ (byName.get(name));

/** Whether an option's value is the one it has when left out. @param {Option} option @param {any} value */
export const isDefault = (option, value) => write(option, value) === write(option, option.default);

/** The value of a text; undefined where it makes no sense. @param {Option} option @param {string} text */
export const understood = (option, text) => readers[option.type](text.trim(), option);

/**
 * The value of a text; the default, with a warning, where it makes no sense.
 * @param {Option} option @param {string | null} text
 * @returns {any}
 */
export function read(option, text) {
  if (text === null) return option.default;
  const value = understood(option, text);
  if (value !== undefined) return value;
  warn(option, text, `${describe(option)} ${standing(option)}`);
  return option.default;
}

/** The text of a value. @param {Option} option @param {any} value @returns {string} */
export function write(option, value) {
  if (option.type === "flag") return value ? "" : "off";
  return Array.isArray(value) ? value.join(" ") : String(value ?? "");
}

/**
 * The options in a query, such as that of /widget.html. A parameter with the wire name of a field is a figure.
 * @param {URLSearchParams} query
 * @returns {Values}
 */
export function fromQuery(query) {
  /** @type {Values} */
  const values = {};
  for (const option of OPTIONS.filter((o) => o.forms.includes("frame"))) {
    const text = query.get(option.attribute);
    if (text !== null) values[option.name] = read(option, text);
  }
  const figures = new URLSearchParams([...new URLSearchParams(values.values ?? ""), ...[...query].filter(([name]) => FIELDS.includes(name))]);
  return figures.size ? { ...values, values: figures.toString() } : values;
}

/**
 * The query that says these options, the figures each by its name.
 * @param {Values} values
 */
export function toQuery(values) {
  const query = new URLSearchParams();
  for (const [option, text] of written(values, "frame")) if (option.name !== "values") query.set(option.attribute, text);
  for (const [name, value] of new URLSearchParams(values.values ?? "")) query.append(name, value);
  return query;
}

/**
 * The attributes that say these options, by name.
 * @param {Values} values
 * @returns {[string, string][]}
 */
export const toAttributes = (values) => written(values, "script").map(([option, text]) => [option.attribute, text]);

/**
 * The height to keep free for a widget until it runs, as CSS, so that nothing below it moves: that of the inputs, beside
 * the answer or, on a narrow screen, under it. What is longer than a screen is below it anyway.
 * @param {Values} values
 */
export function room({ kind = "subscription", size, charts = [], results = [], kinds = [] }) {
  const isLong = size === "full" || charts.length > 0 || catalogue.calculations.some((c) => c.id === kind && c.module === "growth");
  if (isLong) return "100vh";
  const more = 4 * results.length + (kinds.length > 1 ? 6 : 0);
  return `clamp(${ROOM.wide + more}rem, (48rem - 100vw) * 999, ${ROOM.narrow + more}rem)`;
}

/** Those that differ from their defaults, and the kind in any case. @param {Values} values @param {Form} form @returns {[Option, string][]} */
function written(values, form) {
  return OPTIONS.filter((o) => o.forms.includes(form)).flatMap((option) => {
    const value = values[option.name] ?? option.default;
    return option.name !== "kind" && isDefault(option, value) ? [] : [[option, write(option, value)]];
  });
}

/** Which texts make sense, and what they mean; undefined for those that do not. @type {Record<Type, (text: string, option: Option) => any>} */
const readers = {
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

/** A list keeps what can be understood of it. @param {string} text @param {Option} option */
function readNames(text, option) {
  const given = text.split(/[\s,]+/).filter(Boolean);
  const { allowed, words = [] } = option;
  if (given.length === 1 && words.includes(given[0])) return given;
  return given.filter((name) => isKnown(option, name, allowed ? allowed.includes(name) : /^[a-z]\w*$/.test(name)));
}

/**
 * Figures of fields that there are. That they are fit to be reckoned with is for the calculation to say, beside the field.
 * @param {string} text @param {Option} option
 */
function readFigures(text, option) {
  const query = new URLSearchParams(text);
  return new URLSearchParams([...query].filter(([name]) => isKnown(option, name, FIELDS.includes(name)))).toString();
}

/** @param {Option} option @param {string} name @param {boolean} known */
function isKnown(option, name, known) {
  if (!known) warn(option, name, `${describe(option)} ${LEFT_OUT}`);
  return known;
}

/**
 * Of a list of names, those that the calculations shown have; "all" and "none" stand for themselves.
 * @param {Option} option @param {string[]} names @param {string[]} there
 */
export function present(option, names, there) {
  return names.filter((name) => {
    const known = there.includes(name) || !!option.words?.includes(name);
    if (!known) warn(option, name, `Here there are: ${there.join(", ") || "none"}. ${LEFT_OUT}`);
    return known;
  });
}

/** Ours for a tag, whatever its region. @param {string} text */
function readLanguage(text) {
  const language = chosenLanguage(text, []);
  const isEnglish = /^en\b/i.test(text);
  return text === "" ? "" : language !== "en" || isEnglish ? language : undefined;
}

/** Three or six hexadecimal digits, which an address may give without the sign that begins its fragment. @param {string} text */
function readColour(text) {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text)?.[1].toLowerCase();
  if (!digits) return undefined;
  return `#${digits.length === 3 ? digits.replace(/./g, "$&$&") : digits}`;
}

/** A script in the place of an address would run in the page of whoever embeds the widget. @param {string} text */
function isLink(text) {
  try {
    return ["http:", "https:", "mailto:"].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}

/** What a text may be. @param {Option} option */
export function describe({ type, allowed, words = [], max }) {
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

/** What stands in the place of what made no sense. @param {Option} option */
function standing(option) {
  const text = write(option, option.default);
  return text === "" ? LEFT_OUT : `${text} is used.`;
}

/** What has been said already. @type {Set<string>} */
const said = new Set();

/**
 * Tells whoever wrote the snippet, once.
 * @param {Option} option @param {string} text @param {string} allowed
 */
export function warn({ attribute }, text, allowed) {
  const message = `hourglass: ${attribute}="${text}" is not understood. ${allowed}`;
  if (said.has(message)) return;
  said.add(message);
  console.warn(message);
}
