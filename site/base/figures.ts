/**
 * The figures of a calculation by their wire names: inputs as they stand, or results. What each is (a number, an option's word, a list, a
 * group of figures, null), the catalogue says, which is read when the page runs.
 */
// biome-ignore lint/suspicious/noExplicitAny: the one place where the compiler cannot know; anything else would be a cast at each of a hundred reads
export type Figures = Record<string, any>;

/** As exact as a forecast can be read. */
export const about = (value: number) => Number(value.toPrecision(3));

/** One of them. */
export type Figure = Figures[string];
