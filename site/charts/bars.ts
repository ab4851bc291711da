/** Bars, and what is read of them. */
import { svg } from "lit";
import type { Area } from "./frame.ts";

/** The stripes of a bar that is "hatched". */
export const hatching = svg`<defs><pattern id="hatching" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
  <path class="stripe" d="M1,0V5" /></pattern></defs>`;

export const bar = (kind: string, x: number, width: number, top: number, bottom: number) =>
  svg`<rect class=${kind} fill=${kind.includes("hatched") ? "url(#hatching)" : "currentColor"} x=${x.toFixed(1)} y=${top.toFixed(1)} width=${Math.max(0.5, width).toFixed(1)} height=${Math.max(0, bottom - top).toFixed(1)} />`;

/** A frame around what is read. */
export const around = ({ top, bottom }: Area, x: number, width: number) =>
  svg`<rect class="around" x=${x} y=${top} width=${width} height=${bottom - top} />`;
