import { needed, outcome, plan } from "../plan.ts";
import { LEAST, power, where } from "../sums.ts";
import type { Definition, Rule } from "../definition.ts";
import type { Figures } from "../../../base/figures.ts";

/** A plan of more levers has too many sets of them for a sheet. */
const MOST = 6;

/** The plan of these levers: each set of them a row, so that the parts can be read from it. */
export default function growthPlan(input: Figures): Definition {
  const given: Figures[] = input.levers ?? [];
  const n = given.length;
  if (n > MOST) return { results: {} };
  const fields = new Set(given.flatMap((lever) => Object.keys(lever).filter((f) => f !== "kind" && lever[f] != null)));
  const { steps, table } = plan(given.map((lever, i) => namesOf(lever.kind, fields, i)), { selling: true });
  const all = (1 << n) - 1;
  const net = (set: number) => `plan:net_whole@${set}`;
  const pairs = given.flatMap((_, j) => given.slice(0, j).map((_, i) => [i, j]));
  return {
    steps,
    rules: budgets(given, fields),
    picture: n > 0 ? { table: "parts", across: "kind", up: ["net_part"], bars: true } : undefined,
    tables: {
      plan: table,
      ...(n > 0 && {
        parts: {
          rows: n,
          of: "levers",
          columns: {
            kind: (i) => `"${given[i].kind}"`,
            margin_part: (i) => shapley("margin_whole", n, i),
            cost_part: (i) => shapley("cost_whole", n, i),
            net_part: "margin_part-cost_part",
            net_alone: (i) => `${net(1 << i)}-${net(0)}`,
            net_last: (i) => `${net(all)}-${net(all & ~(1 << i))}`,
          },
        },
      }),
      ...(pairs.length > 0 && {
        pairs: {
          rows: pairs.length,
          of: "interactions",
          columns: {
            first: (k) => String(pairs[k][0] + 1),
            second: (k) => String(pairs[k][1] + 1),
            net_together: (k) => {
              const [a, b] = pairs[k].map((i) => 1 << i);
              return `${net(a | b)}-${net(a)}-${net(b)}+${net(0)}`;
            },
          },
        },
      }),
      bridge: {
        rows: n + 1,
        of: "bridge",
        columns: { change: (i) => (i === 0 ? net(0) : `parts:net_part@${i - 1}`), level: (i) => (i === 0 ? "change" : "level@before+change") },
      },
    },
    results: {
      ...outcome(all),
      interaction: n > 0 ? "net_gain-SUM(parts:net_alone)" : "0",
      ltv_cac_before: where("N(cac)>0", "outcome.clv_before/cac"),
      ltv_cac_after: where("N(cac)>0", "outcome.clv_after/cac"),
    },
  };
}

/** What the levers leave of churn, days and rewards, lever by lever; each customer must bring less than one friend. */
function budgets(given: Figures[], fields: Set<string>): Rule[] {
  const cell = (i: number, field: string) => (fields.has(field) ? `levers_${i + 1}_${field}` : "0");
  const down = (whole: string, i: number, of: (i: number) => string) => whole + Array.from({ length: i }, (_, j) => `-MAX(0,${of(j)})`).join("");
  const up = (whole: string, i: number, of: (i: number) => string) => `1-${whole}` + Array.from({ length: i }, (_, j) => `-MAX(0,-(${of(j)}))`).join("");
  const rules = given.flatMap((lever, i): Rule[] => {
    const at = (field: string) => `levers/${i}/${field}`;
    const take = (of: (i: number) => string, whole: string, field: string, share: boolean): Rule[] => [
      { refused: `${of(i)}>${down(whole, i, of)}+1E-9*${whole}`, code: "takes_too_much", field: at(field), limit: `MAX(0,${down(whole, i, of)})`, share },
      ...(share ? [{ refused: `-(${of(i)})>${up(whole, i, of)}+1E-9*${whole}`, code: "too_low", field: at(field), limit: `-MAX(0,${up(whole, i, of)})`, share }] : []),
    ];
    const churn = (j: number) => cell(j, "churn_fall");
    const first = (j: number) => `${cell(j, "first_churn_fall")}+${cell(j, "churn_fall")}`;
    const contract = lever.kind === "annual_plan" && given.findIndex((l) => l.kind === "annual_plan") < i;
    return [
      ...(fields.has("churn_fall") ? take(churn, "churn_rate", "churn_fall", true) : []),
      ...(fields.has("churn_fall") || fields.has("first_churn_fall") ? take(first, "first_churn", fields.has("first_churn_fall") ? "first_churn_fall" : "churn_fall", true) : []),
      ...(fields.has("days_saved") ? take((j) => cell(j, "days_saved"), "days_to_sale", "days_saved", false) : []),
      ...(fields.has("reward_cost_rate") ? [{ refused: `${cell(i, "reward_cost_rate")}>${down("1", i, (j) => cell(j, "reward_cost_rate"))}+1E-9`, code: "takes_too_much", field: at("reward_cost_rate"), limit: `MAX(0,${down("1", i, (j) => cell(j, "reward_cost_rate"))})`, share: true }] : []),
      ...(contract ? [{ refused: "TRUE", code: "only_once", field: at("kind") }] : []),
    ];
  });
  if (fields.has("fixed_cost")) rules.push(needed(given.map((_, i) => cell(i, "fixed_cost"))));
  if (fields.has("referral_rate")) rules.push({ refused: `MAX(plan:friends_mixed_${given.length})>1-${LEAST}`, code: "endless_chain", field: "levers", limit: `MAX(plan:friends_mixed_${given.length})` });
  return rules;
}

/** What the cells of a lever are called; a field that no lever of the plan uses is nothing. */
function namesOf(kind: string, fields: Set<string>, i: number) {
  const contract = kind === "annual_plan";
  const own = [...fields].filter((f) => contract || !["plan_discount", "annual_renewal_rate"].includes(f)).map((f) => [f, `levers_${i + 1}_${f}`]);
  const named = Object.fromEntries(own);
  if (!contract) return named;
  const implied = `(1-first_churn)*${power("1-churn_rate", "(periods_per_year-1)")}`;
  const stated = named.annual_renewal_rate;
  return { plan_discount: "0", ...named, annual_renewal_rate: stated ? `IF(ISNUMBER(${stated}),${stated},${implied})` : implied };
}

/** The average, over all orders of n levers, of what lever i adds. */
function shapley(column: string, n: number, i: number) {
  const terms = [];
  for (let set = 0; set < 1 << n; set++) {
    if ((set >> i) & 1) continue;
    const size = set.toString(2).replaceAll("0", "").length;
    terms.push(`(plan:${column}@${set | (1 << i)}-plan:${column}@${set})/${n * choose(n - 1, size)}`);
  }
  return terms.join("+");
}

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
