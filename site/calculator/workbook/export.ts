/** What the page asks for: the answer as a workbook, saved. Loaded when somebody asks for it. */

import sheets from "../../messages/workbook.gen.mjs";
import catalogue from "../../base/catalogue.gen.mjs";
import { messages } from "../../base/messages.ts";
import { workbook } from "./build.ts";
import { toFile } from "./file.ts";
import type { Calculation } from "../../base/catalogue.gen.mjs";
import type { Answered } from "../../base/share.ts";
import type { Words } from "../../base/words.ts";

/** @param said the page's own @param link that opens these figures */
export async function toWorkbook(calculation: Calculation, answered: Answered, currency: string, said: Words, link: string): Promise<Blob> {
  const words = await messages(said.lang, sheets);
  return toFile(workbook(calculation, answered, { words, said, currency, link, version: catalogue.release, made: new Date() }));
}
