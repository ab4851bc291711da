import { LitElement, html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { required } from "../base/certain.ts";
import { type Format, isPercent } from "../base/format.ts";
import { worked } from "./expression.ts";
import { SIDE_BY_SIDE } from "./options.ts";
import { type Range, STEPS, nudge, rangeOf, toPosition, toValue } from "./slider.ts";
import { same } from "../base/url.ts";
import { type Words, amid, english } from "../base/words.ts";
import { define } from "../base/define.ts";
import { inTurn } from "../base/idle.ts";
import { property, state } from "lit/decorators.js";
import type { Field } from "../base/catalogue.gen.mjs";
import type { Primary } from "../base/scenarios.ts";
import type { Figure, Figures } from "../base/figures.ts";
import { textIn } from "../base/events.ts";

/** How many times less than the start a share has to be to look like a fraction. */
const FAR = 20;

/** What a page puts under a number, given the field and the way to set it: on its slider's scale, in words, and behind its help. */
export type Beside = (shown: { field: Field, format: Format, range: Range | null, take: (value: number) => void }) => { scale?: unknown, says?: unknown, more?: unknown } | null;

/**
 * One input of a calculation: a number with its slider, options, or a column of numbers. It renders into the
 * calculator's own tree, whose styles and parts apply.
 *
 * @fires hourglass:field - detail { name, value, done }; done is false while a slider is being dragged
 */
export class HourglassField extends LitElement {
  @property({ attribute: false }) field!: Field;
  @property({ attribute: false }) value: Figure = null;
  /** What it starts with. */ @property({ attribute: false }) start: Figure = null;
  /** Its slider, for those shown first. */ @property({ attribute: false }) primary: Primary | null = null;
  @property({ attribute: false }) format!: Format;
  @property({ attribute: false }) words: Words = english;
  @property({ attribute: false }) problems: string[] = [];
  /** What the page knows about it. */ @property({ attribute: false }) beside: Beside | null = null;
  /** What was typed, where it looks like a fraction. */ fraction: number | null = null;
  /** What sets its id apart from those of other objects of a list. */ @property({ attribute: false }) within = "";
  /** What is being typed. */ @state() draft: string | null = null;
  /** What it was before the change under way. */ began: { value: Figure } | null = null;
  /** What it was before each change, to go back to. */ past: Figure[] = [];

  override createRenderRoot() {
    return this;
  }

  protected override scheduleUpdate() {
    return inTurn(this, () => super.scheduleUpdate());
  }

  /** Puts the cursor into the field. */
  override focus() {
    this.querySelector<HTMLElement>("input:not([type=range]), select, textarea")?.focus();
  }

  #say(value: Figure, done: boolean) {
    this.began ??= { value: this.value };
    this.#emit(value, done);
    if (done && this.draft === null) this.#close();
  }

  #emit(value: Figure, done: boolean) {
    this.dispatchEvent(
      new CustomEvent("hourglass:field", { bubbles: true, composed: true, detail: { name: this.field.name, value, done } }),
    );
  }

  override willUpdate(changed: Map<PropertyKey, unknown>) {
    // A value that came from elsewhere (the address, the slider) replaces what is being typed.
    if (changed.has("value") && this.draft !== null && !same(this.#read(this.draft), this.value)) this.draft = null;
  }

  override updated() {
    // Style attributes are against a strict Content-Security-Policy; the object model is not.
    const slider = this.querySelector<HTMLInputElement>("input[type=range]");
    slider?.style.setProperty("--at", `${(100 * Number(slider.value)) / STEPS}%`);
  }

  override render() {
    const { kind, options } = this.field;
    if (kind === "option") return (options?.length ?? 0) <= SIDE_BY_SIDE ? this.#sideBySide() : this.#dropDown();
    if (kind === "records") return this.#records();
    return kind === "list" ? this.#list() : this.#number();
  }

  get #id() {
    return `${this.within}field-${this.field.name}`;
  }

  /** What describes the field to those who cannot see it: unit, help, problem. */
  get #described() {
    const id = this.#id;
    return [this.#unit.after && `${id}-unit`, this.field.help && `${id}-help`, this.problems.length && `${id}-problem`]
      .filter(Boolean)
      .join(" ");
  }

  get #unit() {
    return this.format.beside(this.field.unit);
  }

  #number() {
    const { before, after } = this.#unit;
    const shown = typeof this.value === "string" ? this.value : this.format.typed(this.value, this.field.unit);
    const beside = this.beside?.(this.#shown);
    return html`
      <div class="field" part="field" ?data-problem=${this.problems.length > 0} ?data-empty=${this.field.optional && this.value == null}>
        <label class="name" id="${this.#id}-name" for=${this.#id}>${this.field.title}</label>
        <span class="entry" part="entry" @click=${this.focus}>
          ${before ? html`<span class="unit" aria-hidden="true">${before}</span>` : nothing}
          <input
            id=${this.#id} part="input" type="text" inputmode="decimal" autocomplete="off" spellcheck="false" dir="ltr"
            .value=${live(this.draft ?? shown)} placeholder=${this.#placeholder}
            aria-describedby=${this.#described || nothing} aria-invalid=${this.problems.length > 0}
            aria-required=${this.#isRequired}
            @input=${this.#onTyping} @blur=${this.#onBlur} @keydown=${this.#onKey} />
          ${after ? html`<span class="unit" id="${this.#id}-unit">${after}</span>` : nothing}
          ${this.field.optional && this.value != null ? this.#clearButton() : nothing}
        </span>
        ${this.primary ? this.#slider() : nothing} ${beside?.scale ?? nothing} ${this.#meant()} ${this.#below(beside?.more)} ${beside?.says ?? nothing}
      </div>
    `;
  }

  get #isRequired() {
    return this.field.default === undefined && !this.field.optional;
  }

  get #placeholder() {
    if (this.field.optional) return this.words.optional;
    return typeof this.field.default === "number" ? this.format.typed(this.field.default, this.field.unit) : "";
  }

  #clearButton() {
    return html`<button type="button" class="clear" aria-label=${this.words.clear({ title: this.field.title })} @click=${this.#onClear}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M2 2l8 8M10 2l-8 8" /></svg>
    </button>`;
  }

  /** Emptied by its button or by hand, a field that may be left out is left out. */
  #onClear() {
    this.draft = null;
    this.#say(null, true);
  }

  #slider() {
    const range = this.#range;
    const value = typeof this.value === "number" ? this.value : (this.start ?? range.from);
    return html`<input
      type="range" part="slider" min="0" max=${STEPS} .value=${live(String(toPosition(value, range)))}
      aria-labelledby="${this.#id}-name" aria-valuetext=${this.#spoken}
      @input=${(e: InputEvent) => this.#onSlide(e, false)}
      @change=${(e: Event) => this.#onSlide(e, true)} @keydown=${this.#onSliderKey} />`;
  }

  /** The value as a slider says it: what was left out has none, wherever the thumb stands. */
  get #spoken() {
    const { optional, default: usual, unit } = this.field;
    if (typeof this.value === "string") return this.value;
    if (this.value == null && optional) return this.words.optional;
    return this.format.value(this.value ?? (typeof usual === "number" ? usual : null), unit);
  }

  get #shown() {
    const take = (value: number) => {
      this.draft = null;
      this.#say(value, true);
    };
    return { field: this.field, format: this.format, range: this.primary ? this.#range : null, take };
  }

  get #range() {
    return rangeOf(required(this.primary, "slider"), this.field, typeof this.start === "number" ? this.start : null);
  }

  #onSlide(event: Event, done: boolean) {
    const position = Number(textIn(event));
    this.#say(toValue(position, this.#range, this.field.whole), done);
  }

  /** An arrow key moves the value by one readable step, which a thousandth of the track is not. */
  #onSliderKey(event: KeyboardEvent) {
    if (this.#isUndo(event)) return this.#undo(event);
    const forth = this.matches(":dir(rtl)") ? -1 : 1;
    const presses = { ArrowUp: 1, ArrowRight: forth, ArrowDown: -1, ArrowLeft: -forth, PageUp: 10, PageDown: -10 }[event.key];
    if (presses === undefined) return;
    event.preventDefault();
    const range = this.#range;
    const value = typeof this.value === "number" ? this.value : range.from;
    const next = range.scale === "log" ? nudge(value, presses) : value + presses * Math.max(range.step, (range.to - range.from) / 100);
    const kept = Math.min(range.to, Math.max(range.from, Number(next.toPrecision(12))));
    this.#say(this.field.whole ? Math.round(kept) : kept, true);
  }

  #onTyping(event: InputEvent) {
    this.draft = textIn(event);
    const value = this.#read(this.draft);
    this.fraction = this.#isFraction(value) ? Number(value) : null;
    this.#say(value, true);
  }

  /** Whether a share was typed as a fraction, 0.05 for 5%: below one per cent, and far from where the field began. */
  #isFraction(value: Figure) {
    if (!isPercent(this.field.unit) || typeof value !== "number" || value <= 0 || value >= 0.01) return false;
    return typeof this.start === "number" && this.start >= FAR * value && 100 * value <= (this.field.max ?? Infinity);
  }

  /** A share that was typed as a fraction is offered as what it may have meant. */
  #meant() {
    if (this.fraction === null || this.fraction !== this.value) return nothing;
    const meant = Number((100 * this.fraction).toPrecision(12));
    const onMeant = () => {
      this.draft = this.fraction = null;
      this.#say(meant, true);
    };
    return html`<p class="meant"><button type="button" class="quiet" @click=${onMeant}>${this.words.didYouMean({ value: this.format.value(meant, this.field.unit) })}</button></p>`;
  }

  #read(text: string) {
    return this.field.kind === "list" ? this.format.parseList(text, this.field.unit) : worked(text, this.format, this.field.unit);
  }

  #onBlur() {
    this.draft = null;
    this.#close();
  }

  /** Ends a change in one go: the typing of a figure, the drag of a slider. */
  #close() {
    if (this.began) this.past.push(this.began.value);
    this.began = null;
  }

  /** While typing, undoing is the browser's; of what came by slider, key or button it knows nothing. */
  #isUndo(event: KeyboardEvent) {
    return (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z" && this.draft === null && this.past.length > 0;
  }

  #undo(event: KeyboardEvent) {
    event.preventDefault();
    this.#emit(this.past.pop(), true);
  }

  #onKey(event: KeyboardEvent) {
    if (this.#isUndo(event)) return this.#undo(event);
    const presses = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (presses === undefined || typeof this.value !== "number") return;
    event.preventDefault();
    this.draft = null;
    const next = nudge(this.value, this.field.whole ? 0 : presses);
    this.#say(this.field.whole ? Math.round(this.value) + presses : next, true);
  }

  #sideBySide() {
    return html`
      <fieldset class="field choice" part="field" aria-describedby=${this.#described || nothing} ?data-problem=${this.problems.length > 0}>
        <legend class="name">${this.field.title}</legend>
        <div class="options">
          ${this.field.options?.map(
            (option) => html`<label>
              <input
                type="radio" name=${this.#id} value=${option} .checked=${live(this.value === option)}
                aria-invalid=${this.problems.length > 0 || nothing} @change=${() => this.#say(option, true)} />
              <span>${this.words.options[option] ?? option}</span>
            </label>`,
          )}
        </div>
        ${this.#below()}
      </fieldset>
    `;
  }

  #dropDown() {
    const onChange = (e: Event) => this.#say(textIn(e), true);
    return html`
      <div class="field" part="field" ?data-problem=${this.problems.length > 0}>
        <label class="name" for=${this.#id}>${this.field.title}</label>
        <select id=${this.#id} .value=${live(this.value)} aria-describedby=${this.#described || nothing}
          aria-invalid=${this.problems.length > 0} @change=${onChange}>
          ${this.field.options?.map((o) => html`<option value=${o} ?selected=${o === this.value}>${this.words.options[o] ?? o}</option>`)}
        </select>
        ${this.#below()}
      </div>
    `;
  }

  #list() {
    const shown = Array.isArray(this.value) ? this.value.map((v) => this.format.typed(v, this.field.unit)).join("\n") : (this.value ?? "");
    return html`
      <div class="field" part="field" ?data-problem=${this.problems.length > 0}>
        <label class="name" for=${this.#id}>${this.field.title}${this.#unit.after ? html` <span class="unit">${this.#unit.after}</span>` : nothing}</label>
        <textarea
          id=${this.#id} part="input" rows="8" inputmode="decimal" autocomplete="off" spellcheck="false" dir="ltr"
          .value=${live(this.draft ?? shown)} aria-describedby="${this.#described} ${this.#id}-hint"
          aria-invalid=${this.problems.length > 0} @input=${this.#onList} @blur=${this.#onBlur}></textarea>
        <p class="help" id="${this.#id}-hint">${this.words.listHint}</p>
        ${this.#below()}
      </div>
    `;
  }

  #onList(event: InputEvent) {
    this.draft = textIn(event);
    this.#say(this.#read(this.draft), true);
  }

  /** A list of objects: each with its own fields, one more at the press of a button. */
  #records() {
    const records = Array.isArray(this.value) ? this.value : [];
    const full = records.length >= (this.field.maxItems ?? Infinity);
    return html`
      <fieldset class="field records" part="field" ?data-problem=${this.problems.length > 0}>
        <legend class="name">${this.field.title}</legend>
        ${this.#below()} ${records.map((record, i) => this.#record(records, record, i))}
        ${full
          ? nothing
          : html`<button type="button" class="quiet" @click=${() => this.#say([...records, {}], true)}>${this.words.add({ title: amid(this.field.title, this.words.lang) })}</button>`}
      </fieldset>
    `;
  }

  #record(records: Figures[], record: Figures, index: number) {
    const fields = this.field.fields ?? [];
    const option = fields.find((f) => f.kind === "option");
    const name = option ? (this.words.options[record[option.name]] ?? record[option.name]) : undefined;
    const onField = (event: CustomEvent) => {
      event.stopPropagation();
      const { name, value, done } = event.detail;
      this.#say(records.with(index, changed(record, name, value)), done);
    };
    return html`<details @hourglass:field=${onField}>
      <summary>${index + 1}. ${name ?? ""}</summary>
      ${fields.map(
        (field) => html`<hourglass-field
          .field=${field} .within=${`${this.#id}-${index}-`} .value=${record[field.name] ?? field.default ?? null}
          .format=${this.format} .words=${this.words}></hourglass-field>`,
      )}
      <button type="button" class="quiet" @click=${() => this.#say(records.toSpliced(index, 1), true)}>${this.words.remove}</button>
    </details>`;
  }

  #below(more?: unknown) {
    const id = this.#id;
    return html`
      ${this.problems.length ? html`<p class="problem" part="problem" id="${id}-problem">${this.format.sentences(this.problems)}</p>` : nothing}
      ${this.field.help ? html`<p class="help" id="${id}-help">${this.field.help} ${more}</p>` : nothing}
    `;
  }
}

/** An object with one figure changed, or left out. */
function changed(record: Figures, name: string, value: Figure) {
  const { [name]: _, ...others } = record;
  return value === null ? others : { ...others, [name]: value };
}

define("hourglass-field", HourglassField);
