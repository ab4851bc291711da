/** Fields to try a calculation with, on its page of the API's reference. */
import catalogue, { type Field, type Layout } from "../base/catalogue.gen.mjs";
import { Format } from "../base/format.ts";
import { type Notice, NOT_A_NUMBER, sentenceOf } from "../base/notices.ts";
import { english } from "../base/words.ts";
import { Engine } from "../engine/engine.ts";
import { laidOut, understood, written } from "./literals.ts";

export type Try = typeof begin;

const format = new Format({ locale: "en", currency: "USD" });

/** @param call the page's part about a calculation, with its id and where the engine's modules are */
export async function begin(call: HTMLElement) {
  const { calculation: id = "", engine: calculator = "", growth = "" } = call.dataset;
  const calculation = catalogue.calculations.find((c) => c.id === id);
  const answer = document.querySelector<HTMLElement>("#example-answer code");
  const snippets = [...document.querySelectorAll<HTMLElement>("#samples pre code")].map((code) => ({ code, label: code.dataset.language ?? "", text: code.textContent ?? "" }));
  const sent = /-d '([\s\S]*)'$/.exec(snippets.find(({ label }) => label === "curl")?.text ?? "")?.[1];
  if (!calculation || !answer || sent === undefined) return;
  const { inputs } = calculation;
  const named = inputs.map(titled);
  const engine = await Engine.load({ calculator, growth }, id);
  const example: Record<string, unknown> = JSON.parse(sent.replaceAll("'\\''", "'"));

  const state = document.createElement("p");
  state.className = "state";
  state.role = "status";
  answer.closest(".snippet")?.before(state);

  const places = fields(call, inputs, example, update);

  function update() {
    const given = inputs.map(({ name, kind }) => [name, understood(places.get(name)?.value ?? "", kind)] as const).filter(([, value]) => value !== undefined);
    const body = Object.fromEntries(given);
    for (const { code, label, text } of snippets) code.textContent = text.replace(written(example, label), () => written(body, label));
    const unread: Notice[] = inputs.filter(({ name, kind }) => kind !== "option" && typeof body[name] === "string").map(({ name }) => ({ code: NOT_A_NUMBER, field: name, limit: 0 }));
    const { result, problems, warnings } = unread.length ? { result: null, problems: unread, warnings: [] } : engine.call(id, body);
    const detailed = (notice: Notice) => ({ code: notice.code, field: notice.field, detail: sentenceOf(notice, named, format, english) });
    for (const [name, input] of places) input.ariaInvalid = problems.some((problem) => problem.field.split("/", 1)[0] === name) ? "true" : null;
    if (answer) answer.textContent = laidOut(result ? { ...result, warnings: warnings.map(detailed) } : { status: 422, errors: problems.map(detailed) });
    state.textContent = result ? "200, calculated in this page" : "422: see errors";
  }
  update();
}

/** A field by its name on the wire, which whoever calls the API knows. */
const titled = (field: Layout): Field => ({ ...field, title: field.name, fields: field.fields?.map(titled) });

/** Puts a field into each line of the table, filled with the example. */
function fields(call: HTMLElement, inputs: Layout[], example: Record<string, unknown>, update: () => void) {
  const places = new Map<string, HTMLInputElement | HTMLSelectElement>();
  const table = call.querySelector("#try");
  table?.querySelector("thead tr")?.append(Object.assign(document.createElement("th"), { textContent: "Try" }));
  for (const row of table?.querySelectorAll<HTMLTableRowElement>("tbody tr") ?? []) {
    const cell = row.insertCell();
    cell.className = "try";
    const name = row.cells[0].textContent ?? "";
    const field = inputs.find((input) => input.name === name);
    if (!field) continue; // of an object in a list: the list has a field
    const given = example[name];
    const standard = row.querySelector(".standard, .free")?.textContent;
    const input = field.options ? choice(field.options, standard) : document.createElement("input");
    input.value = given === undefined ? "" : typeof given === "string" ? given : JSON.stringify(given);
    if (field.kind === "number") input.setAttribute("inputmode", "decimal");
    if (standard && input instanceof HTMLInputElement) input.placeholder = standard;
    input.ariaLabel = `Try ${name}`;
    input.addEventListener("input", update);
    cell.append(input);
    places.set(name, input);
  }
  const hint = document.createElement("p");
  hint.textContent = "Change a figure: the examples and the answer follow. It is calculated in this page; nothing is sent.";
  table?.parentElement?.before(hint);
  return places;
}

function choice(options: string[], standard: string | null | undefined) {
  const select = document.createElement("select");
  if (standard) select.append(new Option(`${standard} (default)`, ""));
  for (const option of options) select.append(new Option(option, option));
  return select;
}
