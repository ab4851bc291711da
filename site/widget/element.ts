/**
 * The calculator as a widget in somebody else's page: the same element with options for attributes, in a box that the
 * page's styles do not reach, taking part in the page's forms. It sets no cookie, keeps nothing, and loads nothing but
 * its own files.
 */
import { html, nothing, unsafeCSS } from "lit";
import { property, state } from "lit/decorators.js";
import { currencyOf } from "../base/format.ts";
import { directionOf, messages } from "../base/messages.ts";
import { sentenceOf } from "../base/notices.ts";
import { chartsOf, loadScenario, startOf } from "../base/scenarios.ts";
import { readInput } from "../base/url.ts";
import { textIn } from "../base/events.ts";
import { HourglassCalculator, unreadable } from "../calculator/calculator.ts";
import type { HourglassField } from "../calculator/field.ts";
import ownWords from "../messages/widget.gen.mjs";
import styles from "../styles/widget.css";
import type { Figures, Result } from "./index.d.ts";
import { schemeOf, styleOf } from "./look.ts";
import { OPTIONS, type Option, type Options, type Value, isDefault, optionNamed, present, read, warn, write } from "./options.ts";
import { places } from "./places.ts";
import { isOn, stageIn } from "./stage.ts";

/** Up to how many calculations stand side by side; more are a list to drop down. */
const SIDE_BY_SIDE = 4;

/** How long an answer has to rest before the page's dataLayer hears of it. */
const PUSH_AFTER = 1000;

declare global {
  /** The page's own, where it has one. */
  var dataLayer: unknown[] | undefined;
}

/** What an event may tell of the figures. */
type Happening = { input?: Figures; result?: Result; field?: string | null; link?: string };

/** The properties of the options: attributes are read and written by their declaration. */
const declared = Object.fromEntries(
  OPTIONS.map((option) => [
    option.name,
    {
      attribute: option.attribute,
      reflect: true,
      useDefault: true,
      converter: {
        fromAttribute: (text: string | null) => read(option, text),
        toAttribute: (value: Value) => (isDefault(option, value) ? null : write(option, value)),
      },
    },
  ]),
);

/**
 * @slot - shown until the facade is there or the engine runs, and in their place if they cannot: a link, a computed example
 * @slot next - under the answer
 * @csspart widget - the box
 * @csspart chooser - the choice among calculations
 * @csspart action - the button under the answer
 */
export class HourglassWidget extends HourglassCalculator {
  static formAssociated = true;

  static override styles = [...HourglassCalculator.styles, unsafeCSS(styles)];

  static override properties = declared;

  /** In a mode: whether it is open. */ @property({ reflect: true, converter: { fromAttribute: isOn, toAttribute: (is: boolean) => (is ? "" : null) } }) open = false;
  /** Whether what it stands behind is there. */ @state() staged = false;
  /** Of the calculations to choose from, by id. */ @state() titles = new Map<string, string>();
  /** What the widget itself says. */ @state() ownWords = ownWords.en;
  /** Whether the form around it takes no figures. */ @state() disabled = false;

  #internals = this.attachInternals();
  /** The options' own style: colours, corners. */
  #look = new CSSStyleSheet();
  /** The figures to begin with, and what they follow from. */
  #begun: { key: unknown[]; figures: Figures } = { key: [], figures: {} };
  /** Whether the visitor has changed anything. */
  #touched = false;
  #pushLater: ReturnType<typeof setTimeout> | undefined = undefined;

  constructor() {
    super();
    Object.assign(this, places, Object.fromEntries(OPTIONS.map((option) => [option.name, option.default])));
  }

  /** The options as they stand: properties that the element has of their declarations, which the compiler does not see. */
  get options() {
    return this as unknown as Options; // by OPTIONS, above
  }

  /** The figures are the page's, so that where the visitor is says nothing about their currency. */
  override currencyIn() {
    return currencyOf(this.locale || this.lang || "en");
  }

  /** What is drawn stands on a stage, which a mode puts behind a button; the facade may have set it up. */
  override createRenderRoot() {
    super.createRenderRoot();
    const stage = stageIn(this.shadowRoot);
    this.renderOptions.renderBefore = stage.firstChild;
    return stage;
  }

  override connectedCallback() {
    super.connectedCallback();
    const root = this.shadowRoot;
    if (!root.adoptedStyleSheets.includes(this.#look)) root.adoptedStyleSheets.push(this.#look);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#pushLater);
  }

  // The form around it.

  formResetCallback() {
    if (this.scenario) this.input = this.start;
  }

  formDisabledCallback(disabled: boolean) {
    this.disabled = disabled;
  }

  /** What is sent: the answer under the element's name, each figure under that name, a point and its own. */
  #submit() {
    const { name } = this.options;
    const { result, input } = this;
    if (!name || !result) return this.#internals.setFormValue(null);
    const data = new FormData();
    data.append(name, String(this.value ?? ""));
    for (const [field, value] of Object.entries(input ?? {})) {
      if (value != null) data.append(`${name}.${field}`, typeof value === "object" ? JSON.stringify(value) : String(value));
    }
    this.#internals.setFormValue(data);
  }

  /** Every event says which calculation it is about. The first change is an event of its own. */
  override emit(event: string, detail: Happening) {
    super.emit(event, { ...this.#origin, kind: this.scenario?.id ?? this.options.kind, ...detail });
    if (this.options.dataLayer) this.#push(event, detail);
    if (event !== "change" || this.#touched) return;
    this.#touched = true;
    this.emit("interaction", { field: detail.field ?? null });
  }

  /** Which of the page's variants it is, where the page tries several. */
  get #origin() {
    const { variant } = this.options;
    return variant ? { variant } : {};
  }

  /** Tells the page's dataLayer, of answers the last of a row. */
  #push(event: string, { input, result }: Happening) {
    if (event === "change") return;
    const push = () => {
      const figures = result && Object.fromEntries(Object.entries(result).filter(([, value]) => typeof value !== "object"));
      globalThis.dataLayer ??= [];
      globalThis.dataLayer.push({ event: `hourglass:${event}`, hourglass: { kind: this.kind, ...this.#origin, input, result: figures } });
    };
    if (event !== "result") return push(); // which says nothing about the answer that waits
    clearTimeout(this.#pushLater);
    this.#pushLater = setTimeout(push, PUSH_AFTER);
  }

  // The options.

  override willUpdate(changed: Map<PropertyKey, unknown>) {
    for (const option of OPTIONS) if (changed.has(option.name)) this.#check(option);
    // What stands at its default from the beginning is not among what has changed.
    const isNew = (...names: string[]) => !this.hasUpdated || names.some((name) => changed.has(name));
    const { kind, kinds, mode, size, results, charts, lock, hide } = this.options;
    if (kinds.length && !kinds.includes(kind)) this.kind = kinds[0];
    if (isNew("kinds", "lang")) this.#loadWords();
    if (isNew("mode") && mode !== "inline" && !this.staged) this.#setStage();
    if (isNew("size", "results", "charts", "lock", "hide")) {
      const full = size === "full";
      this.extent = { page: false, full, results: listed(results, full), charts: listed(charts, full), lock, hide };
    }
    if (isNew("accent", "surface", "text", "radius", "font")) this.#look.replaceSync(styleOf(this.options, this));
    // Another calculation begins with its own figures, once it is there.
    if ((changed.has("values") || changed.has("prefill")) && this.hasUpdated && !changed.has("input") && !changed.has("kind")) this.input = null;
    if (changed.has("scenario") || changed.has("extent")) this.#complain();
    super.willUpdate(changed);
    if (isNew("input", "scenario", "running", "name")) this.#submit();
  }

  /** Puts it behind its button. Where that cannot be loaded, it stands in the page as usual. */
  async #setStage() {
    await import("./modes.ts").then(({ stage }) => stage(this), console.error);
    this.staged = true;
  }

  /**
   * A property may be set to anything, as an attribute may: frameworks set properties to the text of a template, and to null where there is
   * none any more.
   */
  #check(option: Option) {
    const given: unknown = this.options[option.name];
    const text = given == null ? null : typeof given === "string" ? given : write(option, given);
    const value = read(option, text);
    if (typeof value !== typeof given || write(option, value) !== text) Object.assign(this, { [option.name]: value });
  }

  /** Says in the console which names the calculation shown has not got. */
  #complain() {
    if (!this.scenario) return;
    const { values, prefill, results, charts, lock, hide } = this.options;
    const inputs = this.calculation.inputs.map((f) => f.name);
    if (this.options.kinds.length > 1) return; // what one has not got may be another's
    present(optionNamed("values"), [...new URLSearchParams(values).keys()], inputs.concat(this.calculation.inputs.flatMap((f) => f.was ?? [])));
    present(optionNamed("prefill"), prefill, inputs);
    present(optionNamed("lock"), lock, inputs);
    present(optionNamed("hide"), hide, inputs);
    present(optionNamed("results"), results, this.#figures);
    present(optionNamed("charts"), charts, chartsOf(this.scenario).map((c) => c.lines[0]));
  }

  /** The wire names of what can be listed. */
  get #figures() {
    return this.calculation.results.flatMap((f) => (f.kind === "group" ? (f.fields ?? []) : [f])).filter((f) => f.kind === "number" || f.kind === "option").map((f) => f.name);
  }

  /** The names of the calculations to choose from, and the widget's own words. */
  async #loadWords() {
    const { language } = this;
    const title = async (id: string) => [id, (await loadScenario(id, language)).title] as const;
    try {
      const [words, titles] = await Promise.all([messages(language, ownWords), Promise.all(this.options.kinds.map(title))]);
      Object.assign(this, { ownWords: words, titles: new Map(titles) });
    } catch (error) {
      console.error(error);
    }
  }

  /** The scenario's figures with those given in their place, as far as they make sense. */
  override get start() {
    const { scenario } = this;
    const { values, prefill } = this.options;
    const key = [scenario, values, prefill];
    if (key.some((part, i) => part !== this.#begun.key[i])) this.#begun = { key, figures: this.#given(new URLSearchParams(values), new URLSearchParams(location.search), prefill) };
    return this.#begun.figures;
  }

  /** @param query figures as the page gives them @param address those of its address, of which the named ones count */
  #given(query: URLSearchParams, address: URLSearchParams, named: string[]) {
    const asked = named.filter((name) => address.has(name));
    for (const name of asked) query.set(name, address.get(name) ?? "");
    const start = startOf(this.scenario);
    const input = readInput(this.scenario, query);
    const { inputs } = this.calculation;
    const leave = (name: string, why: string) => {
      warn(optionNamed(asked.includes(name) ? "prefill" : "values"), `${name}=${query.get(name)}`, why);
      input[name] = start[name];
    };
    for (const field of inputs) if (query.has(field.name) && unreadable(field, input[field.name])) leave(field.name, "A number is needed.");
    const { problems } = this.running?.call(this.calculation.id, input) ?? { problems: [] };
    for (const problem of problems) {
      const name = problem.field.split("/", 1)[0];
      if (query.has(name)) leave(name, sentenceOf(problem, inputs, this.format, this.words));
    }
    return input;
  }

  override render(): unknown {
    const { size } = this.options;
    const { language } = this;
    if ((this.#facade && !this.answered && !this.failed) || (this.options.mode !== "inline" && !this.staged)) return nothing;
    return html`<div class="widget" part="widget" ?hidden=${this.#facade && !this.isShown && !this.failed} lang=${language} dir=${directionOf(language)} data-size=${size} data-scheme=${schemeOf(this.options)}
      ?inert=${this.disabled}>
      ${this.#chooser()} ${this.answered ? super.render() : html`<slot></slot>`}
    </div>`;
  }

  /** What stood here before this was loaded, until the first answer does. */
  get #facade() {
    return this.shadowRoot.querySelector(".facade");
  }

  override updated() {
    super.updated();
    const facade = this.#facade;
    if (!facade || !(this.isShown || this.failed)) return;
    const { activeElement } = this.shadowRoot;
    const edits = this.answered ? editsIn(facade) : [];
    facade.remove();
    for (const edit of edits) this.#carryOver(edit, activeElement === edit.control);
  }

  /** Puts what was done to a control of the facade into the field that stands in its place. */
  async #carryOver({ name, control, edited }: Edit, focused: boolean) {
    const field = this.renderRoot.querySelector<HourglassField>(`hourglass-field[data-name="${name}"]`);
    if (!field) return;
    await field.updateComplete;
    const same = [...field.querySelectorAll<Control>("input, select")].find((own) => own.type === control.type && (own.type !== "radio" || own.value === control.value));
    if (!same) return;
    if (focused) same.focus();
    if (edited) {
      if (same.type === "radio" && same instanceof HTMLInputElement) same.checked = true;
      else same.value = control.value;
      same.dispatchEvent(new Event("input", { bubbles: true }));
      same.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (focused && control instanceof HTMLInputElement && same instanceof HTMLInputElement && same.type === "text") {
      same.setSelectionRange(control.selectionStart, control.selectionEnd);
    }
  }

  #chooser() {
    const { kinds } = this.options;
    if (kinds.length < 2 || this.titles.size === 0 || !this.isShown) return nothing;
    const choose = (event: Event) => (this.kind = textIn(event));
    const title = (id: string) => this.titles.get(id) ?? id;
    if (kinds.length > SIDE_BY_SIDE) {
      return html`<label class="chooser" part="chooser"><span>${this.ownWords.choose}</span>
        <select @change=${choose}>${kinds.map((id) => html`<option value=${id} ?selected=${id === this.kind}>${title(id)}</option>`)}</select></label>`;
    }
    return html`<fieldset class="options chooser" part="chooser">
      <legend class="unseen">${this.ownWords.choose}</legend>
      ${kinds.map((id) => html`<label><input type="radio" name="kind" value=${id} .checked=${id === this.kind} @change=${choose} /><span>${title(id)}</span></label>`)}
    </fieldset>`;
  }

  /** The button's link, the answer put where it asks for it. What is out of date goes nowhere. */
  #withWorth(link: string) {
    const url = new URL(link);
    if (url.searchParams.get("worth") !== "" || !this.result || this.value === null) return link;
    url.searchParams.set("worth", String(Number(this.value.toPrecision(12))));
    return url.href;
  }

  override next() {
    const { actionText, actionLink } = this.options;
    if (!actionText || !actionLink) return nothing;
    const away = !actionLink.startsWith("mailto:");
    const link = this.#withWorth(actionLink);
    const followed = () => this.emit("click", { link, input: this.input ?? {}, result: this.result ?? {} });
    return html`<p class="way"><a class="action" part="action" href=${link} @click=${followed} target=${away ? "_blank" : nothing} rel="noopener">${actionText}${away
      ? html` <span class="unseen">(${this.ownWords.newTab})</span>`
      : nothing}</a></p>`;
  }
}

/** What a list of names asks for: null for all, none where nothing is said and little is shown. */
function listed(names: string[], full: boolean) {
  if (names[0] === "all" || (names.length === 0 && full)) return null;
  return names[0] === "none" ? [] : names;
}

type Control = HTMLInputElement | HTMLSelectElement;

/** What a visitor did to a control of the facade: they are in it, or have changed it. */
interface Edit {
  name: string;
  control: Control;
  edited: boolean;
}

function editsIn(facade: Element): Edit[] {
  const { activeElement } = facade.getRootNode() as ShadowRoot; // it stands in one
  return [...facade.querySelectorAll<Control>("input, select")].flatMap((control) => {
    const name = control.closest<HTMLElement>("[data-name]")?.dataset.name;
    const edited = control instanceof HTMLSelectElement
      ? [...control.options].some((option) => option.selected !== option.defaultSelected)
      : control.type === "radio" ? control.checked && !control.defaultChecked : control.value !== control.defaultValue;
    return name && (edited || control === activeElement) ? [{ name, control, edited }] : [];
  });
}
