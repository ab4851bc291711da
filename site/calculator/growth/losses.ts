/**
 * Where value is lost: from the margin that a cohort would bring if all started and nobody left, stage by stage to what
 * remains. One unit, to scale, over the visitor's own horizon; three years where the whole life is counted, since the
 * margin of customers who never leave would have no limit.
 */

import { html, nothing, svg } from "lit";
import { PER_YEAR } from "../../base/periods.ts";
import { ticks } from "../../charts/axis.ts";
import { between } from "./glass.ts";
import type { Words } from "./bridge.ts";
import type { Shown } from "../shown.ts";
import type { Figures } from "../../base/figures.ts";

export type Input = Figures;

/** What is lost or spent on the way, by the end of its message. */
type Leak = "start" | "first" | "later" | "serve" | "grow" | "refer";

export type Step = { name: Leak, change: Input, kind: "lost" | "cost" | "added", point?: (input: Input) => Input };

export interface Loss {
  name: Leak;
  kind: "lost" | "cost" | "added";
  before: number;
  after: number; // money
  better: number | null; // what one percentage point is worth
}

const YEARS = 3;

/** The drawing: the height of a row, half its width, the room at the sides. */
const ROW = 64;
const HALF = 100;

const firstChurn = (input: Input) => input.first_period_churn ?? input.churn_rate;

/**
 * The stages of the losses, none of which depends on the ones that follow.
 * @param input complete @param net of the cohort, before acquisition; null where there is none
 */
export function lossesOf(input: Input, net: (input: Input) => number | null): { periods: number, possible: number, steps: Loss[], remains: number } | null {
  const periods = input.horizon_periods ?? YEARS * (PER_YEAR[input.period] ?? 12);
  const own = { ...input, horizon_periods: periods };
  const nobody = {
    ...own, activation: 1, first_period_churn: 0, churn_rate: 0, service_cost: 0, onboarding_cost: 0, upsell_take_up: 0, cross_sell_take_up: 0, invitations_per_period: 0,
  };
  const way: Step[] = [
    { name: "start", kind: "lost", change: { activation: input.activation }, point: (i) => ({ activation: i.activation + 0.01 }) },
    { name: "first", kind: "lost", change: { first_period_churn: firstChurn(input) }, point: (i) => ({ first_period_churn: firstChurn(i) - 0.01 }) },
    { name: "later", kind: "lost", change: { churn_rate: input.churn_rate }, point: (i) => ({ churn_rate: i.churn_rate - 0.01, first_period_churn: firstChurn(i) }) },
    { name: "serve", kind: "cost", change: { service_cost: input.service_cost, onboarding_cost: input.onboarding_cost } },
    { name: "grow", kind: "added", change: { upsell_take_up: input.upsell_take_up, cross_sell_take_up: input.cross_sell_take_up }, point: (i) => ({ upsell_take_up: i.upsell_take_up + 0.01, cross_sell_take_up: i.cross_sell_take_up + 0.01 }) },
    { name: "refer", kind: "added", change: { invitations_per_period: input.invitations_per_period }, point: (i) => ({ referral_conversion: i.referral_conversion + 0.01 }) },
  ];
  const possible = net(nobody);
  const whole = net(own);
  if (possible === null || whole === null || !(possible > 0)) return null;
  let at = nobody;
  let before = possible;
  const steps: Loss[] = [];
  for (const { name, kind, change, point } of way) {
    at = { ...at, ...change };
    const after = net(at);
    if (after === null) return null;
    const better = point ? net({ ...own, ...point(own) }) : null;
    steps.push({ name, kind, before, after, better: better === null ? null : better - whole });
    before = after;
  }
  return { periods, possible, steps, remains: before - input.acquisition_spend };
}

export function losses(shown: Shown, words: Words) {
  const { engine, calculation, answered, format } = shown;
  const { input } = answered;
  const net = (figures: Input) => {
    const { result } = engine.call(calculation.id, figures);
    return result && result.total_net + input.acquisition_spend;
  };
  const found = lossesOf(input, net);
  if (!found) return nothing;
  const { periods, possible, steps, remains } = found;
  const say = (money: number) => format.money(money, true);
  const leaks = steps.filter((s) => s.kind !== "added" && s.before > s.after);
  const most = leaks.length ? leaks.reduce((a, b) => (b.before - b.after > a.before - a.after ? b : a)) : null;
  const best = steps.reduce((a, b) => ((b.better ?? 0) > (a.better ?? 0) ? b : a));
  const name = (s: Loss) => words[`loss_${s.name}`];
  return html`<figure class="journey losses">
    <figcaption>
      <h3>${words.lossTitle}</h3>
      ${most ? html`<p class="most">${words.lossMost({ where: name(most), money: say(most.before - most.after) })}
        ${(best.better ?? 0) > 0 ? words.lossBest({ where: name(best), money: say(best.better ?? 0) }) : nothing}</p>` : nothing}
      <p class="what">${words.lossPossible({ money: say(possible), customers: format.value(Math.round(input.prospects * input.conversion), "count"), horizon: format.value(periods, "periods") })}</p>
    </figcaption>
    <div class="losses-body">
      ${drawing(found, input, shown, words)}
      <ol>
        ${steps.map((s) => html`<li ?data-most=${s === most}>
          <h4>${name(s)}</h4>
          <p><b>${format.gain(s.after - s.before)}</b> ${words[`loss_is_${s.kind}`]}</p>
          ${s.better === null ? nothing : html`<p class="what">${words.lossBetter({ money: format.gain(s.better) })}</p>`}
        </li>`)}
        <li><h4>${words.lossRemains}</h4><p><b>${say(remains)}</b> ${words.lossAfter({ money: say(input.acquisition_spend) })}</p></li>
      </ol>
    </div>
    <p class="keys"><span><i class="box possible"></i>${words.lossKeyPossible}</span><span><i class="box leak"></i>${words.lossKeyLost}</span><span><i class="box got"></i>${words.lossKeyGot}</span></p>
  </figure>`;
}

function drawing({ possible, steps, remains }: NonNullable<ReturnType<typeof lossesOf>>, input: Input, { format }: Shown, words: Words) {
  const ends = steps.map((s) => s.after);
  const full = Math.max(possible, ...ends, input.acquisition_spend);
  const half = (money: number) => (HALF * Math.max(0, money)) / full;
  const levels = [possible, ...ends, ends[ends.length - 1]].map((money, i) => ({ y: i * ROW, half: half(money) }));
  const lost = steps.map((s, i) => (s.before > s.after ? `M${-half(s.before)},${i * ROW}H${half(s.before)}V${(i + 1) * ROW}H${-half(s.before)}Z` : "")).join("");
  const last = levels[levels.length - 1];
  const spent = Math.min(2 * last.half, 2 * half(input.acquisition_spend));
  const label = words.lossSays({ possible: format.money(possible, true), remains: format.money(remains, true) });
  const ruler = ticks(0, full, 3)[1];
  const end = half(ruler);
  return html`<div class="leaking"><svg class="leaks" viewBox="${-HALF - 2} 0 ${2 * HALF + 4} ${7 * ROW}" preserveAspectRatio="none" role="img" aria-label=${label}>
    ${svg`<defs><pattern id="leak" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0,0V6" /></pattern></defs>
      <path class="leak" d=${lost} />
      <path class="possible" d=${between(levels.slice(0, 4))} />
      <path class="got" d=${between(levels.slice(3))} />
      <path class="cut" d="M${last.half - spent},${6 * ROW}H${last.half}V${7 * ROW}H${last.half - spent}Z" />
      <path class="spent" d="M${last.half - spent},${6 * ROW}H${last.half}V${7 * ROW}H${last.half - spent}Z" />`}
  </svg>
  <svg class="ruler" viewBox="${-HALF - 2} 0 ${2 * HALF + 4} 8" preserveAspectRatio="none" aria-hidden="true">${svg`<path d="M${-end},0V8M${-end},4H${end}M${end},0V8" />`}</svg>
  <p class="ruler">${format.axis(ruler, "money")}</p></div>`;
}
