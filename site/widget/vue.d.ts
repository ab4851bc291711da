/** `<hourglass-calculator>` in Vue's templates: import "@hourglass/calculator/vue". */
import type { EmitFn, HTMLAttributes } from "vue";
import type { Figures, HourglassAttributes, HourglassCalculator, HourglassEvents } from "./index.js";

export * from "./index.js";

type Own = HourglassAttributes & {
  /** The figures as they stand; set it to change them. */
  input?: Figures | null | undefined;
};

declare module "vue" {
  interface GlobalComponents {
    "hourglass-calculator": new () => Omit<HourglassCalculator, "$props" | "$emit"> & {
      /** What a template may write. */
      $props: Own & Omit<HTMLAttributes, keyof Own>;
      /** What a template may listen to. */
      $emit: EmitFn<{ [K in keyof HourglassEvents]: (event: HourglassEvents[K]) => void }>;
    };
  }
}
