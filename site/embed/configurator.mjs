import { LitElement, html, nothing, unsafeCSS } from "lit";
import { Format, currencyOf } from "../base/format.mjs";
import { messages } from "../base/messages.mjs";
import { calculationOf, chartsOf, loadScenario, startOf } from "../base/scenarios.mjs";
import { copy } from "../base/share.mjs";
import catalogueWords from "../base/catalogue-words.mjs";
import embedWords from "../messages/embed.gen.mjs";
import pageWords from "../messages/page.gen.mjs";
import widgetWords from "../messages/widget.gen.mjs";
import common from "../styles/customers.css";
import { OPTIONS, isDefault, optionNamed, toAttributes, toQuery, understood, write } from "../widget/options.mjs";
import { START, writeAddress } from "./address.mjs";
import tokens from "../styles/tokens.css";
import own from "./configurator.css";
import { control } from "./controls.mjs";
import { figures } from "./figures.mjs";
import { contrasts, papersOf } from "./looks.mjs";
import { HOSTS, formFor, hostNamed } from "./snippets.mjs";
import "./preview.mjs";

/**
 * @typedef {import("../widget/options.mjs").Option} Option
 * @typedef {import("../base/catalogue.gen.mjs").Calculation} Calculation
 * @typedef {import("./address.mjs").Configuration} Configuration
 * @typedef {import("../base/messages.mjs").Language} Language
 * @typedef {import("./snippets.mjs").Wish} Wish
 */

/** The groups of options, in the order in which they are declared. */
const GROUPS = [...new Set(OPTIONS.map((option) => option.group))];

/** Those that are open from the start: where all stands in one column, the preview is not to be far down. */
const OPEN = matchMedia("(width < 60rem)").matches ? ["what"] : ["what", "look"];

/** What is a figure of one number or one word. */
const PLAIN = ["number", "option"];

/** The text of an option's list of names. @param {string[]} names */
const listed = (names) => names.join(" ");

/**
 * The configurator: every option of the widget as a control, the widget itself beside it, and the snippet to copy.
 *
 * @fires embed:change - detail { configuration, entry }: it was changed; entry where going back should come here
 */
export class HourglassConfigurator extends LitElement {
  static styles = [unsafeCSS(common), unsafeCSS(own)];

  static properties = {
    /** The way to the site's root. */
    base: {},
    /** That of the page; nothing is shown before it is known. */
    lang: {},
    locale: {},
    configuration: { attribute: false },
    words: { state: true },
    shown: { state: true },
    drafts: { state: true },
    width: { state: true },
    pin: { state: true },
    example: { state: true },
    said: { state: true },
  };

  constructor() {
    super();
    this.base = "./";
    this.locale = "en";
    /** @type {Configuration} */ this.configuration = START();
    /** @type {Spoken | null} */ this.words = null;
    /** @type {Known | null} the calculation that is configured */ this.shown = null;
    /** @type {Record<string, string>} what is being typed, by option or figure */ this.drafts = {};
    /** @type {"wide" | "phone"} */ this.width = "wide";
    /** @type {import("./snippets.mjs").Pin | null | "failed"} */ this.pin = null;
    /** What the widget answers to the figures that it begins with. */ this.example = "";
    /** What has just been done, and where. */ this.said = { at: "", text: "" };
  }

  get #kind() {
    return this.configuration.values.kind ?? optionNamed("kind").default;
  }

  get #host() {
    return hostNamed(this.configuration.host);
  }

  get #form() {
    return formFor(this.#host, this.configuration.form);
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("lang") && this.lang) this.#learn(/** @type {Language} */ (this.lang));
    if (!this.words || !(changed.has("configuration") || changed.has("words"))) return;
    if (this.#knows !== this.#wanted) this.#know();
    if (this.configuration.pinned && !this.pin) this.#look();
  }

  /** Loads what the page says. @param {Language} lang */
  async #learn(lang) {
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
    const own = /** @type {Language} */ (this.lang || "en");
    const spoken = /** @type {Language} */ (this.configuration.values.lang || own);
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

  /** @param {Partial<Configuration>} changes @param {boolean} [entry] */
  #change(changes, entry = false) {
    this.said = { at: "", text: "" };
    this.configuration = { ...this.configuration, ...changes };
    this.dispatchEvent(new CustomEvent("embed:change", { detail: { configuration: this.configuration, entry } }));
  }

  /** @param {Record<string, any>} values */
  #set(values) {
    const all = { ...this.configuration.values, ...values };
    this.#change({ values: Object.fromEntries(Object.entries(all).filter(([name, value]) => !isDefault(optionNamed(name), value))) });
  }

  /** @param {Option} option @param {string} text */
  async #type(option, text) {
    this.drafts = { ...this.drafts, [option.name]: text };
    const value = understood(option, text);
    if (value === undefined) return;
    this.#set(option.name === "kind" ? await this.#without(value) : { [option.name]: value });
    // Among several calculations the first is shown, and it is the one that is configured.
    if (option.name === "kinds" && value.length && !value.includes(this.#kind)) this.#set(await this.#without(value[0]));
  }

  /** Another calculation: what was said of the fields and results that it has not got is left out. @param {string} kind */
  async #without(kind) {
    const scenario = await loadScenario(kind);
    const { inputs } = calculationOf(scenario);
    const results = figuresOf(calculationOf(scenario));
    const { values } = this.configuration;
    const has = (/** @type {{ name: string }[]} */ fields) => (/** @type {string} */ name) => fields.some((f) => f.name === name);
    const kept = (/** @type {string} */ name, /** @type {(name: string) => boolean} */ there) => ({
      [name]: (values[name] ?? []).filter((/** @type {string} */ n) => optionNamed(name).words?.includes(n) || there(n)),
    });
    const lines = chartsOf(scenario).map((chart) => ({ name: chart.lines[0] }));
    return {
      kind, ...kept("lock", has(inputs)), ...kept("hide", has(inputs)), ...kept("results", has(results)), ...kept("charts", has(lines)),
      values: new URLSearchParams([...new URLSearchParams(values.values ?? "")].filter(([name]) => has(inputs)(name))).toString(),
    };
  }

  #reset() {
    this.drafts = {};
    this.#change({ values: {} }, true);
  }

  /** What was typed is shown as it was understood once the field is left; what was not understood stays. @param {FocusEvent} event */
  #leave({ target }) {
    const field = /** @type {HTMLElement} */ (target);
    const name = field.dataset.figure ? drafted(field.dataset.figure) : (/** @type {HTMLElement | null} */ (field.closest("[data-option]"))?.dataset.option ?? "");
    if (!(name in this.drafts) || field.getAttribute("aria-invalid")) return;
    const { [name]: _, ...others } = this.drafts;
    this.drafts = others;
  }

  render() {
    if (!this.words || !this.shown) return html`<slot></slot>`;
    return html`<div class="tool">
      <form class="controls" autocomplete="off" @submit=${(/** @type {Event} */ e) => e.preventDefault()} @focusout=${this.#leave}>
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
        ${/** @type {const} */ (["script", "frame"]).map((form) => html`<label>
          <input type="radio" name="form" value=${form} .checked=${this.#form === form} ?disabled=${only && form !== this.#form} @change=${() => this.#change({ form })} />
          <span>${embed[`form_${form}`]}</span>
        </label>`)}
      </div>
      <p class="help">${only ? embed.form_only({ host: this.#host.name }) : embed[`form_${this.#form}_help`]}</p>
    </fieldset>`;
  }

  get #words() {
    return /** @type {Spoken} */ (this.words);
  }

  get #known() {
    return /** @type {Known} */ (this.shown);
  }

  /** @param {Option["group"]} group */
  #group(group) {
    const options = OPTIONS.filter((o) => o.group === group && o.forms.includes(this.#form));
    if (options.length === 0) return nothing;
    const { embed } = this.#words;
    const set = options.filter((o) => !isDefault(o, this.#value(o))).length;
    const help = { figures: embed.help_figures, action: embed.help_action, page: embed.help_page }[/** @type {"page"} */ (group)];
    return html`<details class="group" data-group=${group} ?open=${OPEN.includes(group)}>
      <summary><h2>${embed[`group_${group}`]}</h2>${set ? html` <span class="count">${embed.changed({ n: set, shown: String(set) })}</span>` : nothing}</summary>
      ${help ? html`<p class="help">${help}</p>` : nothing}
      ${group === "figures" ? this.#figures(options) : options.filter((o) => this.#applies(o)).map((o) => this.#control(o))}
      ${group === "look" ? this.#contrasts() : nothing}
    </details>`;
  }

  /** @param {Option} option */
  #value(option) {
    return this.configuration.values[option.name] ?? option.default;
  }

  /** Whether an option does something as things stand. @param {Option} option */
  #applies(option) {
    const { values } = this.configuration;
    if (option.name === "actionLink") return !!(values.actionText || values.actionLink);
    return option.type !== "names" || this.#there(option).length > 0;
  }

  /** @param {Option} option */
  #control(option) {
    const { embed, widget } = this.#words;
    const value = this.#value(option);
    const text = this.drafts[option.name] ?? write(option, value);
    return control(option, {
      value, text, words: embed,
      title: titleOf(widget, option),
      standing: said(embed, `standing_${option.name}`),
      problem: understood(option, text) === undefined ? said(embed, `problem_${option.type}`) : "",
      more: nothing,
      there: this.#there(option),
      label: (name) => this.#label(option, name),
      type: (text) => this.#type(option, text),
    });
  }

  /** The names that a list may hold. @param {Option} option @returns {string[]} */
  #there(option) {
    const { scenario, calculation } = this.#known;
    if (option.name === "results") return figuresOf(calculation).map((f) => f.name);
    if (option.name === "charts") return chartsOf(scenario).map((chart) => chart.lines[0]);
    return [...(option.allowed ?? [])];
  }

  /** @param {Option} option @param {string} name of a value */
  #label(option, name) {
    const { embed, catalogue } = this.#words;
    const field = fieldsWithin(this.#known.calculation.results).find((f) => f.name === name);
    if (option.words?.includes(name)) return said(embed, `is_${name}`);
    if (option.name === "results" || option.name === "charts") return field?.title ?? name;
    return catalogue.titles[name] ?? (said(embed, `is_${name}`) || this.#known.calculation.title);
  }

  /** @param {Option[]} options of the group: the figures, and what becomes of the fields */
  #figures(options) {
    const { embed, widget, page, catalogue } = this.#words;
    const { scenario, calculation } = this.#known;
    const { values } = this.configuration;
    const [option] = options.filter((o) => o.type === "figures");
    const given = new URLSearchParams(values[option.name] ?? "");
    const start = startOf(scenario);
    const period = given.get("period") ?? start.period;
    const locale = values.locale || values.lang || this.locale;
    return figures({
      start, given, options: catalogue.options,
      fields: calculation.inputs.filter((f) => PLAIN.includes(f.kind)),
      marks: options.filter((o) => o !== option),
      marked: (mark) => this.#value(mark),
      title: (o) => said(embed, `mark_${o.name}`) || titleOf(widget, o),
      format: new Format({ locale: this.locale, currency: values.currency || currencyOf(locale), period, words: page }),
      draft: (name) => this.drafts[drafted(name)],
      problem: embed.problem_number,
      type: (field, text, value) => {
        this.drafts = { ...this.drafts, [drafted(field.name)]: text };
        if (typeof value === "string" && field.kind === "number") return;
        if (value === null || value === start[field.name]) given.delete(field.name);
        else given.set(field.name, String(value));
        this.#set({ [option.name]: given.toString() });
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
        const name = said(embed, `contrast_${pair}`);
        const where = theme ? embed.contrast_where({ pair: name, theme: said(embed, `contrast_${theme}`) }) : name;
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

  /** @param {string} option @param {string} colour */
  #use(option, colour) {
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
            ${/** @type {const} */ (["wide", "phone"]).map((width) => html`<label>
              <input type="radio" name="width" value=${width} .checked=${this.width === width} @change=${() => (this.width = width)} />
              <span>${embed[`preview_${width}`]}</span>
            </label>`)}
          </div>
        </fieldset>
      </div>
      <hourglass-embed-preview .src=${new URL(src, `${this.#root}/`).href} .label=${embed.preview_frame} .failure=${embed.preview_failed}
        data-width=${this.width} data-theme=${values.theme ?? "auto"} @embed:answer=${(/** @type {CustomEvent} */ e) => (this.example = e.detail)}></hourglass-embed-preview>
    </section>`;
  }

  #take() {
    const { embed } = this.#words;
    const host = this.#host;
    return html`<section class="take" aria-labelledby="take-name">
      <div class="bar">
        <h2 id="take-name">${embed.take}</h2>
        <label class="where"><span>${embed.host}</span>
          <select id="host" @change=${(/** @type {any} */ e) => this.#change({ host: e.target.value })}>
            ${HOSTS.map(({ id, name }) => html`<option value=${id} ?selected=${id === host.id}>${said(embed, `host_${id}`) || name}</option>`)}
          </select>
        </label>
      </div>
      <p class="note good">${said(embed, `note_${host.id}`)}</p>
      ${host.snippets(this.#wish).map((snippet) => this.#snippet(snippet))}
      ${this.#form === "script" ? this.#pinning() : nothing}
      <div class="row foot">
        <button type="button" class="quiet" data-link @click=${() => this.#copy("link", `${location.href.split("#")[0]}#${writeAddress(this.configuration)}`)}>${this.said.at === "link" ? this.said.text : embed.copy_link}</button>
        <a href="${this.base}docs/embed/">${embed.guide}</a>
      </div>
    </section>`;
  }

  /** @returns {Wish} */
  get #wish() {
    const { pinned, values } = this.configuration;
    const { question } = this.#known;
    const pin = pinned && this.pin && this.pin !== "failed" ? this.pin : null;
    return { values: { ...values, kind: this.#kind }, form: this.#form, origin: this.#root, pin, title: question, fallback: { text: question, example: this.example } };
  }

  /** @param {import("./snippets.mjs").Snippet} snippet */
  #snippet({ id, language, text }) {
    const { embed } = this.#words;
    return html`<div class="snippet">
      <div class="bar">
        <h3 id="snippet-${id}">${said(embed, `snippet_${id}`)}</h3>
        <button type="button" class="button primary" data-copy=${id} @click=${() => this.#copy(id, text)}>${this.said.at === id && this.said.text === embed.copied ? embed.copied : embed.copy}</button>
      </div>
      <pre tabindex="0" dir="ltr" aria-labelledby="snippet-${id}" role="group"><code data-language=${language}>${text}</code></pre>
      <p class="help" role="status">${this.said.at === id ? this.said.text : ""}</p>
    </div>`;
  }

  #pinning() {
    const { embed } = this.#words;
    return html`<div class="pin">
      <label class="check"><input type="checkbox" .checked=${this.configuration.pinned} @change=${(/** @type {any} */ e) => this.#change({ pinned: e.target.checked })} /> ${embed.pin}</label>
      <p class="help">${this.pin === "failed" ? embed.pin_failed : embed.pin_help}</p>
    </div>`;
  }

  /** Where copying is refused, the text is selected for the visitor to copy. @param {string} at @param {string} text */
  async #copy(at, text) {
    const { embed } = this.#words;
    try {
      await copy(text);
      this.said = { at, text: embed.copied };
    } catch {
      const code = this.renderRoot.querySelector(`[aria-labelledby="snippet-${at}"]`);
      if (code) getSelection()?.selectAllChildren(code);
      this.said = { at, text: embed.not_copied };
    }
  }
}

/**
 * @typedef {object} Spoken what is said, by whom
 * @property {typeof embedWords.en} embed
 * @property {typeof widgetWords.en} widget
 * @property {typeof pageWords.en} page
 * @property {typeof catalogueWords.en} catalogue
 *
 * @typedef {object} Known
 * @property {import("../base/scenarios.mjs").Scenario} scenario
 * @property {Calculation} calculation in the page's language
 * @property {string} question that it answers, in the widget's language
 */

/** Under which name a figure that is being typed is kept: apart from the options. @param {string} field */
const drafted = (field) => `figure ${field}`;

/** A message by a name that is put together; nothing where there is none. @param {object} words @param {string} key @returns {string} */
const said = (words, key) => /** @type {Record<string, string>} */ (words)[key] ?? "";

/** @param {typeof widgetWords.en} words @param {Option} option */
const titleOf = (words, option) => said(words, option.title);

/** What can be listed under the answer. @param {Calculation} calculation */
const figuresOf = ({ results }) => results.flatMap((f) => (f.kind === "group" ? (f.fields ?? []) : [f])).filter((f) => PLAIN.includes(f.kind));

/** Fields, and those of groups among them. @param {import("../base/catalogue.gen.mjs").Field[]} fields @returns {import("../base/catalogue.gen.mjs").Field[]} */
const fieldsWithin = (fields) => fields.flatMap((field) => [field, ...(field.fields ?? [])]);

/** One colour on another. @param {string} front @param {string} behind */
const swatch = (front, behind) => html`<svg class="swatch" viewBox="0 0 36 36" aria-hidden="true"><rect width="36" height="36" rx="4" fill=${behind} /><path d="M11 26 18 9l7 17M13.500 20h9" fill="none" stroke=${front} stroke-width="2.500" /></svg>`;

/** @param {string} root @returns {Promise<import("./snippets.mjs").Pin>} */
async function pinned(root) {
  const answer = await fetch(`${root}/embed/v1.json`);
  if (!answer.ok) throw new Error(`${answer.status} for the version`);
  const { scripts } = await answer.json();
  const { url, integrity } = scripts["v1.js"];
  return { src: `${root}/embed/${url}`, integrity };
}

customElements.define("hourglass-configurator", HourglassConfigurator);
