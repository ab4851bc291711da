/** Fields to try a calculation with, on its page of the API's reference. What is typed stands in the page's address too, so that a link has it. */
import type { Field } from "../base/catalogue.gen.mjs";
import catalogueWords from "../base/catalogue-words.ts";
import { Format } from "../base/format.ts";
import { type Notice, NOT_A_NUMBER, sentenceOf } from "../base/notices.ts";
import { english, wordsFor } from "../base/words.ts";
import { Engine, type Sources } from "../engine/engine.ts";
import { copying } from "./copying.ts";
import { laidOut, understood, written } from "./literals.ts";

export type Try = typeof begin;

type Body = Record<string, unknown>;

/** An answer, and where it comes from. */
interface Answer {
  body: unknown;
  wrong: string[]; // the fields with a problem
  state: string;
}

type Ask = (body: Body) => Answer | Promise<Answer>;

/** A field of the table. */
interface Place {
  name: string;
  kind: string;
  input: HTMLInputElement | HTMLSelectElement;
}

const format = new Format({ locale: "en", currency: "USD" });

/** How long a reader has to stop typing before a server is asked, in milliseconds. */
const REST = 500;

/** @param call the page's part about a calculation, with its id, where the API is and, if they have it, where the engine's modules are */
export async function begin(call: HTMLElement) {
  const { calculation: id = "", engine: calculator, api = "", ...others } = call.dataset;
  const answer = document.querySelector<HTMLElement>("#example-answer code");
  const snippets = [...document.querySelectorAll<HTMLElement>("#samples pre code")].map((code) => ({ code, label: code.dataset.language ?? "", text: code.textContent ?? "" }));
  const sent = /-d '([\s\S]*)'$/.exec(snippets.find(({ label }) => label === "curl")?.text ?? "")?.[1];
  if (!answer || sent === undefined) return;
  const example: Body = JSON.parse(sent.replaceAll("'\\''", "'"));
  const ask = calculator ? await inPage(id, { calculator, ...others }) : byServer(api);

  const state = Object.assign(document.createElement("p"), { className: "state", role: "status" });
  document.querySelector("#answers .tabs")?.append(state);

  const linked = new URLSearchParams(location.search);
  const places = fields(call, example, linked);
  for (const { input } of places) input.addEventListener("input", () => update(true));
  const query = () => new URLSearchParams(places.filter(({ input }) => input.value.trim()).map(({ name, kind, input }) => [name, plain(input.value, kind)]));
  const link = copying("Copy link", () => new URL(`?${query()}`, location.href).href, "Not copied: see the address");
  document.querySelector(".ways")?.append(link);

  let last = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;
  function update(typed: boolean) {
    const body: Body = Object.fromEntries(places.map(({ name, kind, input }) => [name, understood(input.value, kind)] as const).filter(([, value]) => value !== undefined));
    for (const { code, label, text } of snippets) code.textContent = text.replace(written(example, label), () => written(body, label));
    const page = document.querySelector<HTMLAnchorElement>("#calculator");
    if (page) page.search = `?${query()}`;
    if (typed) history.replaceState(null, "", `?${query()}${location.hash}`);
    clearTimeout(rest);
    // The example's answer stands there already: a server is asked once there are other figures.
    if (!calculator && !typed && !places.some(({ name }) => linked.has(name))) return;
    const asked = ++last;
    const tell = async () => {
      const reply = await ask(body);
      if (asked !== last || !answer) return; // another question was asked meanwhile
      for (const { name, input } of places) input.ariaInvalid = reply.wrong.includes(name) ? "true" : null;
      answer.textContent = laidOut(reply.body);
      state.textContent = reply.state;
    };
    if (calculator) tell();
    else rest = setTimeout(tell, REST);
  }
  update(false);
}

/** The engine of the page. */
async function inPage(id: string, urls: Sources): Promise<Ask> {
  const { default: calculation } = await catalogueWords.en.calculation(id);
  const { inputs } = calculation;
  const named = inputs.map(titled);
  const engine = await Engine.load(urls, calculation);
  const detailed = (notice: Notice) => ({ code: notice.code, field: notice.field, detail: sentenceOf(notice, named, format, wordsFor(english, calculation)) });
  return (body) => {
    const unread: Notice[] = inputs.filter(({ name, kind }) => kind !== "option" && typeof body[name] === "string").map(({ name }) => ({ code: NOT_A_NUMBER, field: name, limit: 0 }));
    const { result, problems, warnings } = unread.length ? { result: null, problems: unread, warnings: [] } : engine.call(id, body);
    return {
      body: result ? { ...result, warnings: warnings.map(detailed) } : { status: 422, errors: problems.map(detailed) },
      wrong: problems.map(({ field }) => field.split("/", 1)[0]),
      state: result ? "200, calculated in this page" : "422: see errors",
    };
  };
}

/** The API of the site that the page is on, for what the page's engine has not. */
const byServer = (address: string): Ask => async (body) => {
  try {
    const response = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    const reply: { errors?: { pointer?: string }[] } = await response.json();
    const wrong = (reply.errors ?? []).map(({ pointer = "" }) => pointer.split("/")[1] ?? "");
    return { body: reply, wrong, state: response.ok ? `${response.status}, by the API of this site` : `${response.status}: see errors` };
  } catch {
    return { body: { detail: "There is no API at this address. Run a server of your own (make run), or send the example to one." }, wrong: [], state: "no answer" };
  }
};

/** A field by its name on the wire, which whoever calls the API knows. Its limits have no unit: what is sent is a plain number. */
const titled = ({ unit: _, ...field }: Field): Field => ({ ...field, title: field.name, fields: field.fields?.map(titled) });

/** A list as a query of the calculator has it: without its brackets, where it is of numbers. */
const plain = (text: string, kind: string) => (kind === "list" && !text.includes("{") ? text.trim().replace(/^\[|\]$/g, "") : text.trim());

/** Puts a field into each line of the table, filled with what the address says, else with the example; those that neither names are folded. */
function fields(call: HTMLElement, example: Body, linked: URLSearchParams): Place[] {
  const places: Place[] = [];
  const table = call.querySelector("#try");
  const some = rowsOf(table).some((row) => linked.has(nameOf(row)));
  table?.querySelector("thead tr")?.append(Object.assign(document.createElement("th"), { textContent: "Try" }));
  const folded: HTMLElement[] = [];
  let shown = true;
  for (const row of rowsOf(table)) {
    delete row.dataset.folds; // which the style has folded until here
    const cell = row.insertCell();
    cell.className = "try";
    const name = nameOf(row);
    if (/[.[]/.test(name)) { // of an object in a list, which has a field
      if (!shown) folded.push(row);
      continue;
    }
    const { kind = "" } = row.dataset;
    const given = some ? linked.get(name) : example[name];
    const standard = row.querySelector(".standard, .free")?.textContent;
    const options = [...row.cells[1].querySelectorAll("code")].map((code) => code.textContent ?? "");
    const input = kind === "option" ? choice(options, standard) : document.createElement("input");
    input.value = given == null ? "" : typeof given === "string" ? given : JSON.stringify(given);
    if (kind === "number") input.setAttribute("inputmode", "decimal");
    if (standard && input instanceof HTMLInputElement) input.placeholder = standard;
    input.ariaLabel = `Try ${name}`;
    cell.append(input);
    places.push({ name, kind, input });
    shown = given != null || standard == null;
    if (!shown) folded.push(row);
  }
  if (folded.length > 1) fold(folded, table?.parentElement);
  return places;
}

const rowsOf = (table: Element | null) => [...(table?.querySelectorAll<HTMLTableRowElement>("tbody tr") ?? [])];
const nameOf = (row: HTMLTableRowElement) => row.cells[0].textContent ?? "";

/** Hides lines behind a button that shows them. */
function fold(rows: HTMLElement[], below: Element | null | undefined) {
  const count = rows.filter((row) => row.querySelector(".try > *")).length;
  const more = Object.assign(document.createElement("button"), { type: "button", className: "more", textContent: count === 1 ? "Show 1 more field" : `Show ${count} more fields` });
  for (const row of rows) row.hidden = true;
  more.addEventListener("click", () => {
    for (const row of rows) row.hidden = false;
    rows[0].querySelector<HTMLElement>(".try > *")?.focus();
    more.remove();
  });
  below?.after(more);
}

function choice(options: string[], standard: string | null | undefined) {
  const select = document.createElement("select");
  if (standard) select.append(new Option(`${standard} (default)`, ""));
  for (const option of options) select.append(new Option(option, option));
  return select;
}
