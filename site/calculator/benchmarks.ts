/** What stands under an input that there are published figures for: a bracket on its slider's scale, and one sentence with the source. */

import { html, nothing, svg } from "lit";
import { benchmarkOf, rangeText } from "../base/benchmarks.ts";
import { part } from "../base/certain.ts";
import { type Language, messages } from "../base/messages.ts";
import words from "../messages/benchmarks.gen.mjs";
import menuWords from "../messages/menu.gen.mjs";
import { type Range, STEPS, toPosition } from "./slider.ts";
import type { Beside } from "./field.ts";
import styles from "../styles/benchmarks.css";

export const style = new CSSStyleSheet();
style.replaceSync(styles);

/** The page of all benchmarks. */
const pageOf = (id: string) => `${new URL("benchmarks/", part(document, "a.brand", HTMLAnchorElement).href).href}#${id}`;

/** What stands beside the inputs of a calculation. @param period of the figures as they stand */
export async function besides(calculation: string, lang: Language, period: () => string | undefined): Promise<Beside> {
  const [texts, menu] = await Promise.all([messages(lang, words), messages(lang, menuWords)]);
  return ({ field, format, range, take }) => {
    const benchmark = benchmarkOf(calculation, field.name);
    if (!benchmark || (benchmark.period && period() && benchmark.period !== period())) return null;
    const { use } = benchmark;
    const trade = menu[`business_${benchmark.trade}` as "business_shop"]; // the kinds of business have a message each
    return {
      scale: range ? bracket(benchmark, range) : nothing,
      says: html`<p class="benchmark">
        ${texts.benchmark_of({ trade, range: rangeText(benchmark, format, texts) })}
        <a href=${pageOf(benchmark.id)}>${texts.benchmark_source({ source: benchmark.short, year: String(benchmark.year) })}</a>
        ${use === null ? nothing : html`<button type="button" class="quiet" @click=${() => take(use)}>${texts.benchmark_use({ value: format.percent(use) })}</button>`}
      </p>`,
    };
  };
}

/** From where to where, on the slider's scale. */
function bracket({ low, high }: { low: number, high: number }, range: Range) {
  const [from, to] = [low, high].map((value) => toPosition(Math.min(range.to, Math.max(range.from, value)), range));
  return html`<svg class="bracket" viewBox="0 0 ${STEPS} 6" preserveAspectRatio="none" aria-hidden="true">${svg`<path d="M${from} 0V5H${to}V0"/>`}</svg>`;
}
