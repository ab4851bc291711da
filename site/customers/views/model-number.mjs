import { LitElement, html, nothing } from "lit";
import { live } from "lit/directives/live.js";

/**
 * A number to fill in: its name, its unit, and what is wrong with it. It renders into the view's own tree, whose styles
 * apply, and tells of numbers within its bounds only.
 *
 * @fires number - detail { value }
 */
export class HourglassCustomersNumber extends LitElement {
  static properties = {
    name: {},
    label: {},
    help: {},
    unit: {},
    value: { type: Number },
    bounds: { attribute: false },
    format: { attribute: false },
    words: { attribute: false },
    lazy: { type: Boolean },
    draft: { state: true },
  };

  constructor() {
    super();
    this.name = "";
    this.label = "";
    this.help = "";
    this.unit = "";
    this.value = 0;
    /** @type {[number, number]} */ this.bounds = [0, 1e12];
    /** @type {import("../../base/format.mjs").Format} */ this.format = /** @type {any} */ (null);
    /** @type {typeof import("../../messages/en/actions.gen.mjs").default} */ this.words = /** @type {any} */ (null);
    /** Whether it tells of a number when it is complete only, because much hangs on it. */ this.lazy = false;
    /** @type {string | null} what is being typed */ this.draft = null;
  }

  createRenderRoot() {
    return this;
  }

  render() {
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

  /** @param {string} text */
  #read(text) {
    const value = this.format.parse(text, this.unit);
    const [low, high] = this.bounds;
    return typeof value === "number" && value >= low && value <= high ? value : null;
  }

  /** @param {InputEvent} event */
  #onInput(event) {
    this.draft = /** @type {HTMLInputElement} */ (event.target).value;
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
    this.dispatchEvent(new CustomEvent("number", { detail: { value } }));
  }
}

customElements.define("hourglass-customers-number", HourglassCustomersNumber);
