/** How numbers look in a cell, by their unit, and how cells look. */

import type { Sheet, Style } from "./sheet/model.ts";

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
const GENERAL = "General";

/** Decimals that a currency is counted in: none of yen, three of dinars. */
export function decimalsOf(currency: string) {
  const known = DECIMALS.get(currency);
  if (known !== undefined) return known;
  const found = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  DECIMALS.set(currency, found);
  return found;
}
const DECIMALS = new Map<string, number>();

/** Of money as large as this nobody reads the cents. */
const LARGE = 100_000;

const places = (decimals: number) => (decimals ? `.${"0".repeat(decimals)}` : "");

/**
 * Of what is calculated: in a row or column all have as many decimals.
 * @param shown the figures as they are now: large money has no cents, a small share more digits
 */
export function formatOf(unit: string | undefined, currency: string, ...shown: unknown[]): string {
  const largest = Math.max(0, ...shown.map((value) => (typeof value === "number" ? Math.abs(value) : 0)));
  const smaller = (than: number) => largest > 0 && largest < than;
  switch (unit) {
    case "money": {
      const decimals = decimalsOf(currency);
      return `#,##0${places(largest >= LARGE ? 0 : smaller(10 ** (1 - decimals)) ? decimals + 2 : decimals)}`;
    }
    case "share":
    case "rate":
      return `0${places(smaller(0.001) ? 3 : smaller(0.01) ? 2 : 1)}%`;
    case "ratio":
      return '0.00"×"';
    case "number":
      return STEP;
    default:
      return oftenWhole(unit) ? `#,##0${places(smaller(0.1) ? 4 : 2)}` : GENERAL;
  }
}

/** Of what is typed, which keeps its digits. @param value as it is now */
export function typedFormat(unit: string | undefined, currency: string, value?: unknown): string {
  switch (unit) {
    case "money": {
      const decimals = decimalsOf(currency);
      const more = typeof value === "number" && Math.abs(value) < 100 && Math.abs(value * 10 ** decimals - Math.round(value * 10 ** decimals)) > 1e-9;
      return `#,##0${more ? `${places(decimals || 1)}####` : places(decimals)}`;
    }
    case "share":
    case "rate":
      return "0.0###%";
    default:
      return oftenWhole(unit) ? "#,##0.00##" : formatOf(unit, currency);
  }
}

/** Whether what is typed is shown without decimals where it has none: large money, whose cents are seldom there. */
export const wholeAsTyped = (unit: string | undefined, value: unknown) => oftenWhole(unit) || (unit === "money" && typeof value === "number" && Math.abs(value) >= LARGE);

/** Units whose numbers are often whole, and then are shown so. */
export const oftenWhole = (unit: string | undefined) => ["count", "row", "place", "days", "months", "periods", "years", "time"].includes(unit ?? "");

/** A yes or no, which is 1 or 0, in words. */
export const yesNo = (yes: string, no: string) => [yes, yes, no].map((word) => `"${word.replaceAll('"', "")}"`).join(";");

/** How wide a text is, in characters; those of Chinese and Japanese are two wide. */
export const widthOf = (text: string) => [...text].reduce((sum, sign) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(sign) ? 1.9 : 1), 0);

/** How many lines a text takes in so many characters. */
export const linesOf = (text: string, characters: number) => Math.max(1, Math.ceil(widthOf(text) / characters));

/** How high a head is whose titles take several lines. @param row it stands in */
export function headHeight(titles: string[], width: number, row = 0): Pick<Sheet, "heights"> {
  const lines = Math.max(...titles.map((title) => linesOf(title, width * 0.85)));
  return lines > 1 ? { heights: { [row]: 13 * lines + 3 } } : {};
}
