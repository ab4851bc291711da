/**
 * What is going on, and how long it will take.
 *
 * @typedef {import("../types.d.ts").Progress} Progress
 * @typedef {typeof import("../../messages/en/customers.gen.mjs").default} Words
 * @typedef {import("../../base/format.mjs").Format} Format
 */

/** Before so much time and so much of the work, nobody can tell, in milliseconds and as a share. */
const TELLING = { after: 1500, share: 0.03 };

/** @param {Progress} progress @param {Words} words */
export const doingOf = ({ phase }, words) => words[/** @type {"doing_reading"} */ (`doing_${phase}`)] ?? words.doing;

/** The time left, once it can be told. @param {Progress} progress @param {Words} words @param {Format} format */
export function remaining({ share, started }, words, format) {
  const passed = performance.now() - started;
  if (passed < TELLING.after || share < TELLING.share) return "";
  const seconds = Math.ceil((passed / share) * (1 - share) / 1000);
  return seconds < 90
    ? words.seconds_left({ n: seconds, shown: format.value(seconds, "count") })
    : words.minutes_left({ n: Math.round(seconds / 60), shown: format.value(Math.round(seconds / 60), "count") });
}

/** Rows a second, once it can be told. @param {Progress} progress */
export function rateOf({ rows = 0, started }) {
  const passed = performance.now() - started;
  return passed < TELLING.after / 3 ? null : Math.round(rows / passed) * 1000;
}
