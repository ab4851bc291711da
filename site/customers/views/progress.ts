/** What is going on, and how long it will take. */
import type { Format } from "../../base/format.ts";
import type { Progress } from "../state.ts";
import type { CustomerWords } from "../words.ts";

/** Before so much time and so much of the work, nobody can tell, in milliseconds and as a share. */
const TELLING = { after: 1500, share: 0.03 };

export const doingOf = ({ phase }: Progress, words: CustomerWords) => words[`doing_${phase}` as "doing_reading"] ?? words.doing;

/** The time left, once it can be told. */
export function remaining({ share, started }: Progress, words: CustomerWords, format: Format) {
  const passed = performance.now() - started;
  if (passed < TELLING.after || share < TELLING.share) return "";
  const seconds = Math.ceil((passed / share) * (1 - share) / 1000);
  return seconds < 90
    ? words.seconds_left({ n: seconds, shown: format.value(seconds, "count") })
    : words.minutes_left({ n: Math.round(seconds / 60), shown: format.value(Math.round(seconds / 60), "count") });
}

/** Rows a second, once it can be told. */
export function rateOf({ rows = 0, started }: Progress) {
  const passed = performance.now() - started;
  return passed < TELLING.after / 3 ? null : Math.round(rows / passed) * 1000;
}
