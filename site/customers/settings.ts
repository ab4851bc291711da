/**
 * What the user decides, apart from the file: its bounds, and its form in the address. Only what differs from the start
 * stands there.
 */
import { keysOf } from "../base/certain.ts";
import { isCurrency } from "../base/format.ts";
import { words } from "../engine/customers.gen.mjs";
import { SLIPPING } from "./campaign.ts";
import { type Campaign, CAMPAIGN, CAMPAIGN_BOUNDS } from "./plan.ts";
import { EVERYBODY, type Filter, type Ranged } from "./rows.ts";
import type { Cost, Group, Settings } from "./state.ts";

export const START: Settings = {
  horizon_days: 365, annual_discount: 0.1, margin: 1, cac: 0, level: 0.95, kind: "auto", currency: "USD", holdout_days: 0, reading: "", by: "", costs: "", pair: "", campaign: "", keep: "", show: "", since: "",
};

/** What each may be, as the engine takes it. */
export const BOUNDS: Record<string, [number, number]> = {
  horizon_days: [1, 36_500],
  annual_discount: [0, 10],
  margin: [0.001, 1],
  cac: [0, 1e12],
  level: [0.5, 0.999],
  holdout_days: [0, 36_500],
};

/** A reading's text is shorter, in characters. */
const MAX_READING = 8192;

/** What groups have cost, which are compared and what is planned, in characters: an address is not longer. */
const MAX_GROUPS = 4096;

/** The name of a column, in characters. */
const MAX_NAME = 200;

/** Settings with those of others that make sense. */
export function withSettings(settings: Settings, others: Record<string, unknown>): Settings {
  const kept = Object.entries(others).filter(([name, value]) => allowed(name, value));
  const now: Record<string, unknown> = { ...settings };
  return kept.every(([name, value]) => now[name] === value)
    ? settings
    : { ...settings, ...Object.fromEntries(kept) };
}

function allowed(name: string, value: unknown) {
  if (name === "kind") return value === "auto" || words.kind.some((kind) => kind === value);
  if (name === "since") return typeof value === "string" && (value === "" || sinceOf(value) !== null);
  if (name === "by") return typeof value === "string" && value.length <= MAX_NAME;
  if (name === "costs" || name === "pair" || name === "campaign" || name === "keep" || name === "show") return typeof value === "string" && value.length <= MAX_GROUPS;
  if (name === "reading") return typeof value === "string" && value.length <= MAX_READING;
  if (name === "currency") return typeof value === "string" && isCurrency(value);
  const bounds = BOUNDS[name];
  return bounds !== undefined && typeof value === "number" && value >= bounds[0] && value <= bounds[1];
}

export function readSettings(query: URLSearchParams): Record<string, unknown> {
  const given = [...query].filter(([name]) => name in START);
  return Object.fromEntries(given.map(([name, text]) => [name, name in BOUNDS && text.trim() ? Number(text) : text]));
}

/** Puts settings into a query, and takes out those at their start. */
export function writeSettings(query: URLSearchParams, settings: Settings) {
  for (const name of keysOf(settings)) {
    const value = settings[name];
    if (value === START[name]) query.delete(name);
    else query.set(name, String(value));
  }
}

/** What groups have cost as a text of the settings, empty where it would be too long, and back; amounts that are none are left out. */
export function costsText(costs: Cost[]) {
  const text = new URLSearchParams(costs.map(({ group, amount }) => [group, String(amount)])).toString();
  return text.length <= MAX_GROUPS ? text : "";
}

export function costsOf(text: string): Cost[] {
  const costs = Array.from(new URLSearchParams(text), ([group, amount]) => ({ group, amount: Number(amount) }));
  return costs.filter(({ amount }) => Number.isFinite(amount) && amount > 0);
}

/** The keys of two groups as a text of the settings, and back; null for one that nobody has chosen. */
export const pairText = (pair: [string | null, string | null]) =>
  new URLSearchParams(pair.flatMap((key, i) => (key === null ? [] : [[i ? "second" : "first", key]]))).toString();

export function pairOf(text: string): [string | null, string | null] {
  const query = new URLSearchParams(text);
  return [query.get("first"), query.get("second")];
}

const SEGMENTS: readonly string[] = words.segment;

/** Which segment has a name; -1 for none. */
export const segmentOf = (name: string) => SEGMENTS.indexOf(name);

/** Which customers are shown, apart from what is searched for: that may name somebody, and stands in no address. */
export type Shown = Pick<Filter, "decile" | "ranges"> & { segment: Group, top: number | null };

/** The columns that ranges are of. */
const RANGED: Ranged[] = ["p_alive", "clv", "orders", "last_day"];

/** Whom a table shows as a text of the settings, and back; what makes no sense is left out. */
export function showText({ segment, decile, ranges, top }: Shown) {
  const query = new URLSearchParams();
  if (segment !== null) query.set("segment", segment === "at_risk" ? segment : words.segment[segment]);
  if (decile !== null) query.set("decile", String(decile));
  if (top !== null) query.set("top", String(top));
  for (const name of RANGED) {
    const [low, high] = ranges[name] ?? [null, null];
    if (low !== null || high !== null) query.set(name, `${low ?? ""}..${high ?? ""}`);
  }
  return query.toString();
}

export function showOf(text: string): Shown {
  const query = new URLSearchParams(text);
  const [named, decile, top] = [query.get("segment"), Number(query.get("decile")), Number(query.get("top"))];
  const segment = segmentOf(named ?? "");
  const ranges: Filter["ranges"] = {};
  for (const name of RANGED) {
    const ends = query.get(name)?.split("..").map((end) => (end === "" || !Number.isFinite(Number(end)) ? null : Number(end)));
    if (ends?.length === 2) ranges[name] = [ends[0], ends[1]];
  }
  return {
    segment: named === "at_risk" ? named : segment < 0 ? null : segment,
    decile: Number.isInteger(decile) && decile >= 1 && decile <= 10 ? decile : null, ranges,
    top: Number.isInteger(top) && top >= 1 ? top : null,
  };
}

/** What lets those customers through. */
export function filterOf({ segment, top: _, ...others }: Shown): Filter {
  const segments = segment === null ? [] : segment === "at_risk" ? SLIPPING.map((name) => words.segment.indexOf(name)) : [segment];
  return { ...EVERYBODY, segments, ...others };
}

const DAY = 86_400_000;

/** A day as the settings write it, and back; null where it is none. */
export const sinceText = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);

export function sinceOf(text: string) {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) / DAY : NaN;
  return Number.isInteger(day) ? day : null;
}

/** A campaign, and whom it is for: a segment's name, "at_risk" or "all". */
type Planned = Campaign & { who: string, consent: boolean }; // consent: only of those who accept marketing, where the file says it

const PLANNED: Planned = { who: "at_risk", consent: true, ...CAMPAIGN };

/** A campaign as a text of the settings, what differs from the start alone, and back. */
export function campaignText(planned: Planned) {
  const query = new URLSearchParams();
  for (const name of keysOf(planned)) if (planned[name] !== PLANNED[name]) query.set(name, String(planned[name]));
  return query.toString();
}

export function campaignOf(text: string): Planned {
  const query = new URLSearchParams(text);
  const who = query.get("who") ?? PLANNED.who;
  const out = { ...PLANNED, consent: query.get("consent") !== "false", who: who === "all" || words.segment.some((name) => name === who) ? who : PLANNED.who };
  for (const name of keysOf(CAMPAIGN_BOUNDS)) {
    const [low, high] = CAMPAIGN_BOUNDS[name];
    const value = Number(query.get(name) ?? NaN);
    if (value >= low && value <= high) out[name] = value;
  }
  return out;
}
