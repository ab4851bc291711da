import { LitElement, html, nothing, unsafeCSS } from "lit";
import { property, state } from "lit/decorators.js";
import { keysOf } from "../base/certain.ts";
import { Format, type Units, currencyOf } from "../base/format.ts";
import { chosenLanguage, type Part, messages } from "../base/messages.ts";
import { newLock, whenEnded } from "../engine/alive.ts";
import { type Listeners, connect } from "../engine/customers-worker.ts";
import actionWords from "../messages/actions.gen.mjs";
import campaignWords from "../messages/campaign.gen.mjs";
import customerWords from "../messages/customers.gen.mjs";
import pageWords from "../messages/page.gen.mjs";
import peopleWords from "../messages/people.gen.mjs";
import pictureWords from "../messages/pictures.gen.mjs";
import sinceWords from "../messages/since.gen.mjs";
import sourceWords from "../messages/sources.gen.mjs";
import subscriptionWords from "../messages/subscriptions.gen.mjs";
import segmentWords from "../messages/segments.gen.mjs";
import warningWords from "../messages/warnings.gen.mjs";
import common from "../styles/customers.css";
import { receive } from "./receive.ts";
import own from "./root.css";
import { SHEET_MS, Session, SheetTimeout, emptyState } from "./session.ts";
import type { Held, Packed, Unpacked } from "./sheet-worker.ts";
import type { Ask, State, View } from "./state.ts";
import { store } from "./store.ts";
import { heldOut } from "./views/answer-say.ts";
import { commanded, laterText } from "./views/failure.ts";
import "./views/import.ts";
import { asideRows } from "./views/preview.ts";
import { doingOf, remaining } from "./views/progress.ts";
import type { CustomerWords } from "./words.ts";

declare global {
  interface HTMLElementTagNameMap {
    "hourglass-customers": HourglassCustomers;
  }
}

/** The elements of each part of the page, loaded with it. */
const VIEWS: Record<View, string[]> = {
  subscriptions: ["subscriptions"],
  overview: ["answer", "pictures"],
  customers: ["people"],
  segments: ["segments"],
  sources: ["sources"],
  campaign: ["campaign"],
  since: ["since"],
  model: ["model"],
  data: ["data"],
  export: ["export"],
};

/** The width, in pixels, over which the line of parts fades out. */
const FADE = 32;

/** Whose words an element has; the others have those of the page. */
const PARTS: Record<string, Part<object>> = { pictures: pictureWords, people: peopleWords, segments: actionWords, sources: sourceWords, subscriptions: subscriptionWords, campaign: campaignWords, since: sinceWords, model: actionWords, export: actionWords };

/**
 * The customers page: an order list in, every customer's value out. It draws the parts of the page from the session's
 * state, and passes on to it what they ask for.
 *
 * @slot - what the page does, shown while there is no file
 * @fires customers:state - the state has changed
 */
export class HourglassCustomers extends LitElement {
  static override styles = [unsafeCSS(common), unsafeCSS(own)];

  /** Where the engine's module is. */ @property() engine = "";
  /** Where the worker's script is. */ @property() worker = "";
  /** Where the script is that reads workbooks. */ @property() sheets = "";
  @property() locale = "en";
  @property() override lang!: string;
  session: Session | null = null;
  @state() state = emptyState();
  /** The state without its progress, which moves twenty times a second and concerns nobody but the bar. */ calm = this.state;
  @state() words = customerWords.en;
  /** Whether a file is being dragged over the page. */ @state() dropping = false;
  /** How many elements have been loaded. */ @state() loaded = 0;
  elements = new Map<string, HTMLElement>();
  /** The words of each. */ parts = new Map<string, object>();
  /** The words that figures are told in. */ units: Units = pageWords.en;
  format = new Format({ locale: "en", currency: "USD" });
  module: Promise<WebAssembly.Module> | null = null;
  /** Whether all is there that the page may need, so that it goes on working without a network. */ prepared = false;
  leave = () => {};
  /** The part that the line of parts was moved to. */ #here: Element | null = null;

  /** Begins, with what the address says. */
  async start(settings: Record<string, unknown>, view: View) {
    const lang = this.#language;
    const [words, units] = await Promise.all([messages(lang, customerWords), messages(lang, pageWords)]);
    this.words = words;
    this.units = { ...units, lang };
    this.format = new Format({ locale: this.locale, currency: this.format.currency, words: this.units });
    const session = new Session({ start: (listeners) => this.#connect(listeners), unpack: (packed) => this.#unpack(packed), store, settings, currency: currencyOf(this.locale) });
    this.session = session;
    const unsubscribe = session.subscribe((state) => this.#onState(state));
    const unreceive = receive(this, {
      open: (file, name, kind, more = []) => session.ask({ what: "open", file, name, kind, more }),
      over: (over) => (this.dropping = over),
    });
    this.addEventListener("customers:ask", ({ detail }) => session.ask(detail));
    this.leave = () => (unsubscribe(), unreceive());
    session.ask({ what: "view", view });
    session.restore();
    whenIdle(() => this.#prepare());
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.leave();
  }

  /** Where the parts are more than the line holds, the one that is shown is in view: once the page has laid itself out, which need not be done twice. */
  override updated() {
    const here = this.renderRoot.querySelector("nav [aria-current]");
    if (!here || this.#here === here) return;
    this.#here = here;
    requestAnimationFrame(() => {
      const list = here.closest("ul"); // a tab is an item of it
      if (!list) return;
      const [own, all] = [here.getBoundingClientRect(), list.getBoundingClientRect()];
      if (own.left < all.left + FADE || own.right > all.right - FADE) list.scrollLeft += own.left + own.width / 2 - (all.left + all.width / 2);
    });
  }

  /** The module stays in the page: a worker that had to be ended is followed by one without loading it again. */
  async #connect(listeners: Listeners) {
    const from = new URL(this.engine, document.baseURI);
    this.module ??= compile(from).catch((error) => {
      this.module = null;
      throw error;
    });
    return connect(new Worker(new URL(this.worker, document.baseURI), { type: "module" }), await this.module, listeners);
  }

  /** The page's: the address has put it there. */
  get #language() {
    return chosenLanguage(this.lang || "en", []);
  }

  get #sheets() {
    return new URL(this.sheets, document.baseURI);
  }

  /** The tables in files. */
  #unpack(packed: Packed): Promise<Unpacked> {
    const worker = new Worker(this.#sheets, { type: "module" });
    const lock = newLock();
    let leave = () => {};
    let timer: ReturnType<typeof setTimeout> | undefined;
    const answer = new Promise<Unpacked>((resolve, reject) => {
      const ended = () => reject(new Error("The worker was ended."));
      worker.onmessage = ({ data }: MessageEvent<Unpacked | Held>) => ("held" in data ? (leave = whenEnded(lock, ended)) : resolve(data));
      worker.onerror = worker.onmessageerror = ended;
      timer = setTimeout(() => reject(new SheetTimeout()), SHEET_MS);
    });
    worker.postMessage({ ...packed, lock });
    return answer.finally(() => (clearTimeout(timer), leave(), worker.terminate()));
  }

  /** Loads all that the page may need, once it is idle. */
  async #prepare() {
    await this.session?.prepare();
    // One after the other, each when there is nothing else to do.
    for (const name of ["understood", ...Object.values(VIEWS).flat()]) {
      await new Promise<void>((go) => whenIdle(go));
      await this.#load(name).catch(() => {}); // whoever needs it will be told
    }
    await fetch(this.#sheets).catch(() => {});
    this.prepared = true;
  }

  #onState(state: State) {
    const before = this.state;
    this.state = state;
    if (changedApartFromProgress(before, state)) this.calm = state;
    this.toggleAttribute("data-ready", state.phase === "ready");
    if (state.settings.currency !== this.format.currency) this.format = new Format({ locale: this.locale, currency: state.settings.currency, words: this.units });
    this.dispatchEvent(new CustomEvent("customers:state", { detail: state }));
  }

  /** An element of a view, once it is loaded. */
  async #load(name: string) {
    if (this.elements.has(name)) return;
    const lang = this.#language;
    const [words, segments, warnings] = await Promise.all([
      messages(lang, PARTS[name] ?? customerWords),
      messages(lang, segmentWords),
      messages(lang, warningWords),
      import(`./views/${name}.ts`),
    ]);
    this.parts.set(name, { words, segmentWords: segments, warningWords: warnings });
    if (!this.elements.has(name)) this.elements.set(name, document.createElement(`hourglass-customers-${name}`));
    this.loaded++;
  }

  #element(name: string) {
    const element = this.elements.get(name);
    if (!element) {
      this.#load(name);
      return html`<p class="help wait">${this.words.loading}</p>`;
    }
    return Object.assign(element, { state: this.calm, format: this.format, page: this.words, ...this.parts.get(name) });
  }

  override render() {
    const { state, words } = this;
    if (!this.session) return html`<slot></slot>`; // the page as it came, until the words of its language are here
    return html`
      ${state.subscriptions && state.view === "subscriptions" ? this.#subscribed() : state.phase === "ready" ? this.#ready() : this.#arriving()}
      <div class="drop" ?hidden=${!this.dropping} aria-hidden="true"><p>${words.drop_here}</p></div>`;
  }

  /** Before there is an answer. */
  #arriving() {
    const { state } = this;
    const readable = state.phase === "failed" && state.report && state.report.rows > 0;
    const seen = ["reading", "working", "asking"].includes(state.phase) && state.report && (state.report.width > 0 || state.tables.length > 0);
    return html`
      ${state.subscriptions ? html`<div class="head">${this.#parts()}</div>` : nothing}
      <hourglass-customers-import .state=${state} .format=${this.format} .words=${this.words}></hourglass-customers-import>
      ${readable ? this.#element("data") : seen ? this.#element("understood") : nothing}
      <slot ?hidden=${state.phase !== "empty"}></slot>`;
  }

  #ready() {
    const { state, words, format } = this;
    const aside = state.report ? asideRows(state.report) : 0;
    const asked = state.report?.questions.filter(({ code }) => code !== "date_order").length ?? 0;
    return html`
      <div class="head">
        <div class="file">
          <p><b dir="auto">${nameOf(state, words)}</b> <span>${words.file_facts({
            orders: format.value(state.report?.orders, "count"), customers: format.value(state.table?.length, "count"),
          })}</span>
            ${asked > 0 ? html`<a href="#data">${words.file_asked({ n: asked, shown: format.value(asked, "count") })}</a>` : nothing}
            ${aside > 0 ? html`<a href="#data">${words.file_aside({ n: aside, shown: format.value(aside, "count") })}</a>` : nothing}</p>
          <button type="button" class="quiet" @click=${() => this.#ask({ what: "close" })}>${words.other_file}</button>
        </div>
        ${this.#parts()}
        ${this.#progress()}
      </div>
      ${this.#failure()}
      ${heldOut(state, words, format) ? html`<p class="note as-of">${heldOut(state, words, format)}</p>` : nothing}
      <div class="view" data-view=${state.view} ?data-stale=${state.pending !== null}>
        ${VIEWS[state.view === "subscriptions" ? "overview" : state.view].map((name) => this.#element(name))}
      </div>`;
  }

  /** The parts of the page; that of subscriptions where the file is a list of them. */
  #parts() {
    const { state, words } = this;
    const views = keysOf(VIEWS).filter((view) => view !== "subscriptions" || state.subscriptions);
    return html`<nav aria-label=${words.parts}>
      <ul>${views.map((view) => html`<li><a href="#${view}" aria-current=${state.view === view ? "page" : nothing}>${words[`part_${view}`]}</a></li>`)}</ul>
    </nav>`;
  }

  /** A list of subscriptions, whatever it is as one of orders. */
  #subscribed() {
    const { state, words, format } = this;
    return html`
      <div class="head">
        <div class="file">
          <p><b dir="auto">${nameOf(state, words)}</b> <span>${words.file_subscriptions({ subscriptions: format.value(state.subscriptions?.subscriptions, "count"), customers: format.value(state.subscriptions?.subscribers, "count") })}</span></p>
          <button type="button" class="quiet" @click=${() => this.#ask({ what: "close" })}>${words.other_file}</button>
        </div>
        ${this.#parts()}
        ${this.#progress()}
      </div>
      <div class="view" data-view="subscriptions">${this.#element("subscriptions")}</div>`;
  }

  /** What is being added to the answer. */
  #progress() {
    const { state, words, format } = this;
    const { progress } = state;
    return html`<div class="progress" ?data-idle=${!progress && !state.halted}>
      ${progress
        ? html`<span role="status">${doingOf(progress, words)}</span>
          <progress max="1" .value=${progress.share} aria-label=${doingOf(progress, words)}></progress>
          <span class="left">${remaining(progress, words, format)}</span>
          <button type="button" class="quiet" @click=${() => this.#ask({ what: "cancel" })}>${words.stop}</button>`
        : state.halted
          ? html`<span role="status">${words.stopped}</span>
            <button type="button" class="quiet" @click=${() => this.#ask({ what: "go_on" })}>${words.go_on}</button>`
          : nothing}
    </div>`;
  }

  /** What failed after the answer was there. */
  #failure() {
    const { failure } = this.state;
    if (!failure) return nothing;
    return html`<p class="note problem" role="alert">${laterText(failure, this.words, this.format)}</p>${commanded(this.state, this.words)}`;
  }

  #ask(detail: Ask) {
    this.session?.ask(detail);
  }
}

customElements.define("hourglass-customers", HourglassCustomers);

function changedApartFromProgress(a: State, b: State) {
  return keysOf(b).some((key) => key !== "progress" && a[key] !== b[key]);
}

function nameOf({ source }: State, words: CustomerWords) {
  if (source?.kind === "sample") return words.sample_shop;
  return source?.kind === "paste" ? words.pasted : (source?.name ?? "");
}

async function compile(url: URL) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  return WebAssembly.compile(await response.arrayBuffer());
}

const whenIdle = (work: () => void) => ("requestIdleCallback" in window ? requestIdleCallback(work) : setTimeout(work, 200));
