/**
 * A baseline and the levers that change it, as core/growth values them: a row for every set of levers, with what a
 * customer whom the whole set reaches is worth; then, lever by lever, those whom it does not reach are mixed in, the
 * chain of friends is counted, and the fixed costs come off. See the package comment of core/growth/cohort.go.
 */

import { ENDLESS, LEAST, MAX_PERIODS, NONE, UNBOUNDED_YEARS, annuity, discount, endless, geometric, orElse, periodsPerYear, power, present, where } from "./sums.ts";
import type { Definition, Rule } from "./definition.ts";

/** Its fields, as formulas; a field that is absent is nothing. */
export type Lever = Record<string, string>;

/** What formulas call the figures of a customer whom a set reaches. */
export type Reached = { periods: string, paid: string, lifetime: string, first: string, later: string, frequency: string, delay: string, sold: string, counted: string, at: (i: number) => string, before: (i: number) => string, promo: (i: number) => string };

const sum = (terms: (string | false | undefined)[]) => terms.filter(Boolean).join("+") || "0";

/** Of a set, the levers in it. */
const among = (levers: Lever[], set: number) => levers.map((lever, i) => ({ lever, i })).filter(({ i }) => (set >> i) & 1);

/** Less what each lever in the set takes. */
const less = (whole: string, levers: Lever[], set: number, fields: string[]) =>
  whole + among(levers, set).flatMap(({ lever }) => fields.filter((f) => lever[f]).map((f) => `-${lever[f]}`)).join("");

/** A new customer's share of a fixed cost; there may be no number of them where there is nothing to share. */
export const share = (fixed: string) => `IF(${fixed}=0,0,${fixed}/new_customers)`;

/** How a lever's page differs from others: the first sale takes time; what a customer costs to serve, as a formula; the input that makes a figure of the lever. */
type Manner = { selling?: boolean, service?: string, asks?: Partial<Record<keyof Lever, string>> };

/** Whether the lever makes an offer at all. */
export const offers = (lever: Lever) => Boolean(lever.take_up || lever.offer_cost);

/** The margin of what is sold on top. */
const extraMargin = (lever: Lever) => (lever.extra_margin ? `IF(ISNUMBER(${lever.extra_margin}),${lever.extra_margin},gross_margin)` : "gross_margin");

/** What a customer is worth whom the whole set reaches: money and friends, as formulas. */
export function worth(levers: Lever[], set: number, r: Reached, { service = "service_cost", selling = false }: Manner = {}) {
  const within = among(levers, set);
  const contract = within.find(({ lever }) => lever.plan_discount)?.lever.plan_discount;
  const list = `price*${r.frequency}*${r.paid}`;
  const spend = contract ? `${list}*(1-${contract})` : list;
  const fees = within.map(({ lever }) => lever.fee_per_period && `${lever.fee_per_period}*${r.periods}`);
  const ifOffered = (lever: Lever, formula: string) => `IF(ISNUMBER(${r.counted}),IF(${lever.offer_period ?? 0}<${r.counted},${formula},0),${formula})`;
  // Who earns rewards earns them on what is sold on top too.
  const takers = within.filter(({ lever }) => lever.take_up).map(({ lever, i }) => ({
    lever,
    taken: ifOffered(lever, `${lever.take_up}*(${sum([lever.extra_spend && `${lever.extra_spend}*(${r.periods}-${r.before(i)})`, lever.one_off_spend && `${lever.one_off_spend}*${r.at(i)}`])})`),
  }));
  /** What a promotion takes off in its first periods, of all who accept. */
  const off = within.filter(({ lever }) => lever.promo_discount).map(({ lever, i }) =>
    `-${ifOffered(lever, `${lever.take_up}*${lever.extra_spend}*${lever.promo_discount}*(MIN(${r.promo(i)},${r.periods})-${r.before(i)})`)}`).join("");
  const won = within.filter(({ lever }) => lever.referral_rate).map(({ lever }) => ({ lever, won: `${lever.referral_rate}*${r.periods}/(1+discount)` }));
  const news = (lever: Lever) => (lever.organic_share ? `(1-${lever.organic_share})*` : "");
  const sells = takers.map(({ lever, taken }) => `${lever.replaced_share ? `(1-${lever.replaced_share})*` : ""}${taken}`);
  const revenue = sum([spend, ...fees, ...sells]);
  const margin = sum([
    `${list}*(gross_margin${contract ? `-${contract}` : ""})${service ? `-${service}*${r.periods}` : ""}`, ...fees,
    ...takers.map(({ lever, taken }) => `(${extraMargin(lever)}${lever.replaced_share ? `-${lever.replaced_share}*gross_margin` : ""})*${taken}`),
  ]);
  const cost = sum(within.flatMap(({ lever, i }) => [
    lever.cost_per_customer, lever.cost_per_period && `${lever.cost_per_period}*${r.periods}`, lever.reward_cost_rate && `${lever.reward_cost_rate}*${sells.length ? `(${sum([spend, ...sells])}${off})` : spend}`,
    lever.offer_cost && ifOffered(lever, `${lever.offer_cost}*${r.at(i)}`),
  ]).concat(won.map(({ lever, won }) => lever.referral_reward && `${lever.referral_reward}*${won}`)));
  const sold = (formula: string) => (selling ? `(${formula})*${r.sold}` : formula);
  return {
    revenue: sold(revenue + off),
    margin: selling ? `(${margin}${off})*${r.sold}-selling_cost_per_day*${r.delay}` : margin + off,
    cost: sold(cost),
    friends: sold(sum(won.map(({ lever, won }) => news(lever) + won))),
    chain: sum(won.map(({ lever }) => `${news(lever)}${lever.referral_rate}*${r.lifetime}`)),
  };
}

/** The figures of a row of the table, by the names of its columns. */
const ROW: Reached = {
  periods: "periods", paid: "paid", lifetime: "lifetime", first: "first_left", later: "later_left", frequency: "frequency", delay: "delay", sold: "sold",
  counted: "counted", at: (i) => `offered_${i + 1}`, before: (i) => `before_offer_${i + 1}`, promo: (i) => `before_full_price_${i + 1}`,
};

/**
 * The steps and the table of a plan. A row of the table is a set of levers: bit i of its number stands for lever i.
 */
export function plan(levers: Lever[], { selling = false, service }: Manner = {}) {
  const contracts = levers.filter((l) => l.annual_renewal_rate);
  const yearly = (set: number) => among(levers, set).find(({ lever }) => lever.annual_renewal_rate)?.lever;
  /** A column that every set has its own formula for. */
  const each = (of: (set: number) => string) => of;
  const firstFalls = levers.filter((l) => l.first_churn_fall || l.churn_fall).map((l) => `-MAX(0,${[l.first_churn_fall, l.churn_fall].filter(Boolean).join("+")})`).join("");
  const falls = levers.filter((l) => l.churn_fall).map((l) => `-MAX(0,${l.churn_fall})`).join("");
  const steps: Record<string, string> = {
    periods_per_year: periodsPerYear,
    discount,
    first_churn: "IF(ISNUMBER(first_period_churn),first_period_churn,churn_rate)",
    least_first_churn: `first_churn${firstFalls}`,
    least_churn: `churn_rate${falls}`,
    unlimited: `OR(AND(least_first_churn<1,least_churn+discount<${LEAST})${contracts.map((l) => `,1-${l.annual_renewal_rate}+annual_discount_rate<${LEAST}`).join("")})`,
    counted: `IF(ISNUMBER(horizon_periods),horizon_periods,IF(unlimited,${UNBOUNDED_YEARS}*periods_per_year,"whole life"))`,
  };
  const columns: Record<string, string | ((set: number) => string)> = {
    reached_by: each((set) => `"${among(levers, set).map(({ i }) => i + 1).join(" + ") || "–"}"`),
    first_left: each((set) => `MIN(1,MAX(0,${less("first_churn", levers, set, ["first_churn_fall", "churn_fall"])}))`),
    later_left: each((set) => `MIN(1,MAX(0,${less("churn_rate", levers, set, ["churn_fall"])}))`),
    frequency: each((set) => among(levers, set).filter(({ lever }) => lever.frequency_rise).map(({ lever }) => `(1+${lever.frequency_rise})`).join("*") || "1"),
  };
  if (selling) {
    columns.delay = each((set) => `MAX(0,${less("days_to_sale", levers, set, ["days_saved"])})`);
    columns.sold = "(1+annual_discount_rate)^(-delay/365)";
  }
  const tenure = (set: number, d: string, annual: string) => {
    const contract = yearly(set);
    return contract ? byTheYear(contract.annual_renewal_rate, d, annual) : annuity("first_left", "later_left", d, "counted");
  };
  columns.periods = each((set) => tenure(set, "discount", "annual_discount_rate"));
  if (levers.some((l) => l.referral_rate)) columns.lifetime = each((set) => orElse(tenure(set, "0", "0"), ENDLESS));
  columns.paid = each((set) => {
    const contract = yearly(set);
    if (!contract) return "periods";
    const churn = `(1-${contract.annual_renewal_rate})`;
    const full = "INT(N(counted)/periods_per_year)";
    const begun = `${power(`${contract.annual_renewal_rate}/(1+annual_discount_rate)`, full)}*MOD(N(counted),periods_per_year)/periods_per_year`;
    return `periods_per_year*IF(ISNUMBER(counted),${geometric(churn, "annual_discount_rate", full)}+${begun},${endless(churn, "annual_discount_rate")})`;
  });
  levers.forEach((lever, i) => {
    if (!offers(lever)) return;
    const k = lever.offer_period ?? "0";
    columns[`offered_${i + 1}`] = each((set) => {
      const contract = yearly(set);
      return contract ? `${power(contract.annual_renewal_rate, `INT(${k}/periods_per_year)`)}/(1+discount)^${k}` : present("first_left", "later_left", "discount", k);
    });
    columns[`before_offer_${i + 1}`] = each((set) => {
      const contract = yearly(set);
      return contract ? years(contract.annual_renewal_rate, "discount", "annual_discount_rate", k) : annuity("first_left", "later_left", "discount", k);
    });
    if (!lever.promo_discount) return;
    const until = `(${k}+${lever.promo_periods ?? 1})`;
    columns[`before_full_price_${i + 1}`] = each((set) => {
      const contract = yearly(set);
      return contract ? years(contract.annual_renewal_rate, "discount", "annual_discount_rate", until) : annuity("first_left", "later_left", "discount", until);
    });
  });
  const kinds = (["revenue", "margin", "cost", "friends", "chain"] as const);
  for (const kind of kinds) {
    columns[kind] = each((set) => worth(levers, set, ROW, { selling, service })[kind]);
    levers.forEach((lever, i) => {
      const from = i === 0 ? kind : `${kind}_mixed_${i}`;
      columns[`${kind}_mixed_${i + 1}`] = each((set) => ((set >> i) & 1 ? `${lever.reach ?? 1}*${from}+(1-${lever.reach ?? 1})*${from}@${set & ~(1 << i)}` : from));
    });
  }
  const mixed = (kind: string) => (levers.length ? `${kind}_mixed_${levers.length}` : kind);
  const fixed = (set: number) => among(levers, set).filter(({ lever }) => lever.fixed_cost).map(({ lever }) => `+${share(lever.fixed_cost)}`).join("");
  columns.revenue_whole = `${mixed("revenue")}/(1-${mixed("friends")})`;
  columns.margin_whole = `${mixed("margin")}/(1-${mixed("friends")})`;
  columns.cost_whole = each((set) => `${mixed("cost")}/(1-${mixed("friends")})${fixed(set)}`);
  columns.net_whole = "margin_whole-cost_whole";
  return { steps, table: { rows: 1 << levers.length, columns } };
}

/** The annuity of a customer on a yearly contract. */
function byTheYear(renewal: string, d: string, annual: string) {
  const whole = `${geometric("0", d, "periods_per_year")}*${endless(`(1-${renewal})`, annual)}`;
  return `IF(ISNUMBER(counted),${years(renewal, d, annual, "N(counted)")},${whole})`;
}

/** The same within n periods. */
function years(renewal: string, d: string, annual: string, n: string) {
  const full = `INT(${n}/periods_per_year)`;
  return `(${geometric("0", d, "periods_per_year")}*${geometric(`(1-${renewal})`, annual, full)}+${power(`${renewal}/(1+${annual})`, full)}*${geometric("0", d, `MOD(${n},periods_per_year)`)})`;
}

/** What a plan brings against today. @param all the set of all levers */
export function outcome(all: number): Record<string, string> {
  return {
    net_gain: "outcome.margin_gain-outcome.programme_cost",
    "outcome.margin_gain": `plan:margin_whole@${all}-plan:margin_whole@0`,
    "outcome.programme_cost": `plan:cost_whole@${all}`,
    "outcome.roi": where("outcome.programme_cost>0", "net_gain/outcome.programme_cost"),
    "outcome.total_margin_gain": where("ISNUMBER(new_customers)", "outcome.margin_gain*new_customers"),
    "outcome.total_cost": where("ISNUMBER(new_customers)", "outcome.programme_cost*new_customers"),
    "outcome.total_net": where("ISNUMBER(new_customers)", "net_gain*new_customers"),
    "outcome.clv_before": "plan:net_whole@0",
    "outcome.clv_after": `plan:net_whole@${all}`,
    "outcome.revenue_gain": `plan:revenue_whole@${all}-plan:revenue_whole@0`,
    "outcome.revenue_roi": where("outcome.programme_cost>0", "(outcome.revenue_gain-outcome.programme_cost)/outcome.programme_cost"),
    "outcome.horizon_used_periods": where("ISNUMBER(counted)", "counted"),
  };
}

/** How far a customer under the one lever is ahead of one without it, period by period. */
export function lead(lever: Lever, manner: Manner = {}) {
  const at = (set: number, column: string) => `plan:${column}@${set}`;
  const reached = (set: number) => ({
    periods: `periods_${set}`, paid: `periods_${set}`, lifetime: "0", first: "", later: "", frequency: at(set, "frequency"),
    delay: at(set, "delay"), sold: at(set, "sold"), counted: "number",
    at: () => at(set, "offered_1"), before: () => at(set, "before_offer_1"), promo: () => at(set, "before_full_price_1"),
  });
  const weight = (set: number) => (i: number) =>
    i === 0 ? "0" : i === 1 ? "1" : `weight_${set}@before*(1-${at(set, i === 2 ? "first_left" : "later_left")})/(1+discount)`;
  const sumOf = (set: number) => (i: number) => (i === 0 ? "0" : `periods_${set}@before+weight_${set}`);
  const [today, changed] = [0, 1].map((set) => worth([lever], set, reached(set), manner));
  const reach = lever.reach ?? "1";
  const fixed = lever.fixed_cost ? `-${share(lever.fixed_cost)}` : "";
  return {
    rows: MAX_PERIODS + 1,
    columns: {
      number: (i: number) => (i === 0 ? "0" : "number@before+1"),
      weight_0: weight(0), periods_0: sumOf(0), weight_1: weight(1), periods_1: sumOf(1),
      margin_today: today.margin,
      lead: `(${reach}*(${changed.margin})+(1-${reach})*margin_today-${reach}*(${changed.cost}))${fixed}-margin_today`,
      behind: `IF(AND(number<=furthest,lead<0),number,${NONE})`,
    },
  };
}

/** The month from which the lead is no longer negative. */
export const payback = {
  steps: {
    furthest: `IF(ISNUMBER(counted),counted,${MAX_PERIODS})`,
    behind_until: "IF(COUNT(lead:behind)=0,-1,MAX(lead:behind))",
  },
  result: where("AND(net_gain>=0,behind_until<furthest)",
    "12/periods_per_year*IF(behind_until<0,0,behind_until+INDEX(lead:lead,behind_until+1)/(INDEX(lead:lead,behind_until+1)-INDEX(lead:lead,behind_until+2)))"),
};

/** A fixed cost is shared among the new customers, who must then be told. */
export const needed = (fixed: string[]): Rule => ({ refused: `AND(NOT(ISNUMBER(new_customers)),OR(${fixed.map((cost) => `${cost}<>0`).join(",")}))`, code: "required", field: "new_customers" });

/** What a lever may take: no more than there is. */
function budgets({ churn_fall, first_churn_fall, days_saved }: Lever, asks: Manner["asks"] = {}): Rule[] {
  const rules: Rule[] = [];
  const take = (figure: string, amount: string, whole: string) => {
    const field = asks[figure] ?? figure;
    rules.push(
      { refused: `${amount}>${whole}+1E-9*${whole}`, code: "takes_too_much", field, limit: whole, share: true },
      { refused: `-(${amount})>1-${whole}+1E-9*${whole}`, code: "too_low", field, limit: `-(1-${whole})`, share: true },
    );
  };
  if (churn_fall) take("churn_fall", churn_fall, "churn_rate");
  if (churn_fall || first_churn_fall) take(first_churn_fall ? "first_churn_fall" : "churn_fall", first_churn_fall ?? churn_fall, "first_churn");
  if (days_saved) rules.push({ refused: `${days_saved}>days_to_sale+1E-9*days_to_sale`, code: "takes_too_much", field: "days_saved", limit: "days_to_sale" });
  return rules;
}

/**
 * A calculation about one lever.
 * @param results beside the outcome
 */
export function leverPage(lever: Lever, results: Record<string, string>, { steps = {}, rules: more = [], ...manner }: Manner & { steps?: Record<string, string>, rules?: Rule[] } = {}): Definition {
  const { steps: own, table } = plan([lever], manner);
  const rules = [...more, ...budgets(lever, manner.asks), ...(lever.fixed_cost ? [needed([lever.fixed_cost])] : [])];
  // Friends come when they come, and bring friends in turn: the rows of one customer cannot follow that.
  if (lever.referral_rate) return { steps: { ...own, ...steps }, rules, tables: { plan: table }, results: { ...outcome(1), ...results } };
  return {
    steps: { ...own, ...payback.steps, ...steps },
    rules,
    picture: { table: "lead", across: "number", up: ["lead"], rows: 61 },
    tables: { plan: table, lead: lead(lever, manner) },
    results: { ...outcome(1), "outcome.payback_months": payback.result, ...results },
  };
}

/**
 * Where a net gain that is a straight line of the effect crosses nothing.
 * @param cost what is to be paid for @param slope what one unit of the effect brings
 */
export const straight = (cost: string, slope: string, low: string, high: string) =>
  `IF(${cost}=0,0,IF(${slope}=0,${NONE},IF(AND((${cost})/(${slope})>=${low},(${cost})/(${slope})<=${high}),(${cost})/(${slope}),${NONE})))`;

/** How many periods longer the lever keeps a customer. */
export const periodsGained = orElse(
  `reach*(${annuity("plan:first_left@1", "plan:later_left@1", "0", "counted")}-(${annuity("plan:first_left@0", "plan:later_left@0", "0", "counted")}))`,
  NONE,
);

/** The cost at which a lever breaks even, as core/growth has it: what only rounding takes below 0 is 0. @param gain by each that costs it */
export const bearable = (cost: string, gain: string) => where(`${cost}+${gain}>=-1E-9*${cost}`, `MAX(0,${cost}+${gain})`);
