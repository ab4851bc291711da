/** What the table of customers shows of each: names, widths, and how a cell is drawn. */
import { html, nothing } from "lit";
import { dates, monthOf } from "../../base/dates.ts";
import type { Format } from "../../base/format.ts";
import { words as wire } from "../../engine/customers.gen.mjs";
import { type Field, atStake, nextOrderOf } from "../csv.ts";
import { horizonText } from "../horizon.ts";
import type { Sort } from "../rows.ts";
import { type State, known } from "../state.ts";
import { styled } from "../styled.ts";
import type { PeopleWords, SegmentWords } from "../words.ts";

export type Name = Sort["column"];
export type Draw = ReturnType<typeof drawer>;

export interface Column {
  name: Name;
  width: number; // in rem, at least
  figures?: boolean; // units under units
  money?: boolean; // only where amounts are known
  ahead?: boolean; // only where there is a forecast for one customer
  chosen?: boolean; // shown until the user decides
  fall?: boolean; // sorted from the highest first
  fields: Field[]; // of a file
}

/** In their order. */
export const COLUMNS: Column[] = [
  { name: "id", width: 12, chosen: true, fields: ["id"] },
  { name: "rank", width: 4, figures: true, chosen: true, fields: ["rank"] },
  { name: "clv", width: 9.5, figures: true, money: true, ahead: true, chosen: true, fall: true, fields: ["clv", "clv_lower", "clv_upper"] },
  { name: "p_alive", width: 8.25, figures: true, ahead: true, chosen: true, fall: true, fields: ["p_alive"] },
  { name: "expected_orders", width: 5.25, figures: true, ahead: true, chosen: true, fall: true, fields: ["expected_orders"] },
  { name: "next_order_days", width: 7, figures: true, ahead: true, chosen: true, fields: ["next_order_days", "next_order"] },
  { name: "orders", width: 5, figures: true, chosen: true, fall: true, fields: ["orders"] },
  { name: "spend", width: 5.5, figures: true, money: true, chosen: true, fall: true, fields: ["spend"] },
  { name: "last_day", width: 7, figures: true, chosen: true, fall: true, fields: ["last_order"] },
  { name: "segment", width: 9.75, chosen: true, fields: ["segment"] },
  { name: "decile", width: 4.5, figures: true, fields: ["decile"] },
  { name: "stake", width: 6.5, figures: true, money: true, ahead: true, fall: true, fields: ["value_at_risk"] },
  { name: "first_day", width: 7.25, figures: true, fall: true, fields: ["first_order"] },
  { name: "order_value", width: 5.75, figures: true, money: true, fall: true, fields: ["order_value"] },
  { name: "expected_spend", width: 6.5, figures: true, money: true, ahead: true, fall: true, fields: ["expected_spend"] },
];

/** Those of a narrow screen, where the cells hold a second line; the last ones where there is no forecast. */
export const NARROW: Name[] = ["id", "p_alive", "clv"];
export const NARROW_RANKED: Name[] = ["id", "orders", "spend"];

export const titleOf = (words: PeopleWords, name: Name) => words[`col_${name}` as keyof PeopleWords] as string;

/** How figures of customers are said, in the table and on a customer's page. */
export function drawer(state: State, format: Format, words: PeopleWords, segments: SegmentWords) {
  const { columns: c, ids } = known(state, "table");
  const end = state.summary?.end ?? 0;
  const named = dates(format.locale);
  // The lower end of a range is often nothing, which needs no cents.
  const money = (v: number) => format.rounded(v);
  const orders = (v: number) => format.value(rounded(v), "count");
  /** A chance in whole per cent, of which none is impossible or certain. */
  const chance = (p: number) => {
    if (p < 0.005) return words.under({ share: format.percent(0.01) });
    return p > 0.995 ? words.over({ share: format.percent(0.99) }) : format.percent(Math.round(100 * p) / 100);
  };
  const count = (v: number) => format.value(v, "count");
  const segment = (row: number) => segments[wire.segment[c.segment[row]]];
  const days = (n: number) => format.value(Math.round(n), "days");
  const range = (low: string, high: string) => words.range({ low, high });
  return {
    money, orders, chance, count, segment, range, days,
    horizon: horizonText(state.settings.horizon_days, format),
    day: named.day,
    month: (day: number) => named.month(monthOf(day)),
    id: (row: number) => ids.at(row),
    clvRange: (row: number) => range(money(c.clv_low[row]), money(c.clv_high[row])),
    ordersRange: (row: number) => range(count(c.expected_orders_low[row]), count(c.expected_orders_high[row])),
    /** When the next order is due, or nothing. */
    nextDay(row: number) {
      const day = nextOrderOf(end, c.next_order_days[row]);
      return day === null ? "" : named.day(day);
    },
  };
}

/** A cell. An id may be anything, and so is shown as a text of its own direction. */
export function cell(state: State, words: PeopleWords, draw: Draw, name: Name, row: number, narrow: boolean) {
  const c = known(state, "table").columns;
  switch (name) {
    case "id": {
      const id = draw.id(row);
      return html`<span class="id" title=${id}>${isBlank(id) ? html`<i>${words.empty_id}</i>` : html`<bdi>${id}</bdi>`}</span>
        ${narrow ? html`<span class="under">${draw.segment(row)}</span>` : nothing}`;
    }
    case "clv":
      return html`<b>${draw.money(c.clv[row])}</b><span class="under">${draw.clvRange(row)}</span>`;
    case "p_alive":
      return html`<span class="chance"><i style=${styled({ transform: `scaleX(${c.p_alive[row].toFixed(3)})` })}></i></span
        ><span>${draw.chance(c.p_alive[row])}</span>`;
    case "expected_orders":
      return draw.orders(c.expected_orders[row]);
    case "next_order_days":
      return draw.nextDay(row) || html`<span class="under">${words.no_next}</span>`;
    case "last_day":
    case "first_day":
      return draw.day(c[name][row]);
    case "segment":
      return html`<span>${draw.segment(row)}</span>`;
    case "stake":
      return draw.money(atStake(c, row));
    case "spend":
    case "order_value":
    case "expected_spend":
      return draw.money(c[name][row]);
    default:
      return draw.count(c[name][row]);
  }
}

/** An expected number of orders with fewer digits the more they are. */
export const rounded = (v: number) => Number(v.toFixed(v < 1 ? 2 : v < 10 ? 1 : 0));

/** Whether nothing of a text can be seen. */
export const isBlank = (text: string) => /^[\s\p{C}\p{Z}\u2800\u3164\uffa0]*$/u.test(text);
