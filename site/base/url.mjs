/**
 * The one module that knows the address: the state of the page to a query and back. A query names what differs from
 * the scenario's starting figures, by wire name and in wire values, so that it reads like a call of the API. A customer who
 * came from another calculation starts from nothing instead (from), and what that page said stands beside (was), for the
 * way back. A link to give away names every figure.
 *
 * @typedef {import("./scenarios.mjs").Scenario} Scenario
 * @typedef {import("./catalogue.gen.mjs").Field} Field
 *
 * @typedef {object} State
 * @property {string} scenario its id
 * @property {Record<string, any>} input by wire name: a number, an option, a list, null when left out; a text where what
 *   was typed is not a number
 * @property {Record<string, any>[]} kept figures to compare with, each like input
 * @property {string} currency
 * @property {string | null} locale chosen in the address; null is that of the language
 * @property {string | null} lang named by the address, though the page stands in it already; null where it is not
 * @property {string | null} theme "light" or "dark"; null is the browser's
 * @property {string | null} from the scenario that the customer first came here from: what was not typed is nothing, not the
 *   example's; null where the figures began as the example's
 * @property {string[]} was the pages before, the last first: each its scenario's id and query
 */

import { currencyOf, isCurrency, isLocale, readNumber } from "./format.mjs";
import { chosenLanguage } from "./messages.mjs";
import { blankOf, calculationOf, isScenario, startOf } from "./scenarios.mjs";

const THEMES = ["light", "dark"];

/** How many pages back the figures are kept for. */
const MAX_WAS = 4;

/** How many sets of figures can be kept beside the present ones. */
export const MAX_KEPT = 5;

/**
 * Reads a query. Unknown names are left alone (they may be a campaign's); values that make no sense stay as text, so
 * that the page can say so beside the field.
 * @param {Scenario} scenario @param {URLSearchParams} query @param {string} browserLocale
 * @returns {State}
 */
export function readState(scenario, query, browserLocale) {
  const locale = query.get("locale");
  const chosen = locale && isLocale(locale) ? locale : null;
  const currency = query.get("currency")?.toUpperCase() ?? "";
  const theme = query.get("theme");
  return {
    scenario: scenario.id,
    input: readInput(scenario, query),
    kept: query.getAll("keep").slice(0, MAX_KEPT).map((text) => readInput(scenario, new URLSearchParams(text))),
    currency: isCurrency(currency) ? currency : currencyOf(chosen ?? browserLocale),
    locale: chosen,
    lang: query.get("lang") && chosenLanguage(query.get("lang"), []),
    theme: theme && THEMES.includes(theme) ? theme : null,
    from: fromOf(query),
    was: query.getAll("was").filter((text) => isScenario(text.split("?")[0])).slice(0, MAX_WAS),
  };
}

/** The scenario that a query's customer came from. @param {URLSearchParams} query */
function fromOf(query) {
  const from = query.get("from");
  return from && isScenario(from) ? from : null;
}

/** What a state's figures are told against. @param {Scenario} scenario @param {string | null} from */
const baseOf = (scenario, from) => (from ? blankOf(scenario) : startOf(scenario));

/** The figures that a query names, among those to start with. @param {Scenario} scenario @param {URLSearchParams} query */
export function readInput(scenario, query) {
  const input = baseOf(scenario, fromOf(query));
  for (const field of calculationOf(scenario).inputs) {
    const given = query.getAll(field.name);
    if (given.length) input[field.name] = readValue(field, given);
  }
  return input;
}

/** @param {Field} field @param {string[]} given */
function readValue(field, given) {
  if (given.length > 1) return given.join(" and ");
  const text = given[0].trim();
  if (text === "") return null;
  if (field.kind === "option") return text;
  if (field.kind === "records") return readRecords(text);
  if (field.kind === "list") {
    const values = text.split(",").map((t) => readNumber(t.trim()));
    return values.includes(null) ? text : values;
  }
  return readNumber(text) ?? text;
}

/** A list of objects stands in the query as JSON. @param {string} text */
function readRecords(text) {
  try {
    const value = JSON.parse(text);
    const plain = (/** @type {any} */ record) => record !== null && typeof record === "object" && !Array.isArray(record);
    return Array.isArray(value) && value.every(plain) ? value : text;
  } catch {
    return text;
  }
}

/** @param {any} value */
function writeValue(value) {
  if (value == null) return "";
  return Array.isArray(value) && typeof value[0] === "object" ? JSON.stringify(value) : String(value);
}

/**
 * The query of a state. The currency goes with any figure, since a link is read elsewhere.
 * @param {Scenario} scenario @param {State} state @param {boolean} [complete] name the currency in any case
 */
export function writeQuery(scenario, state, complete = false) {
  const query = figuresOf(scenario, state);
  for (const page of state.was) query.append("was", page);
  if (query.size || complete || state.currency !== "USD") query.set("currency", state.currency);
  return appendChoices(query, state);
}

/** The figures, and those kept beside them. @param {Scenario} scenario @param {State} state */
function figuresOf(scenario, state) {
  const query = queryOf(scenario, state.input, state.from);
  for (const input of state.kept) query.append("keep", queryOf(scenario, input, state.from).toString());
  return query;
}

/**
 * The query of a link to give away: every figure, so that it means the same for ever, whatever pages start with.
 * @param {Scenario} scenario @param {State} state
 */
export function writeWhole(scenario, state) {
  const { inputs } = calculationOf(scenario);
  const all = (/** @type {Record<string, any>} */ input) => new URLSearchParams(inputs.map(({ name }) => [name, writeValue(input[name])]));
  const query = all(state.input);
  for (const input of state.kept) query.append("keep", all(input).toString());
  query.set("currency", state.currency);
  return appendChoices(query, state);
}

/** What differs from the start. @param {Scenario} scenario @param {Record<string, any>} input @param {string | null} from */
function queryOf(scenario, input, from) {
  const query = new URLSearchParams(from ? { from } : {});
  const start = baseOf(scenario, from);
  for (const { name } of calculationOf(scenario).inputs) {
    if (!same(input[name], start[name])) query.set(name, writeValue(input[name]));
  }
  return query;
}

/**
 * The way to another calculation with the customer: what comes along of them, and the figures of the pages left behind.
 * Where it was come from, it has its own figures again.
 * @param {Scenario} scenario left @param {State} state of it @param {string} to the other scenario's id
 * @param {Record<string, any>} figures that come along
 */
export function writeMoved(scenario, state, to, figures) {
  const before = state.was.find((page) => page.startsWith(`${to}?`));
  const query = new URLSearchParams(before?.slice(to.length + 1) ?? { from: scenario.id });
  for (const [name, value] of Object.entries(figures)) query.set(name, writeValue(value));
  query.append("was", `${scenario.id}?${figuresOf(scenario, state)}`);
  for (const page of state.was) if (page !== before) query.append("was", page);
  query.set("currency", state.currency);
  return appendChoices(query, state);
}

/**
 * The way back to the page before, with its figures as they were.
 * @param {State} state
 */
export function writeBack(state) {
  const [last, ...older] = state.was;
  const query = new URLSearchParams(last.slice(last.indexOf("?") + 1));
  for (const page of older) query.append("was", page);
  query.set("currency", state.currency);
  return appendChoices(query, state);
}

/**
 * The way to another calculation with the figures that both share.
 * @param {Record<string, any>} figures @param {State} state
 */
export function writeCarried(figures, state) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(figures)) query.set(name, writeValue(value));
  if (query.size || state.currency !== "USD") query.set("currency", state.currency);
  return appendChoices(query, state);
}

/**
 * What is kept on the way to another calculation: how things look, not the figures.
 * @param {State} state
 */
export function writeChoices(state) {
  return appendChoices(new URLSearchParams(state.currency === "USD" ? "" : { currency: state.currency }), state);
}

/** @param {URLSearchParams} query @param {State} state */
function appendChoices(query, state) {
  if (state.lang) query.set("lang", state.lang);
  if (state.locale) query.set("locale", state.locale);
  if (state.theme) query.set("theme", state.theme);
  const text = query.toString();
  return text && `?${text}`;
}

/** Whether two figures are the same: numbers, options, lists, lists of objects. @param {any} a @param {any} b */
export function same(a, b) {
  return a === b || (typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b));
}
