import { LitElement, html, unsafeCSS } from "lit";
import { textIn } from "../../base/events.ts";
import { property } from "lit/decorators.js";
import tokens from "../../styles/tokens.css";
import evidence from "../../styles/evidence.css";
import calculator from "../../styles/calculator.css";
import print from "../../styles/print.css";
import growth from "../../styles/growth.css";
import decide from "../../styles/decide.css";
import "../field.ts";
import type words from "../../messages/en/decide.gen.mjs";
import type { Shown } from "../shown.ts";

/** What the decision tools have in common: the calculator's answer, words, and a choice among figures. */
export class Tool extends LitElement {
  static override styles = [unsafeCSS(tokens), unsafeCSS(evidence), unsafeCSS(calculator), unsafeCSS(print), unsafeCSS(growth), unsafeCSS(decide)];

  @property({ attribute: false }) shown!: Shown;
  @property({ attribute: false }) words!: typeof words;

  /** A figure in its unit. */
  say(value: number | null | undefined, unit?: string) {
    return this.shown.format.value(value, unit, true);
  }

  /** A choice among figures. */
  pick(label: string, list: readonly { path: string; title: string }[], path: string, choose: (path: string) => void) {
    const onChange = (e: Event) => choose(textIn(e));
    return html`<label class="pick"><span>${label}</span>
      <select @change=${onChange}>${list.map((f) => html`<option value=${f.path} ?selected=${f.path === path}>${f.title}</option>`)}</select>
    </label>`;
  }

  /** A figure to type: what is typed is no number until it can be read as one. */
  entry(name: string, title: string, unit: string | undefined, value: Typed, change: (value: Typed) => void, problems: readonly string[] = []) {
    const onField = (event: CustomEvent<{ value: Typed }>) => {
      event.stopPropagation();
      change(event.detail.value);
    };
    return html`<hourglass-field .field=${{ name, title, unit, kind: "number" }} .value=${value} .format=${this.shown.format} .words=${this.shown.words} .problems=${problems} @hourglass:field=${onField}></hourglass-field>`;
  }
}

/** What stands in a field for a figure: a number, nothing, or a text that is no number. */
export type Typed = number | string | null;
