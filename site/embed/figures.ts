import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import type { Field } from "../base/catalogue.gen.mjs";
import type { Format } from "../base/format.ts";
import type { startOf } from "../base/scenarios.ts";
import type { Option } from "../widget/options.ts";
import { isTicked, textIn } from "../base/events.ts";

/** The figures that the widget begins with, a row each: the figure, and what becomes of its field. */
export interface Figures {
  fields: Field[]; // of the calculation, those that one figure or one word says
  start: ReturnType<typeof startOf>; // what they are where nothing is said
  given: URLSearchParams; // what is said
  draft: (name: string) => string | undefined; // what is being typed
  marks: Option[]; // the options that hold names of fields
  marked: (option: Option) => readonly string[];
  title: (option: Option) => string;
  problem: string; // with what is not a number
  format: Format;
  options: Record<string, string>; // titles of a figure's options by wire name
  type: (field: Field, text: string, value: number | string | null) => void; // value: what the text means, null for nothing, the text where it means no number
  mark: (option: Option, names: string[]) => void;
}

/** The table of an option that holds figures. */
export function figures(shown: Figures, option: Option) {
  const { fields, marks, title } = shown;
  return html`<table class="figures" data-option=${option.name}>
    <caption class="unseen">${title(option)}</caption>
    <thead><tr><th scope="col" colspan="2"><span class="unseen">${title(option)}</span></th>${marks.map((mark) => html`<th scope="col">${title(mark)}</th>`)}</tr></thead>
    <tbody>${fields.map((field) => row(shown, field))}</tbody>
  </table>`;
}

function row(shown: Figures, field: Field) {
  const { marks, marked, title, mark, format } = shown;
  const toggle = (option: Option, on: boolean) => {
    const others = marked(option).filter((name) => name !== field.name);
    mark(option, on ? [...others, field.name] : others);
  };
  return html`<tr>
    <th scope="row"><label for="figure-${field.name}">${field.title}</label></th>
    <td>${field.kind === "option" ? choice(shown, field) : number(shown, field)}</td>
    ${marks.map((option) => html`<td class="mark" data-option=${option.name}>
      <input type="checkbox" aria-label=${format.titled(field.title, title(option))} .checked=${live(marked(option).includes(field.name))}
        @change=${(e: Event) => toggle(option, isTicked(e))} />
    </td>`)}
  </tr>`;
}

function number({ format, start, given, draft, problem, type }: Figures, field: Field) {
  const { before, after } = format.beside(field.unit);
  const value = given.get(field.name);
  const text = draft(field.name) ?? (value === null ? "" : format.typed(Number(value), field.unit));
  const wrong = typeof format.parse(text, field.unit) === "string";
  const id = `figure-${field.name}`;
  return html`<span class="entry">
      ${before ? html`<span class="unit">${before}</span>` : nothing}
      <input id=${id} data-figure=${field.name} type="text" inputmode="decimal" autocomplete="off" dir="ltr" .value=${live(text)}
        placeholder=${format.typed(start[field.name], field.unit) || "–"} aria-invalid=${wrong ? "true" : nothing} aria-describedby=${wrong ? `${id}-problem` : nothing}
        @input=${(e: Event) => type(field, textIn(e), format.parse(textIn(e), field.unit))} />
      ${after ? html`<span class="unit">${after}</span>` : nothing}
    </span>
    ${wrong ? html`<span class="problem" id="${id}-problem">${problem}</span>` : nothing}`;
}

function choice({ options, start, given, type }: Figures, field: Field) {
  const value = given.get(field.name) ?? start[field.name];
  return html`<select id="figure-${field.name}" @change=${(e: Event) => type(field, "", textIn(e))}>
    ${field.options?.map((name) => html`<option value=${name} .selected=${live(name === value)}>${options[name] ?? name}</option>`)}
  </select>`;
}
