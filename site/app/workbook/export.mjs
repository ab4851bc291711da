/** What the page asks for: the answer as a workbook, saved. Loaded when somebody asks for it. */

import catalogue from "../../engine/catalogue.gen.mjs";
import sheets from "../../messages/workbook.gen.mjs";
import { messages } from "../messages.mjs";
import { workbook } from "./build.mjs";
import { toFile } from "./file.mjs";

/**
 * @param {import("../../engine/catalogue.gen.mjs").Calculation} calculation @param {import("../share.mjs").Answered} answered
 * @param {string} currency @param {import("../messages.mjs").Language} [language]
 * @returns {Promise<Blob>}
 */
export async function toWorkbook(calculation, answered, currency, language = "en") {
  const words = await messages(language, sheets);
  return toFile(workbook(calculation, answered, { words, currency, options: catalogue.options }));
}
