import { html, nothing } from "lit";
import words from "../../messages/tiers.gen.mjs";
import look from "../../styles/channels.css";
import { required } from "../../base/certain.ts";
import type { Figures } from "../../base/figures.ts";
import { bar, patterns } from "../table/bars.ts";
import type { Shown, View } from "../calculator.ts";

export type Words = typeof words.en;

const style = new CSSStyleSheet();
style.replaceSync(look);

/** What is told of each tier, in the order of the columns. */
const COLUMNS = ["clv", "margin", "lifetime_periods", "value_share", "base_share", "ltv_cac_ratio", "max_service_cost", "extra_service_cost"];

function evidence(shown: Shown, words: Words) {
  const { answered: { input, result }, calculation, format, figure } = shown;
  const fields = required(calculation.results.find((f) => f.name === "tiers")?.fields, "fields of tiers");
  const row = required(calculation.inputs.find((f) => f.row)?.row, "what a row is");
  const rows: Figures[] = result.tiers.map((tier: Figures, i: number) => {
    const { name, cac } = input.tiers[i];
    return { ...tier, name: name ? String(name) : format.labelled(row, format.value(i + 1, "count")), cac: cac ?? input.cac };
  });
  // A column that no tier has a figure for is not there.
  const columns = COLUMNS.map((name) => required(fields.find((f) => f.name === name), name)).filter((f) => rows.some((r) => r[f.name] !== null));
  const most = Math.max(...rows.map((r) => Math.max(r.clv, r.cac ?? 0)), 1e-9);
  const costed = rows.some((r) => r.cac != null);
  return html`<section class="channels tiers" aria-labelledby="tiers-name">
    <h2 id="tiers-name" class="finding">${finding(rows, figure, format, words)}</h2>
    <p class="keys"><span>${words.oneCustomer}</span>${costed ? html`<span><i class="box cost"></i>${words.cost}</span>` : nothing}<span><i class="box got"></i>${costed ? words.rest : words.all}</span></p>
    ${patterns}
    <table role="table" aria-labelledby="tiers-name">
      <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col" class="name">${row}</th><th role="columnheader" scope="col" class="drawn">${words.oneCustomer}</th>${columns.map((f) => html`<th role="columnheader" scope="col">${f.title}</th>`)}</tr></thead>
      <tbody role="rowgroup">${rows.map((r) => html`<tr role="row">
        <th role="rowheader" scope="row" class="name">${r.name}</th>
        <td role="cell" class="drawn">${bar(r.clv, r.cac ?? null, most)}</td>
        ${columns.map((f) => html`<td role="cell" class=${r[f.name] < 0 ? `${f.name} losing` : f.name} data-title=${f.title}>${format.value(r[f.name], f.unit, true)}</td>`)}
      </tr>`)}</tbody>
    </table>
    <p class="what">${words.serve}</p>
  </section>`;
}

/** Which tier brings most, and where service pays. */
function finding(rows: Figures[], figure: Shown["figure"], format: Shown["format"], words: Words) {
  const best = rows[(figure("best_tier") ?? 1) - 1];
  const served = figure("serve_tier");
  return format.sentences([
    best.value_share === null ? "" : words.bringsMost({ name: best.name, share: format.percent(best.value_share, true), customers: format.percent(best.customer_share, true) }),
    served === null ? "" : words.mayCost({ name: rows[served - 1].name, amount: format.money(rows[served - 1].extra_service_cost) }),
  ]);
}

export default { style, words, results: ["tiers"], evidence } satisfies View<Words>;
