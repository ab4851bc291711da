import { LitElement, html, nothing, unsafeCSS } from "lit";
import { property, state } from "lit/decorators.js";
import catalogueWords from "../base/catalogue-words.ts";
import type { Calculation, Field } from "../base/catalogue.gen.mjs";
import { required } from "../base/certain.ts";
import { Format, currencyOf } from "../base/format.ts";
import { type Language, chosenLanguage, messages } from "../base/messages.ts";
import { type Scenario, calculationOf, chartsOf, loadScenario, startOf } from "../base/scenarios.ts";
import { copy } from "../base/share.ts";
import embedWords from "../messages/embed.gen.mjs";
import pageWords from "../messages/page.gen.mjs";
import widgetWords from "../messages/widget.gen.mjs";
import common from "../styles/customers.css";
import tokens from "../styles/tokens.css";
import { OPTIONS, type Option, type Values, isDefault, namesIn, optionNamed, toAttributes, toQuery, understood, valuesOf, withoutDefaults, write } from "../widget/options.ts";
import { type Configuration, START, writeAddress } from "./address.ts";
import own from "./configurator.css";
import { isTicked, textIn } from "../base/events.ts";
import { control } from "./controls.ts";
import { figures } from "./figures.ts";
import { type Contrast, contrasts, papersOf } from "./looks.ts";
import "./preview.ts";
import { HOSTS, type Pin, type Snippet, type Wish, formFor, hostNamed } from "./snippets.ts";

/** The words, and whose they are. */
interface Spoken {
  embed: typeof embedWords.en;
  widget: typeof widgetWords.en;
  page: typeof pageWords.en;
  catalogue: typeof catalogueWords.en;
}

/** The calculation that is configured. */
interface Known {
  scenario: Scenario;
  calculation: Calculation; // in the page's language
  question: string; // that it answers, in the widget's language
}

/** The detail of embed:change: what holds now, and whether going back should come here. */
export interface Changed {
  configuration: Configuration;
  entry: boolean;
}

/** The groups of options, in the order in which they are declared. */
const GROUPS = [...new Set(OPTIONS.map((option) => option.group))];

/** Those that are open from the start: where all stands in one column, the preview is not to be far down. */
const OPEN = matchMedia("(width < 60rem)").matches ? ["what"] : ["what", "look"];

/** What is a figure of one number or one word. */
const PLAIN = ["number", "option"];

/** The text of an option's list of names. */
const listed = (names: readonly string[]) => names.join(" ");

/**
 * The configurator: every option of the widget as a control, the widget itself beside it, and the snippet to copy.
 *
 * @fires embed:change - detail { configuration, entry }: it was changed; entry where going back should come here
 */
export class HourglassConfigurator extends LitElement {
  static override styles = [unsafeCSS(common), unsafeCSS(own)];

  /** The way to the site's root. */ @property() base = "./";
  /** That of the page; nothing is shown before it is known. */ @property() override lang!: Language | "";
  @property() locale = "en";
  @property({ attribute: false }) configuration: Configuration = START();
  @state() words: Spoken | null = null;
  @state() shown: Known | null = null;
  /** What is being typed, by option or figure. */ @state() drafts: Record<string, string> = {};
  @state() width: "wide" | "phone" = "wide";
  @state() pin: Pin | null | "failed" = null;
  /** What the widget answers to the figures that it begins with. */ @state() example = "";
  /** What has just been done, and where. */ @state() copying = { at: "", text: "" };

  get #kind() {
    return this.configuration.values.kind ?? String(optionNamed("kind").default);
  }

  get #host() {
    return hostNamed(this.configuration.host);
  }

  get #form() {
    return formFor(this.#host, this.configuration.form);
  }

  override willUpdate(changed: Map<PropertyKey, unknown>) {
    if (changed.has("lang") && this.lang) this.#learn(this.lang);
    if (!this.words || !(changed.has("configuration") || changed.has("words"))) return;
    if (this.#knows !== this.#wanted) this.#know();
    if (this.configuration.pinned && !this.pin) this.#look();
  }

  /** Loads what the page says. */
  async #learn(lang: Language) {
    const [embed, widget, page, catalogue] = await Promise.all([
      messages(lang, embedWords), messages(lang, widgetWords), messages(lang, pageWords), messages(lang, catalogueWords),
    ]);
    this.words = { embed, widget, page, catalogue };
  }

  /** What is to be known: the calculation, and the language that the widget speaks. */
  get #wanted() {
    return `${this.#kind} ${this.configuration.values.lang ?? ""}`;
  }

  #knows = "";

  /** Loads the calculation in the page's language, and what it asks in the widget's. */
  async #know() {
    const wanted = (this.#knows = this.#wanted);
    const own = this.lang || "en";
    const spoken = chosenLanguage(this.configuration.values.lang || own, []);
    const [scenario, theirs] = await Promise.all([loadScenario(this.#kind, own), loadScenario(this.#kind, spoken)]);
    if (wanted === this.#knows) this.shown = { scenario, calculation: calculationOf(scenario), question: calculationOf(theirs).question };
  }

  /** Looks up the version that a pinned snippet names. */
  async #look() {
    try {
      this.pin = await pinned(this.#root);
    } catch {
      this.pin = "failed";
    }
  }

  /** The address of this Hourglass, without a slash at its end. */
  get #root() {
    return new URL(this.base, location.href).href.replace(/\/$/, "");
  }

  #change(changes: Partial<Configuration>, entry = false) {
    this.copying = { at: "", text: "" };
    this.configuration = { ...this.configuration, ...changes };
    this.dispatchEvent(new CustomEvent<Changed>("embed:change", { detail: { configuration: this.configuration, entry } }));
  }

  #set(values: Values) {
    this.#change({ values: withoutDefaults({ ...this.configuration.values, ...values }) });
  }

  async #type(option: Option, text: string) {
    this.drafts = { ...this.drafts, [option.name]: text };
    const value = understood(option, text);
    if (value === undefined) return;
    this.#set(option.name === "kind" ? await this.#without(String(value)) : valuesOf([[option, value]]));
    // Among several calculations the first is shown, and it is the one that is configured.
    const { kinds = [] } = this.configuration.values;
    if (option.name === "kinds" && kinds.length && !kinds.includes(this.#kind)) this.#set(await this.#without(kinds[0]));
  }

  /** Another calculation: what was said of the fields and results that it has not got is left out. */
  async #without(kind: string): Promise<Values> {
    const scenario = await loadScenario(kind);
    const { values } = this.configuration;
    const inputs = calculationOf(scenario).inputs.map((f) => f.name);
    const kept = (name: "lock" | "hide" | "prefill" | "results" | "charts", there: string[]) =>
      values[name]?.filter((one) => optionNamed(name).words?.includes(one) || there.includes(one));
    return {
      kind,
      lock: kept("lock", inputs),
      hide: kept("hide", inputs),
      prefill: kept("prefill", inputs),
      results: kept("results", figuresOf(calculationOf(scenario)).map((f) => f.name)),
      charts: kept("charts", chartsOf(scenario).map((chart) => chart.lines[0])),
      values: new URLSearchParams([...new URLSearchParams(values.values ?? "")].filter(([name]) => inputs.includes(name))).toString(),
    };
  }

  #reset() {
    this.drafts = {};
    this.#change({ values: {} }, true);
  }

  /** What was typed is shown as it was understood once the field is left; what was not understood stays. */
  #leave({ target }: FocusEvent) {
    if (!(target instanceof HTMLElement)) return;
    const field = target;
    const name = field.dataset.figure ? drafted(field.dataset.figure) : (field.closest<HTMLElement>("[data-option]")?.dataset.option ?? "");
    if (!(name in this.drafts) || field.getAttribute("aria-invalid")) return;
    const { [name]: _, ...others } = this.drafts;
    this.drafts = others;
  }

  override render() {
    if (!this.words || !this.shown) return html`<slot></slot>`;
    return html`<div class="tool">
      <form class="controls" autocomplete="off" @submit=${(e: Event) => e.preventDefault()} @focusout=${this.#leave}>
        ${this.#forms()} ${GROUPS.map((group) => this.#group(group))}
        <button type="button" class="button" data-reset @click=${this.#reset}>${this.words.embed.reset}</button>
      </form>
      <div class="result">${this.#preview()} ${this.#take()}</div>
    </div>`;
  }

  #forms() {
    const { embed } = this.#words;
    const only = this.#host.forms.length === 1;
    return html`<fieldset class="option" data-form>
      <legend>${embed.form}</legend>
      <div class="side">
        ${(["script", "frame"] as const).map((form) => html`<label>
          <input type="radio" name="form" value=${form} .checked=${this.#form === form} ?disabled=${only && form !== this.#form} @change=${() => this.#change({ form })} />
          <span>${embed[`form_${form}`]}</span>
        </label>`)}
      </div>
      <p class="help">${only ? embed.form_only({ host: this.#host.name }) : embed[`form_${this.#form}_help`]}</p>
    </fieldset>`;
  }

  get #words() {
    return required(this.words, "words");
  }

  get #known() {
    return required(this.shown, "calculation");
  }

  #group(group: Option["group"]) {
    const options = OPTIONS.filter((o) => o.group === group && o.forms.includes(this.#form));
    if (options.length === 0) return nothing;
    const { embed } = this.#words;
    const set = options.filter((o) => !isDefault(o, this.#value(o))).length;
    const help = messageNamed(embed, `help_${group}`);
    return html`<details class="group" data-group=${group} ?open=${OPEN.includes(group)}>
      <summary><h2>${embed[`group_${group}`]}</h2>${set ? html` <span class="count">${embed.changed({ n: set, shown: String(set) })}</span>` : nothing}</summary>
      ${help ? html`<p class="help">${help}</p>` : nothing}
      ${group === "figures" ? this.#figures(options) : options.filter((o) => this.#applies(o)).map((o) => this.#control(o))}
      ${group === "look" ? this.#contrasts() : nothing}
    </details>`;
  }

  #value(option: Option) {
    return this.configuration.values[option.name] ?? option.default;
  }

  /** Whether an option does something as things stand. */
  #applies(option: Option) {
    const { values } = this.configuration;
    if (option.name === "buttonText") return (values.mode ?? "inline") !== "inline";
    if (option.name === "actionLink") return !!(values.actionText || values.actionLink);
    return option.type !== "names" || this.#there(option).length > 0;
  }

  #control(option: Option) {
    const { embed, widget } = this.#words;
    const value = this.#value(option);
    const text = this.drafts[option.name] ?? write(option, value);
    return control(option, {
      value, text, words: embed,
      title: titleOf(widget, option),
      standing: option.name === "buttonText" ? widget.open : messageNamed(embed, `standing_${option.name}`),
      problem: understood(option, text) === undefined ? messageNamed(embed, `problem_${option.type}`) : "",
      more: nothing,
      there: this.#there(option),
      label: (name) => this.#label(option, name),
      type: (text) => this.#type(option, text),
    });
  }

  /** The names that a list may hold. */
  #there(option: Option): string[] {
    const { scenario, calculation } = this.#known;
    if (option.name === "results") return figuresOf(calculation).map((f) => f.name);
    if (option.name === "charts") return chartsOf(scenario).map((chart) => chart.lines[0]);
    return [...(option.allowed ?? [])];
  }

  /** What a value of an option is called. */
  #label(option: Option, name: string) {
    const { embed, catalogue } = this.#words;
    const field = fieldsWithin(this.#known.calculation.results).find((f) => f.name === name);
    if (option.words?.includes(name)) return messageNamed(embed, `is_${name}`);
    if (option.name === "results" || option.name === "charts") return field?.title ?? name;
    return catalogue.titles[name] ?? (messageNamed(embed, `is_${name}`) || this.#known.calculation.title);
  }

  /** The options of a group: the figures, and what becomes of their fields. */
  #figures(options: Option[]) {
    const { embed, widget, page, catalogue } = this.#words;
    const { scenario, calculation } = this.#known;
    const { values } = this.configuration;
    const [option] = options.filter((o) => o.type === "figures");
    const given = new URLSearchParams(values.values ?? "");
    const start = startOf(scenario);
    const period = given.get("period") ?? start.period;
    const locale = values.locale || values.lang || this.locale;
    return figures({
      start, given, options: catalogue.options,
      fields: calculation.inputs.filter((f) => PLAIN.includes(f.kind)),
      marks: options.filter((o) => o !== option),
      marked: (mark) => namesIn(this.#value(mark)),
      title: (o) => messageNamed(embed, `mark_${o.name}`) || titleOf(widget, o),
      format: new Format({ locale: this.locale, currency: values.currency || currencyOf(locale), period, words: page }),
      draft: (name) => this.drafts[drafted(name)],
      problem: embed.problem_number,
      type: (field, text, value) => {
        this.drafts = { ...this.drafts, [drafted(field.name)]: text };
        if (typeof value === "string" && field.kind === "number") return;
        if (value === null || value === start[field.name]) given.delete(field.name);
        else given.set(field.name, String(value));
        this.#set({ values: given.toString() });
      },
      mark: (mark, names) => this.#type(mark, listed(names)),
    }, option);
  }

  #contrasts() {
    const { embed } = this.#words;
    const percent = new Format({ locale: this.locale, currency: "USD" });
    const list = contrasts(this.configuration.values, papersOf(tokens));
    if (list.length === 0) return nothing;
    return html`<div class="contrasts" role="status">
      ${list.map(({ pair, theme, front, behind, ratio, enough, better, option }) => {
        const name = messageNamed(embed, `contrast_${pair}`);
        const where = theme ? embed.contrast_where({ pair: name, theme: messageNamed(embed, `contrast_${theme}`) }) : name;
        // Rounded down, so that what is short of enough never looks as if it were.
        const shown = { ratio: percent.plain(Math.floor(10 * ratio) / 10), enough: percent.plain(enough) };
        return html`<div class="contrast" data-pair=${pair} ?data-poor=${!!better}>
          ${swatch(front, behind)}
          <p><b>${where}</b> ${better ? embed.contrast_poor(shown) : embed.contrast_good(shown)}
            ${better ? html`<button type="button" class="quiet" @click=${() => this.#use(option, better)}>${embed.contrast_use({ colour: better })}</button>` : nothing}
          </p>
        </div>`;
      })}
    </div>`;
  }

  #use(option: Contrast["option"], colour: string) {
    const { [option]: _, ...others } = this.drafts;
    this.drafts = others;
    this.#set({ [option]: colour });
  }

  #preview() {
    const { embed } = this.#words;
    const { values } = this.configuration;
    const src = this.#form === "frame" ? `widget.html?${toQuery(values)}` : `widget-host.html?${new URLSearchParams([...toAttributes(values), ["page", this.lang]])}`;
    return html`<section class="stage" aria-labelledby="preview-name">
      <div class="bar">
        <h2 id="preview-name">${embed.preview}</h2>
        <fieldset>
          <legend class="unseen">${embed.preview_width}</legend>
          <div class="side">
            ${(["wide", "phone"] as const).map((width) => html`<label>
              <input type="radio" name="width" value=${width} .checked=${this.width === width} @change=${() => (this.width = width)} />
              <span>${embed[`preview_${width}`]}</span>
            </label>`)}
          </div>
        </fieldset>
      </div>
      <hourglass-embed-preview .src=${new URL(src, `${this.#root}/`).href} .label=${embed.preview_frame} .failure=${embed.preview_failed}
        data-width=${this.width} data-theme=${values.theme ?? "auto"} @embed:answer=${(e: CustomEvent<string>) => (this.example = e.detail)}></hourglass-embed-preview>
    </section>`;
  }

  #take() {
    const { embed } = this.#words;
    const host = this.#host;
    return html`<section class="take" aria-labelledby="take-name">
      <div class="bar">
        <h2 id="take-name">${embed.take}</h2>
        <label class="where"><span>${embed.host}</span>
          <select id="host" @change=${(e: Event) => this.#change({ host: textIn(e) })}>
            ${HOSTS.map(({ id, name }) => html`<option value=${id} ?selected=${id === host.id}>${messageNamed(embed, `host_${id}`) || name}</option>`)}
          </select>
        </label>
      </div>
      <p class="note good">${messageNamed(embed, `note_${host.id}`)}</p>
      ${host.snippets(this.#wish).map((snippet) => this.#snippet(snippet))}
      ${this.#form === "script" ? this.#pinning() : nothing}
      <div class="row foot">
        <button type="button" class="quiet" data-link @click=${() => this.#copy("link", `${location.href.split("#")[0]}#${writeAddress(this.configuration)}`)}>${this.copying.at === "link" ? this.copying.text : embed.copy_link}</button>
        <a href="${this.base}docs/embed/">${embed.guide}</a>
      </div>
    </section>`;
  }

  get #wish(): Wish {
    const { pinned, values } = this.configuration;
    const { question } = this.#known;
    const pin = pinned && this.pin && this.pin !== "failed" ? this.pin : null;
    return { values: { ...values, kind: this.#kind }, form: this.#form, origin: this.#root, pin, title: question, fallback: { text: question, example: this.example } };
  }

  #snippet({ id, language, text }: Snippet) {
    const { embed } = this.#words;
    return html`<div class="snippet">
      <div class="bar">
        <h3 id="snippet-${id}">${messageNamed(embed, `snippet_${id}`)}</h3>
        <button type="button" class="button primary" data-copy=${id} @click=${() => this.#copy(id, text)}>${this.copying.at === id && this.copying.text === embed.copied ? embed.copied : embed.copy}</button>
      </div>
      <pre tabindex="0" dir="ltr" aria-labelledby="snippet-${id}" role="group"><code data-language=${language}>${text}</code></pre>
      <p class="help" role="status">${this.copying.at === id ? this.copying.text : ""}</p>
    </div>`;
  }

  #pinning() {
    const { embed } = this.#words;
    return html`<div class="pin">
      <label class="check"><input type="checkbox" .checked=${this.configuration.pinned} @change=${(e: Event) => this.#change({ pinned: isTicked(e) })} /> ${embed.pin}</label>
      <p class="help">${this.pin === "failed" ? embed.pin_failed : embed.pin_help}</p>
    </div>`;
  }

  /** Where copying is refused, the text is selected for the visitor to copy. */
  async #copy(at: string, text: string) {
    const { embed } = this.#words;
    try {
      await copy(text);
      this.copying = { at, text: embed.copied };
    } catch {
      const code = this.renderRoot.querySelector(`[aria-labelledby="snippet-${at}"]`);
      if (code) getSelection()?.selectAllChildren(code);
      this.copying = { at, text: embed.not_copied };
    }
  }
}

/** Under which name a figure that is being typed is kept: apart from the options. */
const drafted = (field: string) => `figure ${field}`;

/** A message by a name that is put together; nothing where there is none. */
function messageNamed(words: object, key: string) {
  const text: unknown = Object.entries(words).find(([name]) => name === key)?.[1];
  return typeof text === "string" ? text : "";
}

const titleOf = (words: typeof widgetWords.en, option: Option) => messageNamed(words, option.title);

/** What can be listed under the answer. */
const figuresOf = ({ results }: Calculation) => results.flatMap((f) => (f.kind === "group" ? (f.fields ?? []) : [f])).filter((f) => PLAIN.includes(f.kind));

/** Fields, and those of groups among them. */
const fieldsWithin = (fields: Field[]): Field[] => fields.flatMap((field) => [field, ...(field.fields ?? [])]);

/** One colour on another. */
const swatch = (front: string, behind: string) => html`<svg class="swatch" viewBox="0 0 36 36" aria-hidden="true"><rect width="36" height="36" rx="4" fill=${behind} /><path d="M11 26 18 9l7 17M13.500 20h9" fill="none" stroke=${front} stroke-width="2.500" /></svg>`;

async function pinned(root: string): Promise<Pin> {
  const answer = await fetch(`${root}/embed/v1.json`);
  if (!answer.ok) throw new Error(`${answer.status} for the version`);
  const { scripts } = await answer.json();
  const { url, integrity } = scripts["v1.js"];
  return { src: `${root}/embed/${url}`, integrity };
}

customElements.define("hourglass-configurator", HourglassConfigurator);
