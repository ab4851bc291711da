/** Texts on a plot: how wide they are, and where there is room for them. */

/** About how wide a letter is drawn, in pixels. */
const CHARACTER = 7.2;

/** How high a text is, with room. */
const LINE = 16;

/** Of a text: where it begins, on which line, and how wide it is. */
export type Place = { x: number, y: number, wide: number };

/** About how wide a text is drawn: a sign of Chinese or Japanese takes twice the room. */
export const widthOf = (text: string) => [...text].reduce((sum, c) => sum + (c > "\u2e7f" && c < "\ufffe" ? 2 : 1), 0) * CHARACTER;

/** The width of the widest. */
export const widestOf = (texts: string[]) => Math.max(0, ...texts.map(widthOf));

/** A plot runs from left to right; a text within it runs as its letters do. */
export const isolated = (text: string) => `\u2068${text}\u2069`;

/** The first place within the plot where a text meets none of those that stand; the first of all where there is none. */
export function freePlace(places: Place[], taken: Place[], { top, bottom }: { top: number, bottom: number }) {
  const meets = (a: Place, b: Place) => Math.abs(a.y - b.y) < LINE && a.x < b.x + b.wide && b.x < a.x + a.wide;
  return places.find((p) => p.y > top && p.y < bottom - 4 && !taken.some((t) => meets(p, t))) ?? places[0];
}

/** A name as far as the plot is wide enough for it. */
export const shorter = (name: string, short: string, { left, right }: { left: number, right: number }) => (widthOf(name) < right - left - 8 ? name : short);
