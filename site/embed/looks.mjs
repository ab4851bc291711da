/**
 * What the chosen colours do to legibility, by WCAG 2.2: text takes 4.5 to 1 against what is behind it, what is moved
 * or drawn 3 to 1 (success criteria 1.4.3 and 1.4.11).
 *
 * @typedef {import("../widget/options.mjs").Values} Values
 * @typedef {{ light: string, dark: string }} Papers the widget's own surfaces
 *
 * @typedef {object} Contrast one colour on another
 * @property {"text" | "quiet" | "accent"} pair
 * @property {"light" | "dark" | ""} theme of the surface, where it is the widget's own
 * @property {string} front
 * @property {string} behind
 * @property {number} ratio
 * @property {number} enough
 * @property {string} option that can be changed
 * @property {string | null} better the nearest colour for it with which this pair passes; null where it passes
 */

import { contrast, readableOn } from "../widget/colours.mjs";

const ENOUGH = { text: 4.5, quiet: 4.5, accent: 3 };

/** How much of the writing's colour is in what is written smaller (element.mjs mixes it with the surface). */
const QUIET = 0.75;

/** Its channels from 0 to 255. @param {string} colour */
const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

/** Between two colours. @param {string} from @param {string} to @param {number} share of the second */
export function mixed(from, to, share) {
  const other = channels(to);
  return `#${channels(from).map((c, i) => Math.round(c + (other[i] - c) * share).toString(16).padStart(2, "0")).join("")}`;
}

/** The widget's own surfaces, as its tokens have them. @param {string} tokens a stylesheet @returns {Papers} */
export function papersOf(tokens) {
  const [, light, dark] = /--paper:[^;]*light-dark\((#\w{6}), ?(#\w{6})\)/.exec(tokens) ?? [];
  return { light, dark };
}

/**
 * The pairs that the chosen colours make, none where the widget's own are left alone.
 * @param {Values} values @param {Papers} papers
 * @returns {Contrast[]}
 */
export function contrasts({ accent = "", surface = "", text = "", theme = "auto" }, papers) {
  return surfaces(surface, text, theme, papers).flatMap(([theme, behind]) => {
    const option = text ? "text" : "surface";
    const ink = (/** @type {string} */ colour) => (option === "text" ? [colour, behind] : [readableOn(colour), colour]);
    const quiet = (/** @type {string} */ colour) => {
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

/** What is behind everything, and in which theme. @returns {["light" | "dark" | "", string][]} */
function surfaces(/** @type {string} */ surface, /** @type {string} */ text, /** @type {string} */ theme, /** @type {Papers} */ papers) {
  if (surface) return [["", surface]];
  const only = text ? (readableOn(text) === "#000000" ? "dark" : "light") : theme;
  return /** @type {const} */ (["light", "dark"]).filter((one) => only === "auto" || only === one).map((one) => [one, papers[one]]);
}

/**
 * @param {Contrast["pair"]} pair @param {Contrast["theme"]} theme @param {string} option @param {string} colour its value
 * @param {(colour: string) => string[]} seen front and back with a colour for the option
 * @returns {Contrast}
 */
function judged(pair, theme, option, colour, seen) {
  const enough = ENOUGH[pair];
  const ratioOf = (/** @type {string} */ c) => contrast(/** @type {any} */ (seen(c)[0]), seen(c)[1]);
  const [front, behind] = seen(colour);
  const ratio = ratioOf(colour);
  return { pair, theme, front, behind, ratio, enough, option, better: ratio >= enough ? null : nearest(colour, (c) => ratioOf(c) >= enough) };
}

/**
 * The nearest colour that passes: darker or lighter by as little as will do.
 * @param {string} colour @param {(colour: string) => boolean} passes
 * @returns {string | null} null where neither does
 */
export function nearest(colour, passes) {
  const towards = (/** @type {string} */ end) => {
    for (let step = 1; step <= 255; step++) if (passes(mixed(colour, end, step / 255))) return [mixed(colour, end, step / 255)];
    return [];
  };
  const distance = (/** @type {string} */ other) => Math.hypot(...channels(other).map((c, i) => c - channels(colour)[i]));
  return [...towards("#000000"), ...towards("#ffffff")].sort((a, b) => distance(a) - distance(b))[0] ?? null;
}
