/** What the table of customers shows of each: names, widths, and how a cell is drawn. */
import { html, nothing } from "lit";
import { words as wire } from "../../engine/customers.gen.mjs";
import { styled } from "../styled.mjs";
import { dates, monthOf } from "../../base/dates.mjs";

/**
 * @typedef {import("../rows.mjs").Sort["column"]} Name
 * @typedef {typeof import("../../messages/en/people.gen.mjs").default} Words
 * @typedef {typeof import("../../messages/en/segments.gen.mjs").default} SegmentWords
 * @typedef {ReturnType<typeof drawer>} Draw
 * @typedef {object} Column
 * @property {Name} name
 * @property {number} width in rem, at least
 * @property {boolean} [figures] set to the end, under each other
 * @property {boolean} [money] only where amounts are known
 * @property {boolean} [chosen] shown until the user decides
 * @property {boolean} [fall] sorted from the highest first
 */

/** In their order. @type {Column[]} */
export const COLUMNS = [
  { name: "id", width: 12, chosen: true },
  { name: "rank", width: 4, figures: true, chosen: true },
  { name: "clv", width: 9.5, figures: true, money: true, chosen: true, fall: true },
  { name: "p_alive", width: 8.25, figures: true, chosen: true, fall: true },
  { name: "expected_orders", width: 5.25, figures: true, chosen: true, fall: true },
  { name: "next_order_days", width: 7, figures: true, chosen: true },
  { name: "orders", width: 5, figures: true, chosen: true, fall: true },
  { name: "spend", width: 5.5, figures: true, money: true, chosen: true, fall: true },
  { name: "last_day", width: 7, figures: true, chosen: true, fall: true },
  { name: "segment", width: 9.75, chosen: true },
  { name: "decile", width: 4.5, figures: true },
  { name: "first_day", width: 7.25, figures: true, fall: true },
  { name: "order_value", width: 5.75, figures: true, money: true, fall: true },
  { name: "expected_spend", width: 6.5, figures: true, money: true, fall: true },
];

/** Those of a narrow screen, where the cells hold a second line. @type {Name[]} */
export const NARROW = ["id", "p_alive", "clv"];

/** Days of a mean month. */
const MONTH = 30.4375;

/** @param {Words} words @param {Name} name */
export const titleOf = (words, name) => /** @type {string} */ (words[/** @type {keyof Words} */ (`col_${name}`)]);

/**
 * How figures of customers are said, in the table and on a customer's page.
 * @param {import("../types.d.ts").State} state @param {import("../../base/format.mjs").Format} format
 * @param {Words} words @param {SegmentWords} segments
 */
export function drawer(state, format, words, segments) {
  const { columns: c, ids } = /** @type {import("../types.d.ts").Table} */ (state.table);
  const end = state.summary?.end ?? 0;
  const named = dates(format.locale);
  // The lower end of a range is often nothing, which needs no cents.
  const money = (/** @type {number} */ v) => (v < 0.005 && v > -0.005 ? format.axis(0, "money") : format.money(v, true));
  const orders = (/** @type {number} */ v) => format.value(rounded(v), "count");
  /** A chance in whole per cent, of which none is impossible or certain. @param {number} p */
  const chance = (p) => {
    if (p < 0.005) return words.under({ share: format.percent(0.01) });
    return p > 0.995 ? words.over({ share: format.percent(0.99) }) : format.percent(Math.round(100 * p) / 100);
  };
  const count = (/** @type {number} */ v) => format.value(v, "count");
  const segment = (/** @type {number} */ row) => segments[wire.segment[c.segment[row]]];
  const days = (/** @type {number} */ n) => format.value(Math.round(n), "days");
  const { horizon_days } = state.settings;
  const months = Math.round(horizon_days / MONTH);
  const range = (/** @type {string} */ low, /** @type {string} */ high) => words.range({ low, high });
  return {
    money, orders, chance, count, segment, range, days,
    horizon: Math.abs(horizon_days - months * MONTH) < 3 ? format.duration(months) : days(horizon_days),
    day: named.day,
    month: (/** @type {number} */ day) => named.month(monthOf(day)),
    id: (/** @type {number} */ row) => ids.at(row),
    clvRange: (/** @type {number} */ row) => range(money(c.clv_low[row]), money(c.clv_high[row])),
    ordersRange: (/** @type {number} */ row) => range(count(c.expected_orders_low[row]), count(c.expected_orders_high[row])),
    /** When the next order is due, or nothing. @param {number} row */
    nextDay: (row) => (c.next_order_days[row] > 0 ? named.day(end + Math.ceil(c.next_order_days[row])) : ""),
  };
}

/**
 * A cell. An id may be anything, and so is shown as a text of its own direction.
 * @param {import("../types.d.ts").State} state @param {Words} words @param {Draw} draw @param {Name} name @param {number} row
 * @param {boolean} narrow
 */
export function cell(state, words, draw, name, row, narrow) {
  const c = /** @type {import("../types.d.ts").Table} */ (state.table).columns;
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
    case "spend":
    case "order_value":
    case "expected_spend":
      return draw.money(c[name][row]);
    default:
      return draw.count(c[name][row]);
  }
}

/** An expected number of orders with fewer digits the more they are. @param {number} v */
export const rounded = (v) => Number(v.toFixed(v < 1 ? 2 : v < 10 ? 1 : 0));

/** Whether nothing of a text can be seen. @param {string} text */
export const isBlank = (text) => /^[\s\p{C}\p{Z}\u2800\u3164\uffa0]*$/u.test(text);
