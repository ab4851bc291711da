/** Calculations for the engine where there are no words to tell them by: in tests, in measurements. */
import type { Laid } from "./catalogue.gen.mjs";
import layouts from "./layouts.gen.mjs";

export const laid = (...ids: string[]): Laid[] => layouts.filter(({ id }) => ids.includes(id));
