/**
 * What the chosen colours do to legibility, by WCAG 2.2: text takes 4.5 to 1 against what is behind it, what is moved
 * or drawn 3 to 1 (success criteria 1.4.3 and 1.4.11).
 */

import { contrast, readableOn } from "../widget/colours.ts";
import type { Values } from "../widget/options.ts";

/** The widget's own surfaces. */
interface Papers {
  light: string;
  dark: string;
}

/** One colour on another. */
export interface Contrast {
  pair: "text" | "quiet" | "accent";
  theme: "light" | "dark" | ""; // of the surface, where it is the widget's own
  front: string;
  behind: string;
  ratio: number;
  enough: number;
  option: "text" | "surface" | "accent"; // that can be changed
  better: string | null; // the nearest colour for it with which this pair passes; null where it passes
}

/** Front and back. */
type Pair = [string, string];

const ENOUGH = { text: 4.5, quiet: 4.5, accent: 3 };

/** How much of the writing's colour is in what is written smaller (element.ts mixes it with the surface). */
const QUIET = 0.75;

/** Its channels from 0 to 255. */
const channels = (colour: string) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

/** Between two colours, with that share of the second. */
export function mixed(from: string, to: string, share: number) {
  const other = channels(to);
  return `#${channels(from).map((c, i) => Math.round(c + (other[i] - c) * share).toString(16).padStart(2, "0")).join("")}`;
}

/** The widget's own surfaces, as the stylesheet of its tokens has them. */
export function papersOf(tokens: string): Papers {
  const [, light, dark] = /--paper:[^;]*light-dark\((#\w{6}), ?(#\w{6})\)/.exec(tokens) ?? [];
  return { light, dark };
}

/** The pairs that the chosen colours make, none where the widget's own are left alone. */
export function contrasts({ accent = "", surface = "", text = "", theme = "auto" }: Values, papers: Papers): Contrast[] {
  return surfaces(surface, text, theme, papers).flatMap(([theme, behind]) => {
    const option = text ? "text" : "surface";
    const ink = (colour: string): Pair => (option === "text" ? [colour, behind] : [readableOn(colour), colour]);
    const quiet = (colour: string): Pair => {
      const [front, back] = ink(colour);
      return [mixed(back, front, QUIET), back];
    };
    return [
      ...(text ? [judged("text", theme, "text", text, ink)] : []),
      ...(text || surface ? [judged("quiet", theme, option, text || surface, quiet)] : []),
      ...(accent ? [judged("accent", theme, "accent", accent, (colour) => [colour, behind])] : []),
    ];
  });
}

/** What is behind everything, and in which theme. */
function surfaces(surface: string, text: string, theme: string, papers: Papers): ["light" | "dark" | "", string][] {
  if (surface) return [["", surface]];
  const only = text ? (readableOn(text) === "#000000" ? "dark" : "light") : theme;
  return (["light", "dark"] as const).filter((one) => only === "auto" || only === one).map((one) => [one, papers[one]]);
}

/** The contrast that an option's colour makes, seen as front and back with it. */
function judged(pair: Contrast["pair"], theme: Contrast["theme"], option: Contrast["option"], colour: string, seen: (colour: string) => Pair): Contrast {
  const enough = ENOUGH[pair];
  const ratioOf = (c: string) => contrast(...seen(c));
  const [front, behind] = seen(colour);
  const ratio = ratioOf(colour);
  return { pair, theme, front, behind, ratio, enough, option, better: ratio >= enough ? null : nearest(colour, (c) => ratioOf(c) >= enough) };
}

/** The nearest colour that passes, darker or lighter by as little as will do; null where neither does. */
export function nearest(colour: string, passes: (colour: string) => boolean): string | null {
  const towards = (end: string) => {
    for (let step = 1; step <= 255; step++) if (passes(mixed(colour, end, step / 255))) return [mixed(colour, end, step / 255)];
    return [];
  };
  const distance = (other: string) => Math.hypot(...channels(other).map((c, i) => c - channels(colour)[i]));
  return [...towards("#000000"), ...towards("#ffffff")].sort((a, b) => distance(a) - distance(b))[0] ?? null;
}
