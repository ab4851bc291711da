/**
 * A control for each type of option, drawn from its declaration. A control tells what was typed as text; whether that
 * makes sense is the configurator's to say.
 */
import { html, nothing } from "lit";
import { isTicked, textIn } from "../base/events.ts";
import { live } from "lit/directives/live.js";
import { CURRENCIES } from "../base/format.ts";
import { LANGUAGES } from "../base/messages.ts";
import { type Option, type Type, type Value, isDefault, namesIn, write } from "../widget/options.ts";
import type embedWords from "../messages/en/embed.gen.mjs";

export type Words = typeof embedWords;

export interface Shown {
  value: Value;
  text: string; // as it stands in the control, which may make no sense yet
  title: string; // of the option, in the page's language
  problem: string; // with the text, empty where there is none
  standing: string; // what holds where the option is left out
  more: unknown; // what is known about the value, under the control
  label: (name: string) => string; // of an allowed value
  there: string[]; // the names of a list
  type: (text: string) => void;
  words: Words;
}

/** How many values are set side by side rather than in a list. */
const FEW = 3;

/** Locales whose ways with numbers differ; any other can be typed. */
const LOCALES = ["en-US", "en-GB", "en-IN", "de-DE", "de-CH", "fr-FR", "es-ES", "es-MX", "pt-BR", "ja-JP", "ar-EG", "ar-AE"];

export function control(option: Option, shown: Shown) {
  return html`<div class="option" data-option=${option.name} ?data-set=${!isDefault(option, shown.value)}>
    ${(controls[option.type] ?? typed)(option, shown)}
    ${shown.problem ? html`<p class="problem" id="${idOf(option)}-problem">${shown.problem}</p>` : nothing} ${shown.more}
  </div>`;
}

const idOf = (option: Option) => `option-${option.attribute}`;

const controls: Partial<Record<Type, (option: Option, shown: Shown) => unknown>> = { one: oneOf, names: severalOf, language, colour, pixels, flag };

function oneOf(option: Option, shown: Shown) {
  const { allowed = [] } = option;
  if (allowed.length > FEW) return list(option, shown, allowed.map((value) => ({ value, text: shown.label(value) })));
  return html`<fieldset>
    <legend>${shown.title}</legend>
    <div class="side">
      ${allowed.map((value) => html`<label>
        <input type="radio" name=${idOf(option)} value=${value} .checked=${live(shown.value === value)} @change=${() => shown.type(value)} />
        <span>${shown.label(value)}</span>
      </label>`)}
    </div>
  </fieldset>`;
}

function list(option: Option, shown: Shown, choices: { value: string; text: string }[]) {
  return html`<label class="name" for=${idOf(option)}>${shown.title}</label>
    <select id=${idOf(option)} @change=${(e: Event) => shown.type(textIn(e))}>
      ${choices.map(({ value, text }) => html`<option value=${value} .selected=${live(value === write(option, shown.value))}>${text}</option>`)}
    </select>`;
}

function language(option: Option, shown: Shown) {
  return list(option, shown, [{ value: "", text: shown.standing }, ...Object.entries(LANGUAGES).map(([value, text]) => ({ value, text }))]);
}

/** Everything, nothing, or those that are ticked. */
function severalOf(option: Option, shown: Shown) {
  const { there, label } = shown;
  const value = namesIn(shown.value);
  const chosen = option.words?.find((word) => value[0] === word);
  const ticked = chosen === "all" ? there : chosen ? [] : value;
  const tick = (name: string, on: boolean) => shown.type(there.filter((n) => (n === name ? on : ticked.includes(n))).join(" "));
  if (there.length === 0) return nothing;
  return html`<details class="several">
    <summary><span class="name">${shown.title}</span> <span class="count">${chosen ? label(chosen) : ticked.length ? shown.words.chosen({ n: ticked.length, shown: String(ticked.length) }) : shown.standing}</span></summary>
    <fieldset>
      <legend class="unseen">${shown.title}</legend>
      ${option.words?.length || value.length ? html`<div class="row">
        ${option.words?.map((word) => html`<button type="button" class="quiet" aria-pressed=${chosen === word} @click=${() => shown.type(word)}>${label(word)}</button>`)}
        ${value.length ? html`<button type="button" class="quiet" @click=${() => shown.type("")}>${shown.standing}</button>` : nothing}
      </div>` : nothing}
      ${there.map((name) => html`<label class="check">
        <input type="checkbox" .checked=${live(ticked.includes(name))} @change=${(e: Event) => tick(name, isTicked(e))} /> ${label(name)}
      </label>`)}
    </fieldset>
  </details>`;
}

function colour(option: Option, shown: Shown) {
  const id = idOf(option);
  return html`<label class="name" for=${id}>${shown.title}</label>
    <div class="colour">
      <input type="color" aria-label=${shown.words.pick({ title: shown.title })} .value=${live(shown.value || "#808080")} ?data-unset=${!shown.value}
        @input=${(e: Event) => shown.type(textIn(e))} />
      ${entry(option, shown, { placeholder: shown.standing, maxlength: 7 })}
      ${shown.text ? html`<button type="button" class="quiet" @click=${() => shown.type("")}>${shown.words.unset}<span class="unseen"> ${shown.title}</span></button>` : nothing}
    </div>`;
}

function pixels(option: Option, shown: Shown) {
  return html`<label class="name" for=${idOf(option)}>${shown.title}</label>
    <div class="slide">
      <input id=${idOf(option)} type="range" min="0" max=${option.max ?? 0} .value=${live(String(shown.value))} @input=${(e: Event) => shown.type(textIn(e))} />
      <output for=${idOf(option)} dir="ltr">${shown.value} px</output>
    </div>`;
}

function flag(option: Option, shown: Shown) {
  return html`<label class="check">
    <input id=${idOf(option)} type="checkbox" .checked=${live(shown.value)} @change=${(e: Event) => shown.type(isTicked(e) ? "on" : "off")} />
    <span>${shown.title}</span>
  </label>`;
}

/** Text of any kind; some is suggested. */
function typed(option: Option, shown: Shown) {
  const suggested = option.type === "currency" ? CURRENCIES : option.type === "locale" ? LOCALES : undefined;
  return html`<label class="name" for=${idOf(option)}>${shown.title}</label>
    ${entry(option, shown, { placeholder: shown.standing, maxlength: option.max, list: suggested && `${idOf(option)}-list`, type: option.type === "link" ? "url" : "text" })}
    ${suggested ? html`<datalist id="${idOf(option)}-list">${suggested.map((value) => html`<option value=${value}></option>`)}</datalist>` : nothing}`;
}

function entry(option: Option, shown: Shown, { placeholder = "", maxlength, list, type = "text" }: { placeholder?: string; maxlength?: number; list?: string; type?: string }) {
  const free = option.type === "text";
  return html`<input id=${idOf(option)} type=${type} dir=${free ? "auto" : "ltr"} autocomplete="off" spellcheck=${free ? nothing : "false"} .value=${live(shown.text)}
    placeholder=${placeholder || nothing} maxlength=${maxlength ?? nothing} list=${list ?? nothing} aria-invalid=${shown.problem ? "true" : nothing}
    aria-describedby=${shown.problem ? `${idOf(option)}-problem` : nothing} @input=${(e: Event) => shown.type(textIn(e))} />`;
}
