/** `<hourglass-calculator>` in JSX, for React 18 and 19: import "@hourglass/calculator/react". */
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { HourglassAttributes, HourglassCalculator } from "./index.js";

export * from "./index.js";

type Own = HourglassAttributes & {
  /** The same as className, which React 18 does not translate for custom elements. */
  class?: string | undefined;
};

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "hourglass-calculator": Own & Omit<DetailedHTMLProps<HTMLAttributes<HourglassCalculator>, HourglassCalculator>, keyof Own>;
    }
  }
}
