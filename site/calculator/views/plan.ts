import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { required } from "../../base/certain.ts";
import { sentenceOf } from "../../base/notices.ts";
import words from "../../messages/growth.gen.mjs";
import { bridge } from "../growth/bridge.ts";
import { type Lever, leverOf, levers } from "../growth/levers.ts";
import { style } from "../growth/style.ts";
import { payback } from "./lever.ts";
import type { Shown, View } from "../shown.ts";
import type { Primary } from "../../base/scenarios.ts";
import type { Figures } from "../../base/figures.ts";

export type Words = typeof words.en;

export type Change = Figures;

function evidence(shown: Shown, words: Words) {
  return html`${bridgeOf(shown, words)} ${cards(shown, words)} ${pairs(shown, words)} ${returns(shown, words)}`;
}

/** From today's value by one lever after the other to the plan's. */
function bridgeOf(shown: Shown, words: Words) {
  const { bridge: rows, outcome } = shown.answered.result;
  const kinds = shown.answered.input.levers ?? [];
  const steps = Array.from<number, Parameters<typeof bridge>[1][number]>(rows.change, (change, i) => ({
    name: i === 0 ? words.value : nameOf(shown, kinds, i - 1), change, level: rows.level[i], whole: i === 0,
  }));
  const last = { name: words.planned, change: 0, level: outcome.clv_after, whole: true };
  return html`${bridge(words.bridge, [...steps, last], shown.format, words)}
    ${kinds.length > 1 ? html`<p class="what">${words.partsSay}</p>` : nothing}`;
}

/** A lever's name, with its number where the plan has it twice. */
function nameOf({ words, format }: Shown, list: Change[], i: number) {
  const { kind } = list[i];
  const before = list.slice(0, i).filter((l) => l.kind === kind).length;
  const name = words.options[kind] ?? kind;
  return before ? format.labelled(name, format.value(before + 1, "count")) : name;
}

/** A card for each lever, and the levers that could be added. */
function cards(shown: Shown, words: Words) {
  const list = listOf(shown);
  const absent = levers.filter((l) => !list.some((r) => r.kind === l.kind));
  const onAdd = (l: Lever) => set(shown, [...list, { kind: l.kind, ...l.start }], true);
  return html`<section class="levers" data-of="levers" tabindex="-1" aria-labelledby="levers-name">
    <h2 id="levers-name">${words.levers}</h2>
    ${loose(shown, list).map((text) => html`<p class="note problem">${text}</p>`)}
    ${list.length ? nothing : html`<p class="what">${words.noLevers}</p>`}
    <div class="cards">${repeat(list, (record, i) => `${record.kind}-${nameOf(shown, list, i)}`, (record, i) => card(shown, words, list, record, i))}</div>
    ${absent.length
      ? html`<div class="add" role="group" aria-label=${words.addLever}>
          <span>${words.addLever}</span>
          ${absent.map((l) => html`<button type="button" class="quiet" @click=${() => onAdd(l)}>${shown.words.options[l.kind]}</button>`)}
        </div>`
      : nothing}
  </section>`;
}

/** Problems of the levers that no field on a card is about. */
function loose({ problems, calculation, format, words }: Shown, list: Change[]) {
  const onCard = (path: string) => {
    const [, index, name] = path.split("/");
    const lever = list[Number(index)] && leverOf(list[Number(index)].kind);
    return Boolean(lever && [lever.effect.field, lever.cost.field, ...lever.more].includes(name));
  };
  return problems.filter((p) => p.field.startsWith("levers") && !onCard(p.field)).map((p) => sentenceOf(p, calculation.inputs, format, words));
}

/** The levers as they stand; nothing where the address has something else. */
const listOf = ({ input }: Shown): Change[] => (Array.isArray(input.levers) ? input.levers : []);

const set = (shown: Shown, list: Change[], done: boolean) => shown.change({ ...shown.input, levers: list }, "levers", done);

function card(shown: Shown, words: Words, list: Change[], record: Change, index: number) {
  const lever = leverOf(record.kind);
  const name = nameOf(shown, list, index);
  const id = `lever-${index}`;
  const onField = (event: CustomEvent) => {
    event.stopPropagation();
    const { name, value, done } = event.detail;
    const { [name]: _, ...others } = record;
    set(shown, list.with(index, value === null ? others : { ...record, [name]: value }), done);
  };
  return html`<section class="card" aria-labelledby=${id} @hourglass:field=${onField}>
    <header>
      <h3 id=${id}>${name}</h3>
      <button type="button" class="clear" aria-label=${words.remove({ name })} @click=${() => set(shown, list.toSpliced(index, 1), true)}>
        <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M2 2l8 8M10 2l-8 8" /></svg>
      </button>
    </header>
    ${part(shown, words, list, index)}
    <p class="what">${words[`about_${lever.kind}` as "about_upsell"]}</p>
    ${field(shown, record, index, lever.effect.field, lever.effect)} ${field(shown, record, index, lever.cost.field, lever.cost)}
    <details>
      <summary>${words.more}</summary>
      ${lever.more.map((name) => field(shown, record, index, name, null))}
    </details>
  </section>`;
}

/** What the lever brings within the plan, alone, and on top of the others. */
function part(shown: Shown, words: Words, list: Change[], index: number) {
  const row = shown.answered.result.levers[index];
  if (!row || row.kind !== list[index].kind) return nothing;
  const say = (v: number) => shown.format.gain(v);
  return html`<p class="part">
    <b class=${row.net_part < 0 ? "losing" : ""}>${say(row.net_part)}</b> ${words.perCustomer}
    ${list.length > 1 ? html`<span class="what">${words.aloneSays({ alone: say(row.net_alone), last: say(row.net_last) })}</span>` : nothing}
  </p>`;
}

function field(shown: Shown, record: Change, index: number, name: string, primary: Primary | null) {
  const all = shown.calculation.inputs.find((f) => f.name === "levers");
  const own = required(all?.fields?.find((f) => f.name === name), `field ${name}`);
  const problems = shown.problems
    .filter((p) => p.field === `levers/${index}/${name}`)
    .map((p) => sentenceOf({ ...p, field: name }, [own], shown.format, shown.words));
  return html`<hourglass-field
    .field=${own} .within=${`lever-${index}-`} .value=${record[name] ?? own.default ?? null} .start=${leverOf(record.kind).start[name] ?? 0}
    .primary=${primary} .format=${shown.format} .words=${shown.words} .problems=${problems}></hourglass-field>`;
}

/** What pairs of levers bring beyond the sum of the two. */
function pairs(shown: Shown, words: Words) {
  const { interactions } = shown.answered.result;
  const list = shown.answered.input.levers ?? [];
  const say = (v: number) => shown.format.gain(v);
  if (interactions.length === 0) return nothing;
  return html`<details class="table">
    <summary>${words.interactions}</summary>
    <p class="what">${words.interactionsSay}</p>
    <table>
      <tbody>${interactions.map((r: Figures) => html`<tr>
        <th scope="row">${nameOf(shown, list, r.first - 1)} × ${nameOf(shown, list, r.second - 1)}</th>
        <td>${say(r.net_together)}</td>
      </tr>`)}</tbody>
    </table>
  </details>`;
}

function returns(shown: Shown, words: Words) {
  if (shown.figure("roi") === null) return nothing;
  return html`<dl class="verdict">
    <div>
      <dt>${words.return}</dt>
      <dd>${shown.say("roi")}</dd>
      <dd class="says">${words.wrongReturn({ share: shown.say("revenue_roi") ?? "–" })}</dd>
    </div>
    <div>
      <dt>${words.payback}</dt>
      ${payback(shown, words)}
    </div>
  </dl>`;
}

export default { style, words, inputs: ["levers"], results: ["levers", "interactions", "bridge"], evidence, open: "matters" } satisfies View<Words>;
