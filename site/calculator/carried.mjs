/**
 * The strip under the title of a page that a customer came to from another: what came along, what was converted, and what
 * this page has no place for. It tells, and never asks.
 *
 * @typedef {import("../base/scenarios.mjs").Scenario} Scenario
 * @typedef {import("../base/url.mjs").State} State
 * @typedef {import("../base/catalogue.gen.mjs").Field} Field
 */

import { html, nothing, render } from "lit";
import { moved } from "./carry.mjs";
import { Format } from "../base/format.mjs";
import { pageLanguage } from "../base/language.mjs";
import { localeOf, messages } from "../base/messages.mjs";
import carriedWords from "../messages/carried.gen.mjs";
import { blankOf, calculationOf, loadScenario } from "../base/scenarios.mjs";
import { readInput, same } from "../base/url.mjs";
import { amid, wordsIn } from "../base/words.mjs";

/**
 * @param {Element} calculator above which it stands
 * @param {() => void} close
 */
export function carriedStrip(calculator, close) {
  const place = document.createElement("div");
  calculator.before(place);
  let shown = "";
  return {
    /** @param {Scenario} scenario @param {State} state @param {string} back the query of the page before */
    async show(scenario, state, back) {
      const key = `${state.was[0] ?? ""} ${state.currency} ${state.locale} ${back}`;
      if (key === shown) return;
      shown = key;
      const content = state.was.length ? await strip(scenario, state, back, close) : nothing;
      if (key === shown) render(content, place);
    },
  };
}

/** @param {Scenario} scenario @param {State} state @param {string} back @param {() => void} close */
async function strip(scenario, state, back, close) {
  const [id, query] = split(state.was[0]);
  const [from, words, said] = await Promise.all([loadScenario(id, pageLanguage), wordsIn(pageLanguage), messages(pageLanguage, carriedWords)]);
  const input = readInput(from, new URLSearchParams(query));
  const locale = state.locale ?? localeOf(pageLanguage, navigator.languages);
  const format = new Format({ locale, currency: state.currency, period: input.period ?? "year", words });
  const here = new Format({ locale, currency: state.currency, period: state.input.period ?? "year", words });
  const { inputs } = calculationOf(from);
  const say = (/** @type {string} */ name, /** @type {any} */ value) => told(fieldNamed(inputs, name) ?? fieldNamed(calculationOf(scenario).inputs, name), value, format, words);
  const along = moved(from.calculation, input, scenario.calculation, say);
  const used = new Set(Object.values(along).flatMap((known) => known.uses));
  const targets = calculationOf(scenario).inputs;
  const title = (/** @type {string} */ name) => fieldNamed(targets, name)?.title ?? name;
  const empty = blankOf(scenario);
  const came = Object.keys(along).filter((name) => !along[name].sum && along[name].uses.length && name !== "period" && !same(along[name].value, empty[name]));
  const converted = Object.keys(along).filter((name) => along[name].sum);
  const blank = blankOf(from);
  const lost = inputs.filter((f) => !used.has(f.name) && f.name !== "period" && input[f.name] !== null && !same(input[f.name], blank[f.name]));
  const list = new Intl.ListFormat(pageLanguage, { type: "conjunction" });
  const page = from.title;
  const root = /** @type {HTMLAnchorElement} */ (document.querySelector("a.brand"));
  return html`<section class="carried" aria-label=${said.carriedFrom({ page })}>
    <dl>
      ${came.length ? row(said.carriedFrom({ page }), sentence(said.carriedCame({ list: list.format(came.map((name) => amid(title(name), pageLanguage))) }))) : nothing}
      ${converted.length ? row(said.carriedConverted, converted.map((name) => sum(title(name), told(fieldNamed(targets, name), along[name].value, here, words), along[name].sum ?? ""))) : nothing}
      ${lost.length ? row(said.carriedNot, html`${list.format(lost.map((f) => said.carriedFigure({ title: f.title, value: told(f, input[f.name], format, words) })))}. ${said.carriedKept}`) : nothing}
    </dl>
    <p><a href=${new URL(`${id}/${back}`, root.href).href}>${said.carriedBack({ page })}</a> <button type="button" @click=${close}>${said.carriedClose}</button></p>
  </section>`;
}

/** @param {string} name @param {unknown} says */
const row = (name, says) => html`<div><dt>${name}</dt><dd>${says}</dd></div>`;

/** A figure with what it was made of, where that is another. @param {string} title @param {string} value @param {string} made */
const sum = (title, value, made) => html`<span><b>${title} ${value}</b>${made === value ? nothing : html` = <bdi dir="ltr">${made}</bdi>`}</span> `;

/** A sentence begins with a capital. @param {string} text */
const sentence = (text) => text.charAt(0).toLocaleUpperCase(pageLanguage) + text.slice(1);

/** @param {string} page its id and query */
function split(page) {
  const at = page.indexOf("?");
  return [page.slice(0, at), page.slice(at + 1)];
}

/** @param {Field[]} fields @param {string} name */
const fieldNamed = (fields, name) => fields.find((f) => f.name === name);

/** @param {Field | undefined} field @param {any} value @param {Format} format @param {import("../base/words.mjs").Words} words */
function told(field, value, format, words) {
  if (Array.isArray(value)) return format.value(value.length, "count");
  return typeof value === "number" ? format.value(value, field?.unit) : (words.options[value] ?? String(value));
}
