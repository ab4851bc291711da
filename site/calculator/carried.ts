/**
 * The strip under the title of a page that a customer came to from another: what came along, what was converted, and what
 * this page has no place for. It tells, and never asks.
 */

import { html, nothing, render } from "lit";
import { moved } from "./carry.ts";
import { part } from "../base/certain.ts";
import { Format } from "../base/format.ts";
import { pageLanguage } from "../base/language.ts";
import { localeOf, messages } from "../base/messages.ts";
import carriedWords from "../messages/carried.gen.mjs";
import { type Scenario, blankOf, calculationOf, loadScenario } from "../base/scenarios.ts";
import { type State, readInput, same } from "../base/url.ts";
import { type Words, amid, wordsIn } from "../base/words.ts";
import type { Field } from "../base/catalogue.gen.mjs";
import type { Figure } from "../base/figures.ts";

/** @param calculator above which it stands */
export function carriedStrip(calculator: Element, close: () => void) {
  const place = document.createElement("div");
  calculator.before(place);
  let shown = "";
  return {
    /** @param back the query of the page before */
    async show(scenario: Scenario, state: State, back: string) {
      const key = `${state.was[0] ?? ""} ${state.currency} ${state.locale} ${back}`;
      if (key === shown) return;
      shown = key;
      const content = state.was.length ? await strip(scenario, state, back, close) : nothing;
      if (key === shown) render(content, place);
    },
  };
}

async function strip(scenario: Scenario, state: State, back: string, close: () => void) {
  const [id, query] = split(state.was[0]);
  const [from, words, texts] = await Promise.all([loadScenario(id, pageLanguage), wordsIn(pageLanguage), messages(pageLanguage, carriedWords)]);
  const input = readInput(from, new URLSearchParams(query));
  const locale = state.locale ?? localeOf(pageLanguage, navigator.languages);
  const format = new Format({ locale, currency: state.currency, period: input.period ?? "year", words });
  const here = new Format({ locale, currency: state.currency, period: state.input.period ?? "year", words });
  const { inputs } = calculationOf(from);
  const describe = (name: string, value: Figure) => valueText(fieldNamed(inputs, name) ?? fieldNamed(calculationOf(scenario).inputs, name), value, format, words);
  const along = moved(from.calculation, input, scenario.calculation, describe);
  const used = new Set(Object.values(along).flatMap((known) => known.uses));
  const targets = calculationOf(scenario).inputs;
  const title = (name: string) => fieldNamed(targets, name)?.title ?? name;
  const empty = blankOf(scenario);
  const came = Object.keys(along).filter((name) => !along[name].sum && along[name].uses.length && name !== "period" && !same(along[name].value, empty[name]));
  const converted = Object.keys(along).filter((name) => along[name].sum);
  const blank = blankOf(from);
  const lost = inputs.filter((f) => !used.has(f.name) && f.name !== "period" && input[f.name] !== null && !same(input[f.name], blank[f.name]));
  const page = from.title;
  const root = part(document, "a.brand", HTMLAnchorElement);
  return html`<section class="carried" aria-label=${texts.carriedFrom({ page })}>
    <dl>
      ${came.length ? row(texts.carriedFrom({ page }), sentence(texts.carriedCame({ list: here.list(came.map((name) => amid(title(name), pageLanguage))) }))) : nothing}
      ${converted.length ? row(texts.carriedConverted, converted.map((name) => sum(title(name), valueText(fieldNamed(targets, name), along[name].value, here, words), along[name].sum ?? ""))) : nothing}
      ${lost.length ? row(texts.carriedNot, texts.carriedNotSays({ list: here.list(lost.map((f) => texts.carriedFigure({ title: f.title, value: valueText(f, input[f.name], format, words) }))) })) : nothing}
    </dl>
    <p><a href=${new URL(`${id}/${back}`, root.href).href}>${texts.carriedBack({ page })}</a> <button type="button" @click=${close}>${texts.carriedClose}</button></p>
  </section>`;
}

const row = (name: string, says: unknown) => html`<div><dt>${name}</dt><dd>${says}</dd></div>`;

/** A figure with what it was made of, where that is another. */
const sum = (title: string, value: string, made: string) => html`<span><b>${title} ${value}</b>${made === value ? nothing : html` = <bdi dir="ltr">${made}</bdi>`}</span> `;

/** A sentence begins with a capital. */
const sentence = (text: string) => text.charAt(0).toLocaleUpperCase(pageLanguage) + text.slice(1);

/** @param page its id and query */
function split(page: string) {
  const at = page.indexOf("?");
  return [page.slice(0, at), page.slice(at + 1)];
}

const fieldNamed = (fields: Field[], name: string) => fields.find((f) => f.name === name);

function valueText(field: Field | undefined, value: Figure, format: Format, words: Words) {
  if (Array.isArray(value)) return format.value(value.length, "count");
  return typeof value === "number" ? format.value(value, field?.unit) : (words.options[value] ?? String(value));
}
