import { html, nothing } from "lit";
import { textIn } from "../../base/events.ts";
import { CALLED, LONGEST_NAME, MAX_KEPT, same } from "../../base/url.ts";
import { type Input, headlineOf, comeFigures } from "./figures.ts";
import { Tool } from "./tool.ts";

import { define } from "../../base/define.ts";
import type { Field } from "../../base/catalogue.gen.mjs";
import type { Figure, Figures } from "../../base/figures.ts";

const NAMES = ["A", "B", "C", "D", "E", "F"];

/** How many results are compared where the scenario names none. */
const RESULTS = 7;

/** Kept figures without their name. */
const figuresOf = ({ [CALLED]: _, ...figures }: Figures): Figures => figures;

/** Sets of figures side by side: those that were kept, and the present ones. */
export class HourglassCompare extends Tool {
  override render() {
    const { shown, words } = this;
    const { kept } = shown;
    const full = kept.length >= MAX_KEPT;
    return html`<div class="calculator tool compare">
      ${kept.length ? this.#table() : html`<p class="what">${words.nothingKept}</p>`}
      ${full ? html`<p class="what">${words.keptFull}</p>` : html`<button type="button" class="act" @click=${() => shown.keep([...kept, shown.answered.input])}>${words.keep}</button>`}
    </div>`;
  }

  #table() {
    const { shown, words } = this;
    const { kept, answered } = shown;
    const inputs = [...kept, answered.input];
    const results = [...kept.map((input) => this.#resultOf(input)), answered.result];
    const differing = shown.calculation.inputs.filter((f) => inputs.some((input) => !same(input[f.name] ?? null, answered.input[f.name] ?? null)));
    return html`<div class="scroll" role="region" tabindex="0" aria-label=${words.compare}>
      <table>
        <thead><tr><td></td>${inputs.map((_, i) => this.#head(i))}</tr></thead>
        ${differing.length
          ? html`<tbody class="differs"><tr><th scope="rowgroup" colspan=${inputs.length + 1}>${words.differs}</th></tr>
              ${differing.map((f) => html`<tr><th scope="row">${f.title}</th>${inputs.map((input) => html`<td>${this.#given(f, input[f.name])}</td>`)}</tr>`)}</tbody>`
          : nothing}
        <tbody><tr><th scope="rowgroup" colspan=${inputs.length + 1}>${words.resultsOf}</th></tr>
          ${this.#compared().map(({ title, unit, of }) => html`<tr><th scope="row">${title}</th>${results.map((r, i) => html`<td>${this.say(r && of(r), unit)}${i ? this.#difference(results[0] && of(results[0]), r && of(r), unit) : nothing}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>
    <p class="what">${words.differences({ name: kept[0][CALLED] ?? NAMES[0] })}</p>`;
  }

  /** By how much a result differs from the first. */
  #difference(first: number | null, value: number | null, unit?: string) {
    if (first == null || value == null || first === value) return nothing;
    return html`<bdi class="difference">${this.shown.format.change(value - first, unit)}</bdi>`;
  }

  #head(i: number) {
    const { shown, words } = this;
    const { kept } = shown;
    if (i === kept.length) return html`<th scope="col"><b>${NAMES[i]}</b> ${words.now}</th>`;
    const name = kept[i][CALLED] ?? NAMES[i];
    const onName = (event: Event) => {
      const called = textIn(event).trim();
      shown.keep(kept.with(i, { ...figuresOf(kept[i]), ...(called && { [CALLED]: called }) }));
    };
    // Not live: what is being typed would give way to the name before whenever the page is drawn in between.
    return html`<th scope="col"><button type="button" class="quiet" aria-label=${words.goBack({ name })} @click=${() => shown.change(figuresOf(kept[i]), null, true)}>${NAMES[i]}</button>
      <button type="button" class="clear" aria-label=${words.forget({ name })} @click=${() => shown.keep(kept.toSpliced(i, 1))}>
        <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M2 2l8 8M10 2l-8 8" /></svg></button>
      <input type="text" class="called" maxlength=${LONGEST_NAME} autocomplete="off" .value=${kept[i][CALLED] ?? ""} placeholder=${words.called} aria-label=${words.calledOf({ name: NAMES[i] })} @change=${onName}></th>`;
  }

  /** What figures give, null where they cannot be. */
  #resultOf(input: Input): Figures | null {
    const { engine, calculation } = this.shown;
    const unreadable = calculation.inputs.some((f) => f.kind !== "option" && typeof input[f.name] === "string");
    return unreadable ? null : engine.call(calculation.id, input).result;
  }

  /** The results that the scenario names, else the first of them. */
  #compared() {
    const { scenario, calculation } = this.shown;
    const all = calculation.results.flatMap((f) => (f.kind === "group" ? (f.fields ?? []).map((g) => ({ field: g, group: f.name })) : [{ field: f, group: "" }])).filter(({ field }) => field.kind === "number");
    const named = scenario.compare?.flatMap((name) => all.find(({ field }) => field.name === name) ?? []);
    const first = headlineOf(this.shown, comeFigures(this.shown)).path;
    const usual = all.toSorted((a, b) => Number(`${b.group ? b.group + "." : ""}${b.field.name}` === first) - Number(`${a.group ? a.group + "." : ""}${a.field.name}` === first));
    return (named ?? usual.slice(0, RESULTS)).map(({ field, group }) => ({
      title: field.title, unit: field.unit, of: (r: Figures) => (group ? r[group]?.[field.name] : r[field.name]),
    }));
  }

  #given(field: Field, value: Figure) {
    if (Array.isArray(value)) return field.kind === "records" ? this.shown.format.facts(value.map((r) => this.shown.words.options[r[field.fields?.[0]?.name ?? ""]] ?? "")) || "–" : this.say(value.length, "count");
    return typeof value === "string" ? (this.shown.words.options[value] ?? value) : this.say(value, field.unit);
  }
}

define("hourglass-compare", HourglassCompare);
