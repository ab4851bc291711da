/** Days and months as the pictures name them. Days count from 1970-01-01, months from January 1970. */

const DAY = 86_400_000;

/** @param {number} month */
export const startOf = (month) => Date.UTC(1970, month, 1) / DAY;

/** @param {number} day */
export function monthOf(day) {
  const date = new Date(day * DAY);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** The names of days and months in a language. @param {string} locale */
export function dates(locale) {
  const month = new Intl.DateTimeFormat(locale, { month: "short", year: "numeric", timeZone: "UTC" });
  const year = new Intl.DateTimeFormat(locale, { year: "numeric", timeZone: "UTC" });
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const long = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  const at = (/** @type {number} */ n) => new Date(startOf(n) * DAY);
  return {
    day: (/** @type {number} */ n) => day.format(new Date(n * DAY)),
    /** The day with its month in full, for a sentence. @param {number} n */
    longDay: (n) => long.format(new Date(n * DAY)),
    month: (/** @type {number} */ n) => month.format(at(n)),
    /** The months from first to last; whole years as years. @param {number} first @param {number} last */
    months(first, last) {
      const whole = first % 12 === 0 && last % 12 === 11;
      return whole ? year.formatRange(at(first), at(last)) : month.formatRange(at(first), at(last));
    },
  };
}

/**
 * Starts of months, quarters or years from one day to another, as days, at most so many.
 * @param {number} from @param {number} to @param {number} most
 */
export function monthTicks(from, to, most) {
  const [first, last] = [monthOf(from), monthOf(to)];
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((s) => (last - first) / s <= most) ?? 240;
  const marks = [];
  for (let m = Math.ceil(first / step) * step; m <= last; m += step) if (startOf(m) >= from) marks.push(startOf(m));
  return marks;
}
