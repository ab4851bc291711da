import { LitElement, html, unsafeCSS } from "lit";
import tokens from "../../styles/tokens.css";
import evidence from "../../styles/evidence.css";
import calculator from "../../styles/calculator.css";
import growth from "../../styles/growth.css";
import decide from "../../styles/decide.css";
import "../field.mjs";

/**
 * @typedef {import("./figures.mjs").Shown} Shown
 * @typedef {typeof import("../../messages/en/decide.gen.mjs").default} Words
 */

/** What the decision tools have in common: the calculator's answer, words, and a choice among figures. */
export class Tool extends LitElement {
  static styles = [unsafeCSS(tokens), unsafeCSS(evidence), unsafeCSS(calculator), unsafeCSS(growth), unsafeCSS(decide)];

  static properties = { shown: { attribute: false }, words: { attribute: false } };

  constructor() {
    super();
    /** @type {Shown} */ this.shown = /** @type {any} */ (null);
    /** @type {Words} */ this.words = /** @type {any} */ (null);
  }

  /** A figure in its unit. @param {number | null | undefined} value @param {string} [unit] */
  say(value, unit) {
    return this.shown.format.value(value, unit, true);
  }

  /**
   * A choice among figures.
   * @param {string} label @param {{ path: string, title: string }[]} list @param {string} path @param {(path: string) => void} choose
   */
  pick(label, list, path, choose) {
    const onChange = (/** @type {Event} */ e) => choose(/** @type {HTMLSelectElement} */ (e.target).value);
    return html`<label class="pick"><span>${label}</span>
      <select @change=${onChange}>${list.map((f) => html`<option value=${f.path} ?selected=${f.path === path}>${f.title}</option>`)}</select>
    </label>`;
  }

  /**
   * A figure to type.
   * @param {string} name @param {string} title @param {string | undefined} unit @param {any} value @param {(value: number | null) => void} change @param {string[]} [problems]
   */
  entry(name, title, unit, value, change, problems = []) {
    const onField = (/** @type {CustomEvent} */ event) => {
      event.stopPropagation();
      change(event.detail.value);
    };
    return html`<hourglass-field .field=${{ name, title, unit, kind: "number" }} .value=${value} .format=${this.shown.format} .words=${this.shown.words} .problems=${problems} @hourglass:field=${onField}></hourglass-field>`;
  }
}
