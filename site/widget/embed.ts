/**
 * The widget's own module: what its facade (/embed/v1.js) loads, what /widget.html runs, what the npm package exports.
 */
import { define } from "../base/define.ts";
import { HourglassWidget } from "./element.ts";
import { registerRem } from "./rem.ts";

registerRem();

// Of a page in XML the parts, which are HTML, cannot be made: what stands between the tags stays.
if (document.contentType === "text/html") define("hourglass-calculator", HourglassWidget);

export { HourglassWidget as HourglassCalculator };
