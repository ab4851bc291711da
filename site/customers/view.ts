import { LitElement, html, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { Format } from "../base/format.ts";
import { type Ask, type Settings, type State, hasMoney } from "./state.ts";
import { adviceOn, warningOf } from "./views/model-say.ts";
import type { CustomerWords, SegmentWords, WarningWords } from "./words.ts";

/**
 * What every view of the page has: what it draws from, and the way to ask for a change.
 *
 * @fires customers:ask
 */
export class View<Words> extends LitElement {
  @property({ attribute: false }) state!: State;
  @property({ attribute: false }) format!: Format;
  @property({ attribute: false }) words!: Words;
  /** Names of the segments. */ @property({ attribute: false }) segmentWords!: SegmentWords;
  /** Those of the page itself. */ @property({ attribute: false }) page!: CustomerWords;
  /** What to know, and what to do about it. */ @property({ attribute: false }) warningWords!: WarningWords;

  /** Whether the file carries no forecast so far ahead: what is still to come is then not added up. */
  get unanswerable() {
    return this.state.totals?.likely?.answerable === false;
  }

  /** Whether the list covers so little time that a forecast for one customer is a guess as well: they are then ranked, and no more. A model from a file has seen more. */
  get rankedOnly() {
    return this.state.totals?.likely?.short === true && this.state.model?.origin !== "file";
  }

  /** Whether anybody has paid anything: without, orders are counted and money says nothing. */
  get hasMoney() {
    return hasMoney(this.state);
  }

  /** What is to be said of single customers and their groups then. */
  tooLittle() {
    const warning = this.state.warnings?.find(({ code }) => code === "too_little");
    if (!warning) return nothing;
    return html`<div class="note"><h3>${warningOf(warning, this.warningWords, this.format)}</h3><p>${adviceOn(warning, this.warningWords, this.format)}</p></div>`;
  }

  ask(detail: Ask) {
    this.dispatchEvent(new CustomEvent("customers:ask", { detail, bubbles: true, composed: true }));
  }

  /** Asks for other settings. */
  change(settings: Partial<Settings>) {
    this.ask({ what: "settings", settings });
  }
}
