/** What the page asks for: the answer as a workbook, saved. Loaded when somebody asks for it. */

import sheets from "../../messages/workbook.gen.mjs";
import { messages } from "../../base/messages.mjs";
import { workbook } from "./build.mjs";
import { toFile } from "./file.mjs";

/**
 * @param {import("../../base/catalogue.gen.mjs").Calculation} calculation @param {import("../../base/share.mjs").Answered} answered
 * @param {string} currency @param {import("../../base/words.mjs").Words} said the page's own
 * @returns {Promise<Blob>}
 */
export async function toWorkbook(calculation, answered, currency, { lang, options }) {
  const words = await messages(lang, sheets);
  return toFile(workbook(calculation, answered, { words, currency, options }));
}
