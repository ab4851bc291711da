/**
 * The one module that knows the address: the state of the page to a query and back. A query names what differs from
 * the scenario's starting figures, by wire name and in wire values, so that it reads like a call of the API. A customer who
 * came from another calculation starts from nothing instead (from), and what that page said stands beside (was), for the
 * way back. A link to give away names every figure.
 */

import { currencyOf, isCurrency, isLocale, readNumber } from "./format.ts";
import { chosenLanguage } from "./messages.ts";
import { type Scenario, blankOf, calculationOf, isScenario, startOf } from "./scenarios.ts";
import type { Field } from "./catalogue.gen.mjs";
import type { Figure, Figures } from "./figures.ts";

export interface State {
  scenario: string; // its id
  input: Figures; // by wire name: a number, an option, a list, null when left out; a text where what was typed is not a number
  kept: Figures[]; // figures to compare with, each like input, and its name where it has one (CALLED)
  currency: string;
  locale: string | null; // chosen in the address; null is that of the language
  lang: string | null; // named by the address, though the page stands in it already; null where it is not
  theme: string | null; // "light" or "dark"; null is the browser's
  from: string | null; // the scenario that the customer first came here from: what was not typed is nothing, not the example's; null where the figures began as the example's
  was: string[]; // the pages before, the last first: each its scenario's id and query
}

/** What the address says beside the figures. */
export type Choices = Omit<State, "input" | "kept">;

/** How things look. */
type Look = Pick<State, "currency" | "locale" | "lang" | "theme">;

const THEMES = ["light", "dark"];

/** How many pages back the figures are kept for. */
const MAX_WAS = 4;

/** How many sets of figures can be kept beside the present ones. */
export const MAX_KEPT = 5;

/** Under which name kept figures have one of their own: no input is called so. */
export const CALLED = "called";

/** How many letters such a name may have. */
export const LONGEST_NAME = 24;

/**
 * Reads a query. Unknown names are left alone (they may be a campaign's); values that make no sense stay as text, so
 * that the page can say so beside the field.
 */
export function readState(scenario: Scenario, query: URLSearchParams, browserLocale: string): State {
  const locale = query.get("locale");
  const chosen = locale && isLocale(locale) ? locale : null;
  const currency = query.get("currency")?.toUpperCase() ?? "";
  const theme = query.get("theme");
  return {
    scenario: scenario.id,
    input: readInput(scenario, query),
    kept: query.getAll("keep").slice(0, MAX_KEPT).map((text) => readKept(scenario, new URLSearchParams(text))),
    currency: isCurrency(currency) ? currency : currencyOf(chosen ?? browserLocale),
    locale: chosen,
    lang: query.get("lang") && chosenLanguage(query.get("lang"), []),
    theme: theme && THEMES.includes(theme) ? theme : null,
    from: fromOf(query),
    was: query.getAll("was").filter((text) => isScenario(text.split("?")[0])).slice(0, MAX_WAS),
  };
}

/** Figures that were kept, with their name. */
function readKept(scenario: Scenario, query: URLSearchParams): Figures {
  const name = query.get(CALLED)?.slice(0, LONGEST_NAME);
  return { ...readInput(scenario, query), ...(name && { [CALLED]: name }) };
}

/** The query of kept figures, with their name behind it. */
function writeKept(query: URLSearchParams, kept: Figures) {
  if (kept[CALLED]) query.set(CALLED, kept[CALLED]);
  return query.toString();
}

/** The scenario that a query's customer came from. */
function fromOf(query: URLSearchParams) {
  const from = query.get("from");
  return from && isScenario(from) ? from : null;
}

/** What a state's figures are told against. */
const baseOf = (scenario: Scenario, from: string | null) => (from ? blankOf(scenario) : startOf(scenario));

/** The figures that a query names, among those to start with. */
export function readInput(scenario: Scenario, query: URLSearchParams) {
  const input = baseOf(scenario, fromOf(query));
  for (const field of calculationOf(scenario).inputs) {
    const name = [field.name, ...(field.was ?? [])].find((n) => query.has(n)) ?? "";
    const given = query.getAll(name);
    if (given.length) input[field.name] = readValue(field, given);
  }
  return input;
}

function readValue(field: Field, given: string[]) {
  if (given.length > 1) return given.join(" and ");
  const text = given[0].trim();
  if (text === "") return null;
  if (field.kind === "option") return text;
  if (field.kind === "records") return readRecords(text);
  if (field.kind === "list") {
    const values = text.split(",").map((t) => readNumber(t.trim()));
    if (!values.includes(null)) return values;
    // In a table, each figure has a cell of its own.
    return field.beside ? text.split(",").map((t, i) => values[i] ?? (t.trim() || null)) : text;
  }
  return readNumber(text) ?? text;
}

/** A list of objects stands in the query as JSON. */
function readRecords(text: string) {
  try {
    const value = JSON.parse(text);
    const plain = (record: unknown) => record !== null && typeof record === "object" && !Array.isArray(record);
    return Array.isArray(value) && value.every(plain) ? value : text;
  } catch {
    return text;
  }
}

function writeValue(value: Figure) {
  if (value == null) return "";
  return Array.isArray(value) && typeof value[0] === "object" ? JSON.stringify(value) : String(value);
}

/**
 * The query of a state. The currency goes with any figure, since a link is read elsewhere.
 * @param complete name the currency in any case
 */
export function writeQuery(scenario: Scenario, state: State, complete = false) {
  const query = figuresOf(scenario, state);
  for (const page of state.was) query.append("was", page);
  if (query.size || complete || state.currency !== "USD") query.set("currency", state.currency);
  return appendChoices(query, state);
}

/** The figures, and those kept beside them. */
function figuresOf(scenario: Scenario, state: State) {
  const query = queryOf(scenario, state.input, state.from);
  for (const input of state.kept) query.append("keep", writeKept(queryOf(scenario, input, state.from), input));
  return query;
}

/** The query of a link to give away: every figure, so that it means the same for ever, whatever pages start with. */
export function writeWhole(scenario: Scenario, state: State) {
  const { inputs } = calculationOf(scenario);
  const all = (input: Figures) => new URLSearchParams(inputs.map(({ name }) => [name, writeValue(input[name])]));
  const query = all(state.input);
  for (const input of state.kept) query.append("keep", writeKept(all(input), input));
  query.set("currency", state.currency);
  return appendChoices(query, state);
}

/** What differs from the start. */
function queryOf(scenario: Scenario, input: Figures, from: string | null) {
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
 * @param scenario left @param state of it @param to the other scenario's id @param figures that come along
 */
export function writeMoved(scenario: Scenario, state: State, to: string, figures: Figures) {
  const before = state.was.find((page) => page.startsWith(`${to}?`));
  const query = new URLSearchParams(before?.slice(to.length + 1) ?? { from: scenario.id });
  for (const [name, value] of Object.entries(figures)) query.set(name, writeValue(value));
  query.append("was", `${scenario.id}?${figuresOf(scenario, state)}`);
  for (const page of state.was) if (page !== before) query.append("was", page);
  query.set("currency", state.currency);
  return appendChoices(query, state);
}

/** The way back to the page before, with its figures as they were. */
export function writeBack(state: Choices) {
  const [last, ...older] = state.was;
  const query = new URLSearchParams(last.slice(last.indexOf("?") + 1));
  for (const page of older) query.append("was", page);
  query.set("currency", state.currency);
  return appendChoices(query, state);
}

/** The way to another calculation with the figures that both share. */
export function writeCarried(figures: Figures, look: Look) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(figures)) query.set(name, writeValue(value));
  if (query.size || look.currency !== "USD") query.set("currency", look.currency);
  return appendChoices(query, look);
}

/** What is kept on the way to another calculation: how things look, not the figures. */
export function writeChoices(look: Look) {
  return appendChoices(new URLSearchParams(look.currency === "USD" ? "" : { currency: look.currency }), look);
}

function appendChoices(query: URLSearchParams, look: Look) {
  if (look.lang) query.set("lang", look.lang);
  if (look.locale) query.set("locale", look.locale);
  if (look.theme) query.set("theme", look.theme);
  const text = query.toString();
  return text && `?${text}`;
}

/** Whether two figures are the same: numbers, options, lists, lists of objects. */
export function same(a: unknown, b: unknown) {
  return a === b || (typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b));
}
