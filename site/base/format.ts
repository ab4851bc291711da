/**
 * The one module that formats: figures for people, by unit, currency and locale, and figures typed by people read
 * back. Nothing else formats or parses a number; days and months are named in dates.mjs.
 */

import CURRENCIES from "../currencies.json" with { type: "json" };
import english from "../messages/en/page.gen.mjs";
import { required } from "./certain.ts";
import { directionOf, tagOf } from "./messages.ts";
import { PER_YEAR } from "./periods.ts";
import type { Figures } from "./figures.ts";

export type Units = Pick<typeof english, "titled" | "also" | "beside" | "labelled" | "counted" | "follows" | "points" | "unit_day" | "unit_week" | "unit_month" | "unit_quarter" | "unit_year" | "place_day" | "place_week" | "place_month" | "place_quarter" | "place_year"> & { lang?: string };

/** Period is the unit of per-period figures; words are the page's, English where left out. */
export type Settings = { locale: string, currency: string, period?: string | null, words?: Units };

/** Offered first; any other ISO 4217 code works too. */
export { CURRENCIES };

/** A row of a list: its name, or "Tier 2". */
export const rowName = (row: Figures, kind: string, place: number, format: Format): string => (row?.name ? String(row.name) : format.labelled(kind, format.value(place, "count")));

/** From how many days or weeks on a duration is told in months. */
const IN_MONTHS = 20;

/** From how many months on a duration is told in years. */
const IN_YEARS = 24;

/** From how much on money is told in words ("1.2 billion"), since nobody counts twelve digits. */
const IN_WORDS = 1e9;

/** How many digits of a figure stand in its input field: all that a number has. */
export const TYPED = 15;

/** Units whose values are fractions, typed and shown in per cent. */
export const isPercent = (unit?: string) => unit === "share" || unit === "rate";

/** Whether this is an ISO 4217 code that Intl takes. */
export function isCurrency(code: string) {
  return /^[A-Z]{3}$/.test(code);
}

export function isLocale(locale: string) {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale).length > 0;
  } catch {
    return false;
  }
}

const EURO = "AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK";

/** The currency of the region that a locale names; dollars where it names none. */
export function currencyOf(locale: string) {
  const region = tagOf(locale).region ?? "US";
  return EURO.includes(region) ? "EUR" : CURRENCIES.find((code) => code.startsWith(region)) ?? "USD"; // a code of ISO 4217 starts with its region's
}

/** What most readers of a language pay in, as far as we know. */
export const currencyIn = (lang: string) => currencyOf(new Intl.Locale(lang).maximize().toString());

const isArabic = (locale: string) => tagOf(locale).language === "ar";

/**
 * The locale with the digits of our Arabic texts, which are 0-9 in every region: beside ٠, the dot of a product in a
 * formula reads as a zero. A locale that names its digits keeps them.
 */
export function withDigits(locale: string) {
  return isArabic(locale) && !new Intl.Locale(locale).numberingSystem ? new Intl.Locale(locale, { numberingSystem: "latn" }).toString() : locale;
}

/** A formatter is dear to make: there is one for each way of writing, whoever asks for it. */
const made: Map<string, { intl: Intl.NumberFormat; write: (value: number) => string }> = new Map();

function writer(locale: string, options: Intl.NumberFormatOptions) {
  const key = locale + JSON.stringify(options);
  const found = made.get(key);
  if (found) return found;
  const intl = new Intl.NumberFormat(locale, options);
  const mend = mended(locale, options);
  const format = options.style === "currency" ? money(locale, intl) : intl.format;
  const own = { intl, write: (value: number) => mend(format(value)) };
  made.set(key, own);
  return own;
}

/**
 * Writes money by a locale's format. Intl divides its thousands by the decimal sign of other numbers in English of the Continent, 1.234,5 and €1,234.50:
 * there money has the signs of the others.
 */
function money(locale: string, intl: Intl.NumberFormat): (value: number) => string {
  const signsOf = (format: Intl.NumberFormat) => Object.fromEntries(format.formatToParts(12345.6).map(({ type, value }) => [type, value]));
  const { group, decimal } = signsOf(new Intl.NumberFormat(locale));
  if (signsOf(new Intl.NumberFormat(locale, { style: "currency", currency: "EUR" })).group !== decimal) return intl.format;
  return (value) => intl.formatToParts(value).map((p) => (p.type === "group" ? group : p.type === "decimal" ? decimal : p.value)).join("");
}

/** From right to left the dollar of US$ would leave its letters. */
const whole = (text: string, locale: string) => (directionOf(locale) === "rtl" ? text.replace(/[A-Z]+\$/, "$&\u200e") : text);

/** What Intl does otherwise than our texts, by the style of a number. */
function mended(locale: string, { style }: Intl.NumberFormatOptions): (text: string) => string {
  if (style === "currency" && directionOf(locale) === "rtl") return (text) => whole(text, locale);
  // Intl sets a Latin sign beside 0-9; Arabic texts have their own, which stands left of the figure, as after a word.
  if (style === "percent" && isArabic(locale)) return (text) => `\u061c${text.replace(/\u200e?%\u200e?/u, "٪")}\u061c`;
  if (style === "unit" && locale.startsWith("ja")) return (text) => text.replace(/(\d) /u, "$1"); // Japanese sets no space by digits
  return (text) => text;
}

/** A number as a locale writes it in our texts. */
export const numeral = (locale: string, value: number, options: Intl.NumberFormatOptions) => writer(locale, options).write(value);

/** The sign of a currency, before or after a figure. */
export function currencySign(locale: string, currency: string) {
  const parts = writer(locale, { style: "currency", currency }).intl.formatToParts(1);
  const sign = parts.find((p) => p.type === "currency")?.value ?? currency;
  const first = parts.findIndex((p) => p.type === "currency") < parts.findIndex((p) => p.type === "integer");
  return first ? { before: sign, after: "" } : { before: "", after: sign };
}

export class Format {
  readonly locale: string;
  readonly currency: string;
  readonly period: string;
  readonly words: Units;
  readonly rtl: boolean;

  constructor({ locale, currency, period, words = english }: Settings) {
    this.locale = withDigits(locale);
    this.currency = currency;
    this.period = period ?? "month";
    this.words = words;
    this.rtl = directionOf(locale) === "rtl";
  }

  /** The same with another unit for per-period figures. */
  with(period: string | null | undefined) {
    return period === this.period ? this : new Format({ ...this, period });
  }

  /** Every number that this writes. */
  protected number(value: number, options: Intl.NumberFormatOptions) {
    return numeral(this.locale, value, options);
  }

  /** A figure in its unit. Rounded leaves out what a sentence does not need: cents above a hundred. */
  value(value: number | null | undefined, unit?: string, rounded = false): string {
    if (value == null || !Number.isFinite(value)) return "–";
    switch (unit) {
      case "money":
        return this.money(value, rounded);
      case "share":
      case "rate":
        return this.percent(value, rounded);
      case "ratio":
        // Near 1 the second digit says whether a ratio pays: 1.04 is not 1.
        return `${this.number(value, Math.abs(value) < 1e6 ? { maximumFractionDigits: rounded && Math.abs(value - 1) >= 0.1 ? 1 : 2 } : { notation: "compact" })}×`;
      case "years":
        return this.#years(value);
      case "months":
        return this.duration(value);
      case "periods":
        if (this.period === "year") return this.#years(value);
        if (PER_YEAR[this.period] > 12 && Math.abs(value) < IN_MONTHS) return this.#unit(value, this.period);
        return this.duration((12 * value) / PER_YEAR[this.period]);
      case "days":
        return this.#unit(value, "day");
      case "place":
        return this.place(value, this.period);
      case "row":
      case "count":
        return this.number(value, Math.abs(value) < 0.1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 1 });
      case "parameter":
        return this.number(value, { maximumSignificantDigits: 6 });
      default:
        return this.number(value, { maximumSignificantDigits: Math.abs(value) < 100 ? 4 : 6 });
    }
  }

  /** One period of many: "Month 12"; the number alone where the period is not known. */
  place(value: number, period: string) {
    const n = this.number(value, {});
    return period ? this.words[`place_${period}` as "place_month"]({ n }) : n;
  }

  money(value: number, rounded = false, signDisplay: "auto" | "exceptZero" = "auto") {
    const style = ({ style: "currency", currency: this.currency, signDisplay } as const);
    if (Math.abs(value) >= IN_WORDS) {
      return this.number(value, { ...style, notation: "compact", compactDisplay: "long", maximumSignificantDigits: 4 });
    }
    const coarse = rounded && Math.abs(value) >= 99.995;
    return this.number(this.#nonNegativeZero(value), coarse ? { ...style, maximumFractionDigits: 0, minimumFractionDigits: 0 } : style);
  }

  /** Money among other rounded figures: nothing has no cents. */
  rounded(value: number) {
    return Math.abs(value) < 0.005 ? this.axis(0, "money") : this.money(value, true);
  }

  /** Money by which something grows or shrinks, rounded: with its sign. */
  gain(value: number) {
    return this.money(value, true, "exceptZero");
  }

  /** By how much a figure differs, with its sign; a share in points. */
  change(by: number, unit?: string) {
    if (unit === "money") return this.gain(by);
    const size = Math.abs(by);
    const shown = isPercent(unit) ? this.points(size) : this.value(size, unit, true);
    const same = shown === (isPercent(unit) ? this.points(0) : this.value(0, unit, true));
    return same ? shown : `${this.rtl ? "\u200e" : ""}${by > 0 ? "+" : "-"}${shown}`;
  }

  /** Money on an axis: as short as it can be. */
  axis(value: number, unit: string | undefined) {
    if (unit === "money") {
      return this.number(value, { style: "currency", currency: this.currency, notation: "compact", maximumSignificantDigits: 3, minimumFractionDigits: 0 });
    }
    return isPercent(unit) ? this.percent(value) : this.number(value, { notation: "compact" });
  }

  percent(value: number, rounded = false) {
    if (rounded && Math.abs(value) >= 0.1) return this.#percent(value, { maximumFractionDigits: 1 });
    const small = value !== 0 && Math.abs(value) < 0.001;
    return this.#percent(value, small ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 2 });
  }

  /** A share without decimals. */
  wholePercent(value: number) {
    return this.#percent(value, { maximumFractionDigits: 0 });
  }

  #percent(value: number, options: Intl.NumberFormatOptions) {
    return this.number(value, { style: "percent", ...options });
  }

  /** A share in points: "0.4 points". */
  points(share: number) {
    const points = 100 * share;
    const shown = this.number(points, Math.abs(points) < 0.1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 2 });
    return this.words.points({ n: points, shown });
  }

  /** A name and what it comes to: "Churn: 5%". */
  titled(title: string, text: string) {
    return this.words.titled({ title, text });
  }

  /** A list within a sentence: "price, churn and margin". */
  list(items: string[]) {
    return new Intl.ListFormat(this.words.lang ?? this.locale, { type: "conjunction" }).format(items);
  }

  /** Facts one after the other, where nothing stands before the last: "Month 3, value $50". */
  facts(facts: string[]) {
    return facts.length ? facts.reduce((before, after) => this.words.also({ before, after })) : "";
  }

  /** Short facts in a row of their own: "12,000 rows · 40,000 rows a second". */
  row(facts: (string | null | undefined)[]) {
    const known = facts.filter((fact): fact is string => Boolean(fact));
    return known.length ? known.reduce((before, after) => this.words.beside({ before, after })) : "";
  }

  /** A label with its figure, where no sign stands between them: "Month 3". */
  labelled(title: string, value: string) {
    return this.words.labelled({ title, value });
  }

  /** What was found, and how often: "paid (1,200)". */
  counted(text: string, shown: string) {
    return this.words.counted({ text, shown });
  }

  /** Sentences one after the other. */
  sentences(sentences: string[]) {
    const present = sentences.filter(Boolean);
    return present.length ? present.reduce((before, after) => this.words.follows({ before, after })) : "";
  }

  /** Months up to two years, then years. */
  duration(months: number) {
    return months < IN_YEARS ? this.#unit(months, "month") : this.#unit(months / 12, "year");
  }

  /** Years, or months where there is less than one. */
  #years(years: number) {
    return years > 0 && years < 0.95 ? this.#unit(12 * years, "month") : this.#unit(years, "year");
  }

  #unit(value: number, unit: string) {
    const digits = Math.abs(value) < 100 ? 1 : 0;
    return this.number(value, { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: digits });
  }

  #nonNegativeZero(value: number) {
    return Math.abs(value) < 0.005 ? 0 : value;
  }

  /** A figure within a formula: no unit, no grouping lost, at most six digits. */
  plain(value: number) {
    return this.number(value, { maximumSignificantDigits: Math.abs(value) >= 1e5 ? 9 : 6 });
  }

  /** A figure as it stands in its input field: without its unit, which stands beside the field. */
  typed(value: number | null, unit?: string) {
    if (value == null) return "";
    const shown = isPercent(unit) ? Number((value * 100).toPrecision(12)) : value;
    // No field is wide enough for three hundred digits.
    if (Math.abs(shown) >= 1e15) return shown.toExponential(5).replace(/\.?0+e/, "e");
    const digits = this.#centsOf(shown, unit);
    return this.number(shown, digits ? { minimumFractionDigits: digits } : { maximumSignificantDigits: TYPED });
  }

  /** How many digits of the currency stand behind the point: 4.50, but 4, and 0.005 as it was typed. */
  #centsOf(value: number, unit?: string) {
    if (unit !== "money" || Number.isInteger(value)) return 0;
    const digits = writer(this.locale, { style: "currency", currency: this.currency }).intl.resolvedOptions().maximumFractionDigits ?? 0;
    return Number(value.toFixed(digits)) === value ? digits : 0;
  }

  /**
   * Reads what was typed, in the way of the locale or any other that leaves no doubt: 1.234,56 and 1,234.56, with
   * spaces, currency and per cent signs. Returns null for nothing, the text itself when it is not a number.
   */
  parse(text: string, unit?: string): number | string | null {
    const spaces = /[\s\u00a0\u202f\u2009'’\u066c\u200e\u200f\u061c]/g;
    const { before, after } = currencySign(this.locale, this.currency);
    const bare = this.#latin(text)
      .replace(spaces, "")
      .replace(/[−–－]/g, "-")
      .replace(/^(-?)(?:[A-Z]{3}|[A-Z]{0,2}\p{Sc})(?=[\d.,-])/u, "$1")
      .replace(/(?:[A-Z]{3}|[A-Z]{0,2}\p{Sc}|円|%|٪|％)$/u, "")
      .replace((before || after).replace(spaces, ""), ""); // last: the sign of dollars is a part of other signs
    if (text.trim() === "") return null;
    const number = readNumber(this.#plainDigits(bare));
    if (number === null) return text.trim();
    return isPercent(unit) ? Number((number / 100).toPrecision(15)) : number;
  }

  /** Reads a column of figures: one a line, or separated by tabs, semicolons, spaces or commas. */
  parseList(text: string, unit?: string): number[] | string | null {
    if (text.trim() === "") return null;
    // A space that does not break groups digits.
    const tokens = text.split(/(?:[^\S\u00a0\u202f]|;)+/).map((t) => t.replace(/,$/, "")).filter(Boolean);
    const split = tokens.flatMap((t) => (typeof this.parse(t) === "string" && t.includes(",") ? t.split(",").filter(Boolean) : [t]));
    const plain = split.map((t) => this.parse(t));
    // Shares are typed in per cent; where none has its sign and none is above 1, they are fractions.
    const fractions = !/[%٪％]/.test(text) && plain.every((n) => typeof n === "number" && n <= 1);
    const numbers = isPercent(unit) && !fractions ? split.map((t) => this.parse(t, unit)) : plain;
    return numbers.every((n) => typeof n === "number") ? numbers : text;
  }

  /** Digits of other scripts as 0-9, and their separators as this locale's. */
  #latin(text: string) {
    return text
      .replace(/[٠-٩۰-۹०-९０-９]/gu, (d) => String(digitValue(d)))
      .replace(/[٫．]/g, ".")
      .replace(/[，،]/g, ",");
  }

  /** The text with its grouping removed and a point as the decimal sign. */
  #plainDigits(text: string) {
    const points = text.split(".").length - 1;
    const commas = text.split(",").length - 1;
    if (points && commas) {
      const decimal = text.lastIndexOf(".") > text.lastIndexOf(",") ? "." : ",";
      return this.#ungroup(text, decimal);
    }
    const sign = points ? "." : ",";
    if (points + commas === 0) return text;
    if (points + commas > 1) return isGrouped(text, sign) ? text.split(sign).join("") : text;
    // One sign alone: it groups if the locale groups with it and three digits follow; otherwise it is decimal, also where
    // the locale groups with spaces: a keypad has a point.
    const groups = this.#grouping() === sign && isGrouped(text, sign);
    return groups ? text.replace(sign, "") : text.replace(sign, ".");
  }

  #ungroup(text: string, decimal: string) {
    const [whole, fraction, ...more] = text.split(decimal);
    const group = decimal === "." ? "," : ".";
    if (more.length || !isGrouped(whole, group)) return text;
    return `${whole.split(group).join("")}.${fraction}`;
  }

  /** The sign that the locale groups digits with, the Arabic one as a comma. */
  #grouping() {
    const parts = writer(this.locale, {}).intl.formatToParts(1234567);
    return parts.find((p) => p.type === "group")?.value.replace("٬", ",");
  }

  /** What stands beside a field of this unit, before or after it. */
  beside(unit?: string): { before: string, after: string } {
    switch (unit) {
      case "money": {
        const { before, after } = currencySign(this.locale, this.currency);
        return { before: whole(before, this.locale), after: whole(after, this.locale) };
      }
      case "share":
      case "rate":
        return { before: "", after: isArabic(this.locale) ? "٪" : "%" };
      case "years":
        return { before: "", after: this.words.unit_year };
      case "months":
        return { before: "", after: this.words.unit_month };
      case "days":
        return { before: "", after: this.words.unit_day };
      case "periods":
        return { before: "", after: this.words[`unit_${this.period}` as "unit_month"] };
      case "ratio":
        return { before: "", after: "×" };
      default:
        return { before: "", after: "" };
    }
  }
}

/**
 * Reads a number written as on the wire, with a point; null for anything else. What is too large for a number becomes
 * the largest, which every bound refuses.
 */
export function readNumber(text: string) {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return null;
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, Number(text)));
}

/** Digits in groups: one to three, then threes (or twos before the last, as in India). */
function isGrouped(text: string, sign: string) {
  return new RegExp(`^-?[1-9]\\d{0,2}(?:\\${sign}\\d{2,3})*\\${sign}\\d{3}$|^-?\\d*$`).test(text);
}

function digitValue(digit: string) {
  const code = required(digit.codePointAt(0), "digit");
  return [0x660, 0x6f0, 0x966, 0xff10].map((zero) => code - zero).find((d) => d >= 0 && d <= 9);
}
