/**
 * Published figures to compare one's own with: benchmarks.json, each with its source, year, sample and the sentence that it was taken from. They
 * stand beside an input and never fill it in.
 */

import all from "../benchmarks.json" with { type: "json" };
import type { Format } from "./format.ts";
import type benchmarkWords from "../messages/en/benchmarks.gen.mjs";

export interface Benchmark {
  id: string;
  metric: string; // the message metric_…
  trade: string; // the business that it is of
  low: number;
  high: number; // the same where the source has a single figure
  period?: string; // what a rate is of
  use: number | null; // the one that may be taken over, said by the source itself
  year: number;
  source: string;
  short: string; // the source beside an input
  report: string;
  sample: string | null; // null where the text does not say
  quote: string; // from the text behind url
  url: string;
  fields: string[]; // inputs beside which it is shown: calculation.input
}

export type BenchmarkWords = typeof benchmarkWords;

export const benchmarks: Benchmark[] = all;

/** The benchmark beside an input, where there is one. */
export const benchmarkOf = (calculation: string, field: string) => benchmarks.find(({ fields }) => fields.includes(`${calculation}.${field}`));

/** From where to where, or the single figure. */
export function rangeText({ low, high }: Benchmark, format: Format, words: BenchmarkWords) {
  const [from, to] = [format.percent(low), format.percent(high)];
  return from === to ? from : words.benchmark_range({ low: from, high: to });
}
