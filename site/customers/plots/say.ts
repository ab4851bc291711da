/** How the pictures say figures: short in a sentence, the same everywhere. */
import { dates } from "../../base/dates.ts";
import type { Format } from "../../base/format.ts";
import type { Plot } from "../../charts/reading.ts";
import { horizonText } from "../horizon.ts";
import type { PictureWords } from "../words.ts";

export type Say = ReturnType<typeof sayer>;

/** The twin of a picture. */
export type Table = { head: string[], rows: string[][] };

export interface Picture {
  finding: string;
  plots?: Plot[]; // none where there is nothing to draw
  table?: Table;
}

export function sayer(format: Format, words: PictureWords) {
  const money = (v: number) => format.money(v, true);
  return {
    format,
    words,
    dates: dates(format.locale),
    money,
    /** Money in a sentence: three digits of it, or to the cent. */
    about: (v: number) => money(Math.abs(v) < 100 ? v : Number(v.toPrecision(3))),
    count: (v: number) => format.value(Math.round(v), "count"),
    /** Few digits: 4.2 but 42. */
    short: (v: number) => format.value(Math.abs(v) < 10 ? Math.round(v * 10) / 10 : Math.round(v), "count"),
    /** A share in whole per cent, where it has that much. */
    share: (v: number) => format.percent(Math.abs(v) < 0.0095 ? Number(v.toPrecision(1)) : Math.round(v * 100) / 100),
    /** A share with a digit after the point. */
    exact: (v: number) => format.percent(Math.round(v * 1000) / 1000),
    horizon: (days: number) => horizonText(days, format),
  };
}
