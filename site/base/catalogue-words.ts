/**
 * The words of the catalogue, a part like any other (messages.mjs), but its English stands in the Go declarations:
 * internal/gen writes en/catalogue.gen.json, and each language's words from its catalogue.json.
 *
 *   const words = await messages(lang, catalogueWords);
 *   words.notices.too_low
 *   const { default: calculation } = await words.calculation("subscription");
 */

import catalogue from "./catalogue.gen.mjs";
import others from "../messages/catalogue.gen.mjs";
import type { Part } from "./messages.ts";
import type { Calculation } from "./catalogue.gen.mjs";
import type { Scenario } from "./scenario.ts";

/** With the scenarios that run it, by id: all that the index does not say. */
export type CalculationWords = Calculation & { scenarios?: Record<string, Omit<Scenario, "id" | "calculation">> };

export interface CatalogueWords {
  notices: Record<string, string>; // sentences by code; of the warnings about customers the words are in warnings.json
  options: Record<string, string>; // titles by wire name
  titles: Record<string, string>; // of the scenarios, by id
  calculation: (id: string) => Promise<{ default: CalculationWords }>;
}

const en: CatalogueWords = {
  notices: catalogue.notices,
  options: catalogue.options,
  titles: Object.fromEntries(catalogue.scenarios.map((s) => [s.id, s.title])),
  calculation: (id) => import(`./calculations/${id}.gen.json`, { with: { type: "json" } }),
};

const words: Part<CatalogueWords> = { en, others };

export default words;
