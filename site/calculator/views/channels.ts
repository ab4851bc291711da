import { html, nothing } from "lit";
import words from "../../messages/channels.gen.mjs";
import look from "../../styles/channels.css";
import { required } from "../../base/certain.ts";
import type { Field } from "../../base/catalogue.gen.mjs";
import type { Figures } from "../../base/figures.ts";
import { bar, patterns } from "../table/bars.ts";
import type { Shown, View } from "../shown.ts";

export type Words = typeof words.en;

const style = new CSSStyleSheet();
style.replaceSync(look);

/** One channel's result, with its name and what went in. */
interface Row {
  name: string;
  spend: number;
  clv: number;
  cac: number | null;
  ltv_cac_ratio: number | null;
  payback_periods: number | null;
  marginal_return: number | null;
  next_value: number | null;
}

function evidence(shown: Shown, words: Words) {
  const rows = rowsOf(shown, words);
  return html`<section class="channels" aria-labelledby="channels-name">
    <h2 id="channels-name" class="finding">${finding(shown, rows, words)}</h2>
    <p class="keys"><span>${words.oneCustomer}</span><span><i class="box cost"></i>${words.cost}</span><span><i class="box got"></i>${words.rest}</span></p>
    ${patterns}
    ${table(shown, rows, words)}
    ${rows.some((r) => r.next_value !== null) ? html`<p class="what">${words.falls}</p>` : html`<p class="what">${words.noElasticity}</p>`}
  </section>`;
}

function rowsOf({ answered: { input, result }, format }: Shown, words: Words): Row[] {
  return result.channels.map((channel: Figures, i: number) => {
    const { name, spend } = input.channels[i];
    return { ...channel, spend, name: name ? String(name) : words.channel({ n: format.value(i + 1, "count") }) };
  });
}

/** Where the next money does most, and where it loses; without an elasticity, which channel returns most. */
function finding({ figure, format }: Shown, rows: Row[], words: Words) {
  const next = figure("next_channel");
  const paid = rows.filter((r) => r.ltv_cac_ratio !== null);
  const losing = rows.filter((r) => (r.marginal_return ?? r.ltv_cac_ratio ?? 1) < 1).map((r) => r.name);
  if (paid.length === 0) return words.noSpend;
  const best = paid.reduce((a, b) => ((b.ltv_cac_ratio ?? 0) > (a.ltv_cac_ratio ?? 0) ? b : a));
  const first = next === null || figure("next_value") === null
    ? words.returnsMost({ name: best.name, ratio: format.value(best.ltv_cac_ratio, "ratio") })
    : words.nextBest({ amount: format.money(figure("next_spend") ?? 0, true), name: rows[next - 1].name, value: format.money(figure("next_value") ?? 0, true) });
  return format.sentences([first, losing.length ? words.loses({ names: format.list(losing) }) : ""]);
}

function table(shown: Shown, rows: Row[], words: Words) {
  const { format, calculation } = shown;
  const fields = required(calculation.results.find((f) => f.name === "channels")?.fields, "fields of channels");
  const field = (name: string) => required(fields.find((f) => f.name === name), `field ${name}`);
  const most = Math.max(...rows.map((r) => Math.max(r.clv, r.cac ?? 0)), 1e-9);
  const amount = format.money(shown.figure("next_spend") ?? 0, true);
  const next = rows.some((r) => r.next_value !== null);
  const row = required(calculation.inputs.find((f) => f.row)?.row, "what a row is");
  const head = (text: string, kind = "") => html`<th role="columnheader" scope="col" class=${kind}>${text}</th>`;
  return html`<table role="table" aria-labelledby="channels-name">
    <thead role="rowgroup"><tr role="row">${head(row, "name")}${head(words.oneCustomer, "drawn")}
      ${["clv", "cac", "ltv_cac_ratio", "payback_periods"].map((n) => head(field(n).title))}${next ? head(words.next({ amount })) : nothing}</tr></thead>
    <tbody role="rowgroup">${rows.map((r) => line(shown, r, field, most, next ? words.next({ amount }) : null, words))}</tbody>
    <tfoot role="rowgroup">${total(shown, "paid", "ltv_cac_ratio", next, words)}${rows.some((r) => r.spend === 0) ? total(shown, "blended", "blended_ratio", next, words) : nothing}</tfoot>
  </table>`;
}

function line({ format, figure }: Shown, r: Row, field: (name: string) => Field, most: number, next: string | null, words: Words) {
  const cell = (name: "clv" | "cac" | "ltv_cac_ratio" | "payback_periods") => html`<td role="cell" class=${name} data-title=${field(name).title}>${format.value(r[name], field(name).unit, name === "clv" || name === "cac")}</td>`;
  const loses = r.next_value !== null && r.next_value < (figure("next_spend") ?? 0);
  return html`<tr role="row">
    <th role="rowheader" scope="row" class="name">${r.name}</th>
    <td role="cell" class="drawn">${bar(r.clv, r.cac, most)}</td>
    ${cell("clv")}${cell("cac")}${cell("ltv_cac_ratio")}${cell("payback_periods")}
    ${next === null ? nothing : html`<td role="cell" class=${loses ? "next losing" : "next"} data-title=${next}>${r.next_value === null ? "–" : format.money(r.next_value, true)}${loses ? html`<span class="unseen"> ${words.lessThanSpent}</span>` : nothing}</td>`}
  </tr>`;
}

function total({ answered: { result }, calculation, format, figure }: Shown, group: string, ratio: string, next: boolean, words: Words) {
  const about = required(calculation.results.find((f) => f.name === group), group);
  const { clv, cac } = result[group];
  if (cac === null) return nothing;
  const title = (name: string) => about.fields?.find((f) => f.name === name)?.title ?? "";
  return html`<tr role="row">
    <th role="rowheader" scope="row" class="name">${about.title}</th><td role="cell" class="drawn"></td>
    <td role="cell" data-title=${title("clv")}>${format.money(clv, true)}</td><td role="cell" data-title=${title("cac")}>${format.money(cac, true)}</td>
    <td role="cell" class="ltv_cac_ratio" data-title=${words.ratio}>${format.value(figure(ratio), "ratio")}</td><td role="cell"></td>${next ? html`<td role="cell"></td>` : nothing}
  </tr>`;
}

export default { style, words, results: ["channels"], evidence } satisfies View<Words>;
