import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { CURRENCIES } from "../base/format.mjs";
import { LANGUAGES } from "../base/messages.mjs";
import { isDefault, write } from "../widget/options.mjs";

/**
 * A control for each type of option, drawn from its declaration. A control tells what was typed as text; whether that
 * makes sense is the configurator's to say.
 *
 * @typedef {import("../widget/options.mjs").Option} Option
 * @typedef {typeof import("../messages/en/embed.gen.mjs").default} Words
 *
 * @typedef {object} Shown
 * @property {any} value
 * @property {string} text as it stands in the control, which may make no sense yet
 * @property {string} title of the option, in the page's language
 * @property {string} problem with the text, empty where there is none
 * @property {string} standing what holds where the option is left out
 * @property {unknown} more what is known about the value, under the control
 * @property {(name: string) => string} label of an allowed value
 * @property {string[]} there the names of a list
 * @property {(text: string) => void} type
 * @property {Words} words
 */

/** How many values are set side by side rather than in a list. */
const FEW = 3;

/** Locales whose ways with numbers differ; any other can be typed. */
const LOCALES = ["en-US", "en-GB", "en-IN", "de-DE", "de-CH", "fr-FR", "es-ES", "es-MX", "pt-BR", "ja-JP", "ar-EG", "ar-AE"];

/** @param {Option} option @param {Shown} shown */
export function control(option, shown) {
  return html`<div class="option" data-option=${option.name} ?data-set=${!isDefault(option, shown.value)}>
    ${(controls[option.type] ?? typed)(option, shown)}
    ${shown.problem ? html`<p class="problem" id="${idOf(option)}-problem">${shown.problem}</p>` : nothing} ${shown.more}
  </div>`;
}

/** @param {Option} option */
const idOf = (option) => `option-${option.attribute}`;

/** @param {Event} event */
const textOf = (event) => /** @type {HTMLInputElement} */ (event.target).value;

/** @type {Partial<Record<import("../widget/options.mjs").Type, (option: Option, shown: Shown) => unknown>>} */
const controls = { one: oneOf, names: severalOf, language, colour, pixels, flag };

/** @param {Option} option @param {Shown} shown */
function oneOf(option, shown) {
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

/** @param {Option} option @param {Shown} shown @param {{ value: string, text: string }[]} choices */
function list(option, shown, choices) {
  return html`<label class="name" for=${idOf(option)}>${shown.title}</label>
    <select id=${idOf(option)} @change=${(/** @type {Event} */ e) => shown.type(textOf(e))}>
      ${choices.map(({ value, text }) => html`<option value=${value} .selected=${live(value === write(option, shown.value))}>${text}</option>`)}
    </select>`;
}

/** @param {Option} option @param {Shown} shown */
function language(option, shown) {
  return list(option, shown, [{ value: "", text: shown.standing }, ...Object.entries(LANGUAGES).map(([value, text]) => ({ value, text }))]);
}

/** Everything, nothing, or those that are ticked. @param {Option} option @param {Shown} shown */
function severalOf(option, shown) {
  const { value, there, label } = shown;
  const said = option.words?.find((word) => value[0] === word);
  const ticked = said === "all" ? there : said ? [] : value;
  const tick = (/** @type {string} */ name, /** @type {boolean} */ on) => shown.type(there.filter((n) => (n === name ? on : ticked.includes(n))).join(" "));
  if (there.length === 0) return nothing;
  return html`<details class="several">
    <summary><span class="name">${shown.title}</span> <span class="count">${said ? label(said) : ticked.length ? shown.words.chosen({ n: ticked.length, shown: String(ticked.length) }) : shown.standing}</span></summary>
    <fieldset>
      <legend class="unseen">${shown.title}</legend>
      ${option.words?.length || value.length ? html`<div class="row">
        ${option.words?.map((word) => html`<button type="button" class="quiet" aria-pressed=${said === word} @click=${() => shown.type(word)}>${label(word)}</button>`)}
        ${value.length ? html`<button type="button" class="quiet" @click=${() => shown.type("")}>${shown.standing}</button>` : nothing}
      </div>` : nothing}
      ${there.map((name) => html`<label class="check">
        <input type="checkbox" .checked=${live(ticked.includes(name))} @change=${(/** @type {any} */ e) => tick(name, e.target.checked)} /> ${label(name)}
      </label>`)}
    </fieldset>
  </details>`;
}

/** @param {Option} option @param {Shown} shown */
function colour(option, shown) {
  const id = idOf(option);
  return html`<label class="name" for=${id}>${shown.title}</label>
    <div class="colour">
      <input type="color" aria-label=${shown.words.pick({ title: shown.title })} .value=${live(shown.value || "#808080")} ?data-unset=${!shown.value}
        @input=${(/** @type {Event} */ e) => shown.type(textOf(e))} />
      ${entry(option, shown, { placeholder: shown.standing, maxlength: 7 })}
      ${shown.text ? html`<button type="button" class="quiet" @click=${() => shown.type("")}>${shown.words.unset}<span class="unseen"> ${shown.title}</span></button>` : nothing}
    </div>`;
}

/** @param {Option} option @param {Shown} shown */
function pixels(option, shown) {
  return html`<label class="name" for=${idOf(option)}>${shown.title}</label>
    <div class="slide">
      <input id=${idOf(option)} type="range" min="0" max=${option.max ?? 0} .value=${live(String(shown.value))} @input=${(/** @type {Event} */ e) => shown.type(textOf(e))} />
      <output for=${idOf(option)} dir="ltr">${shown.value} px</output>
    </div>`;
}

/** @param {Option} option @param {Shown} shown */
function flag(option, shown) {
  return html`<label class="check">
    <input id=${idOf(option)} type="checkbox" .checked=${live(shown.value)} @change=${(/** @type {any} */ e) => shown.type(e.target.checked ? "on" : "off")} />
    <span>${shown.title}</span>
  </label>`;
}

/** Text of any kind; some is suggested. @param {Option} option @param {Shown} shown */
function typed(option, shown) {
  const suggested = { currency: CURRENCIES, locale: LOCALES }[/** @type {"currency"} */ (option.type)];
  return html`<label class="name" for=${idOf(option)}>${shown.title}</label>
    ${entry(option, shown, { placeholder: shown.standing, maxlength: option.max, list: suggested && `${idOf(option)}-list`, type: option.type === "link" ? "url" : "text" })}
    ${suggested ? html`<datalist id="${idOf(option)}-list">${suggested.map((value) => html`<option value=${value}></option>`)}</datalist>` : nothing}`;
}

/** @param {Option} option @param {Shown} shown @param {{ placeholder?: string, maxlength?: number, list?: string, type?: string }} how */
function entry(option, shown, { placeholder = "", maxlength, list, type = "text" }) {
  const free = option.type === "text";
  return html`<input id=${idOf(option)} type=${type} dir=${free ? "auto" : "ltr"} autocomplete="off" spellcheck=${free ? nothing : "false"} .value=${live(shown.text)}
    placeholder=${placeholder || nothing} maxlength=${maxlength ?? nothing} list=${list ?? nothing} aria-invalid=${shown.problem ? "true" : nothing}
    aria-describedby=${shown.problem ? `${idOf(option)}-problem` : nothing} @input=${(/** @type {Event} */ e) => shown.type(textOf(e))} />`;
}
