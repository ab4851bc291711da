/**
 * Worth against the risk of having left: where all customers stand, and their segments. What a customer would be worth if
 * still there stands upright, since that is what segments are cut by: so each of them is a field.
 */
import { html, svg } from "lit";
import { words as enumerations } from "../../engine/customers.gen.mjs";
import type { Pictures } from "../state.ts";
import type { SegmentWords } from "../words.ts";
import type { Say, Table } from "./say.ts";
import { type Survey, ACROSS, RISK, UP } from "./survey.ts";

export type Segments = NonNullable<Pictures["segments"]>;
type MapOptions = { say: Say, names: SegmentWords, choose: (segment: number) => void };

const BANDS = 3;
const NEWCOMER = enumerations.segment.indexOf("newcomer");

/** The most shades that are told apart. */
const SHADES = 7;

/** As the fields stand, best first, from lost to safe. */
const FIELDS = [0, 1, 2].flatMap((band) => [2, 1, 0].map((risk) => 3 * band + risk));

/** From how many customers on a cell has each shade. */
export function shadesOf(density: ArrayLike<number>): number[] {
  const most = Array.from(density).reduce((a, b) => Math.max(a, b), 0);
  const powers = (digits: number[]) =>
    Array.from({ length: 10 }, (_, e) => digits.map((d) => d * 10 ** e)).flat().filter((v) => v <= most);
  return [powers([1, 3]), powers([1])].find((list) => list.length <= SHADES) ?? powers([1]).filter((_, i, all) => i % Math.ceil(all.length / SHADES) === 0);
}

export function mapFinding(segments: Segments, { words, about, count }: Say) {
  const at = [segments.slipping_champion, segments.slipping_regular];
  const n = at.reduce((sum, s) => sum + s.customers, 0);
  return words.map_finding({ n, count: count(n), value: about(at.reduce((sum, s) => sum + s.value, 0)) });
}

export function map(survey: Survey, segments: Segments, options: MapOptions) {
  const { say } = options;
  const shades = shadesOf(survey.density);
  return html`<div class="map" dir="ltr">
      <p class="axis up">${say.words.worth_if_there}</p>
      <div class="worth" aria-hidden="true">${survey.cuts.toReversed().map((v) => html`<span>${say.about(v)}</span>`)}</div>
      <div class="fields">
        ${cells(survey.density, shades)} ${FIELDS.map((s) => field(s, segments, options))}
      </div>
      <div class="alive" aria-hidden="true">${[0, ...RISK, 1].map((e) => html`<span>${say.share(e)}</span>`)}</div>
      <p class="axis">${say.words.chance_there}</p>
    </div>
    <div class="below">
      ${field(NEWCOMER, segments, options)}
      <p class="shades help">${say.words.customers_in_cell}
        ${shades.map((from, i) => html`<span>${swatch(i, shades.length)} ${say.words.at_least({ n: say.count(from) })}</span>`)}</p>
    </div>`;
}

const opacity = (i: number, of: number) => (0.14 + (0.72 * (i + 1)) / of).toFixed(2);

const swatch = (i: number, of: number) => html`<svg class="swatch" width="14" height="14" aria-hidden="true"><rect width="14" height="14" fill-opacity=${opacity(i, of)} /></svg>`;

/** The cells of each shade as one path. */
function cells(density: Uint32Array, shades: number[]) {
  const paths = shades.map(() => "");
  density.forEach((n, at) => {
    if (n === 0) return;
    const row = BANDS * UP - 1 - Math.floor(at / ACROSS);
    paths[shades.findLastIndex((from) => n >= from)] += `M${at % ACROSS},${row}h1v1h-1z`;
  });
  return html`<svg class="cells" viewBox="0 0 ${ACROSS} ${BANDS * UP}" preserveAspectRatio="none" aria-hidden="true">
    ${paths.map((d, i) => svg`<path d=${d} fill-opacity=${opacity(i, shades.length)} />`)}</svg>`;
}

function field(index: number, segments: Segments, { say, names, choose }: MapOptions) {
  const name = enumerations.segment[index];
  const { customers, value } = segments[name];
  return html`<button class="field" dir="auto" ?disabled=${customers === 0} @click=${() => choose(index)}>
    <span class="segment"><b>${names[name]}</b>
      <span>${say.words.customers_count({ n: customers, count: say.count(customers) })}</span>
      ${customers === 0 ? "" : html`<span>${say.about(value)}</span>`}</span>
  </button>`;
}

export function mapTable(segments: Segments, { say, names }: MapOptions): Table {
  const { words } = say;
  return {
    head: [words.segment, words.customers, words.still_there, words.expected_orders, words.future_value],
    rows: enumerations.segment.map((name) => {
      const s = segments[name];
      return [names[name], say.count(s.customers), say.count(s.alive), say.count(s.expected_orders), say.money(s.value)];
    }),
  };
}
