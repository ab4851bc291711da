import { LitElement, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { Format } from "../../base/format.ts";
import { textIn } from "../../base/events.ts";
import type { ActionWords } from "../words.ts";

/** Tells of a number within its bounds. */
export type NumberEvent = CustomEvent<{ value: number }>;

/**
 * A number to fill in: its name, its unit, and what is wrong with it. It renders into the view's own tree, whose styles
 * apply, and tells of numbers within its bounds only.
 *
 * @fires number
 */
export class HourglassCustomersNumber extends LitElement {
  @property() name = "";
  @property() label = "";
  @property() help = "";
  @property() unit = "";
  @property({ type: Number }) value = 0;
  @property({ attribute: false }) bounds: [number, number] = [0, 1e12];
  @property({ attribute: false }) format!: Format;
  @property({ attribute: false }) words!: Pick<ActionWords, "number_problem">;
  /** Whether it tells of a number when it is complete only, because much hangs on it. */ @property({ type: Boolean }) lazy = false;
  /** What is being typed. */ @state() draft: string | null = null;

  override createRenderRoot() {
    return this;
  }

  override render() {
    const { before, after } = this.format.beside(this.unit);
    const problem = this.draft !== null && this.#read(this.draft) === null;
    const id = `number-${this.name}`;
    return html`
      <label for=${id}>${this.label}</label>
      <span class="typed">
        ${before ? html`<span class="unit" aria-hidden="true">${before}</span>` : nothing}
        <input
          id=${id} inputmode="decimal" autocomplete="off" spellcheck="false" dir="ltr"
          .value=${live(this.draft ?? this.format.typed(this.value, this.unit))}
          aria-invalid=${problem ? "true" : "false"} aria-describedby="${id}-more"
          @input=${this.#onInput} @change=${this.#onChange} />
        ${after ? html`<span class="unit" aria-hidden="true">${after}</span>` : nothing}
      </span>
      <span class="help" id="${id}-more">
        ${problem ? html`<span class="wrong">${this.#problem}</span>` : this.help}
      </span>
    `;
  }

  get #problem() {
    const [low, high] = this.bounds.map((x) => this.format.value(x, this.unit, true));
    return this.words.number_problem({ low, high });
  }

  #read(text: string) {
    const value = this.format.parse(text, this.unit);
    const [low, high] = this.bounds;
    return typeof value === "number" && value >= low && value <= high ? value : null;
  }

  #onInput(event: InputEvent) {
    this.draft = textIn(event);
    if (!this.lazy) this.#tell();
  }

  /** A number is shown in the way of the locale again; what is none stays, to be put right. */
  #onChange() {
    if (this.draft === null) return;
    if (this.lazy) this.#tell();
    if (this.#read(this.draft) !== null) this.draft = null;
  }

  #tell() {
    const value = this.#read(this.draft ?? "");
    if (value === null || value === this.value) return;
    this.value = value;
    this.dispatchEvent(new CustomEvent("number", { detail: { value } }) satisfies NumberEvent);
  }
}

customElements.define("hourglass-customers-number", HourglassCustomersNumber);
