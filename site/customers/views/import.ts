import { html, nothing, unsafeCSS } from "lit";
import { state } from "lit/decorators.js";
import { part } from "../../base/certain.ts";
import { inputOf } from "../../base/events.ts";
import { dates } from "../../base/dates.ts";
import type { Report } from "../../engine/customers.ts";
import common from "../../styles/customers.css";
import { decide } from "../reading.ts";
import { known } from "../state.ts";
import { View } from "../view.ts";
import type { CustomerWords } from "../words.ts";
import { commanded, failureText } from "./failure.ts";
import own from "./import.css";
import { ambiguousDate } from "./preview.ts";
import { doingOf, rateOf, remaining } from "./progress.ts";

/**
 * Where an order list comes in: a file, a pasted table or the sample shop; then how far it has been read, how its columns
 * are understood, and what has to be asked before its numbers mean anything.
 *
 * @fires customers:ask
 */
export class HourglassCustomersImport extends View<CustomerWords> {
  static override styles = [unsafeCSS(common), unsafeCSS(own)];

  /** Whether the field to paste into is open. */ @state() pasting = false;
  /** What is wrong with what was pasted. */ @state() problem = "";

  override render() {
    const { phase } = this.state ?? {};
    switch (phase) {
      case "reading":
      case "working":
        return this.#busy();
      case "asking":
        return this.#question();
      case "failed":
        return [this.#failure(), this.#ways()];
      case "empty":
        return this.#ways();
      default:
        return nothing;
    }
  }

  /** The ways in. */
  #ways() {
    const { words } = this;
    const onFile = (event: Event) => {
      const input = inputOf(event);
      const [file, ...more] = input.files ?? [];
      if (file) this.ask({ what: "open", file, name: file.name, kind: "file", more });
      input.value = ""; // so that the same file can be chosen again
    };
    return html`<section class="in" aria-labelledby="in-title">
      <h2 id="in-title" class="unseen">${words.in_title}</h2>
      <div class="zone">
        <p class="big" aria-hidden="true">${words.in_drop}</p>
        <p class="help">${words.in_kinds}</p>
        <div class="row ways">
          <label class="button primary choose">${words.in_choose}<input type="file" multiple class="unseen" @change=${onFile}></label>
          <button type="button" class="button" aria-expanded=${this.pasting} @click=${() => this.#openPaste()}>${words.in_paste}</button>
          <button type="button" class="button" @click=${() => this.ask({ what: "sample" })}>${words.in_sample}</button>
        </div>
        ${this.pasting ? this.#paste() : nothing}
        <p class="help">${words.in_sample_help}</p>
      </div>
      <p class="note good">${words.in_private}</p>
    </section>`;
  }

  async #openPaste() {
    this.pasting = !this.pasting;
    await this.updateComplete;
    this.renderRoot.querySelector("textarea")?.focus();
  }

  #paste() {
    const { words, problem } = this;
    const onSubmit = (event: SubmitEvent) => {
      event.preventDefault();
      const text = part(this.renderRoot, "textarea", HTMLTextAreaElement).value;
      this.problem = text.trim().includes("\n") ? "" : words.in_paste_empty;
      if (!this.problem) this.ask({ what: "open", file: new Blob([text]), name: "", kind: "paste" });
    };
    return html`<form class="paste" @submit=${onSubmit}>
      <label class="control"><span>${words.in_paste_label}</span>
        <textarea rows="7" spellcheck="false" wrap="off" aria-invalid=${problem !== ""} aria-describedby="paste-problem"></textarea></label>
      <p id="paste-problem" class="problem" role="alert">${problem}</p>
      <button class="button">${words.in_paste_go}</button>
    </form>`;
  }

  /** How far it is. */
  #busy() {
    const { state, words, format } = this;
    const { progress, source, phase } = state;
    const rate = progress?.phase === "reading" ? rateOf(progress) : null;
    const rows = progress?.rows ?? state.report?.rows;
    const facts = [
      rows === undefined ? "" : words.rows_read({ n: rows, shown: format.value(rows, "count") }),
      rate === null ? "" : words.rate({ rate: format.value(rate, "count") }),
      progress ? remaining(progress, words, format) : "",
    ];
    const doing = progress ? doingOf(progress, words) : phase === "reading" ? words.doing_reading : words.almost;
    return html`<section class="busy" aria-labelledby="busy-title">
      <h2 id="busy-title" role="status">${doing} <span dir="auto">${source?.kind === "sample" ? "" : source?.name}</span></h2>
      <progress max="1" .value=${progress?.share ?? 0} aria-labelledby="busy-title"></progress>
      <div class="row"><p class="facts-line">${format.row(facts) || "\u00a0"}</p>
        <button type="button" class="button" @click=${() => this.ask({ what: "cancel" })}>${words.cancel}</button></div>
    </section>`;
  }

  /** What must be known before the numbers mean anything. */
  #question() {
    const { words } = this;
    return html`<section class="ask" aria-labelledby="ask-title">
      <h2 id="ask-title">${words.ask_title}</h2>
      <div role="status">${this.#asked(known(this.state, "report"))}</div>
      <div class="row"><button type="button" class="quiet" @click=${() => this.ask({ what: "close" })}>${words.other_file}</button></div>
    </section>`;
  }

  #asked(report: Report) {
    const { words } = this;
    switch (report.status) {
      case "no_id_column":
        return html`<h3>${words.ask_id}</h3><p class="help">${words.ask_id_why}</p>`;
      case "no_date_column":
        return html`<h3>${words.ask_when}</h3><p class="help">${words.ask_when_why}</p>`;
      case "no_orders":
        return this.#noOrders(report);
    }
    return report.date_ambiguous ? this.#askDate(report) : this.#askCurrency(report);
  }

  #noOrders(report: Report) {
    const { words, format } = this;
    return html`<h3>${words.ask_no_orders}</h3>
      <p class="help">${words.ask_no_orders_why({ n: report.rows, shown: format.value(report.rows, "count") })}</p>
      <ul class="reasons">${report.set_aside.map(({ reason, rows, examples }) => html`<li>
        ${format.titled(words[`aside_${reason}`], words.rows_read({ n: rows, shown: format.value(rows, "count") }))}
        ${examples.slice(0, 1).map(({ line, text }) => html`<span class="help">${words.data_line({ line: String(line) })} <code dir="auto">${text}</code></span>`)}
      </li>`)}</ul>`;
  }

  #askDate(report: Report) {
    const { words, format, state } = this;
    const example = ambiguousDate(report);
    const { day } = dates(format.locale);
    const choose = (date_order: "day_first" | "month_first") => this.ask({ what: "reading", reading: decide(state.reading, { date_order }) });
    const text = (order: string, at: number | undefined) => (at === undefined ? order : format.titled(order, day(at)));
    const n = report.dependent_dates;
    return html`<h3>${example ? words.ask_date({ text: example.text }) : words.ask_date_plain}</h3>
      <p class="help">${words.ask_date_why({ n, shown: format.value(n, "count") })}</p>
      <div class="row">
        <button type="button" class="button" @click=${() => choose("day_first")}>${text(words.date_order_day_first, example?.dayFirst)}</button>
        <button type="button" class="button" @click=${() => choose("month_first")}>${text(words.date_order_month_first, example?.monthFirst)}</button>
      </div>`;
  }

  #askCurrency(report: Report) {
    const { words, format, state } = this;
    const choose = (currency: string) => {
      this.ask({ what: "settings", settings: { currency } });
      this.ask({ what: "reading", reading: decide(state.reading, { currency }) });
    };
    return html`<h3>${words.ask_currency}</h3>
      <p class="help">${words.ask_currency_why}</p>
      <div class="row">
        ${report.currencies.map(({ code, rows }) => html`<button type="button" class="button" @click=${() => choose(code)}>
          ${words.ask_currency_rows({ code, n: rows, shown: format.value(rows, "count") })}</button>`)}
      </div>`;
  }

  #failure() {
    const { words, state, format } = this;
    const failure = state.failure ?? { code: "engine", detail: "" };
    return html`<section class="failed" role="alert" aria-labelledby="fail-title">
      <h2 id="fail-title">${failure.code === "too_large" ? words.fail_large_title : words.fail_title}</h2>
      <p class="note problem">${failureText(failure, words, format)}</p>
      ${commanded(state, words)}
      ${failure.code === "too_large" ? html`<div class="row"><button type="button" class="button" @click=${() => this.ask({ what: "regardless" })}>${words.fail_regardless}</button>
        <span class="help">${words.fail_regardless_help}</span></div>` : nothing}
    </section>`;
  }
}
customElements.define("hourglass-customers-import", HourglassCustomersImport);
