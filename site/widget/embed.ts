/**
 * The widget's own module: what /embed/v1.js loads, what /widget.html runs, what the npm package exports.
 */
import { define } from "../base/define.ts";
import { HourglassWidget } from "./element.ts";

try {
  CSS.registerProperty({ name: "--hourglass-rem", syntax: "<length>", inherits: true, initialValue: "16px" });
} catch {
  // Another copy of this module has registered it.
}

define("hourglass-calculator", HourglassWidget);

export { HourglassWidget as HourglassCalculator };
