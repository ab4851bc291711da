/** The frame of a plot: room for the labels, the two axes, bars. */
import { svg } from "lit";

/** @typedef {{ left: number, right: number, top: number, bottom: number }} Area */

/** Room above for the name of the upright axis, below for marks and the name of the other. */
const ABOVE = 30;
const BELOW = 46;
const CHARACTER = 7.2;

/** How many marks fit. */
export const marksAcross = (/** @type {number} */ width) => Math.max(2, Math.floor((width - 60) / 76));
export const marksUp = (/** @type {number} */ height) => Math.max(2, Math.floor((height - ABOVE - BELOW) / 44));

/** What is left for the data beside the labels. @param {number} width @param {number} height @param {string[]} labels @returns {Area} */
export function area(width, height, labels) {
  const longest = Math.max(0, ...labels.map((l) => l.length));
  return { left: Math.ceil(longest * CHARACTER) + 12, right: width - 12, top: ABOVE, bottom: height - BELOW };
}

/**
 * @param {Area} area @param {import("./scale.mjs").Scale} y @param {number[]} marks @param {string[]} labels
 * @param {string} name what is measured
 */
export function yAxis({ left, right }, y, marks, labels, name) {
  return svg`<text class="axis" x="0" y="14">${name}</text>
    ${marks.map((t, i) => svg`<path class=${t === 0 ? "base" : "grid"} d="M${left},${y(t)}H${right}" />
      <text class="tick" x=${left - 8} y=${y(t) + 4} text-anchor="end">${labels[i]}</text>`)}`;
}

/**
 * @param {Area} area @param {import("./scale.mjs").Scale} x @param {number[]} marks @param {string[]} labels
 * @param {string} name
 */
export function xAxis({ left, right, bottom }, x, marks, labels, name) {
  return svg`${marks.map((t, i) => {
    // The outermost labels stay within the picture.
    const half = (labels[i].length * CHARACTER) / 2;
    const at = Math.min(Math.max(x(t), half), right + 12 - half);
    return svg`<text class="tick" x=${at} y=${bottom + 19} text-anchor="middle">${labels[i]}</text>`;
  })}
  <text class="axis" x=${(left + right) / 2} y=${bottom + 39} text-anchor="middle">${name}</text>`;
}

/** @param {string} kind @param {number} x @param {number} width @param {number} top @param {number} bottom */
export const bar = (kind, x, width, top, bottom) =>
  svg`<rect class=${kind} fill=${kind.includes("hatched") ? "url(#hatching)" : "currentColor"} x=${x.toFixed(1)} y=${top.toFixed(1)} width=${Math.max(0.5, width).toFixed(1)} height=${Math.max(0, bottom - top).toFixed(1)} />`;

/** The upright line through what is read. @param {Area} area @param {number} x */
export const hair = ({ top, bottom }, x) => svg`<path class="hair" d="M${x},${top}V${bottom}" />`;

/** A frame around what is read. @param {Area} area @param {number} x @param {number} width */
export const around = ({ top, bottom }, x, width) =>
  svg`<rect class="around" x=${x} y=${top} width=${width} height=${bottom - top} />`;
