/**
 * What the customers page is made of: one plain state, which session.ts alone changes, and the events by which a view
 * asks for a change. A view draws from the state and never talks to the worker.
 */
import type { Cost, Settings } from "../engine/customers-planner.ts";
import type { Shortage } from "../engine/room.ts";
import type {
  Candidate, Choice, Ids, Kind, ModelFile, Plan, ReadOptions, Report, Results, Sources, Spend, Summary, Table as Columns, Totals,
} from "../engine/customers.ts";
import type { List } from "./json-rows.ts";

/** What the user decides; it stands in the address, the columns and the file apart. */
export type { Cost, Settings };

/** Where the page is. "asking": the file was read, and something must be confirmed before it means anything. */
export type Phase = "empty" | "reading" | "asking" | "working" | "ready" | "failed";

/** One of several tables that were given together, or stand in one file; and what became of it. */
export type Given = { name: string, used: boolean, part: Plan["parts"][number] | null };

/** The table's columns, one entry a customer in the file's order; ids are decoded when asked for. */
export interface Table {
  length: number;
  ids: Ids;
  columns: Columns;
}

/** What came of a total against what was expected. */
export interface Against {
  came: number;
  expected: number;
  low: number;
  high: number;
  told: boolean; // the range says something
}

export interface Changes {
  day: number; // the last one that was known
  end: number; // the last one of the list
  customers: number; // who were known
  orders: Against; // of those customers
  spend: Against | null; // null without amounts
  checked: boolean; // the range holds with the level asked for, for earlier forecasts could be checked; else with 80%
  records: { forecasts: number, held: number } | null; // of the same length before that day
  newcomers: { customers: number, orders: number }; // who ordered first after the day
  slipped: Uint32Array; // rows now: champions and regulars then not at risk who are now, the most valuable then first
  returned: Uint32Array; // rows now: at risk or lost then, and ordered since
}

/** What is wrong with a day or with a list. */
export type Fault = "held_out" | "no_time" | "too_little" | "no_memory" | "foreign" | "unreadable";

/** What is told of the time since; changes come as soon as there is a first forecast, and again when its range was checked. */
export interface Since {
  day: number;
  changes: Changes | null;
  done: boolean;
  fault: Fault | null;
}

/** A model that was chosen, or read from a file. */
export interface Model {
  kind: Kind;
  origin: "recommended" | "picked" | "file" | "first"; // first: the quick one, until all have been compared
  file: ModelFile; // the model file
  text: string; // the same as it is written
  candidate: Candidate | null; // null for a model from a file
  spend: Spend | null;
}

/** The population's pictures; each is null until it was worked out. */
export interface Pictures {
  segments: Results["answer"]["segments"] | null;
  spend: Results["answer"]["spend"] | null; // past spend
  clv: Results["answer"]["clv"] | null; // future value
  cohorts: Results["answer"]["cohorts"] | null;
  months: Results["answer"]["months"] | null; // and evidence: once earlier forecasts were checked
  season: Results["answer"]["season"] | null;
  evidence: Results["answer"]["evidence"] | null;
  tracking: Results["test"]["tracking"] | null;
  calibration: Results["test"]["calibration"] | null;
}

/** One customer under the glass. */
export interface Person {
  row: number;
  history: Results["history"];
}

export interface Progress {
  phase: string; // customers-worker's
  share: number; // 0 to 1
  rows?: number;
  bytes?: number;
  started: number; // performance.now()
}

/** What went wrong, and what to do: words are the view's, by code. */
export interface Failure {
  code: "file" | "unreadable" | "unpacking" | "no_memory" | "too_large" | "lost" | "step" | "engine" | "model_file";
  detail: string; // report.status, binary kind, step status, model fault ...
  what?: string; // of a model file: the field, or the value that is not known
  held?: number; // bytes that the engine had when there were no more
  shortage?: Shortage; // of a file that is too large for this tab
}

/** Where the log comes from. */
export interface Source {
  name: string;
  more?: string[]; // names of the files that were given with it
  size: number;
  kind: "file" | "paste" | "sample" | "stored";
}

/** Columns of the file that are taken along, with the text of each customer's last order that says one; by rows of the table. */
export interface Kept {
  columns: string[]; // as they were asked for
  texts: Ids[]; // empty until they are read
  consents: Uint8Array[]; // 1 for a text that is consent to marketing
  status: "reading" | "ready" | "failed";
}

export interface State {
  phase: Phase;
  source: Source | null;
  options: ReadOptions; // what the user has said about this file alone
  reading: string; // what was decided of how it is read
  readingGiven: boolean; // by a model file
  tables: Given[]; // where there are several
  lists: List[]; // in JSON, where the orders could stand
  asked: Report["questions"]; // about these files so far, those that were answered too
  report: Report | null; // also while reading: as far as it got (from the first chunk on)
  progress: Progress | null; // of the step under way
  failure: Failure | null;
  settings: Settings; // those that all figures below are of
  pending: Settings | null; // what the user wants since; its figures are being worked out. Controls show pending ?? settings
  summary: Summary | null;
  choice: Choice | null; // null until all models were compared
  model: Model | null;
  totals: Totals | null;
  table: Table | null;
  pictures: Pictures;
  warnings: Results["test"]["warnings"] | null;
  person: Person | null;
  subscriptions: Results["subscriptions"] | null; // null where the file is no list of subscriptions
  subscribers: Results["subscribers"] | null; // each of them, once somebody wants the list
  sources: Sources | null; // null until somebody wants to see them
  costs: Cost[]; // what the groups have cost
  costList: Results["costs"] | null; // the list that was read last
  since: Since | null; // null until somebody wants to see it
  before: number | null; // the last day of the list that was open before
  view: View;
  halted: boolean; // what was being added to the answer was stopped
  kept: Kept | null; // what the columns of the file say that were asked for last
  stored: boolean; // whether the user keeps the file in this browser
}

/** A segment's index in words.segment, or the champions and regulars at risk together; null for all. */
export type Group = number | "at_risk" | null;

/** Whether anybody has paid anything: without, orders are counted and money says nothing. */
export const hasMoney = ({ model }: Pick<State, "model">) => model?.file.spend.basis !== "none";

/** The page's parts, by the address' hash. */
export type View = "subscriptions" | "overview" | "customers" | "segments" | "sources" | "campaign" | "since" | "model" | "data" | "export";

/**
 * What a view asks for: dispatch new CustomEvent("customers:ask", { detail, bubbles: true, composed: true }).
 * session.ask(detail) does it.
 */
export type Ask =
  | { what: "open"; file: Blob & { name?: string }; name: string; kind: "file" | "paste"; more?: File[] }
  | { what: "sample" }
  | { what: "options"; options: ReadOptions } // read the same source again so
  | { what: "reading"; reading: string }
  | { what: "tables"; used: boolean[] } // of those there are
  | { what: "confirm" } // what was asked about is right as it is
  | { what: "cancel" }
  | { what: "regardless" } // read the file although it is probably too large
  | { what: "go_on" } // with what was stopped
  | { what: "close" } // back to the empty page
  | { what: "settings"; settings: Partial<Settings> }
  | { what: "person"; row: number | null }
  | { what: "costs"; costs: Cost[] } // all of them
  | { what: "subscribers" }
  | { what: "columns", columns: string[] } // of the file, to take along
  | { what: "cost_list"; list: Blob }
  | { what: "last"; file: Blob } // the list or the model file of last time
  | { what: "view"; view: View; segment?: Group } // with a segment: its customers are shown alone
  | { what: "model_file"; file: Blob } // score with it
  | { what: "store"; keep: boolean }
  | { what: "forget" };

/** A part of the state that is there by when its asker is drawn: views are shown only once their figures are. */
export function known<K extends keyof State>(state: State, name: K): NonNullable<State[K]> {
  const value = state[name];
  if (value === null || value === undefined) throw new Error(`The view was drawn before its ${name}.`);
  return value;
}

declare global {
  interface HTMLElementEventMap {
    "customers:ask": CustomEvent<Ask>;
    "customers:state": CustomEvent<State>;
  }
}
