/**
 * One customer, many questions: the figures that one calculation hands on to another. What both call by the same name
 * comes along as it is, what the other asks for in another way is converted, and what it has no place for is listed.
 */

import inputs from "../base/inputs.gen.mjs";
import { PER_YEAR } from "../base/periods.ts";
import { TODAY } from "../base/scenarios.ts";
import type { Figure, Figures } from "../base/figures.ts";

export type Input = Figures;

/** A figure of the customer. */
export interface Known {
  value: Figure;
  uses: string[]; // the inputs that it says in full
  sum?: string; // what it was converted from, with figures
}

export type Customer = Record<string, Known>;

/** Writes a figure of the calculation left behind. */
export type Describe = (name: string, value: Figure) => string;

const DAYS_PER_MONTH = 365 / 12;

/** Levers with a page of their own, whose effects and costs are about the lever and not about the customer. */
const LEVERS = ["onboarding", "service", "personalisation", "loyalty-programme", "upsell", "cross-sell", "referral", "sales-cycle", "adoption", "support", "order-value"];

/** What a plan's list of levers can hold: not better answers, whose tickets are a part of the cost to serve that a plan knows as one figure. */
export const KINDS = [...LEVERS.filter((id) => id !== "support"), "annual-plan", "price-change"];

/** Pages whose rules come to levers of other kinds: by the plan's names, from their inputs and results. */
const pageToLevers: Record<string, (figures: Input) => Input[]> = {
  "reward-points": (i) => [{ ...figuresOf(i, ["reach", "frequency_rise", "reward_cost_rate", "cost_per_period", "fixed_cost"]), kind: "loyalty_programme" }],
  "upsell-or-cross-sell": (i) => [
    {
      ...figuresOf(i, ["offer_period", "offer_cost"]), kind: "upsell", take_up: i.promo_take_up ?? i.upsell_take_up, extra_spend: i.upsell_spend, extra_margin: i.upsell_margin,
      ...(i.promo_take_up != null && figuresOf(i, ["promo_discount", "promo_periods"])),
    },
    { ...figuresOf(i, ["offer_period", "offer_cost", "replaced_share"]), kind: "cross_sell", take_up: i.cross_sell_take_up, extra_spend: i.cross_sell_spend, extra_margin: i.cross_sell_margin },
  ].filter((lever) => Number(lever.take_up) > 0),
};

const figuresOf = (figures: Input, names: string[]): Input => Object.fromEntries(names.map((name) => [name, figures[name]]));

/** A figure without the noise of the arithmetic. */
const clean = (value: number) => Number(value.toPrecision(12));

/** A customer under conversion, with the way to write a figure. */
class Conversion {
  constructor(readonly known: Customer, readonly describe: Describe) {}

  /** A number that is known, or NaN. */
  n(name: string) {
    const value = this.known[name]?.value;
    return typeof value === "number" ? value : NaN;
  }

  /** It in words. */
  t(name: string) {
    const known = this.known[name];
    return known?.sum ? `(${known.sum})` : this.describe(name, known?.value);
  }

  /** @param from names */
  converted(value: number, from: string[], sum: string): Known {
    return { value: clean(value), uses: from.flatMap((name) => this.known[name]?.uses ?? []), sum };
  }
}

/** What is certain without being an input. */
const implied = (value: Figure): Known => ({ value, uses: [] });

/** An average customer, as one with churn: by the year, or by the month where they stay less than one. */
function averages(c: Conversion): Customer {
  const { n, t } = methods(c);
  const years = n("lifespan_years");
  const [period, parts, each] = years >= 1 ? ["year", 1, ""] : ["month", 12, " ÷ 12"];
  return {
    period: implied(period),
    price: c.converted((n("order_value") * n("orders_per_year")) / parts, ["order_value", "orders_per_year"], `${t("order_value")} × ${t("orders_per_year")}${each}`),
    churn_rate: c.converted(1 / (years * parts), ["lifespan_years"], `1 ÷ ${t("lifespan_years")}`),
    lifespan_periods: c.converted(years * parts, ["lifespan_years"], t("lifespan_years")),
  };
}

/** A yearly margin, as a price of which all is margin. */
const margins = (c: Conversion): Customer => ({
  period: implied("year"),
  price: c.converted(c.n("margin"), ["margin"], c.t("margin")),
  gross_margin: implied(1),
  churn_rate: c.converted(1 - c.n("retention_rate"), ["retention_rate"], `1 − ${c.t("retention_rate")}`),
  ...(c.n("annual_growth_rate") && { growth_rate: c.converted(c.n("annual_growth_rate"), ["annual_growth_rate"], c.t("annual_growth_rate")) }),
});

/** The customer of a calculation in the terms of the others: price, period, margin, churn. */
const toCommon: Record<string, (c: Conversion) => Customer> = {
  average: (c) => averages(c),
  totals: (c) => {
    const { known, n, t } = methods(c);
    known.order_value = c.converted(n("revenue") / n("orders"), ["revenue", "orders"], `${t("revenue")} ÷ ${t("orders")}`);
    known.orders_per_year = c.converted(n("orders") / n("customers"), ["orders", "customers"], `${t("orders")} ÷ ${t("customers")}`);
    known.lifespan_years = c.converted(n("total_lifespan_years") / n("customers"), ["total_lifespan_years", "customers"], `${t("total_lifespan_years")} ÷ ${t("customers")}`);
    return { ...known, ...averages(c) };
  },
  "annual-plan": (c) => ({
    period: implied("month"),
    price: c.converted(c.n("monthly_price"), ["monthly_price"], c.t("monthly_price")),
    churn_rate: c.converted(1 / c.n("average_months"), ["average_months"], `1 ÷ ${c.t("average_months")}`),
  }),
  retention: (c) => margins(c),
  "acquisition-retention": (c) => ({
    ...margins(c),
    cac: c.converted(c.n("spend_per_prospect") / c.n("acquisition_rate"), ["spend_per_prospect", "acquisition_rate"], `${c.t("spend_per_prospect")} ÷ ${c.t("acquisition_rate")}`),
    service_cost: c.converted(c.n("spend_per_customer"), ["spend_per_customer"], c.t("spend_per_customer")),
  }),
  "retention-curve": (c) => ({
    price: c.converted(c.n("margin"), ["margin"], c.t("margin")),
    gross_margin: implied(1),
  }),
  "churn-interval": (c) => ({ churn_rate: c.converted(c.n("lost") / c.n("customers"), ["lost", "customers"], `${c.t("lost")} ÷ ${c.t("customers")}`) }),
  "repeat-purchase": (c) => {
    const { n, t } = methods(c);
    const times = DAYS_PER_MONTH / n("purchase_interval_days");
    const often = `365 ÷ 12 ÷ ${t("purchase_interval_days")}`;
    const uses = ["purchase_interval_days"];
    return {
      period: implied("month"),
      price: c.converted(n("spend") * times, ["spend", ...uses], `${t("spend")} × ${often}`),
      churn_rate: c.converted(1 - n("repurchase_probability") ** times, ["repurchase_probability", ...uses], `1 − ${t("repurchase_probability")}^(${often})`),
      ...(n("relationship_years") > 0 && { horizon_periods: c.converted(Math.max(1, Math.round(12 * n("relationship_years"))), ["relationship_years"], `12 × ${t("relationship_years")}`) }),
      ...(n("first_sale_cost") > 0 && { cac: c.converted(n("first_sale_cost"), ["first_sale_cost"], t("first_sale_cost")) }),
      ...(n("repeat_sale_cost") > 0 && { service_cost: c.converted(n("repeat_sale_cost") * times, ["repeat_sale_cost", ...uses], `${t("repeat_sale_cost")} × ${often}`) }),
    };
  },
  "acquisition-cost": (c) => {
    const kinds = ["media_spend", "agency_cost", "salary_cost", "tool_cost", "promotion_cost"];
    const given = kinds.filter((name) => c.n(name) > 0);
    const total = given.reduce((sum, name) => sum + c.n(name), 0);
    return { cac: c.converted(total / c.n("new_customers"), [...given, "new_customers"], `(${given.map((name) => c.t(name)).join(" + ")}) ÷ ${c.t("new_customers")}`) };
  },
  margin: (c) => {
    const { n, t } = methods(c);
    const left = n("contribution_margin") >= 0; // a loss is no margin that another calculation takes
    c.known.order_value = c.converted(n("order_value") * (1 - n("price_discount")) * (1 - n("return_rate")), ["order_value", "price_discount", "return_rate"], `${t("order_value")} × (1 − ${t("price_discount")}) × (1 − ${t("return_rate")})`);
    return { ...(left && { gross_margin: c.converted(n("contribution_margin"), ["goods_cost"], `${t("contribution")} ÷ ${t("net_revenue")}`) }) };
  },
  "net-retention": (c) => ({
    price: c.converted(c.n("starting_revenue") / c.n("customers"), ["starting_revenue", "customers"], `${c.t("starting_revenue")} ÷ ${c.t("customers")}`),
    churn_rate: c.converted(c.n("lost_revenue") / c.n("starting_revenue"), ["lost_revenue", "starting_revenue"], `${c.t("lost_revenue")} ÷ ${c.t("starting_revenue")}`),
  }),
  app: (c) => ({ cac: c.converted(c.n("cpi"), ["cpi"], c.t("cpi")) }),
  // A monthly donor is another than one who gives now and then: the yearly gift and its retention come along.
  donors: (c) => {
    const { n, t } = methods(c);
    return {
      period: implied("year"),
      price: c.converted(n("gift") * n("gifts_per_year"), ["gift", "gifts_per_year"], `${t("gift")} × ${t("gifts_per_year")}`),
      gross_margin: c.converted(1 - n("fundraising_cost_rate"), ["fundraising_cost_rate"], `1 − ${t("fundraising_cost_rate")}`),
      churn_rate: c.converted(1 - n("retention_rate"), ["retention_rate"], `1 − ${t("retention_rate")}`),
      first_period_churn: c.converted(1 - n("first_year_retention"), ["first_year_retention"], `1 − ${t("first_year_retention")}`),
      ...(n("annual_growth_rate") && { growth_rate: c.converted(n("annual_growth_rate"), ["annual_growth_rate"], t("annual_growth_rate")) }),
    };
  },
  "customer-equity": (c) => ({
    price: c.converted(c.n("margin"), ["margin"], c.t("margin")),
    gross_margin: implied(1),
  }),
  mixed: (c) => {
    delete c.known.order_value; // of what is bought beside the plan
    return {};
  },
  hourglass: (c) => {
    const { n, t } = methods(c);
    const first = Number.isNaN(n("first_period_churn")) ? "churn_rate" : "first_period_churn";
    const won = ["prospects", "conversion"];
    return {
      new_customers: c.converted(n("prospects") * n("conversion"), won, `${t("prospects")} × ${t("conversion")}`),
      cac: c.converted(n("acquisition_spend") / n("prospects") / n("conversion"), ["acquisition_spend", ...won], `${t("acquisition_spend")} ÷ ${t("prospects")} ÷ ${t("conversion")}`),
      ...(n("activation") < 1 && { first_period_churn: c.converted(1 - (1 - n(first)) * n("activation"), [first, "activation"], `1 − (1 − ${t(first)}) × ${t("activation")}`) }),
      acquisition_rate: c.converted(n("conversion"), ["conversion"], t("conversion")),
      spend_per_prospect: c.converted(n("acquisition_spend") / n("prospects"), ["acquisition_spend", "prospects"], `${t("acquisition_spend")} ÷ ${t("prospects")}`),
    };
  },
};

/** What a calculation asks of the customer in terms of its own. */
const fromCommon: Record<string, (c: Conversion) => Customer> = {
  average: (c) => {
    const { n, t } = methods(c);
    const year = PER_YEAR[c.known.period?.value];
    return {
      order_value: c.converted(n("price"), ["price"], t("price")),
      orders_per_year: { value: year, uses: ["period"], sum: String(year) },
      lifespan_years: c.converted(1 / n("churn_rate") / year, ["churn_rate", "period"], `1 ÷ ${t("churn_rate")} ÷ ${year}`),
    };
  },
  totals: (c) => {
    const { n, t } = methods(c);
    for (const [name, known] of Object.entries(fromCommon.average(c))) c.known[name] ??= known;
    delete c.known.customers; // those of a base, where the orders are one customer's
    return {
      customers: implied(1),
      orders: c.converted(n("orders_per_year"), ["orders_per_year"], t("orders_per_year")),
      revenue: c.converted(n("order_value") * n("orders_per_year"), ["order_value", "orders_per_year"], `${t("order_value")} × ${t("orders_per_year")}`),
      total_lifespan_years: c.converted(n("lifespan_years"), ["lifespan_years"], t("lifespan_years")),
    };
  },
  "annual-plan": (c) => {
    const { n, t } = methods(c);
    const months = 12 / PER_YEAR[c.known.period?.value];
    const [price, life] = months === 1 ? ["", ""] : [` ÷ ${clean(months)}`, ` × ${clean(months)}`];
    return {
      monthly_price: c.converted(n("price") / months, ["price", "period"], `${t("price")}${price}`),
      average_months: c.converted(months / n("churn_rate"), ["churn_rate", "period"], `1 ÷ ${t("churn_rate")}${life}`),
    };
  },
  retention: (c) => {
    const { n, t } = methods(c);
    const year = PER_YEAR[c.known.period?.value];
    const [times, power] = year === 1 ? ["", ""] : [` × ${year}`, `^${year}`];
    return {
      margin: c.converted(n("price") * n("gross_margin") * year, ["price", "gross_margin", "period"], `${t("price")} × ${t("gross_margin")}${times}`),
      retention_rate: c.converted((1 - n("churn_rate")) ** year, ["churn_rate", "period"], `(1 − ${t("churn_rate")})${power}`),
      ...(n("growth_rate") && { annual_growth_rate: c.converted((1 + n("growth_rate")) ** year - 1, ["growth_rate", "period"], `(1 + ${t("growth_rate")})${power} − 1`) }),
    };
  },
  "acquisition-retention": (c) => fromCommon.retention(c),
  "retention-curve": (c) => ({
    margin: c.converted(c.n("price") * c.n("gross_margin"), ["price", "gross_margin"], `${c.t("price")} × ${c.t("gross_margin")}`),
  }),
  "customer-equity": (c) => fromCommon["retention-curve"](c),
  app: (c) => ({ cpi: c.converted(c.n("cac"), ["cac"], c.t("cac")) }),
  donors: (c) => {
    const { n, t } = methods(c);
    const year = PER_YEAR[c.known.period?.value];
    const [times, power] = year === 1 ? ["", ""] : [` × ${year}`, `^${year}`];
    const kept = fromCommon.retention(c);
    const first = year === 1 && n("first_period_churn") >= 0 ? "first_period_churn" : "churn_rate";
    return {
      gift: c.converted(n("price") * year, ["price", "period"], `${t("price")}${times}`),
      gifts_per_year: implied(1),
      retention_rate: kept.retention_rate,
      first_year_retention: c.converted((1 - n(first)) ** year, [first, "period"], `(1 − ${t(first)})${power}`),
      fundraising_cost_rate: c.converted(1 - n("gross_margin"), ["gross_margin"], `1 − ${t("gross_margin")}`),
      ...("annual_growth_rate" in kept && { annual_growth_rate: kept.annual_growth_rate }),
    };
  },
  // Who pays by the order pays no plan.
  mixed: (c): Customer => {
    const year = PER_YEAR[c.known.period?.value];
    if (Number.isNaN(c.n("orders_per_year"))) return {};
    delete c.known.price;
    return {
      price: implied(0),
      orders_per_period: c.converted(c.n("orders_per_year") / year, ["orders_per_year", "period"], `${c.t("orders_per_year")} ÷ ${year}`),
      order_margin: c.converted(c.n("gross_margin"), ["gross_margin"], c.t("gross_margin")),
    };
  },
  "repeat-purchase": (c) => {
    const { n, t } = methods(c);
    const year = PER_YEAR[c.known.period?.value];
    return {
      spend: c.converted(n("price"), ["price"], t("price")),
      purchase_interval_days: { value: clean(365 / year), uses: ["period"], sum: `365 ÷ ${year}` },
      repurchase_probability: c.converted(1 - n("churn_rate"), ["churn_rate"], `1 − ${t("churn_rate")}`),
      ...(n("horizon_periods") > 0 && { relationship_years: c.converted(n("horizon_periods") / year, ["horizon_periods", "period"], `${t("horizon_periods")} ÷ ${year}`) }),
      ...(n("cac") > 0 && { first_sale_cost: c.converted(n("cac"), ["cac"], t("cac")) }),
    };
  },
  hourglass: (c) => ({
    prospects: implied(1),
    conversion: implied(1),
    acquisition_spend: Number.isNaN(c.n("cac")) ? implied(0) : c.converted(c.n("cac"), ["cac"], c.t("cac")),
  }),
  upsell: (c) => ({ ...renamed(c, "take_up", "upsell_take_up"), ...renamed(c, "extra_spend", "upsell_spend") }),
  "cross-sell": (c) => ({ ...renamed(c, "take_up", "cross_sell_take_up"), ...renamed(c, "extra_spend", "cross_sell_spend") }),
  referral: (c) => renamed(c, "referrer_reward", "referral_reward"),
};

const renamed = (c: Conversion, name: string, other: string) => (c.known[other] ? { [name]: c.converted(c.n(other), [other], c.t(other)) } : {});

const methods = (c: Conversion) => ({ known: c.known, n: (name: string) => c.n(name), t: (name: string) => c.t(name) });

/** The figures of a lever's own page by the names that a plan has for them, where these differ. */
const pageToLever: Record<string, (figures: Input) => Input> = {
  "loyalty-programme": (i) => ({ cost_per_period: i.cost_per_period + (i.programme === "gamified" ? i.prize_cost : 0) }),
  referral: (i) => ({ referral_reward: i.referrer_reward + i.friend_reward }),
  // What is sold costs as much at any price, so that all of the rise is margin.
  "price-change": (i) => ({ reach: 1 - i.grandfathered_share, take_up: 1, extra_spend: i.price * i.price_rise, extra_margin: 1, churn_fall: -i.churn_rise }),
};

/** And the other way. */
const leverToPage: Record<string, (lever: Input) => Input> = {
  "loyalty-programme": (l) => ({ reward_rate: l.reward_cost_rate }),
  referral: (l) => ({ invitations_per_period: l.referral_rate, referral_conversion: 1, referrer_reward: l.referral_reward }),
  "order-value": (l) => ({ lifted_order_share: l.take_up }),
};

/**
 * What comes along from one calculation to another, by the other's inputs.
 * @param from a calculation @param figures its inputs and results @param to another calculation
 */
export function moved(from: string, figures: Input, to: string, describe: Describe = (_, value) => String(value)): Customer {
  const own = inputsOf(from);
  // Whom a plan is for says nothing of whom another change is for.
  const about = LEVERS.includes(from) && from !== to ? own.filter((name) => TODAY.includes(name)) : own.filter((name) => name !== "reach" || from === to);
  const known: Customer = {};
  for (const name of about) if (usable(figures[name])) known[name] = { value: figures[name], uses: [name] };
  if (from !== to) addTo(known, toCommon[from]?.(new Conversion(known, describe)));
  if (from === "retention-curve" || from === "customer-equity") delete known.margin; // of a period, where others mean a year's
  if (from !== to) addTo(known, fromCommon[to]?.(new Conversion(known, describe)));
  const shared = Object.fromEntries(inputsOf(to).filter((name) => known[name]).map((name) => [name, known[name]]));
  const levers = to === "growth-plan" ? leversOf(from, figures) : [];
  if (levers.length) shared.levers = { value: levers, uses: own.filter((name) => !TODAY.includes(name)) };
  if (from === "growth-plan") Object.assign(shared, leverIn(figures, to));
  return shared;
}

/** Adds what is usable and not there yet. */
function addTo(known: Customer, more: Customer = {}) {
  for (const [name, figure] of Object.entries(more)) if (usable(figure.value)) known[name] ??= figure;
}

/** The same as plain inputs. */
export function carried(from: string, figures: Input, to: string): Input {
  return Object.fromEntries(Object.entries(moved(from, figures, to)).map(([name, { value }]) => [name, value]));
}

function leversOf(from: string, figures: Input): Input[] {
  const found = pageToLevers[from]?.(figures) ?? (KINDS.includes(from) ? [{ ...figures, ...pageToLever[from]?.(figures), kind: from.replaceAll("-", "_") }] : []);
  const names = inputsOf("growth-plan.levers");
  return found.map((all) => Object.fromEntries(names.filter((name) => usable(all[name])).map((name) => [name, all[name]])));
}

/** The lever of a plan that a page is about. */
function leverIn({ levers = [] }: Input, to: string): Customer {
  if (!Array.isArray(levers)) return {};
  const kind = to.replaceAll("-", "_");
  const lever = levers.find((l) => l.kind === kind);
  if (!lever) return {};
  const all = { ...lever, ...leverToPage[to]?.(lever) };
  const uses = levers.length === 1 ? ["levers"] : [];
  return Object.fromEntries(inputsOf(to).filter((name) => usable(all[name])).map((name) => [name, { value: all[name], uses }]));
}

/** What is left out or could not be read stays behind. */
const usable = (value: Figure) => (typeof value === "number" && Number.isFinite(value)) || (typeof value === "string" && /^[a-z_]+$/.test(value));

const inputsOf = (id: string) => inputs[id] ?? [];
