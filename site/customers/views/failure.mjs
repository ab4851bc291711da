/** What went wrong, in words. */

/**
 * @typedef {import("../types.d.ts").Failure} Failure
 * @typedef {typeof import("../../messages/en/customers.gen.mjs").default} Words
 * @typedef {Exclude<import("../../engine/customers.mjs").ModelFileError["code"], "ok">} Fault
 */

/** What is wrong with a model file, as far as it makes a difference to whoever chose it. @type {Record<Fault, "foreign" | "version" | "model" | "broken">} */
const MODEL_FAULTS = {
  too_large: "foreign", not_json: "foreign", unknown_format: "foreign",
  unknown_version: "version",
  unknown_kind: "model", unknown_spend_model: "model",
  missing: "broken", unknown_field: "broken", bad_number: "broken", bad_day: "broken", bad_engine: "broken",
};

/** @param {Failure} failure @param {Words} words */
export function failureText({ code, detail, what = "" }, words) {
  switch (code) {
    case "file":
    case "no_memory":
      return words[`fail_${code}`];
    case "unreadable":
      return words[/** @type {"fail_pdf"} */ (`fail_${detail}`)] ?? words.fail_other;
    case "step":
      return words[/** @type {"fail_step_bad_model"} */ (`fail_step_${detail}`)] ?? words.fail_step({ detail });
    case "model_file":
      return modelFileText(/** @type {Fault} */ (detail), what, words);
    default:
      return words.fail_engine;
  }
}

/** @param {Fault} fault @param {string} what @param {Words} words */
function modelFileText(fault, what, words) {
  const says = words[`model_file_${MODEL_FAULTS[fault]}`];
  return typeof says === "string" ? says : says({ what });
}

/** What failed after there was an answer, and what holds in spite of it. @param {Failure} failure @param {Words} words */
export const laterText = (failure, words) =>
  `${failureText(failure, words)} ${failure.code === "model_file" ? words.model_file_stands : words.failed_later}`;
