import { html, nothing, svg } from "lit";
import words from "../../messages/growth.gen.mjs";
import { type Stage, HALF, ROW, bands, between, levels } from "../growth/glass.ts";
import { losses } from "../growth/losses.ts";
import { style } from "../growth/style.ts";
import type { Shown, View } from "../shown.ts";
import type { Figure, Figures } from "../../base/figures.ts";

export type Words = typeof words.en;

/** One point more of a stage, as a change of the figures. */
const POINT: Record<string, (input: Figures) => Figures> = {
  reach: (i) => ({ prospects: i.prospects * 1.01 }),
  win: (i) => ({ conversion: i.conversion + 0.01 }),
  onboard: (i) => ({ activation: i.activation + 0.01 }),
  keep: (i) => ({ churn_rate: i.churn_rate - 0.01, ...(i.first_period_churn == null ? {} : { first_period_churn: i.first_period_churn - 0.01 }) }),
  grow: (i) => ({ upsell_take_up: i.upsell_take_up + 0.01, cross_sell_take_up: i.cross_sell_take_up + 0.01 }),
  advocate: (i) => ({ referral_conversion: i.referral_conversion + 0.01 }),
};

/** How thick the glass is drawn. */
const WALL = 3;

function evidence(shown: Shown, words: Words) {
  const { result } = shown.answered;
  const stages: Stage[] = result.stages;
  const best = stages.reduce((a, b) => ((b.one_point_worth ?? 0) > (a.one_point_worth ?? 0) ? b : a));
  const say = (money: number) => shown.format.money(money, true);
  return html`
    <figure class="journey" part="hourglass">
      <figcaption>
        ${(best.one_point_worth ?? 0) > 0
          ? html`<p class="finding">${words.worthMost({ what: pointOf(best, words), worth: say(best.one_point_worth ?? 0) })}</p>`
          : nothing}
      </figcaption>
      <div class="journey-body">
        <div class="people">${stages.map((s) => peopleOf(s, shown, words))}</div>
        ${picture(stages, shown, words)}
        <div class="money">${stages.map((s) => moneyOf(s, s === best, shown, words))}</div>
      </div>
      <p class="what scale-note">${words.glassScale({ people: shown.format.value(stages[0].people ?? 0, "count"), money: say(levels(stages).full) })}</p>
    </figure>
    ${losses(shown, words)}
    ${table(stages, shown, words)}
  `;
}

function picture(stages: Stage[], shown: Shown, words: Words) {
  const { top, foot, cost, bottom, plate } = levels(stages);
  const end = foot[foot.length - 1];
  const wide = Math.max(top[1].half, foot[3].half, cost) + WALL;
  const missing = cost > end.half ? `M${end.half},${bottom}H${cost}M${-end.half},${bottom}H${-cost}` : "";
  const room = HALF + 2 * WALL;
  return html`<svg class="glass" viewBox="${-room} 0 ${2 * room} ${6 * ROW}" preserveAspectRatio="none" role="img" aria-label=${description(stages, shown, words)}>
    ${svg`
      <path class="bulb" d=${between([...top, ...foot.slice(1)], WALL)} />
      <path class="crowded" d=${between(top)} />
      <path class="worth-0" d=${between(foot)} />
      <path class="worth-1" d=${bands(foot.slice(1))} />
      <path class="worth-2" d=${bands(foot.slice(2))} />
      ${top.slice(2, 4).map((l) => svg`<path class="ring" d="M${-l.half},${l.y}H${l.half}" />`)}
      <path class="costs" d="M${-cost},${bottom - 18}V${bottom}M${cost},${bottom - 18}V${bottom}${missing}" />
      <path class="plate" d="M${-wide},${plate - 4}H${wide}M${-wide},${bottom + 4}H${wide}" />`}
  </svg>`;
}

/** The picture in words. */
function description(stages: Stage[], { format, say, words: { options } }: Shown, words: Words) {
  const count = (n: number) => format.value(Math.round(n), "count");
  const people = stages.slice(0, 4).map((s) => format.labelled(options[s.stage], s.people === null ? "∞" : count(s.people)));
  const money = stages.slice(1).map((s) => format.labelled(options[s.stage], format.money(s.value, true)));
  return words.glassSays({ people: format.facts(people), money: format.facts(money), cost: say("total_cost") ?? "" });
}

/** One point more of a stage, in words. */
const pointOf = ({ stage }: Stage, words: Words) => words[`point_${stage}` as "point_win"];

function peopleOf(stage: Stage, { format, words: { options } }: Shown, words: Words) {
  return html`<div>
    <h3>${options[stage.stage]}</h3>
    <p><b>${stage.people === null ? "∞" : format.value(Math.round(stage.people), "count")}</b> ${words[`people_${stage.stage}` as "people_win"]}</p>
    ${stage.lost === null ? nothing : html`<p class="what">${words.lost({ share: format.percent(stage.lost, true) })}</p>`}
  </div>`;
}

function moneyOf(stage: Stage, best: boolean, shown: Shown, words: Words) {
  const say = (money: number) => shown.format.money(money, true);
  const worth = stage.one_point_worth;
  const what = pointOf(stage, words);
  const onTry = () => shown.change({ ...shown.input, ...rounded(POINT[stage.stage](shown.input)) }, null, true);
  return html`<div ?data-best=${best && (worth ?? 0) > 0}>
    ${stage.stage === "reach"
      ? html`<p><b>${say(stage.cost)}</b> ${words.spent}</p>`
      : html`<p><b>${say(stage.value)}</b> ${words.margin}</p>`}
    ${worth === null
      ? nothing
      : html`<p class="what">${what}: <button type="button" class="try" aria-label=${words.tryIt({ what, worth: say(worth) })} @click=${onTry}>${shown.format.gain(worth)}</button></p>`}
  </div>`;
}

const rounded = (figures: Record<string, number>) => Object.fromEntries(Object.entries(figures).map(([name, v]) => [name, Number(Math.min(v, name === "prospects" ? v : 1).toPrecision(12))]));

function table(stages: Stage[], { calculation, format, words: { options } }: Shown, words: Words) {
  const field = calculation.results.find((f) => f.name === "stages");
  const fields = field?.fields ?? [];
  // A stage has each figure by its name on the wire.
  const figures = (stage: Stage) => stage as unknown as Figures;
  const cell = (v: Figure, unit: string | undefined) => (typeof v === "string" ? options[v] : format.value(v, unit));
  return html`<details class="table">
    <summary>${words.table}</summary>
    <div class="scroll" role="region" tabindex="0" aria-label=${field?.title ?? ""}>
      <table>
        <thead><tr>${fields.map((f) => html`<th scope="col">${f.title}</th>`)}</tr></thead>
        <tbody>
          ${stages.map((s) => {
            const [first, ...rest] = fields.map((f) => cell(figures(s)[f.name], f.unit));
            return html`<tr><th scope="row">${first}</th>${rest.map((text) => html`<td>${text}</td>`)}</tr>`;
          })}
        </tbody>
      </table>
    </div>
  </details>`;
}

export default { style, words, results: ["stages"], evidence } satisfies View<Words>;
