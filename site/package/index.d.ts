/** What the package gives. The calculations' inputs and results are in calculations.d.ts, made from the engine's declaration. */
import type { Calculations } from "./calculations.js";

export * from "./calculations.js";

/** A WebAssembly module: what it is, or where. */
export type ModuleSource = string | URL | BufferSource | WebAssembly.Module;

/** The engine's modules. Calculations are in the first five, order logs in customers. */
export type Module = "calculator" | "growth" | "levers" | "economics" | "bases" | "customers";

/** A problem or a warning. */
export interface Said {
  code: string;
  /** The input, by its name on the wire; rows of lists as channels/0/spend. Empty where it is about no single one. */
  field: string;
  /** The figure that the message names; NaN where it names none. */
  limit: number;
  /** In English. */
  message: string;
}

export interface Answer<Result> {
  result: Result;
  warnings: Said[];
}

/** Runs a calculation by its name. Throws an InputError where the input has problems. */
export declare function calculate<Id extends keyof Calculations>(id: Id, input: Calculations[Id]["input"]): Promise<Answer<Calculations[Id]["result"]>>;

/** Takes these modules instead of those beside the script. */
export declare function use(sources: Partial<Record<Module, ModuleSource>>): void;

export declare class InputError extends Error {
  readonly problems: Said[];
}

/** A file of orders, or a model file, that cannot be used. */
export declare class FileError extends Error {
  readonly code: string;
}

/** One line an order, in any of these forms; gzip is unpacked. */
export type Orders = string | ArrayBuffer | Uint8Array | Blob | AsyncIterable<Uint8Array>;

export type ModelKind = "bgnbd" | "mbgnbd" | "paretonbd" | "mbgcnbd";

export interface ValueOptions {
  /** How far the forecast reaches; 365. From 1 to 36,500. */
  horizon_days?: number;
  /** A share per year; 0. */
  annual_discount?: number;
  /** What is left of a sale after the cost of goods, a share; 1. */
  margin?: number;
  /** The probability of the ranges; 0.95. */
  level?: number;
  /** What a new customer costs; 0. */
  cac?: number;
  /** "auto" chooses the one that forecasts best. */
  model?: ModelKind | "auto";
  /** The text of a model file to value with, from model.file or from score -save-model. */
  model_file?: string;
  /** Columns by number from 1, where the guess is wrong; null for none. */
  columns?: Partial<Record<"id" | "date" | "amount" | "order" | "status" | "currency", number | null>>;
  /** Called between pieces of work. A stage may come more than once. */
  onProgress?: (progress: { stage: string; share: number }) => void;
  /** Stops the work; the promise is then rejected with its reason. */
  signal?: AbortSignal;
}

export interface Range {
  value: number;
  low: number;
  high: number;
}

/** One entry a customer; days are days since 1 January 1970. */
export interface Columns {
  first_day: Int32Array;
  last_day: Int32Array;
  orders: Uint32Array;
  spend: Float64Array;
  /** Probability of being active. */
  p_alive: Float64Array;
  expected_orders: Float64Array;
  expected_orders_low: Float64Array;
  expected_orders_high: Float64Array;
  order_value: Float64Array;
  expected_spend: Float64Array;
  /** The margin of the expected orders, discounted. */
  clv: Float64Array;
  clv_low: Float64Array;
  clv_high: Float64Array;
  /** 1 is the best. */
  rank: Uint32Array;
  decile: Uint8Array;
  /** By number; customers.segment(row) has its name. */
  segment: Uint8Array;
  /** Days until a next order has a probability of 50 %; 0 where it never has. */
  next_order_days: Float64Array;
}

export interface Valued {
  /** How the file was read; set_aside has the rows that are no orders, by reason. */
  report: {
    status: string; rows: number; orders: number; customers: number; first_day: number; last_day: number; spend: number; currency: string; names: string[]; date_ambiguous: boolean;
    columns: Record<string, number>;
  };
  customers: {
    length: number;
    /** As in the file. */
    id(row: number): string;
    segment(row: number): string;
    columns: Columns;
    /** The rows in order of value. */
    best: Uint32Array;
  };
  /** Of all customers within the forecast period. */
  totals: {
    customers: number; alive: number; orders: Range; spend: Range; value: Range;
    /** The range that earlier forecasts of the same log support; answerable is false where the log is too short for a total. */
    likely: { orders: Range; spend: Range; value: Range; checks: number; checked: boolean; miss: number; answerable: boolean };
    new_customer: { repeats: Range; order_value: Range; value: Range; ratio: Range };
  };
  /** How earlier forecasts of this log did. */
  evidence: { forecasts: number; horizon_days: number; held: number; held_likely: number };
  segments: Record<string, { customers: number; alive: number; spend: number; expected_orders: number; expected_spend: number; value: number }>;
  /** What to bear in mind, by code. */
  warnings: { code: string; number: number }[];
  model: {
    kind: ModelKind;
    /** In the order of the paper: r, alpha, a, b; r, alpha, s, beta for Pareto/NBD. */
    parameters: Float64Array;
    /** The model as text: for model_file, score -model-file and the page. */
    file: string;
  };
}

/** Values every customer of a log of orders. */
export declare function valueCustomers(orders: Orders, options?: ValueOptions): Promise<Valued>;
