// Reads a JSON list of TeX formulas, writes the list of their MathML. A program of its own because the best TeX to
// MathML converter is a JavaScript library; runs at generation only.
import { text } from "node:stream/consumers";
import temml from "temml";

const formulas = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(formulas.map((/** @type {string} */ tex) => tex && temml.renderToString(tex, { displayMode: true }))));
