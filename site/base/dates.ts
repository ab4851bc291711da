/** Days and months as the pictures name them. Days count from 1970-01-01, months from January 1970. */

const DAY = 86_400_000;

export const startOf = (month: number) => Date.UTC(1970, month, 1) / DAY;

export function monthOf(day: number) {
  const date = new Date(day * DAY);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

export type Dates = ReturnType<typeof named>;

/** Made once a language: what writes dates takes the browser as long as many sentences do. */
const made = new Map<string, Dates>();

/** The names of days and months in a language. */
export function dates(locale: string): Dates {
  let names = made.get(locale);
  if (!names) made.set(locale, (names = named(locale)));
  return names;
}

function named(locale: string) {
  const month = new Intl.DateTimeFormat(locale, { month: "short", year: "numeric", timeZone: "UTC" });
  const year = new Intl.DateTimeFormat(locale, { year: "numeric", timeZone: "UTC" });
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const long = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  const name = new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" });
  const short = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const at = (n: number) => new Date(startOf(n) * DAY);
  return {
    day: (n: number) => day.format(new Date(n * DAY)),
    /** The day with its month in full, for a sentence. */
    longDay: (n: number) => long.format(new Date(n * DAY)),
    month: (n: number) => month.format(at(n)),
    /** A month of every year, January being 0. */
    monthName: (n: number) => name.format(at(n)),
    /** Days within a month. */
    days: (first: number, last: number) => short.formatRange(new Date(first * DAY), new Date(last * DAY)),
    /** The months from first to last; whole years as years. */
    months(first: number, last: number) {
      const whole = first % 12 === 0 && last % 12 === 11;
      return whole ? year.formatRange(at(first), at(last)) : month.formatRange(at(first), at(last));
    },
  };
}

/** Starts of months, quarters or years from one day to another, as days, at most so many. */
export function monthTicks(from: number, to: number, most: number) {
  const [first, last] = [monthOf(from), monthOf(to)];
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((s) => (last - first) / s <= most) ?? 240;
  const marks = [];
  for (let m = Math.ceil(first / step) * step; m <= last; m += step) if (startOf(m) >= from) marks.push(startOf(m));
  return marks;
}
