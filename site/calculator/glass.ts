import { html, svg } from "lit";

/** Half the height and half the width of the glass, and half the width of its neck. */
const HALF = 58;
const WIDE = 36;
const NECK = 2;

/** How finely the outline is drawn and the area added up. */
const SLICES = 48;

/** Half the width at a share t of the way from the neck to an end. */
const width = (t: number) => NECK + (WIDE - NECK) * Math.sin((Math.PI / 2) * Math.min(1, 1.3 * t)) ** 1.6 * shoulder(t);

/** How the bulb draws in again towards its end. */
const shoulder = (t: number) => Math.sqrt(1 - 0.3 * Math.max(0, (t - 0.7) / 0.3) ** 2);

/** The area of a bulb from the neck up to each slice, as a share of the whole bulb. */
const filled = (() => {
  const sums = [0];
  for (let i = 1; i <= SLICES; i++) sums.push(sums[i - 1] + width((i - 0.5) / SLICES));
  return sums.map((s) => s / sums[SLICES]);
})();

/** How far from the neck a bulb is full that holds this share. */
function levelOf(share: number) {
  const above = filled.findIndex((s) => s >= share);
  if (above <= 0) return above === 0 ? 0 : 1;
  const part = (share - filled[above - 1]) / (filled[above] - filled[above - 1]);
  return (above - 1 + part) / SLICES;
}

/** The part of a bulb between two levels, as a closed path. Sign is -1 for the upper bulb, 1 for the lower. */
function slab(from: number, to: number, sign: number) {
  const at = Array.from({ length: SLICES + 1 }, (_, i) => from + ((to - from) * i) / SLICES);
  const side = (t: number, x: number) => `${(x * width(t)).toFixed(2)},${(sign * HALF * t).toFixed(2)}`;
  return `M${at.map((t) => side(t, -1)).join("L")}L${at.reverse().map((t) => side(t, 1)).join("L")}Z`;
}

/** The upper bulb lets through most of what it could hold, so that full does not mean brimming. */
const BRIM = 0.86;

/**
 * The value as sand: what has arrived lies below, what is still to come above, each to its area.
 * @param share that has arrived @param label the same in words
 */
export function glass(share: number, label: string) {
  const arrived = Math.min(1, Math.max(0, share));
  const top = levelOf(BRIM * (1 - arrived));
  const bottom = levelOf(1 - BRIM * arrived);
  return html`<svg class="glass" part="glass" viewBox="-40 -64 80 128" role="img" aria-label=${label}>
    ${svg`
      <path class="bulb" d="${slab(0, 1, -1)}" /><path class="bulb" d="${slab(0, 1, 1)}" />
      <path class="sand" d="${slab(0, top, -1)}" /><path class="sand" d="${slab(bottom, 1, 1)}" />
      ${arrived > 0 && arrived < 1 ? svg`<path class="stream" d="M0,0V${(HALF * bottom).toFixed(2)}" />` : ""}
      <path class="plate" d="M-38,-60H38M-38,60H38" />`}
  </svg>`;
}

/** Across and down. */
const ROW = 10;

/** A share as so many of a hundred dots. */
export function crowd(share: number, label: string) {
  const here = Math.round(100 * share);
  const dots = Array.from({ length: ROW * ROW }, (_, i) => {
    const [x, y] = [(i % ROW) * 10 + 5, Math.floor(i / ROW) * 10 + 5];
    return svg`<circle class=${i < here ? "here" : ""} cx=${x} cy=${y} r="3.2" />`;
  });
  return html`<svg class="crowd" viewBox="0 0 100 100" role="img" aria-label=${label}>${dots}</svg>`;
}
