/** Bars of rows: the value of one customer, of which its cost is hatched. */

import { html, nothing, svg } from "lit";

/** The hatching, once in a tree. */
export const patterns = html`<svg class="patterns" width="0" height="0" aria-hidden="true"><defs><pattern id="cac-stripes" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="stripe" d="M1,0V5" /></pattern></defs></svg>`;

/** A customer's value, of which CAC is hatched; a CAC above it goes beyond. A value below nothing has no bar. @param most that a bar shows */
export function bar(clv: number, cac: number | null, most: number) {
  const at = (v: number) => (100 * Math.max(0, v)) / most;
  const cost = at(cac ?? 0);
  const value = at(clv);
  return html`<svg aria-hidden="true">
    <rect class="got" x="${Math.min(cost, value)}%" width="${Math.max(0, value - cost)}%" height="100%"></rect>
    ${cost > 0 ? svg`<rect class=${cost > value ? "cost above" : "cost"} width="${cost}%" height="100%"></rect>` : nothing}
  </svg>`;
}
