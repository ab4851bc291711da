import { LitElement, html, nothing } from "lit";
import { adviceOn, warningOf } from "./views/model-say.mjs";

/**
 * @typedef {import("./types.d.ts").State} State
 * @typedef {import("./types.d.ts").Ask} Ask
 * @typedef {import("./types.d.ts").Settings} Settings
 * @typedef {typeof import("../messages/en/segments.gen.mjs").default} SegmentWords
 * @typedef {typeof import("../messages/en/warnings.gen.mjs").default} WarningWords
 */

/**
 * What every view of the page has: what it draws from, and the way to ask for a change.
 *
 * @template Words
 * @fires customers:ask
 */
export class View extends LitElement {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = {
    state: { attribute: false },
    format: { attribute: false },
    words: { attribute: false },
    segmentWords: { attribute: false },
    warningWords: { attribute: false },
  };

  constructor() {
    super();
    /** @type {State} */ this.state = /** @type {any} */ (null);
    /** @type {import("../base/format.mjs").Format} */ this.format = /** @type {any} */ (null);
    /** @type {Words} */ this.words = /** @type {any} */ (null);
    /** @type {SegmentWords} names of the segments */ this.segmentWords = /** @type {any} */ (null);
    /** @type {WarningWords} what to know, and what to do about it */ this.warningWords = /** @type {any} */ (null);
  }

  /** Whether the file carries no forecast so far ahead: what is still to come is then not added up. */
  get unanswerable() {
    return this.state.totals?.likely?.answerable === false;
  }

  /** What is to be said of single customers and their groups then. */
  tooLittle() {
    const warning = this.state.warnings?.find(({ code }) => code === "too_little");
    if (!warning) return nothing;
    return html`<div class="note"><h3>${warningOf(warning, this.warningWords, this.format)}</h3><p>${adviceOn(warning, this.warningWords, this.format)}</p></div>`;
  }

  /** @param {Ask} detail */
  ask(detail) {
    this.dispatchEvent(new CustomEvent("customers:ask", { detail, bubbles: true, composed: true }));
  }

  /** Asks for other settings. @param {Partial<Settings>} settings */
  change(settings) {
    this.ask({ what: "settings", settings });
  }
}
