import { html, nothing, svg } from "lit";
import { required } from "../../base/certain.ts";
import words from "../../messages/growth.gen.mjs";
import { style } from "../growth/style.ts";
import type { Shown, View } from "../shown.ts";

export type Words = typeof words.en;

function evidence(shown: Shown, words: Words) {
  return html`${pays(shown, words)}
    <dl class="verdict">
      <div>
        <dt>${words.return}</dt>
        <dd>${shown.say("roi") ?? "–"}</dd>
        <dd class="says">${shown.figure("roi") === null ? words.noCost : words.wrongReturn({ share: shown.say("revenue_roi") ?? "–" })}</dd>
      </div>
      <div>
        <dt>${words.payback}</dt>
        ${payback(shown, words)}
      </div>
      <div>
        <dt>${shown.title("clv_after")}</dt>
        <dd>${shown.say("clv_after")}</dd>
        <dd class="says">${words.instead({ today: shown.say("clv_before") ?? "–" })}</dd>
      </div>
    </dl>`;
}

/** When the cost has come back, which after no time is from the start. */
export function payback(shown: Shown, words: Words) {
  const months = shown.figure("payback_months");
  const [says, why] = months === null ? [words.never, words.neverSays] : months === 0 ? [words.atStart, words.atStartSays] : [shown.say("payback_months", false), words.paybackSays];
  return html`<dd>${says}</dd><dd class="says">${why}</dd>`;
}

/** The effect that would pay for the cost, beside the one stated. */
function pays(shown: Shown, words: Words) {
  const { lever } = shown.scenario;
  if (!lever) return nothing;
  const hopeless = shown.answered.warnings.some((w) => w.code === "no_break_even" && w.field.startsWith(lever.effect));
  const stated = shown.figure(lever.effect) ?? 0;
  const needed = shown.figure(lever.needed);
  const sentence = hopeless ? words.noEffect : needed === 0 ? words.atStartSays : shown.fill(lever.sentence);
  return html`<section class="pays" part="pays">
    <p class="finding">${sentence}</p>
    ${needed === null ? nothing : scale(shown, words, stated, needed)}
  </section>`;
}

/** What a fall is a fall of: the first of these that is given. */
const FALLS_FROM: Record<string, string[]> = { churn_fall: ["churn_rate"], first_churn_fall: ["first_churn_rate", "first_period_churn", "churn_rate"] };

/** An effect in its unit; a fall of churn in percentage points, with where it falls from and to. */
function sayEffect(shown: Shown, words: Words, effect: string, value: number) {
  const { format } = shown;
  const base = FALLS_FROM[effect]?.map((name) => shown.figure(name)).find((v) => v !== null);
  if (base === undefined) return format.value(value, shown.field(effect)?.unit, true);
  const [from, to] = [base, Math.max(0, base - value)].map((v) => format.value(v ?? 0, "share"));
  return words.fallsFrom({ points: format.points(value), from, to });
}

function scale(shown: Shown, words: Words, stated: number, needed: number) {
  const lever = required(shown.scenario.lever, "lever");
  const end = Math.max(1.6 * needed, 1.15 * stated, 1e-9);
  // Below the effect that would pay alone, another effect may still make it pay.
  const short = stated < needed && (shown.figure(shown.scenario.headline) ?? 0) <= 0 ? "short" : "";
  const at = (v: number) => `${((100 * Math.max(0, v)) / end).toFixed(2)}%`;
  return html`<div class="gauge">
    <svg width="100%" height="30" aria-hidden="true">
      ${svg`<line class="track" x1="0" x2="100%" y1="15" y2="15" /><line class="reach ${short}" x1="0" x2=${at(stated)} y1="15" y2="15" />
      <line class="aim" x1=${at(needed)} x2=${at(needed)} y1="3" y2="27" />`}
    </svg>
    <p><span class="key ${short}"></span>${shown.title(lever.effect)} <b>${sayEffect(shown, words, lever.effect, stated)}</b></p>
    <p><span class="tick"></span>${words.needed} <b>${sayEffect(shown, words, lever.effect, needed)}</b></p>
  </div>`;
}

export default { style, words, results: [], evidence } satisfies View<Words>;
