/** `<hourglass-calculator>` in Svelte's templates, for Svelte 5 and 4: import "@hourglass/calculator/svelte". */
import type { HTMLAttributes } from "svelte/elements";
import type { Figures, HourglassAttributes, HourglassCalculator, HourglassEvents } from "./index.js";

export * from "./index.js";

type Own = HourglassAttributes & {
  /** The figures as they stand; set it to change them. */
  input?: Figures | null | undefined;
} & {
  [K in keyof HourglassEvents as `on${K}` | `on:${K}`]?: ((event: HourglassEvents[K]) => void) | undefined;
};

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "hourglass-calculator": Own & Omit<HTMLAttributes<HourglassCalculator>, keyof Own>;
  }
}
