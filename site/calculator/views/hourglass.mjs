import { html, nothing, svg } from "lit";
import words from "../../messages/growth.gen.mjs";
import { HALF, ROW, bands, between, levels } from "../growth/glass.mjs";
import { losses } from "../growth/losses.mjs";
import { style } from "../growth/style.mjs";

/**
 * @typedef {import("../calculator.mjs").Shown} Shown
 * @typedef {import("../calculator.mjs").View} View
 * @typedef {import("../growth/glass.mjs").Stage} Stage
 * @typedef {typeof words.en} Words
 */

/** One point more of a stage, as a change of the figures. @type {Record<string, (input: Record<string, any>) => Record<string, any>>} */
const POINT = {
  reach: (i) => ({ prospects: i.prospects * 1.01 }),
  win: (i) => ({ conversion: i.conversion + 0.01 }),
  onboard: (i) => ({ activation: i.activation + 0.01 }),
  keep: (i) => ({ churn_rate: i.churn_rate - 0.01, ...(i.first_period_churn == null ? {} : { first_period_churn: i.first_period_churn - 0.01 }) }),
  grow: (i) => ({ upsell_take_up: i.upsell_take_up + 0.01, cross_sell_take_up: i.cross_sell_take_up + 0.01 }),
  advocate: (i) => ({ referral_conversion: i.referral_conversion + 0.01 }),
};

/** How thick the glass is drawn. */
const WALL = 3;

/** @param {Shown} shown @param {Words} words */
function evidence(shown, words) {
  const { result } = shown.answered;
  /** @type {Stage[]} */
  const stages = result.stages;
  const best = stages.reduce((a, b) => ((b.one_point_worth ?? 0) > (a.one_point_worth ?? 0) ? b : a));
  const say = (/** @type {number} */ money) => shown.format.money(money, true);
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

/** @param {Stage[]} stages @param {Shown} shown @param {Words} words */
function picture(stages, shown, words) {
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

/** The picture in words. @param {Stage[]} stages @param {Shown} shown @param {Words} words */
function description(stages, { format, say, words: { options } }, words) {
  const count = (/** @type {number} */ n) => format.value(Math.round(n), "count");
  const people = stages.slice(0, 4).map((s) => `${options[s.stage]} ${s.people === null ? "∞" : count(s.people)}`);
  const money = stages.slice(1).map((s) => `${options[s.stage]} ${format.money(s.value, true)}`);
  return words.glassSays({ people: people.join(", "), money: money.join(", "), cost: say("total_cost") ?? "" });
}

/** One point more of a stage, in words. @param {Stage} stage @param {Words} words */
const pointOf = ({ stage }, words) => words[/** @type {"point_win"} */ (`point_${stage}`)];

/** @param {Stage} stage @param {Shown} shown @param {Words} words */
function peopleOf(stage, { format, words: { options } }, words) {
  return html`<div>
    <h3>${options[stage.stage]}</h3>
    <p><b>${stage.people === null ? "∞" : format.value(Math.round(stage.people), "count")}</b> ${words[/** @type {"people_win"} */ (`people_${stage.stage}`)]}</p>
    ${stage.lost === null ? nothing : html`<p class="what">${words.lost({ share: format.percent(stage.lost, true) })}</p>`}
  </div>`;
}

/** @param {Stage} stage @param {boolean} best @param {Shown} shown @param {Words} words */
function moneyOf(stage, best, shown, words) {
  const say = (/** @type {number} */ money) => shown.format.money(money, true);
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

/** @param {Record<string, number>} figures */
const rounded = (figures) => Object.fromEntries(Object.entries(figures).map(([name, v]) => [name, Number(Math.min(v, name === "prospects" ? v : 1).toPrecision(12))]));

/** @param {Stage[]} stages @param {Shown} shown @param {Words} words */
function table(stages, { calculation, format, words: { options } }, words) {
  const field = calculation.results.find((f) => f.name === "stages");
  const fields = field?.fields ?? [];
  const cell = (/** @type {any} */ v, /** @type {string | undefined} */ unit) => (typeof v === "string" ? options[v] : format.value(v, unit));
  return html`<details class="table">
    <summary>${words.table}</summary>
    <div class="scroll" role="region" tabindex="0" aria-label=${field?.title ?? ""}>
      <table>
        <thead><tr>${fields.map((f) => html`<th scope="col">${f.title}</th>`)}</tr></thead>
        <tbody>
          ${stages.map((s) => {
            const [first, ...rest] = fields.map((f) => cell(/** @type {any} */ (s)[f.name], f.unit));
            return html`<tr><th scope="row">${first}</th>${rest.map((text) => html`<td>${text}</td>`)}</tr>`;
          })}
        </tbody>
      </table>
    </div>
  </details>`;
}

/** @type {View} */
export default { style, words, results: ["stages"], evidence };
