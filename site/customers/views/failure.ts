/** What went wrong, in words, and what does it elsewhere. */
import { html, nothing } from "lit";
import type { Format } from "../../base/format.ts";
import type { ModelFileError } from "../../engine/customers.ts";
import { BUILD, command, docs } from "../elsewhere.ts";
import type { Failure, State } from "../state.ts";
import type { CustomerWords } from "../words.ts";

type Fault = Exclude<ModelFileError["code"], "ok">;

/** What is wrong with a model file, as far as it makes a difference to whoever chose it. */
const MODEL_FAULTS: Record<Fault, "foreign" | "version" | "model" | "broken"> = {
  too_large: "foreign", not_json: "foreign", unknown_format: "foreign",
  unknown_version: "version",
  unknown_kind: "model", unknown_spend_model: "model",
  missing: "broken", unknown_field: "broken", bad_number: "broken", bad_day: "broken", bad_engine: "broken",
};

/** Two digits of what is known to one or two: rows by the size of a file, and bytes by its rows. */
const roughly = (n: number) => Number(n.toPrecision(2));

/** What the command line does that failed here, since it has the memory of the whole machine. */
const COMMANDED = ["no_memory", "too_large", "lost", "unpacking"];

/** The command that does what failed for want of memory, and how it is made; nothing of other failures. */
export const commanded = (state: State, words: CustomerWords) => (state.failure && COMMANDED.includes(state.failure.code)
  ? html`<pre class="command" dir="ltr"><code>${`${BUILD}\n${command(state.model?.origin === "first" ? { ...state, model: null } : state)}`}</code></pre>
    <p class="help"><a href=${docs("score")}>${words.fail_command}</a></p>`
  : nothing);

export function failureText({ code, detail, what = "", held, shortage }: Failure, words: CustomerWords, format: Format) {
  switch (code) {
    case "too_large": {
      const { rows = 0, needed = 0, limit = 0 } = shortage ?? {};
      const gigabytes = (bytes: number) => format.value(roughly(bytes / 2 ** 30), "number");
      return words.fail_too_large({ rows: format.value(roughly(rows), "count"), needed: gigabytes(needed), limit: gigabytes(limit) });
    }
    case "no_memory":
      return format.sentences([words.fail_no_memory, held ? words.fail_held({ held: format.value(roughly(held / 2 ** 30), "number") }) : ""]);
    case "file":
    case "lost":
    case "unpacking":
      return words[`fail_${code}`];
    case "unreadable":
      return words[`fail_${detail}` as "fail_pdf"] ?? words.fail_other;
    case "step":
      return words[`fail_step_${detail}` as "fail_step_bad_model"] ?? words.fail_step({ detail });
    case "model_file":
      return modelFileText(detail as Fault, what, words); // the detail of this code is one
    default:
      return words.fail_engine;
  }
}

function modelFileText(fault: Fault, what: string, words: CustomerWords) {
  const says = words[`model_file_${MODEL_FAULTS[fault]}`];
  return typeof says === "string" ? says : says({ what });
}

/** What failed after there was an answer, and what holds in spite of it. */
export const laterText = (failure: Failure, words: CustomerWords, format: Format) =>
  format.sentences([failureText(failure, words, format), failure.code === "model_file" ? words.model_file_stands : words.failed_later]);
