/**
 * The words of the catalogue, a part like any other (messages.mjs), but its English stands in the Go declarations:
 * internal/gen writes en/catalogue.gen.json, and each language's words from its catalogue.json.
 *
 *   const words = await messages(lang, catalogueWords);
 *   words.notices.too_low
 *   const { default: calculation } = await words.calculation("subscription");
 *
 * @typedef {object} ScenarioWords
 * @property {string} title
 * @property {string} heading
 * @property {string} description
 * @property {string} [sentence]
 * @property {string} [loss]
 * @property {{ sentence: string }} [lever]
 *
 * @typedef {import("./catalogue.gen.mjs").Calculation & { scenarios?: Record<string, ScenarioWords> }} CalculationWords
 *   English has its scenarios' words in scenarios.json
 *
 * @typedef {object} CatalogueWords
 * @property {Record<string, string>} notices sentences by code; of the warnings about customers the words are in warnings.json
 * @property {Record<string, string>} options titles by wire name
 * @property {Record<string, string>} titles of the scenarios, by id
 * @property {(id: string) => Promise<{ default: CalculationWords }>} calculation
 */

import catalogue from "./catalogue.gen.mjs";
import scenarios from "../scenarios.json" with { type: "json" };

/** @type {CatalogueWords} */
const en = {
  notices: Object.fromEntries(catalogue.notices.filter((n) => n.text).map((n) => [n.code, n.text])),
  options: catalogue.options,
  titles: Object.fromEntries(scenarios.map((s) => [s.id, s.title])),
  calculation: (id) => import(`./calculations/${id}.gen.json`, { with: { type: "json" } }),
};

/** @type {import("./messages.mjs").Part<CatalogueWords>} */
export default {
  en,
  others: {
    de: () => import("../messages/de/catalogue.gen.mjs"),
    fr: () => import("../messages/fr/catalogue.gen.mjs"),
    es: () => import("../messages/es/catalogue.gen.mjs"),
    "pt-BR": () => import("../messages/pt-BR/catalogue.gen.mjs"),
    ja: () => import("../messages/ja/catalogue.gen.mjs"),
    ar: () => import("../messages/ar/catalogue.gen.mjs"),
  },
};
