/**
 * An article's own script: it hands the address's figures to the calculator, before the facade shows it, and the visitor's figures to
 * the address and to the links, so that the customer goes along.
 */
import { numbers } from "../base/numbers.ts";
import type { Figures } from "../base/figures.ts";

numbers(); // for the calculator's facade

const LOOK = ["lang", "locale", "theme", "currency"];

const calculator = document.querySelector("hourglass-calculator");
const inputs = calculator?.getAttribute("data-inputs")?.split(" ") ?? [];

/** The address's figures that the calculator knows. */
function given() {
  const query = new URLSearchParams(location.search);
  for (const name of [...query.keys()]) if (!inputs.includes(name)) query.delete(name);
  return query;
}

/** A figure as an address has it; null where it is none. */
function written(value: unknown) {
  if (Array.isArray(value) && typeof value[0] === "object") return JSON.stringify(value);
  return value == null ? null : String(value);
}

/** Gives every link that takes the customer along the figures of the address, and how things look. */
function lead() {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-figures]")) link.search = location.search;
}

/** The figures that the calculator began with, by their names. */
let begun: Figures = {};

function noted(input: Figures) {
  const query = new URLSearchParams(location.search);
  for (const name of inputs) {
    const text = written(input[name]);
    if (text === written(begun[name]) && !query.has(name)) continue;
    if (text === null) query.delete(name);
    else query.set(name, text);
  }
  const text = query.toString();
  history.replaceState(history.state, "", text ? `?${text}${location.hash}` : `${location.pathname}${location.hash}`);
  lead();
}

if (calculator) {
  const values = given().toString();
  if (values) calculator.setAttribute("values", values);
  const query = new URLSearchParams(location.search);
  for (const name of LOOK.filter((name) => name !== "lang" && query.has(name))) calculator.setAttribute(name, query.get(name) ?? "");
  // The first answer comes before a field can be edited; hourglass:ready may come after.
  calculator.addEventListener("hourglass:result", (event) => {
    begun = (event as CustomEvent<{ input: Figures }>).detail.input; // the widget's event (widget/declare.ts)
  }, { once: true });
  calculator.addEventListener("hourglass:change", (event) => {
    const { input, done } = (event as CustomEvent<{ input: Figures; done: boolean }>).detail; // the widget's event too
    if (done) noted(input);
  });
  lead();
}
