import { html, nothing } from "lit";
import words from "../../messages/tiers.gen.mjs";
import look from "../../styles/channels.css";
import { required } from "../../base/certain.ts";
import type { Field } from "../../base/catalogue.gen.mjs";
import type { Figure, Figures } from "../../base/figures.ts";
import { rowName } from "../../base/format.ts";
import { bar, patterns } from "../table/bars.ts";
import type { Shown, View } from "../shown.ts";

export type Words = typeof words.en;

const style = new CSSStyleSheet();
style.replaceSync(look);

/** How a calculation tells of its rows. */
interface Telling {
  drawn: string; // what the bar of a row is
  columns: string[]; // in their order
  finding: (rows: Figures[], shown: Shown, words: Words) => string;
  what: keyof Words & ("serve" | "serveSegment" | "opinions" | "ages" | "improve");
  titled?: true; // the bar is named as the list is: it is no value of a customer
}

/** By the list of its rows. */
const TELLINGS: Record<string, Telling> = {
  tiers: { drawn: "clv", columns: ["clv", "margin", "lifetime_periods", "value_share", "base_share", "ltv_cac_ratio", "max_service_cost", "extra_service_cost"], finding: (...about) => best("best_tier", "serve_tier", ...about), what: "serve" },
  segments: { drawn: "clv", columns: ["clv", "first_revenue", "lifetime_periods", "nrr", "value_share", "ltv_cac_ratio", "break_even_revenue", "max_service_cost", "extra_service_cost"], finding: (...about) => best("best_segment", "serve_segment", ...about), what: "serveSegment" },
  groups: { drawn: "clv", columns: ["clv", "own_value", "referral_value", "lifetime_periods", "answer_share", "value_share", "max_service_cost"], finding: opinions, what: "opinions" },
  tenures: { drawn: "residual_clv", columns: ["residual_clv", "tenure_value", "value_share", "observed_retention_rate", "retention_lower", "retention_upper", "fitted_retention_rate", "cohort_curve"], finding: ages, what: "ages" },
  steps: { drawn: "reached_share", columns: ["reached_share", "lost_share", "days_so_far", "point_gain"], finding: dropOff, what: "improve", titled: true },
};

function evidence(shown: Shown, words: Words) {
  const { answered: { input, result }, calculation, format } = shown;
  const list = required(calculation.inputs.find((f) => f.row), "the list of rows");
  const row = required(list.row, "what a row is");
  const telling = required(TELLINGS[list.name], list.name);
  const told = required(calculation.results.find((f) => f.name === list.name), `results of ${list.name}`);
  const fields = required(told.fields, `fields of ${list.name}`);
  const rows: Figures[] = result[list.name].map((one: Figures, i: number) => {
    const { name, cac } = input[list.name][i];
    return { ...one, name: rowName({ name }, row, i + 1, format), ...(fields.some((f) => f.name === "ltv_cac_ratio") && { cac: cac ?? input.cac }) };
  });
  // A column that no row has a figure for is not there.
  const columns = telling.columns.map((name) => required(fields.find((f) => f.name === name), name)).filter((f) => rows.some((r) => r[f.name] !== null) && (f.name !== "cohort_curve" || input.cohort_curves === "by_cohort"));
  const said = (f: Field, v: Figure) => (f.kind === "option" ? (shown.words.options[v] ?? v) : format.value(v, f.unit, true));
  const most = Math.max(...rows.map((r) => Math.max(r[telling.drawn], r.cac ?? 0)), 1e-9);
  const drawn = telling.titled ? told.title : words.oneCustomer;
  const costed = rows.some((r) => r.cac != null);
  return html`<section class="channels tiers" aria-labelledby="tiers-name">
    <h2 id="tiers-name" class="finding">${telling.finding(rows, shown, words)}</h2>
    ${telling.titled ? nothing : html`<p class="keys"><span>${drawn}</span>${costed ? html`<span><i class="box cost"></i>${words.cost}</span>` : nothing}<span><i class="box got"></i>${costed ? words.rest : words.all}</span></p>`}
    ${patterns}
    <table role="table" aria-labelledby="tiers-name">
      <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col" class="name">${row}</th><th role="columnheader" scope="col" class="drawn">${drawn}</th>${columns.map((f) => html`<th role="columnheader" scope="col">${f.title}</th>`)}</tr></thead>
      <tbody role="rowgroup">${rows.map((r) => html`<tr role="row">
        <th role="rowheader" scope="row" class="name">${r.name}</th>
        <td role="cell" class="drawn">${bar(r[telling.drawn], r.cac ?? null, most)}</td>
        ${columns.map((f) => html`<td role="cell" class=${r[f.name] < 0 ? `${f.name} losing` : f.name} data-title=${f.title}>${said(f, r[f.name])}</td>`)}
      </tr>`)}</tbody>
    </table>
    <p class="what">${words[telling.what]}</p>
  </section>`;
}

/** Which row brings most, and where service pays. */
function best(most: string, served: string, rows: Figures[], { figure, format }: Shown, words: Words) {
  const best = rows[(figure(most) ?? 1) - 1];
  const serve = figure(served);
  return format.sentences([
    best.value_share === null ? "" : words.bringsMost({ name: best.name, share: format.percent(best.value_share, true), customers: format.percent(best.customer_share, true) }),
    serve === null ? "" : words.mayCost({ name: rows[serve - 1].name, amount: format.money(rows[serve - 1].extra_service_cost) }),
  ]);
}

/** What lies between promoters and detractors. */
function opinions(rows: Figures[], { figure, format }: Shown, words: Words) {
  const apart = figure("detractor_to_promoter") ?? 0;
  return apart < 0 ? words.detractorMore({ detractor: rows[2].name, promoter: rows[0].name, amount: format.money(-apart, true) }) : words.promoterMore({ promoter: rows[0].name, detractor: rows[2].name, amount: format.money(apart, true) });
}

/** What the tenure of its customers makes of a base. */
function ages(_: Figures[], { figure, format }: Shown, words: Words) {
  const each = figure("value_per_customer");
  return format.sentences([
    each === null ? "" : words.eachNow({ each: format.money(each, true), clv: format.money(figure("clv") ?? 0, true) }),
    words.constantSays({ constant: format.money(figure("constant_churn_value") ?? 0, true) }),
  ]);
}

/** Where most new customers are lost. */
function dropOff(rows: Figures[], { figure, format }: Shown, words: Words) {
  const worst = rows[(figure("weakest_step") ?? 1) - 1];
  return words.losesMost({ name: worst.name, share: format.percent(worst.lost_share, true) });
}

export default { style, words, results: ["tiers", "segments", "groups", "tenures", "steps"], evidence } satisfies View<Words>;
