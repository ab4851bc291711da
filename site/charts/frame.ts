/** The frame of a plot: room for the labels, the two axes, and the marks of what is read. */
import { nothing, svg } from "lit";
import { isolated, widestOf, widthOf } from "./labels.ts";
import type { Scale } from "./scale.ts";

export type Area = { left: number, right: number, top: number, bottom: number };

/** Room around the data, in pixels; left: at least, gap: beside the labels of the upright axis. */
type Room = { above: number, below: number, left: number, gap: number, right: number };

/** With a name above the upright axis and below the other one. */
const NAMED: Room = { above: 30, below: 46, left: 0, gap: 12, right: 12 };

/** For a plot whose caption says what its axes are. */
export const BARE: Room = { above: 14, below: 28, left: 48, gap: 8, right: 10 };

/** About how many pixels one mark on an axis needs. */
const PER_X_MARK = 76;
export const PER_Y_MARK = 44;

/** How many marks fit. */
export const marksAcross = (width: number) => Math.max(2, Math.floor((width - 60) / PER_X_MARK));
export const marksUp = (height: number) => Math.max(2, Math.floor((height - NAMED.above - NAMED.below) / PER_Y_MARK));

/** What is left for the data beside the labels. */
export function area(width: number, height: number, labels: string[], room = NAMED): Area {
  return {
    left: Math.max(room.left, Math.ceil(widestOf(labels)) + room.gap), right: width - room.right,
    top: room.above, bottom: height - room.below,
  };
}

/** A label of the upright axis, with its line across. */
export const yMark = ({ left, right }: Area, y: number, label: string, kind = "grid") => svg`<path class=${kind} d="M${left},${y}H${right}" />
  <text class="tick" x=${left - 8} y=${y + 4} text-anchor="end">${isolated(label)}</text>`;

/** @param name what is measured, where the caption does not say it */
export const yAxis = (box: Area, y: Scale, marks: number[], labels: string[], name?: string) => svg`
  ${name === undefined ? nothing : svg`<text class="axis" x="0" y="14">${name}</text>`}
  ${marks.map((t, i) => yMark(box, y(t), labels[i], t === 0 ? "base" : "grid"))}`;

/** A label of the axis below. */
export const xMark = (x: number, y: number, label: string, anchor = "middle") =>
  svg`<text class="tick" x=${x} y=${y} text-anchor=${anchor}>${isolated(label)}</text>`;

export function xAxis({ left, right, bottom }: Area, x: Scale, marks: number[], labels: string[], name: string) {
  return svg`${marks.map((t, i) => {
    // The outermost labels stay within the picture.
    const half = widthOf(labels[i]) / 2;
    return xMark(Math.min(Math.max(x(t), half), right + NAMED.right - half), bottom + 19, labels[i]);
  })}
  <text class="axis" x=${(left + right) / 2} y=${bottom + 39} text-anchor="middle">${name}</text>`;
}

/** The upright line through what is read. */
export const hair = ({ top, bottom }: Area, x: number) => svg`<path class="hair" d="M${x},${top}V${bottom}" />`;

/** A point of a line that is read. */
export const dot = (kind: string, x: number, y: number, r = 4.5) => svg`<circle class="dot ${kind}" cx=${x} cy=${y} r=${r} />`;
