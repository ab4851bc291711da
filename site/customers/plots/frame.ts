/** The frame of a plot: room for the labels, the two axes, bars. */
import { svg } from "lit";
import type { Scale } from "./scale.ts";

export type Area = { left: number, right: number, top: number, bottom: number };

/** Room above for the name of the upright axis, below for marks and the name of the other. */
const ABOVE = 30;
const BELOW = 46;
const CHARACTER = 7.2;

/** How many marks fit. */
export const marksAcross = (width: number) => Math.max(2, Math.floor((width - 60) / 76));
export const marksUp = (height: number) => Math.max(2, Math.floor((height - ABOVE - BELOW) / 44));

/** What is left for the data beside the labels. */
export function area(width: number, height: number, labels: string[]): Area {
  const longest = Math.max(0, ...labels.map((l) => l.length));
  return { left: Math.ceil(longest * CHARACTER) + 12, right: width - 12, top: ABOVE, bottom: height - BELOW };
}

/** @param name what is measured */
export function yAxis({ left, right }: Area, y: Scale, marks: number[], labels: string[], name: string) {
  return svg`<text class="axis" x="0" y="14">${name}</text>
    ${marks.map((t, i) => svg`<path class=${t === 0 ? "base" : "grid"} d="M${left},${y(t)}H${right}" />
      <text class="tick" x=${left - 8} y=${y(t) + 4} text-anchor="end">${labels[i]}</text>`)}`;
}

export function xAxis({ left, right, bottom }: Area, x: Scale, marks: number[], labels: string[], name: string) {
  return svg`${marks.map((t, i) => {
    // The outermost labels stay within the picture.
    const half = (labels[i].length * CHARACTER) / 2;
    const at = Math.min(Math.max(x(t), half), right + 12 - half);
    return svg`<text class="tick" x=${at} y=${bottom + 19} text-anchor="middle">${labels[i]}</text>`;
  })}
  <text class="axis" x=${(left + right) / 2} y=${bottom + 39} text-anchor="middle">${name}</text>`;
}

export const bar = (kind: string, x: number, width: number, top: number, bottom: number) =>
  svg`<rect class=${kind} fill=${kind.includes("hatched") ? "url(#hatching)" : "currentColor"} x=${x.toFixed(1)} y=${top.toFixed(1)} width=${Math.max(0.5, width).toFixed(1)} height=${Math.max(0, bottom - top).toFixed(1)} />`;

/** The upright line through what is read. */
export const hair = ({ top, bottom }: Area, x: number) => svg`<path class="hair" d="M${x},${top}V${bottom}" />`;

/** A frame around what is read. */
export const around = ({ top, bottom }: Area, x: number, width: number) =>
  svg`<rect class="around" x=${x} y=${top} width=${width} height=${bottom - top} />`;
