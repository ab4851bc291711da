/**
 * Beside the engine: takes what the page wishes for, works on what it still lacks, one piece after the other, and tells of
 * every state that has come about. What is to be done next, and what a change voids, customers.Valuation knows; here is
 * what it does not: the file, and whether a person has yet to say what it means.
 *
 * All figures of an answer belong to the settings of one wish, and come together.
 *
 * @typedef {object} Settings what the user decides; rates are fractions
 * @property {number} horizon_days
 * @property {number} annual_discount
 * @property {number} margin 1: spend is counted whole until the user says what is left of it
 * @property {number} cac 0: unknown
 * @property {number} level
 * @property {import("./customers.mjs").Kind | "auto"} kind auto: the recommended one
 * @property {number} holdout_days 0: the model learns from the whole file. Else from all but its last days, which it is held against
 * @property {string} currency of the display; taken from the file where it names one
 *
 * @typedef {object} Input a log to read; another one has another number
 * @property {number} number
 * @property {Blob | null} blob null for the sample shop's
 * @property {import("./customers.mjs").ReadOptions} options
 *
 * @typedef {object} Wish what the page is to show; every change is a new one
 * @property {number} serial grows with every change of what figures depend on; news of an older one is of no interest any more
 * @property {Input | null} input
 * @property {boolean} confirmed what was asked about the file was answered
 * @property {Settings} settings
 * @property {{ number: number, text: string } | null} model file to score with
 * @property {number | null} person row of the customer under the glass
 * @property {boolean} halted do nothing that the answer does not need
 *
 * @typedef {object} Progress
 * @property {"reading" | import("./customers.mjs").Stage} phase
 * @property {number} share done, 0 to 1; of a reading whose length is not known, 0
 * @property {number} [rows] read so far
 * @property {number} [bytes] of the source taken so far
 * @property {import("./customers.mjs").Report} [report] as far as it goes, once
 *
 * @typedef {import("./customers.mjs").Results} Results
 * @typedef {import("./customers.mjs").Table} Columns
 *
 * @typedef {object} Answer
 * @property {Settings} settings
 * @property {Results["summary"]} summary
 * @property {Results["model"]} model
 * @property {string} file the model's, as text
 * @property {boolean} given the model came from a file
 * @property {boolean} compared all models are
 * @property {Results["answer"]} figures
 * @property {Results["test"]} test
 * @property {Columns} columns
 * @property {{ bytes: Uint8Array, ends: Uint32Array } | null} ids where they are others than before
 *
 * @typedef {object} Failure
 * @property {"file" | "no_memory" | "step" | "engine" | "model_file"} code
 * @property {string} detail
 * @property {string} [what]
 *
 * @typedef {{ progress: Progress }
 *   | { input: number, blob: Blob, report: Results["report"] }
 *   | { serial: number, answer: Answer }
 *   | { choice: Results["choice"] }
 *   | { serial: number, next_order_days: Float64Array<ArrayBuffer> }
 *   | { serial: number, test: Results["test"] }
 *   | { row: number, history: Results["history"] }
 *   | { serial: number, failure: Failure }
 *   | { serial: number, resting: true }} News a state that has come about; resting: nothing is left to do
 */
import { CustomersEngine, ModelFileError, StepError, writeModelFile } from "./customers.mjs";
import { columns } from "./customers.gen.mjs";

const COLUMNS = /** @type {import("./customers.mjs").Column[]} */ (Object.keys(columns));

/** A progress message is sent at most every so many milliseconds. */
const PROGRESS_MS = 50;

/**
 * Whether a person has to say what a file means before its numbers do.
 * @param {Results["report"]} report @param {boolean} confirmed
 */
export const unclear = (report, confirmed) =>
  report.status !== "ok" || (!confirmed && (report.date_ambiguous || report.currency_contested));

/** What the engine is to work out for a wish. @param {Wish} wish @param {Results["report"]} report @returns {import("./customers.mjs").Settings} */
function wanted({ settings, halted }, { first_day, last_day }) {
  const { horizon_days, annual_discount, margin, level, cac, kind, holdout_days } = settings;
  const split = holdout_days ? { end: Math.max(first_day, last_day - holdout_days), observed_to: last_day } : {};
  const all = !halted;
  return {
    split, pick: kind, horizon_days, annual_discount, margin, level, cac,
    quick: true, compare: all, intervals: true, totals: true, next_orders: all, tracking: all, test: all,
  };
}

export class Planner {
  #engine;
  #post;
  #textOf;
  /** @type {Wish | null} */ #wish = null;
  /** @type {Results["report"] | null} */ #report = null;
  /** The numbers of the input and the model file that the engine holds. */
  #input = 0;
  #model = 0;
  /** What the engine was last told, what the last answer was of, and its model and ids. */
  #told = "";
  #answered = "";
  #file = "";
  #ids = "";
  /** @type {number | null} */ #person = null;
  #pursuing = false;
  #broken = false;
  #said = 0;

  /**
   * @param {CustomersEngine} engine
   * @param {(news: News) => void} post
   * @param {typeof import("./customers-worker.mjs").textOf} textOf a file
   */
  constructor(engine, post, textOf) {
    this.#engine = engine;
    this.#post = post;
    this.#textOf = textOf;
  }

  /** Takes a wish; what is under way ends with its piece. @param {Wish} wish */
  wish(wish) {
    this.#wish = wish;
    this.#broken = false;
    if (!this.#pursuing) this.#pursue();
  }

  /** @param {Progress} progress */
  tell(progress) {
    const now = performance.now();
    if (now - this.#said < PROGRESS_MS) return;
    this.#said = now;
    this.#post({ progress });
  }

  async #pursue() {
    this.#pursuing = true;
    while (this.#wish && !this.#broken) {
      const { serial } = this.#wish;
      try {
        if (this.#engine.lost) await this.#restart();
        if (!(await this.#step(this.#wish))) {
          this.#post({ serial, resting: true });
          break;
        }
      } catch (error) {
        this.#fail(error, serial);
      }
      await breath();
    }
    this.#pursuing = false;
  }

  async #restart() {
    this.#forget();
    await this.#engine.restart();
  }

  #forget() {
    this.#report = null;
    this.#input = this.#model = 0;
    this.#told = this.#answered = this.#file = this.#ids = "";
    this.#person = null;
  }

  /** Does the first thing that the wish lacks; false where it lacks nothing. @param {Wish} wish */
  async #step(wish) {
    const { input, confirmed, model, person } = wish;
    if (!input) return false;
    if (this.#input !== input.number) return this.#read(input);
    const report = /** @type {Results["report"]} */ (this.#report);
    if (unclear(report, confirmed)) return false;
    if (this.#model !== (model?.number ?? 0)) return this.#use(model);
    const settings = wanted(wish, report);
    const told = JSON.stringify(settings);
    if (this.#told !== told) {
      this.#engine.set(settings);
      this.#told = told;
    }
    const { next, answered, compared } = this.#engine.get("step");
    if (answered && this.#answered !== `${wish.serial} ${this.#engine.get("model").kind}`) return this.#answer(wish, compared);
    if (answered && person !== null && this.#person !== person) return this.#history(person);
    if (next === "idle") {
      this.#engine.work(); // says why, if there is no answer
      return false;
    }
    return this.#work(wish.serial);
  }

  /** @param {Input} input */
  async #read(input) {
    this.#forget();
    const blob = input.blob ?? new Blob([this.#engine.sampleFile()], { type: "text/csv" });
    const wanted = () => this.#wish?.input?.number === input.number;
    this.#engine.useModel(null);
    const { encoding, chunks } = await this.#textOf(blob, (head) => this.#engine.charset(head));
    if (!wanted()) return true;
    this.#engine.open(encoding ? { ...input.options, encoding } : input.options);
    let previewed = false;
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      const rows = this.#engine.write(chunk);
      const progress = { phase: /** @type {const} */ ("reading"), share: blob.size ? Math.min(1, bytes / blob.size) : 0, rows, bytes };
      /** @type {Results["report"] | null} */
      const report = previewed ? null : this.#engine.get("report");
      previewed ||= report !== null && report.width > 0; // the reader waits until it has enough to guess from
      if (report && previewed) this.#post({ progress: { ...progress, report } });
      else this.tell(progress);
      await breath();
      if (!wanted()) return true;
    }
    this.#report = this.#engine.close();
    this.#input = input.number;
    this.#post({ input: input.number, blob, report: this.#report });
    return true;
  }

  /** @param {Wish["model"]} model */
  #use(model) {
    this.#model = model?.number ?? 0;
    this.#engine.useModel(model?.text ?? null);
    return true;
  }

  /** @param {Wish} wish @param {boolean} compared */
  #answer({ serial, settings }, compared) {
    const engine = this.#engine;
    const model = engine.get("model");
    const summary = engine.get("summary");
    const ids = `${this.#input} ${summary.end} ${summary.customers}`;
    const fresh = this.#ids !== ids ? engine.ids() : null;
    const file = writeModelFile(model.file);
    if (this.#file !== file || fresh) this.#person = null;
    this.#post({
      serial,
      answer: {
        settings, summary, model, file, given: this.#model !== 0, compared, figures: engine.get("answer"),
        test: engine.get("test"), columns: engine.columns(COLUMNS), ids: fresh && { bytes: fresh.bytes, ends: fresh.ends },
      },
    });
    this.#ids = ids;
    this.#file = file;
    this.#answered = `${serial} ${model.kind}`;
    return true;
  }

  /** @param {number} row */
  #history(row) {
    this.#person = row;
    this.#post({ row, history: this.#engine.get("history", row) });
    return true;
  }

  /** @param {number} serial */
  #work(serial) {
    const engine = this.#engine;
    const { stage, next } = engine.work();
    if (stage === "choosing" && next !== "choosing") this.#post({ choice: engine.get("choice") });
    if (stage === "awaiting") this.#post({ serial, ...engine.columns(["next_order_days"]) });
    if (stage === "checking" && next !== "checking") this.#answered = ""; // its ranges have changed
    if (stage === "following" || (stage === "testing" && next !== "testing")) this.#post({ serial, test: engine.get("test") });
    return true;
  }

  /** An end that a new wish has brought about is none. @param {unknown} error @param {number} serial */
  #fail(error, serial) {
    const { name, message = String(error), status } = /** @type {any} */ (error);
    if (status === "cancelled") return;
    this.#broken = serial === this.#wish?.serial;
    /** @type {Failure} */
    let failure = { code: "engine", detail: status ?? message };
    if (error instanceof ModelFileError) failure = { code: "model_file", detail: error.code, what: error.what };
    else if (name === "CustomersLost" || name === "RangeError") failure = { code: "no_memory", detail: message };
    else if (name === "ReadError") failure = { code: "file", detail: message };
    else if (error instanceof StepError) failure = { code: "step", detail: status };
    if (name === "RangeError" || name === "ReadError") this.#forget();
    this.#post({ serial, failure });
  }
}

/** Lets messages in: a promise alone does not. */
export const breath = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    resolve(undefined);
  };
  port2.postMessage(null);
});
