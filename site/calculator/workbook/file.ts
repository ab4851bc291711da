/** A workbook as a file. */

import { XLSX, toXlsx } from "./sheet/ooxml.ts";
import type { Book } from "./sheet/model.ts";

export const toFile = (book: Book) => new Blob([toXlsx(book)], { type: XLSX });
