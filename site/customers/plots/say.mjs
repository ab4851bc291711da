/** How the pictures say figures: short in a sentence, the same everywhere. */
import { dates } from "../../base/dates.mjs";

/**
 * @typedef {typeof import("../../messages/en/pictures.gen.mjs").default} Words
 * @typedef {typeof import("../../messages/en/segments.gen.mjs").default} SegmentWords
 * @typedef {ReturnType<typeof sayer>} Say
 * @typedef {{ head: string[], rows: string[][] }} Table the twin of a picture
 * @typedef {{ at: string, parts: { title: string, value: string, key?: string }[] }} Reading
 * @typedef {import("lit").TemplateResult | import("lit").SVGTemplateResult} Drawing
 * @typedef {{ body: Drawing, xs: number[], mark: (i: number) => Drawing }} Drawn
 * @typedef {object} Plot
 * @property {string} name what is read, for who cannot see it
 * @property {number} height
 * @property {number} start what is read at first
 * @property {(width: number) => Drawn} draw
 * @property {(i: number) => Reading} read
 *
 * @typedef {object} Picture
 * @property {string} finding
 * @property {Plot[]} [plots] none where there is nothing to draw
 * @property {Table} [table]
 */

/** Days of a mean month. */
const MONTH = 30.4375;

/** @param {import("../../base/format.mjs").Format} format @param {Words} words */
export function sayer(format, words) {
  const money = (/** @type {number} */ v) => format.money(v, true);
  return {
    format,
    words,
    dates: dates(format.locale),
    money,
    /** Money in a sentence: three digits of it, or to the cent. @param {number} v */
    about: (v) => money(Math.abs(v) < 100 ? v : Number(v.toPrecision(3))),
    count: (/** @type {number} */ v) => format.value(Math.round(v), "count"),
    /** Few digits: 4.2 but 42. @param {number} v */
    short: (v) => format.value(Math.abs(v) < 10 ? Math.round(v * 10) / 10 : Math.round(v), "count"),
    /** A share in whole per cent, where it has that much. @param {number} v */
    share: (v) => format.percent(Math.abs(v) < 0.0095 ? Number(v.toPrecision(1)) : Math.round(v * 100) / 100),
    /** A share with a digit after the point. @param {number} v */
    exact: (v) => format.percent(Math.round(v * 1000) / 1000),
    /** @param {number} days */
    horizon(days) {
      const months = Math.round(days / MONTH);
      return Math.abs(days - months * MONTH) < 3 ? format.duration(months) : format.value(days, "days");
    },
  };
}
