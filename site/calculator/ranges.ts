import { html, svg } from "lit";

/**
 * An interval as a picture: its ends, and the middle within.
 * @param ends low, middle, high
 */
export function rangePicture(title: string, [low, middle, high]: [number, number, number], say: (value: number) => string) {
  const end = Math.max(high, Number.MIN_VALUE) * 1.08;
  const at = (v: number) => ((100 * Math.max(0, v)) / end).toFixed(2) + "%";
  return html`<div class="range" part="range">
    <p><span class="chart-title">${title}</span> <b>${say(middle)}</b> <span class="what">${say(low)} – ${say(high)}</span></p>
    <svg height="16" width="100%" aria-hidden="true">
      ${svg`<line class="grid" x1="0" x2="100%" y1="8" y2="8" /><line class="span" x1=${at(low)} x2=${at(high)} y1="8" y2="8" />
      <circle class="dot line-0" cx=${at(middle)} cy="8" r="5" />`}
    </svg>
  </div>`;
}
