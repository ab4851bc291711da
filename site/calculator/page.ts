/**
 * The page around the calculator: the address is its state, and the header's choices are part of it. The calculator loads the scenario and
 * has the figures; what the address says beside them is kept here.
 */

import { html } from "lit";
import { type HourglassCalculator as Calculator, HourglassCalculator } from "./calculator.ts";
import { part } from "../base/certain.ts";
import { define } from "../base/define.ts";
import { breath } from "../base/idle.ts";
import { carriedStrip } from "./carried.ts";
import { carried } from "./carry.ts";
import { periodConverter } from "./converter.ts";
import { exampleIn, inCurrency, isExample } from "./example.ts";
import { CURRENCIES } from "../base/format.ts";
import { lead, offer, pageLanguage } from "../base/language.ts";
import { localeOf } from "../base/messages.ts";
import { numbers } from "../base/numbers.ts";
import { type Scenario, calculationIdOf, calculationOf, isScenario, startOf } from "../base/scenarios.ts";
import { share } from "../base/share.ts";
import { type Choices, type State, readState, writeBack, writeCarried, writeChoices, writeMoved, writeQuery, writeWhole } from "../base/url.ts";
import type { Figures } from "../base/figures.ts";
import handOn from "../styles/hand-on.css";

/** What is as high as a bracket and its sentence (styles/benchmarks.css), and not seen. */
const placeOf = ({ content, dataset }: HTMLTemplateElement) => ({
  scale: html`<div class="kept scale"></div>`,
  says: html`<p class="kept" aria-hidden="true">${content.textContent}${dataset.use ? html` <span>${dataset.use}</span>` : ""}</p>`,
});

/** The way from a field's help to the glossary: the page lists the terms that its fields are called by. */
function termOf(field: string) {
  const term = document.querySelector<HTMLAnchorElement>(`[data-term~="${field}"]`);
  const glossary = document.getElementById("defined-name")?.textContent;
  return term ? html`<a href=${term.href} aria-label="${glossary}: ${term.textContent}">${glossary}</a>` : "";
}

const numbersReady = numbers();

// In a task of its own, as the script was in one.
await breath();
define("hourglass-calculator", HourglassCalculator);
const calculator = document.querySelector<Calculator>("hourglass-calculator");
if (!lead() && calculator && isScenario(calculator.kind)) {
  calculator.awaits = numbersReady;
  calculator.begins = (scenario) => begin(calculator, scenario);
}

function begin(calculator: Calculator, scenario: Scenario) {
  /** what the address says beside the figures, which the calculator has */
  let choices!: Choices;
  const state = (): State => ({ ...choices, input: calculator.input ?? startOf(scenario), kept: calculator.kept });
  /** the figures before a change */
  let before: Figures = {};
  /** the field that the present entry of the history is about */
  let editing: string | null = null;

  const read = () => {
    const query = new URLSearchParams(location.search);
    const { input: read, kept, ...others } = readState(scenario, query, navigator.language);
    choices = others;
    // Where the address names no figure, the example is in the currency.
    const named = calculationOf(scenario).inputs.some((f) => [f.name, ...(f.was ?? [])].some((name) => query.has(name)));
    const input = named || others.from ? read : exampleIn(scenario, others.currency);
    Object.assign(calculator, { input, kept });
    before = input;
    show();
  };

  const isAtStart = ({ from, input, currency }: State) => !from && isExample(scenario, input, currency);

  /** The query of a state; the example needs no figures. */
  const queryOf = (state: State) => writeQuery(scenario, isAtStart(state) ? { ...state, input: startOf(scenario) } : state);

  /** The look of things: what does not depend on the figures. */
  const show = () => {
    if (calculator.currency !== choices.currency) {
      calculator.adapt = (kind) => inCurrency(kind, choices.currency);
      if (calculator.scenario?.id === scenario.id) calculator.scenario = inCurrency(scenario, choices.currency);
    }
    calculator.currency = choices.currency;
    calculator.locale = choices.locale ?? localeOf(pageLanguage, navigator.languages);
    const root = document.documentElement;
    if (choices.theme) root.dataset.theme = choices.theme;
    else delete root.dataset.theme;
    currencyPicker.show(choices.currency);
    themePicker.value = choices.theme ?? "";
    carry();
  };

  /** the timer of the links */
  let writing: number | undefined;

  /** What tells of the figures beside the calculator. A slider gives many answers before the visitor can follow a link: the links are written after the last of them. */
  const carry = () => {
    strip.show(scenario, state(), choices.was.length ? writeBack(choices) : "");
    clearTimeout(writing);
    writing = setTimeout(writeLinks);
  };

  /** The ways on take the figures with them: the example's to an example in the same money, a visitor's customer as one. */
  const writeLinks = () => {
    const whole = state();
    const { answered } = calculator;
    const figures = { ...(answered?.example ? {} : { ...answered?.result, ...answered?.input }), ...whole.input };
    const example = isAtStart(whole);
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-carry], a[data-keep]")) {
      const to = scenarioOf(link);
      const along = to && carried(scenario.calculation, figures, calculationIdOf(to));
      if (to === scenario.id) link.search = queryOf(whole);
      else if (to && along && !example) link.search = writeMoved(scenario, whole, to, along);
      else if (along && link.dataset.carry && isExample(scenario, startOf(scenario), whole.currency)) link.search = writeCarried(along, choices);
      else link.search = writeChoices(choices);
    }
    for (const link of document.querySelectorAll<HTMLAnchorElement>(".languages a")) {
      const query = new URLSearchParams(queryOf({ ...whole, lang: null }));
      if (link.hreflang === "en") query.set("lang", "en");
      link.search = query.toString();
    }
  };

  const converter = periodConverter(calculator, (input) => {
    calculator.input = before = input;
    write(true);
  });

  const strip = carriedStrip(calculator, () => {
    choices = { ...choices, was: [] };
    write(false);
    carry();
  });
  const configurator = document.querySelector<HTMLAnchorElement>('a[href*="embed/"]');
  calculator.embed = () => {
    if (!configurator) return "";
    const names = calculationOf(scenario).inputs.map((f) => f.name);
    const values = new URLSearchParams([...new URLSearchParams(queryOf(state()))].filter(([name]) => names.includes(name))).toString();
    const url = new URL(configurator.href);
    url.hash = new URLSearchParams({ kind: scenario.id, ...(values && { values }), currency: choices.currency }).toString();
    return url.href;
  };
  calculator.share = share;
  const style = new CSSStyleSheet();
  style.replaceSync(handOn);
  calculator.shadowRoot.adoptedStyleSheets.push(style);
  calculator.link = () => location.origin + location.pathname + writeWhole(scenario, state());

  /** @param entry whether going back should come here */
  const write = (entry: boolean) => {
    const url = location.pathname + queryOf(state()) + location.hash;
    history[entry ? "pushState" : "replaceState"](null, "", url);
    carry();
  };

  const currencyPicker = pickCurrency((currency) => {
    // The example changes with the currency; a visitor's figures are theirs.
    if (isAtStart(state())) calculator.input = before = exampleIn(scenario, currency);
    choices = { ...choices, currency };
    write(false);
    show();
  });

  const themePicker = part(document, "#theme", HTMLSelectElement);
  themePicker.addEventListener("change", () => {
    choices = { ...choices, theme: themePicker.value || null };
    write(false);
    show();
  });

  // One entry in the history for each field that was edited, however often it moved.
  calculator.addEventListener("hourglass:change", (event) => {
    const { input, field } = (event as CustomEvent<{ input: Figures; field: string | null }>).detail; // the element's own event
    converter.changed(scenario, field, before, input);
    before = input;
    write(field === null || field !== editing);
    editing = field;
  });
  calculator.addEventListener("hourglass:keep", () => write(true));
  calculator.addEventListener("hourglass:result", carry);
  document.addEventListener("hourglass:links", carry); // the menu has new ones

  /** What another calculator answers for the customer as they stand. */
  const answerOf = async (id: string) => {
    const { running, answered, problems } = calculator;
    if (!running || !answered || problems.length || id === scenario.id) return null;
    const { answerFor } = await import("./answers.ts");
    return answerFor({ scenario, ...answered, engine: running, currency: choices.currency, locale: calculator.locale, lang: pageLanguage }, id);
  };

  /** The places of what stands beside the inputs, so that nothing moves when it comes. */
  const places = new Map([...document.querySelectorAll<HTMLTemplateElement>("template[data-beside]")].map((kept) => [kept.dataset.beside, kept]));
  calculator.beside = ({ field }) => {
    const kept = places.get(field.name);
    return { ...(kept && placeOf(kept)), more: termOf(field.name) };
  };

  /** Published figures beside the inputs: after the first answer, which they are no part of. */
  const compare = async () => {
    const { besides, style } = await import("./benchmarks.ts");
    const known = await besides(scenario.calculation, pageLanguage, () => calculator.input?.period);
    calculator.beside = (shown) => ({ ...known(shown), more: termOf(shown.field.name) });
    calculator.shadowRoot.adoptedStyleSheets = [...calculator.shadowRoot.adoptedStyleSheets, style];
  };
  const onReady = () => {
    for (const part of document.querySelectorAll("[data-waits]")) part.removeAttribute("data-waits");
    compare().catch(console.error);
  };
  calculator.addEventListener("hourglass:ready", onReady, { once: true });

  const next = nextAnswers(answerOf);
  calculator.addEventListener("hourglass:result", next);

  document.addEventListener("hourglass:asked", async (event) => {
    const { id, answer } = (event as CustomEvent<{ id: string, answer: (text: string) => void }>).detail; // the search's own event
    const short = isScenario(id) ? await answerOf(id).catch(() => null) : null;
    if (short?.complete) answer(short.text);
  });
  addEventListener("popstate", () => {
    editing = null;
    converter.clear();
    read();
  });

  offer();
  read();
  // A currency that came from the browser goes into the address, so that its link means the same elsewhere.
  if (choices.currency !== "USD" && !new URLSearchParams(location.search).has("currency")) write(false);
  for (const control of document.querySelectorAll("[data-live]")) control.removeAttribute("hidden");
}

/** How long the figures have to rest before the next questions are answered. */
const ANSWER_AFTER = 400;

/** Answers the questions under the answer, once they are in view and whenever the customer has changed. */
function nextAnswers(answerOf: (id: string) => Promise<{ text: string } | null>) {
  const places = [...document.querySelectorAll<HTMLElement>("[data-next]")];
  let seen = false;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const fill = () => {
    for (const place of places) answerOf(place.dataset.next ?? "").then((short) => (place.textContent = short?.text ?? ""), () => (place.textContent = ""));
  };
  const watcher = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) return;
    watcher.disconnect();
    seen = true;
    fill();
  });
  if (places[0]) watcher.observe(places[0].closest(".next") ?? places[0]);
  return () => {
    clearTimeout(waiting);
    if (seen) waiting = setTimeout(fill, ANSWER_AFTER);
  };
}

/** The scenario that a link leads to, null where it is none; the first page is that of the first. */
function scenarioOf(link: HTMLAnchorElement) {
  if (link.matches(".brand")) return "subscription";
  const id = link.pathname.split("/").filter(Boolean).at(-1) ?? "";
  return isScenario(id) ? id : null;
}

/** The list of currencies; "Other" asks for the code. */
function pickCurrency(chosen: (currency: string) => void) {
  const list = part(document, "#currency", HTMLSelectElement);
  const code = part(document, "#currency-code", HTMLInputElement);
  const now = part(document, "#currency-now", HTMLElement);
  list.addEventListener("change", () => {
    code.hidden = list.value !== "";
    if (list.value) chosen(list.value);
    else code.focus();
  });
  code.addEventListener("input", () => {
    const text = code.value.trim().toUpperCase();
    if (/^[A-Z]{3}$/.test(text)) chosen(text);
  });
  return {
    show(currency: string) {
      const listed = CURRENCIES.includes(currency);
      now.textContent = currency;
      list.value = listed ? currency : "";
      code.hidden = listed;
      if (!listed && document.activeElement !== code) code.value = currency;
    },
  };
}
