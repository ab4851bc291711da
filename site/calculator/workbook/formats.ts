/** How numbers look in a cell, by their unit, and how cells look. */

import type { Style } from "./sheet/model.ts";

const INK = "23221F";
const QUIET = "6B675F";

export const HEAD: Style = { bold: true, border: "under", edge: INK };
export const HEAD_FIGURE: Style = { ...HEAD, align: "end" };
export const FIGURE: Style = { align: "end" };
export const INPUT: Style = { align: "end", fill: "FDF3D8", border: "box", edge: "D9CFBA", open: true };
export const ASIDE: Style = { colour: QUIET, size: 9 };
export const UNIT: Style = { ...ASIDE, align: "start", indent: 1 };
export const HEAD_UNIT: Style = { ...HEAD, align: "start", indent: 1 };
export const NOTE: Style = { ...ASIDE, wrap: true };

/** A step: as many digits as it has, six at most. */
export const STEP = "#,##0.00####";
export const GENERAL = "General";

/** Decimals that a currency is counted in: none of yen, three of dinars. */
export function decimalsOf(currency: string) {
  const known = DECIMALS.get(currency);
  if (known !== undefined) return known;
  const found = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  DECIMALS.set(currency, found);
  return found;
}
const DECIMALS = new Map<string, number>();

/** @param value as it is now: money with more decimals than its currency has keeps them */
export function formatOf(unit: string | undefined, currency: string, value?: unknown): string {
  switch (unit) {
    case "money": {
      const decimals = decimalsOf(currency);
      const more = typeof value === "number" && Math.abs(value) < 100 && Math.abs(value * 10 ** decimals - Math.round(value * 10 ** decimals)) > 1e-9;
      const least = "0".repeat(decimals);
      return `#,##0${more ? `.${(least || "0").padEnd(least.length || 1, "0")}####` : decimals ? `.${least}` : ""}`;
    }
    case "share":
    case "rate": // what is typed keeps its digits
      return typeof value === "number" ? "0.0###%" : "0.0#%";
    case "ratio":
      return '0.00"×"';
    case "count":
    case "days":
    case "months":
    case "periods":
    case "years":
    case "time":
      return "#,##0.00";
    default:
      return GENERAL;
  }
}

/** Units whose numbers are often whole, and then are shown so. */
export const oftenWhole = (unit: string | undefined) => ["count", "days", "months", "periods", "years", "time"].includes(unit ?? "");

/** A yes or no, which is 1 or 0, in words. */
export const yesNo = (yes: string, no: string) => [yes, yes, no].map((word) => `"${word.replaceAll('"', "")}"`).join(";");

/** How many lines a text takes in so many characters; those of Chinese and Japanese are two wide. */
export function linesOf(text: string, characters: number) {
  const width = [...text].reduce((sum, sign) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(sign) ? 1.9 : 1), 0);
  return Math.max(1, Math.ceil(width / characters));
}
