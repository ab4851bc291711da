/**
 * Where the period is switched, the figures stay as they were typed, and the page offers them converted.
 */

import { html, nothing, render } from "lit";
import { converted } from "./convert.ts";
import { pageLanguage } from "../base/language.ts";
import { messages } from "../base/messages.ts";
import carriedWords from "../messages/carried.gen.mjs";
import { type Scenario, calculationOf } from "../base/scenarios.ts";
import { same } from "../base/url.ts";
import type { Format } from "../base/format.ts";
import type { Figures } from "../base/figures.ts";

/**
 * The offer under the field of the period.
 * @param apply takes the figures converted
 */
export function periodConverter(calculator: Element & { renderRoot: ParentNode, format: Format }, apply: (input: Figures) => void) {
  const place = document.createElement("div");
  place.setAttribute("role", "status");
  /** the figures as they were typed, by the period that they were typed for */
  let typed: Figures | null = null;
  const clear = () => {
    typed = null;
    render(nothing, place);
  };
  return {
    clear,
    /** @param field that was changed @param before the figures before it */
    async changed(scenario: Scenario, field: string | null, before: Figures, input: Figures) {
      if (field !== "period") return clear();
      typed ??= before;
      const { inputs } = calculationOf(scenario);
      const to = typed.period === input.period ? null : converted(inputs, typed, input.period);
      if (!to) return clear();
      const was = typed;
      const words = await messages(pageLanguage, carriedWords);
      if (typed !== was) return;
      const { format } = calculator;
      const here = format.with(input.period);
      const named = inputs.filter((f) => f.kind === "number" && f.unit !== "periods" && was[f.name] !== 0 && !same(was[f.name], to[f.name]));
      const figures = named.map((f) => words.carriedFigure({ title: f.title, value: here.value(to[f.name], f.unit) }));
      render(html`<p class="meant">${words.convertSays({ from: was.period, to: input.period, list: here.list(figures) })} ${words.convertNote}
        <button type="button" class="quiet" @click=${() => {
          clear();
          apply(to);
        }}>${words.convert}</button></p>`, place);
      calculator.renderRoot.querySelector('hourglass-field[data-name="period"]')?.append(place);
    },
  };
}
