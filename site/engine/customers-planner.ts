/**
 * Beside the engine: takes what the page wishes for, works on what it still lacks, one piece after the other, and tells of
 * every state that has come about. What is to be done next, and what a change voids, customers.Valuation knows; here is
 * what it does not: the file, and whether a person has yet to say what it means.
 *
 * All figures of an answer belong to the settings of one wish, and come together.
 */
import { keysOf, required } from "../base/certain.ts";
import type { Crew } from "./crew.ts";
import { type Shortage, TooLarge, outOfMemory, shortage } from "./room.ts";
import type { textOf } from "./text.ts";
import { columns } from "./customers.gen.mjs";
import {
  type Choice, type CustomersEngine, type Settings as EngineSettings, type Kind, type Plan, type ReadOptions, type Report, type Results, type Stage, type Summary,
  type Table, CustomersLost, ModelFileError, StepError, writeModelFile,
} from "./customers.ts";

/** What the user decides; rates are fractions. */
export interface Settings {
  horizon_days: number;
  annual_discount: number;
  margin: number; // 1: spend is counted whole until the user says what is left of it
  cac: number; // 0: unknown
  level: number;
  kind: Kind | "auto"; // "auto": the recommended one
  holdout_days: number; // 0: the model learns from the whole file. Else from all but its last days, which it is held against
  currency: string; // of the display; taken from the file where it names one
  reading: string; // how files are read, as far as it was decided: the text of an orders.Reading
  by: string; // what customers are grouped by: a column's name, or "first-month"; empty for the column that suits best
  costs: string; // what the groups have cost, as a query: settings.ts's costsOf
  campaign: string; // what is planned, as a query: settings.ts's campaignOf
  keep: string; // which columns of the file go along with lists, as a query: kept.ts's keepOf
  show: string; // which customers are listed, as a query: settings.ts's showOf
  since: string; // the last day that was known last time, as 2026-11-30; empty for none
  pair: string; // the two groups that are compared, as a query: settings.ts's pairOf
}

/** A log to read; another one has another number. */
export interface Input {
  number: number;
  tables: Blob[] | null; // several become one log; null for the sample shop's
  options: ReadOptions;
  regardless?: boolean; // of whether it will fit
}

/** What the page is to show; every change is a new one. */
export interface Wish {
  serial: number; // grows with every change of what figures depend on; news of an older one is of no interest any more
  input: Input | null;
  confirmed: boolean; // what was asked about the file was answered
  settings: Settings;
  model: { number: number, text: string } | null; // file to score with
  person: number | null; // row of the customer under the glass
  halted: boolean; // do nothing that the answer does not need
  sources: boolean; // tell where customers come from
  costs: Cost[]; // what the groups have cost
}

/** What a group has cost: it is named as in the file. */
export interface Cost {
  group: string;
  amount: number;
}

export interface Progress {
  phase: "reading" | Stage;
  share: number; // done, 0 to 1; of a reading whose length is not known, 0
  rows?: number; // read so far
  bytes?: number; // of the source taken so far
  report?: Report; // as far as it goes, once
}

export interface Answer {
  settings: Settings;
  summary: Summary;
  model: Results["model"];
  file: string; // the model's, as text
  given: boolean; // the model came from a file
  compared: boolean; // all models are
  figures: Results["answer"];
  test: Results["test"];
  columns: Table;
  ids: { bytes: Uint8Array, ends: Uint32Array } | null; // where they are others than before
}

interface Failure {
  code: "file" | "no_memory" | "too_large" | "lost" | "step" | "engine" | "model_file";
  detail: string;
  what?: string;
  held?: number; // bytes that the engine had when there were no more
  shortage?: Shortage; // of a file that is too large
}

/** A list of costs as it was given; another one has another number. */
export interface CostList {
  list: number;
  bytes: Uint8Array;
}

/** What Kept holds, as it crosses. */
type Texts = { bytes: Uint8Array, ends: Uint32Array };
export type KeptTexts = { ids: Texts, columns: { texts: Texts, consents: Uint8Array }[] };

/** A state that has come about. */
export type News =
  | { progress: Progress }
  | { input: number, report: Report, parts: Plan["parts"], sample?: Blob, subscriptions: Results["subscriptions"] | null }
  | { serial: number, answer: Answer }
  | { choice: Choice }
  | { serial: number, next_order_days: Table["next_order_days"] }
  | { serial: number, test: Results["test"] }
  | { row: number, history: Results["history"] }
  | { serial: number, sources: Results["sources"] }
  | { serial: number, subscriptions: Results["subscriptions"] | null }
  | { subscribers: Results["subscribers"] }
  | { list: number, costs: Results["costs"] }
  | { kept: KeptTexts | null }
  | { serial: number, failure: Failure }
  | { serial: number, resting: true }; // nothing is left to do

const COLUMNS = keysOf(columns);

/** A progress message is sent at most every so many milliseconds. */
const PROGRESS_MS = 50;

/** Above so much memory nothing is given away: what is on its way takes some, too. */
const SHARED_BYTES = 2 ** 30;

/** Whether a person has to say what a file means before its numbers do. */
export const unclear = (report: Report, confirmed: boolean) =>
  report.status !== "ok" || (!confirmed && (report.date_ambiguous || report.currency_contested));

/** What the engine is to work out for a wish. */
function wanted({ settings, halted, sources, costs }: Wish, { first_day, last_day }: Report): EngineSettings {
  const { horizon_days, annual_discount, margin, level, cac, kind, holdout_days, by } = settings;
  const split = holdout_days ? { end: Math.max(first_day, last_day - holdout_days), observed_to: last_day } : {};
  const all = !halted;
  return {
    split, pick: kind, horizon_days, annual_discount, margin, level, cac, by: sources ? by || "auto" : "", costs,
    quick: true, compare: all, intervals: true, totals: true, next_orders: all, tracking: all, test: all,
  };
}

/** What the value of a subscription depends on. */
const termsOf = ({ margin, annual_discount, horizon_days }: Settings) => [margin, annual_discount, horizon_days];

export class Planner {
  #engine: CustomersEngine;
  #post: (news: News) => void;
  #textOf: typeof textOf;
  #shortage: typeof shortage;
  #crew: Crew | null;
  #wish: Wish | null = null;
  #report: Report | null = null;
  /** The numbers of the input and the model file that the engine holds. */
  #input = 0;
  #model = 0;
  /** What the engine was last told, what the last answer was of, and its model and ids. */
  #sentSettings = "";
  #answered = "";
  #file = "";
  #ids = "";
  #person: number | null = null;
  /** What the sources last told of were of. */ #sourced = "";
  /** What a list of subscriptions was valued with; null for other lists. */ #subscribed: string | null = null;
  #pursuing = false;
  #broken = false;
  #lastProgress = 0;

  /** @param read the text of a file @param lacking what is missing for one @param crew who does errands; null for nobody */
  constructor(engine: CustomersEngine, post: (news: News) => void, read: typeof textOf, lacking = shortage, crew: Crew | null = null) {
    this.#engine = engine;
    this.#post = post;
    this.#textOf = read;
    this.#shortage = lacking;
    this.#crew = crew;
  }

  /** Takes a wish; what is under way ends with its piece. */
  wish(wish: Wish) {
    if (wish.serial !== this.#wish?.serial) this.#disband();
    this.#wish = wish;
    this.#broken = false;
    if (!this.#pursuing) this.#pursue();
  }

  /** Reads a list of what groups have cost. */
  costs({ list, bytes }: CostList) {
    this.#ask(() => this.#post({ list, costs: this.#engine.costs(bytes) }));
  }

  /** Tells each of a list of subscriptions. */
  subscribers() {
    if (this.#subscribed !== null) this.#ask(() => this.#post({ subscribers: this.#engine.get("subscribers") }));
  }

  /** Asks the engine beside all wishes, where it holds a log. */
  #ask(what: () => void) {
    if (this.#input === 0 || this.#engine.lost || !this.#wish) return;
    try {
      what();
    } catch (error) {
      this.#fail(error, this.#wish.serial);
    }
  }

  /** Reads a log for the texts of the columns that its options keep, and for nothing else: the engine holds that log then. Null where it cannot be read. */
  async keep(input: Input) {
    const plain = ({ bytes, ends }: Texts): Texts => ({ bytes, ends });
    try {
      if (!(await this.#take(input, () => true))) return;
      this.#engine.close();
      const { ids, columns } = this.#engine.kept(input.options.keep?.length ?? 0);
      this.#post({ kept: { ids: plain(ids), columns: columns.map(({ texts, consents }) => ({ texts: plain(texts), consents })) } });
    } catch {
      this.#post({ kept: null });
    }
  }

  tell(progress: Progress) {
    const now = performance.now();
    if (now - this.#lastProgress < PROGRESS_MS) return;
    this.#lastProgress = now;
    this.#post({ progress });
  }

  async #pursue() {
    this.#pursuing = true;
    while (this.#wish && !this.#broken) {
      const { serial } = this.#wish;
      try {
        if (this.#engine.lost) await this.#restart();
        if (!(await this.#step(this.#wish))) {
          this.#crew?.stop();
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
    this.#sentSettings = this.#answered = this.#file = this.#ids = this.#sourced = "";
    this.#person = this.#subscribed = null;
  }

  /** Does the first thing that the wish lacks; false where it lacks nothing. */
  async #step(wish: Wish) {
    const { input, confirmed, model, person } = wish;
    if (!input) return false;
    if (this.#input !== input.number) return this.#read(input);
    const report = required(this.#report, "report of what the engine holds");
    if (this.#subscribed !== null && this.#subscribed !== JSON.stringify(termsOf(wish.settings))) {
      this.#post({ serial: wish.serial, subscriptions: this.#subscriptions(wish, report) });
      return true;
    }
    if (unclear(report, confirmed)) return false;
    if (this.#model !== (model?.number ?? 0)) return this.#use(model);
    const settings = wanted(wish, report);
    const text = JSON.stringify(settings);
    if (this.#sentSettings !== text) {
      this.#engine.set(settings);
      this.#sentSettings = text;
    }
    const { next, answered, compared } = this.#engine.get("step");
    if (answered && this.#answered !== `${wish.serial} ${this.#engine.get("model").kind}`) return this.#answer(wish, compared);
    if (answered && person !== null && this.#person !== person) return this.#history(person);
    if (answered && wish.sources && next !== "sourcing" && this.#sourced !== `${this.#answered} ${text}`) {
      this.#sourced = `${this.#answered} ${text}`;
      this.#post({ serial: wish.serial, sources: this.#engine.get("sources") });
      return true;
    }
    if (next === "idle") {
      this.#engine.work(); // says why, if there is no answer
      return false;
    }
    return this.#work(wish.serial);
  }

  async #read(input: Input) {
    this.#forget();
    this.#engine.useModel(null);
    const tables = await this.#take(input, () => this.#wish?.input?.number === input.number);
    if (!tables) return true;
    this.#report = this.#engine.close();
    this.#input = input.number;
    const parts = tables.length > 1 ? this.#engine.get("plan").parts : [];
    const subscriptions = this.#wish ? this.#subscriptions(this.#wish, this.#report) : null;
    this.#post({ input: input.number, report: this.#report, parts, subscriptions, ...(!input.tables && { sample: tables[0] }) });
    return true;
  }

  /** Gives the engine all tables of a log; returns them, or null where they are not wanted any more. */
  async #take(input: Input, wanted: () => boolean) {
    const tables = input.tables ?? [new Blob([this.#engine.sampleFile()], { type: "text/csv" })];
    const going: Going = { wanted, regardless: input.regardless ?? false, size: tables.reduce((sum, { size }) => sum + size, 0), before: 0, bytes: 0, previewed: false };
    const order = tables.length > 1 ? await this.#join(tables, input.options) : [0];
    for (const i of order) {
      if (!going.wanted()) return null;
      const { encoding, chunks, taken } = await this.#textOf(tables[i], (head) => this.#engine.charset(head));
      if (!going.wanted()) return null;
      if (tables.length > 1) this.#engine.take(i);
      else this.#engine.open(encoding ? { ...input.options, encoding } : input.options);
      if (!(await this.#write(chunks, taken, going))) return null;
      going.before += tables[i].size;
    }
    return going.wanted() ? tables : null;
  }

  /** What the list is worth as one of subscriptions; null where it is none. */
  #subscriptions(wish: Wish, report: Report) {
    this.#engine.set(wanted(wish, report));
    this.#sentSettings = "";
    const subscriptions = this.#engine.subscriptions();
    this.#subscribed = subscriptions && JSON.stringify(termsOf(wish.settings));
    return subscriptions;
  }

  /** Tells the engine how each of several tables begins; the order in which it wants them. */
  async #join(tables: Blob[], options: ReadOptions) {
    const heads: [head: Uint8Array, whole: boolean][] = [];
    for (const table of tables) {
      const { chunks } = await this.#textOf(table, (head) => this.#engine.charset(head));
      heads.push(await beginning(chunks));
    }
    this.#engine.join(options);
    for (const [head, whole] of heads) this.#engine.addTable(head, whole);
    return Array.from(this.#engine.plan().order);
  }

  /** Writes a table; false where it is of no interest any more. */
  async #write(chunks: AsyncIterable<Uint8Array>, taken: () => number, going: Going) {
    for await (const chunk of chunks) {
      going.bytes += chunk.length;
      const rows = this.#engine.write(chunk);
      const share = going.size ? Math.min(1, (going.before + taken()) / going.size) : 0;
      const lacking = this.#shortage(rows, share);
      if (lacking && !going.regardless) throw new TooLarge(lacking);
      const progress = { phase: "reading" as const, share, rows, bytes: going.bytes };
      const report: Report | null = going.previewed ? null : this.#engine.get("report");
      going.previewed ||= report !== null && report.width > 0; // the reader waits until it has enough to guess from
      if (report && going.previewed) this.#post({ progress: { ...progress, report } });
      else this.tell(progress);
      await breath();
      if (!going.wanted()) return false;
    }
    return true;
  }

  #use(model: Wish["model"]) {
    this.#model = model?.number ?? 0;
    this.#engine.useModel(model?.text ?? null);
    return true;
  }

  #answer({ serial, settings }: Wish, compared: boolean) {
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

  #history(row: number) {
    this.#person = row;
    this.#post({ row, history: this.#engine.get("history", row) });
    return true;
  }

  /** Ends what others are at; the engine has it to do again. */
  #disband() {
    if (!this.#crew) return;
    this.#crew.stop();
    if (!this.#engine.lost) this.#engine.recall();
  }

  /** Takes in what others have done and gives them what they can do; false where the next piece was to wait for them. */
  async #share(crew: Crew) {
    const engine = this.#engine;
    for (const outcome of crew.outcomes()) engine.deliver(outcome);
    while (crew.free && engine.memoryBytes <= SHARED_BYTES) {
      const errand = engine.errand();
      if (!errand) break;
      crew.give(errand);
    }
    if (!crew.busy) engine.recall(); // those that could not be given
    if (!engine.waits) return true;
    await crew.next();
    return false;
  }

  async #work(serial: number) {
    const engine = this.#engine;
    if (this.#crew && !(await this.#share(this.#crew))) return true;
    const { stage, next } = engine.work();
    if (stage === "choosing" && next !== "choosing") this.#post({ choice: engine.get("choice") });
    if (stage === "awaiting" && next !== "awaiting") this.#post({ serial, ...engine.columns(["next_order_days"]) });
    if (stage === "checking" && next !== "checking") this.#answered = ""; // its ranges have changed
    if (stage === "following" || (stage === "testing" && next !== "testing")) this.#post({ serial, test: engine.get("test") });
    return true;
  }

  /** An end that a new wish has brought about is none. */
  #fail(error: unknown, serial: number) {
    const { name, message = String(error), status } = error as Partial<StepError>; // or anything else that can be thrown
    if (status === "cancelled") return;
    this.#broken = serial === this.#wish?.serial;
    let failure: Failure = { code: "engine", detail: status ?? message };
    if (error instanceof ModelFileError) failure = { code: "model_file", detail: error.code, what: error.what };
    else if (error instanceof CustomersLost && !error.full) failure = { code: "lost", detail: message };
    else if (error instanceof CustomersLost) failure = { code: "no_memory", detail: message, held: error.bytes };
    else if (error instanceof TooLarge) failure = { code: "too_large", detail: message, shortage: error.shortage };
    else if (name === "ReadError") failure = { code: "file", detail: message };
    else if (error instanceof StepError) failure = { code: "step", detail: error.status };
    else if (outOfMemory(error)) {
      failure = { code: "no_memory", detail: message, held: this.#engine.memoryBytes };
      this.#engine.abandon(); // what it has is needed for the next file
    }
    if (name === "ReadError" || name === "TooLarge") this.#forget();
    this.#post({ serial, failure });
  }
}

/** How far a reading is. */
interface Going {
  wanted: () => boolean;
  regardless: boolean; // of whether it will fit
  size: number;
  before: number; // bytes of the tables before this one
  bytes: number; // of text
  previewed: boolean;
}

/** So much of a table tells what it is. */
const BEGINNING = 1 << 16;

/** The first bytes of a text, and whether they are all. */
async function beginning(chunks: AsyncIterable<Uint8Array>): Promise<[head: Uint8Array, whole: boolean]> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk.slice());
    if ((length += chunk.length) > BEGINNING) break;
  }
  const head = new Uint8Array(await new Blob(parts).arrayBuffer());
  return [head.subarray(0, BEGINNING), length <= BEGINNING];
}

/** Lets messages in: a promise alone does not. */
export const breath = () => new Promise<void>((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    resolve();
  };
  port2.postMessage(null);
});
