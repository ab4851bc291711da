/** What a list of subscriptions comes to elsewhere: the calculators with its figures, and the file of its subscribers. */
import type { Results } from "../engine/customers.ts";
import { csv } from "./csv.ts";
import { dayText } from "./elsewhere.ts";
import type { Settings } from "./state.ts";

export type Subscriptions = Results["subscriptions"];
export type Plan = Subscriptions["plans"][number];

/** The calculators' periods, and how many of each make a year; plans by other periods have no page of theirs. */
const PER_YEAR: Partial<Record<Plan["interval"], number>> = { week: 52, month: 12, quarter: 4, year: 1 };

/** Whether a plan's value is told. */
export const isTold = ({ basis }: Plan) => basis === "own" || basis === "all_plans";

/** Renewals due and lost by tenure, of all that the plan's curve was fitted to. */
function trackedOf({ plans }: Subscriptions, plan: Plan) {
  const all = plan.basis === "own" ? [plan] : plans.filter(({ interval }) => interval === plan.interval);
  const rows = Math.max(plan.at.length, ...all.map(({ at_risk }) => at_risk.length));
  const sum = (of: (p: Plan) => ArrayLike<number>, k: number) => all.reduce((n, p) => n + (of(p)[k] ?? 0), 0);
  return Array.from({ length: rows }, (_, k) => ({ customers: plan.at[k] ?? 0, at_risk: sum((p) => p.at_risk, k), lost: sum((p) => p.lost_by, k) }));
}

/**
 * What the calculators are told of a plan; they give the page's figures. None for a period that they do not have. A plan's curve that changes with time
 * or borrows from other plans is not in the calculation of customer equity: `average` is 0 then.
 */
export function calculators(all: Subscriptions, plan: Plan, { margin, annual_discount, currency }: Settings) {
  const perYear = PER_YEAR[plan.interval];
  if (!perYear) return [];
  const known = { period: plan.interval, annual_discount_rate: String(annual_discount), currency };
  const link = (id: "customer-equity" | "retention-curve" | "subscription", more: Record<string, string>) => ({ id, href: `../${id}/?${new URLSearchParams({ ...more, ...known })}` });
  const links = [];
  if (isTold(plan) && plan.running > 0 && plan.average > 0) {
    links.push(link("customer-equity", {
      tenures: JSON.stringify(trackedOf(all, plan)), margin: String(plan.average), payment_timing: "after_renewal", acquired_per_period: "0", cac: "",
      ...(plan.years > 0 ? { horizon_periods: String(plan.years * perYear) } : {}),
    }));
  }
  const { observed } = plan;
  if (observed.length >= 3 && observed[observed.length - 1] < 1) links.push(link("retention-curve", { survivors: Array.from(observed).join(","), margin: String(plan.amount * margin) }));
  if (plan.lost > 0) links.push(link("subscription", { price: String(plan.amount), gross_margin: String(margin), churn_rate: String(plan.churn) }));
  return links;
}

/** The columns of the file, as functions/score writes them. */
const SUBSCRIBER_FIELDS = ["id", "customer", "plan", "interval", "start", "tenure", "status", "reason", "due", "amount", "p_renew", "residual_value", "clv"];

/** The file of the subscribers, the most valuable first. */
export function subscribersCsv({ each }: Results["subscribers"]) {
  const rows = [...each].sort((a, b) => b.residual - a.residual).map((s) => {
    const begun = s.state !== "trial" && s.state !== "planned";
    return [s.id, s.customer, s.plan, s.interval, dayText(s.start), begun ? s.renewals + 1 : null, s.state, s.state === "ended" ? s.reason : null, begun ? dayText(s.due) : null,
      begun ? s.amount : null, ...(s.told ? [s.renew, s.residual, s.ahead] : [null, null, null])];
  });
  return csv([SUBSCRIBER_FIELDS, ...rows]);
}

/** Months of start that are shown, and renewals of each. */
const COHORTS = 24;
const RENEWALS = 12;

/** The latest cohorts of a plan with the share still there after each renewal. */
export function cohortsOf({ cohorts }: Plan) {
  const rows = cohorts.slice(-COHORTS);
  const columns = Math.min(RENEWALS, Math.max(0, ...rows.map(({ left }) => left.length - 1)));
  return { rows, columns };
}
