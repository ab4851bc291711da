import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";

/**
 * The figures that the widget begins with, a row each: the figure, and what becomes of its field.
 *
 * @typedef {import("../widget/options.mjs").Option} Option
 * @typedef {import("../base/catalogue.gen.mjs").Field} Field
 *
 * @typedef {object} Figures
 * @property {Field[]} fields of the calculation, those that one figure or one word says
 * @property {Record<string, any>} start what they are where nothing is said
 * @property {URLSearchParams} given what is said
 * @property {(name: string) => string | undefined} draft what is being typed
 * @property {Option[]} marks the options that hold names of fields
 * @property {(option: Option) => string[]} marked
 * @property {(option: Option) => string} title
 * @property {string} problem with what is not a number
 * @property {import("../base/format.mjs").Format} format
 * @property {Record<string, string>} options titles of a figure's options by wire name
 * @property {(field: Field, text: string, value: number | string | null) => void} type value: what the text means, null for
 *   nothing, the text where it means no number
 * @property {(option: Option, names: string[]) => void} mark
 */

/** @param {Figures} shown @param {Option} option that holds the figures */
export function figures(shown, option) {
  const { fields, marks, title } = shown;
  return html`<table class="figures" data-option=${option.name}>
    <caption class="unseen">${title(option)}</caption>
    <thead><tr><th scope="col" colspan="2"><span class="unseen">${title(option)}</span></th>${marks.map((mark) => html`<th scope="col">${title(mark)}</th>`)}</tr></thead>
    <tbody>${fields.map((field) => row(shown, field))}</tbody>
  </table>`;
}

/** @param {Figures} shown @param {Field} field */
function row(shown, field) {
  const { marks, marked, title, mark } = shown;
  const toggle = (/** @type {Option} */ option, /** @type {boolean} */ on) => {
    const others = marked(option).filter((name) => name !== field.name);
    mark(option, on ? [...others, field.name] : others);
  };
  return html`<tr>
    <th scope="row"><label for="figure-${field.name}">${field.title}</label></th>
    <td>${field.kind === "option" ? choice(shown, field) : number(shown, field)}</td>
    ${marks.map((option) => html`<td class="mark" data-option=${option.name}>
      <input type="checkbox" aria-label="${field.title}: ${title(option)}" .checked=${live(marked(option).includes(field.name))}
        @change=${(/** @type {any} */ e) => toggle(option, e.target.checked)} />
    </td>`)}
  </tr>`;
}

/** @param {Figures} shown @param {Field} field */
function number({ format, start, given, draft, problem, type }, field) {
  const { before, after } = format.beside(field.unit);
  const said = given.get(field.name);
  const text = draft(field.name) ?? (said === null ? "" : format.typed(Number(said), field.unit));
  const wrong = typeof format.parse(text, field.unit) === "string";
  const id = `figure-${field.name}`;
  return html`<span class="entry">
      ${before ? html`<span class="unit">${before}</span>` : nothing}
      <input id=${id} data-figure=${field.name} type="text" inputmode="decimal" autocomplete="off" dir="ltr" .value=${live(text)}
        placeholder=${format.typed(start[field.name], field.unit) || "–"} aria-invalid=${wrong ? "true" : nothing} aria-describedby=${wrong ? `${id}-problem` : nothing}
        @input=${(/** @type {any} */ e) => type(field, e.target.value, format.parse(e.target.value, field.unit))} />
      ${after ? html`<span class="unit">${after}</span>` : nothing}
    </span>
    ${wrong ? html`<span class="problem" id="${id}-problem">${problem}</span>` : nothing}`;
}

/** @param {Figures} shown @param {Field} field */
function choice({ options, start, given, type }, field) {
  const value = given.get(field.name) ?? start[field.name];
  return html`<select id="figure-${field.name}" @change=${(/** @type {any} */ e) => type(field, "", e.target.value)}>
    ${field.options?.map((name) => html`<option value=${name} .selected=${live(name === value)}>${options[name] ?? name}</option>`)}
  </select>`;
}
