import { html } from "lit";
import { style } from "../growth/style.mjs";
/** @type {import("../calculator.mjs").View} */
export default { style, results: [], evidence: () => html`` };
