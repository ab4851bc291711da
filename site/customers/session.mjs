/**
 * The page's state, and the only module that knows the worker. Whatever is asked changes the wish; the session then
 * takes one step after the other, always the first that the wish still lacks, until nothing does. So a setting that
 * changes while the models are being compared is answered first, whatever it made void is done again, and nothing else.
 *
 * The first answer comes from one model, quickly; then all are compared, and the numbers change if another predicts
 * better. All numbers of a state belong to its settings: what a change affects is replaced at once, when all is there.
 *
 * @typedef {import("./types.d.ts").State} State
 * @typedef {import("./types.d.ts").Settings} Settings
 * @typedef {import("./types.d.ts").Ask} Ask
 * @typedef {import("./types.d.ts").Pictures} Pictures
 * @typedef {import("../engine/customers.mjs").Kind} Kind
 * @typedef {import("../engine/customers.mjs").Report} Report
 * @typedef {import("../engine/customers.mjs").ReadOptions} ReadOptions
 * @typedef {import("../engine/customers.mjs").Candidate} Candidate
 * @typedef {import("../engine/customers.mjs").Spend} Spend
 * @typedef {Awaited<ReturnType<typeof import("../engine/customers-worker.mjs").connect>>} Connection
 *
 * @typedef {object} Input a log to read; another one is another object
 * @property {Blob | null} blob null until the engine has made the sample shop's
 * @property {Blob[]} more files to be read with it
 * @property {ReadOptions} options
 *
 * @typedef {object} Wish what the page is to show; every change makes a new one
 * @property {Input | null} input
 * @property {boolean} confirmed what was asked about the file was answered
 * @property {Settings} settings
 * @property {Float64Array | null} model numbers of a model file, to score with
 * @property {number | null} person
 * @property {boolean} halted take no step but those asked for since
 *
 * @typedef {object} Known what was worked out with one model on one split, lest it be done again; filled as it comes
 * @property {Float64Array | null} numbers null where the model cannot be used
 * @property {Candidate | null} candidate
 * @property {Spend | null} spend
 * @property {Float64Array | null} next the column next_order_days
 * @property {State["warnings"]} warnings
 * @property {Pictures["tracking"]} tracking
 * @property {Pictures["calibration"]} calibration
 * @property {boolean} tested
 *
 * @typedef {object} Held what the worker holds
 * @property {Input | null} input
 * @property {string} split
 * @property {Set<string>} fits
 * @property {Spend | null} spend
 * @property {boolean} chosen
 * @property {string} model
 *
 * @typedef {object} Given
 * @property {(options: { onProgress: (progress: import("../engine/customers-worker.mjs").Progress) => void }) => Promise<Connection>} start
 * @property {(files: Blob[]) => Promise<Blob | null>} [unpack] the table in a workbook, an archive or JSON, or that of several files, as CSV
 * @property {import("./store.mjs").Store | null} [store]
 * @property {Record<string, unknown>} [settings] chosen before
 * @property {string} [currency] of amounts whose file names none
 */
import { Ids } from "../engine/customers.mjs";
import { columns } from "../engine/customers-layout.mjs";
import { MAX_BYTES, ModelFileError, read as readModel, toFile } from "./model-file.mjs";
import { START, withSettings } from "./settings.mjs";

/** The model of the first answer: it fits fast and nearly always. */
const FIRST = "mbgnbd";

/** How long settings have to rest before they are worked out, in milliseconds. */
const REST_MS = 120;

/** Tracking is by the week. */
const TRACKING_DAYS = 7;

/** The file of the sample shop. */
const SAMPLE = "sample-shop.csv";

/** The warning that depends on the horizon. */
const FAR = "far_horizon";

const COLUMNS = /** @type {(keyof typeof columns)[]} */ (Object.keys(columns));

/** @type {Pictures} */
const NO_PICTURES = { segments: null, spend: null, clv: null, cohorts: null, tracking: null, calibration: null };

/** What a new log voids. */
const NO_RESULTS = {
  summary: null, choice: null, model: null, totals: null, table: null, pictures: NO_PICTURES, warnings: null, person: null,
};

/** @returns {State} */
export const emptyState = () => ({
  phase: "empty", source: null, options: {}, report: null, progress: null, failure: null, settings: START, pending: null,
  ...NO_RESULTS, view: "overview", segment: null, stored: false, cancellable: false,
});

/** @returns {Held} */
const nothing = () => ({ input: null, split: "", fits: new Set(), spend: null, chosen: false, model: "" });

/** @type {Known} */
const UNKNOWN = {
  numbers: null, candidate: null, spend: null, next: null, warnings: null, tracking: null, calibration: null, tested: false,
};

/** How long a workbook may take to open, in milliseconds. */
export const SHEET_MS = 120_000;

/** A workbook took longer. */
export class SheetTimeout extends Error {}

/** A step that is not wanted any more. */
class Superseded extends Error {
  status = "cancelled";
}

export class Session {
  /** @type {State} */ state = emptyState();
  /** @type {Set<(state: State) => void>} */ #listeners = new Set();
  #given;
  /** @type {Promise<Connection> | null} */ #connection = null;
  /** @type {Connection | null} that of #connection, once it stands */ #worker = null;
  /** @type {Wish} */ #wish;
  #held = nothing();
  /** @type {Map<string, Known>} by model, on the split that is wished for */ #known = new Map();
  /** The split that #known is of. */ #split = "";
  /** @type {State["summary"]} */ #summary = null;
  /** @type {Ids | null} */ #ids = null;
  /** @type {{ settings: Settings, known: Known } | null} what the numbers of the state are of */ #shown = null;
  /** The call under way. */ #doing = "";
  #interrupted = false;
  #pursuing = false;
  #currencyChosen;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #resting = undefined;

  /** @param {Given} given */
  constructor(given) {
    this.#given = given;
    this.#currencyChosen = given.settings?.currency !== undefined;
    const settings = withSettings(START, { currency: given.currency, ...given.settings });
    this.#wish = { input: null, confirmed: false, settings, model: null, person: null, halted: false };
    this.state = { ...this.state, settings };
  }

  /** Tells of every new state, and of the present one at once. @param {(state: State) => void} listener */
  subscribe(listener) {
    this.#listeners.add(listener);
    listener(this.state);
    return () => void this.#listeners.delete(listener);
  }

  /** Starts the engine before it is needed. */
  async prepare() {
    await this.#connect().catch(() => {}); // whoever needs it will be told
  }

  /** Reads the file that was kept, if one was. */
  async restore() {
    const kept = await this.#given.store?.load().catch(() => null);
    if (!kept || this.#wish.input) return;
    this.#currencyChosen ||= kept.currencyChosen;
    const settings = withSettings(this.#wish.settings, { ...kept.settings, ...this.#given.settings });
    this.#set({ stored: true, settings });
    this.#wishFor({ settings });
    this.#open(kept.blob, { name: kept.name, kind: "stored" }, kept.options, kept.confirmed);
  }

  /** Does what a view asks for. @param {Ask} ask */
  ask(ask) {
    switch (ask.what) {
      case "open":
        return this.#open(ask.file, ask, {}, false, ask.more);
      case "sample":
        return this.#open(null, { name: SAMPLE, kind: "sample" });
      case "options":
        return this.#reopen(ask.options);
      case "confirm":
        return this.#confirm();
      case "cancel":
        return this.#cancel();
      case "close":
        return this.#close();
      case "settings":
        return this.#settings(ask.settings);
      case "person":
        return this.#person(ask.row);
      case "view":
        return this.#set({ view: ask.view, segment: ask.segment ?? null });
      case "model_file":
        return this.#modelFile(ask.file);
      case "store":
        return ask.keep ? this.#keep() : this.#forget();
      case "forget":
        return this.#forget();
    }
  }

  // What is asked.

  /**
   * @param {Blob | null} blob null for the sample shop's @param {{ name: string, kind: "file" | "paste" | "sample" | "stored" }} from
   * @param {ReadOptions} [options] @param {boolean} [confirmed] @param {Blob[]} [more] files to be read with it
   */
  #open(blob, { name, kind }, options = {}, confirmed = false, more = []) {
    this.#begin({ name, size: blob?.size ?? 0, kind }, options);
    this.#wishFor({ input: { blob, more, options }, confirmed, model: null, person: null });
    this.#pursue();
  }

  /** @param {State["source"]} source @param {ReadOptions} options */
  #begin(source, options) {
    this.#shown = null;
    this.#set({ ...NO_RESULTS, source, options, phase: "reading", report: null, progress: null, failure: null, pending: null, segment: null });
  }

  /** @param {ReadOptions} options */
  #reopen(options) {
    const { input } = this.#wish;
    const { source } = this.state;
    if (input && source) this.#open(input.blob, source, options, false, input.more);
  }

  #confirm() {
    this.#wishFor({ confirmed: true });
    this.#pursue();
  }

  /** Ends what is under way: the log, while there is no answer; else what is being added to it. */
  #cancel() {
    if (!this.state.table) return this.#close();
    this.#wishFor({ halted: true, settings: this.state.settings });
    this.#set({ pending: null, progress: null });
    this.#endStubborn();
  }

  #close() {
    const { settings, stored, cancellable } = this.state;
    clearTimeout(this.#resting);
    this.#wishFor({ input: null, model: null, person: null, settings });
    this.#endStubborn();
    this.#shown = null;
    this.#set({ ...emptyState(), settings, stored, cancellable });
  }

  /** @param {Partial<Settings>} changes */
  #settings(changes) {
    if (changes.currency) this.#currencyChosen = true;
    const settings = withSettings(this.#wish.settings, changes);
    if (settings === this.#wish.settings) return;
    if (Object.keys(changes).join() === "currency") return this.#useCurrency(settings.currency);
    this.#wishFor({ settings, model: "kind" in changes ? null : this.#wish.model });
    this.#set(this.state.table ? { pending: settings } : { settings });
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#pursue(), REST_MS);
  }

  /** The currency is the display's: nothing is worked out anew. @param {string} currency */
  #useCurrency(currency) {
    const { settings, pending } = this.state;
    const shown = withSettings(settings, { currency });
    const wished = pending ? withSettings(this.#wish.settings, { currency }) : shown;
    this.#wish = { ...this.#wish, settings: wished };
    if (this.#shown) this.#shown.settings = shown;
    this.#set({ settings: shown, pending: pending && wished });
    this.#remember();
  }

  /** @param {number | null} row */
  #person(row) {
    this.#set(row === null ? { person: null } : { view: "customers" });
    this.#wishFor({ person: row });
    this.#pursue();
  }

  /** @param {Blob} file */
  async #modelFile(file) {
    try {
      // A byte more than may be is enough to see that it is too large.
      const model = readModel(await file.slice(0, MAX_BYTES + 1).text());
      this.#known.delete("file");
      if (this.#held.model === "file") this.#held.model = "";
      this.#set({ failure: null });
      this.#wishFor({ model });
      this.#pursue();
    } catch (error) {
      const fault = error instanceof ModelFileError;
      this.#set({ failure: fault ? { code: "model_file", detail: error.code, what: error.what } : { code: "file", detail: String(error) } });
    }
  }

  async #keep() {
    const { input, settings, confirmed } = this.#wish;
    const { source } = this.state;
    if (!input?.blob || !source || !this.#given.store) return;
    const kept = { ...input, blob: input.blob, name: source.name, settings, confirmed, currencyChosen: this.#currencyChosen };
    const stored = await this.#given.store.save(kept).then(() => true, () => false);
    this.#set({ stored });
  }

  async #forget() {
    await this.#given.store?.clear();
    this.#set({ stored: false });
  }

  /** What is kept keeps up with the settings. */
  #remember() {
    if (this.state.stored) this.#given.store?.update({ settings: this.state.settings, currencyChosen: this.#currencyChosen });
  }

  /** A wish ends the step under way, unless that is a reading still wanted. @param {Partial<Wish>} changes */
  #wishFor(changes) {
    const { input } = this.#wish;
    this.#wish = { ...this.#wish, halted: false, ...changes };
    if (!this.#doing || (this.#doing === "read" && this.#wish.input === input)) return;
    this.#interrupted = true;
    this.#worker?.cancel();
  }

  // The steps.

  async #pursue() {
    if (this.#pursuing) return;
    this.#pursuing = true;
    try {
      for (let step = this.#next(); step; step = this.#next()) await this.#take(step);
    } catch (error) {
      this.#failWith(error);
    }
    this.#pursuing = false;
    if (this.state.progress) this.#set({ progress: null });
  }

  /** Takes a step; one that was ended counts as taken. @param {(wish: Wish) => unknown} step */
  async #take(step) {
    this.#interrupted = false;
    try {
      await step.call(this, this.#wish);
    } catch (error) {
      if (/** @type {any} */ (error).status !== "cancelled") throw error;
    }
  }

  /** The first step that the wish lacks. */
  #next() {
    const { input, settings, person, halted } = this.#wish;
    const { phase, report } = this.state;
    if (!input || phase === "failed") return null;
    if (this.#held.input !== input) return this.#read;
    if (report && this.#unclear(report)) return phase === "asking" ? null : this.#question;
    const kind = this.#kind();
    if (this.#held.split !== splitOf(settings) || (this.#held.model === "file" && kind !== "file")) return this.#summarise;
    if (kind === null) return this.#choose;
    if (this.#held.model !== kind) return this.#build;
    const known = this.#knownOf(kind);
    if (this.#shown?.settings !== settings || this.#shown.known !== known) return this.#score;
    if (person !== null && this.state.person?.row !== person) return this.#history;
    return halted ? null : this.#further(kind, known);
  }

  /** What comes after the answer. @param {string} kind @param {Known} known */
  #further(kind, known) {
    if (!known.next) return this.#nextOrders;
    if (!known.warnings) return this.#held.chosen || kind === "file" ? this.#follow : this.#choose;
    return known.tested ? null : this.#test;
  }

  /** @param {Report} report */
  #unclear(report) {
    return report.status !== "ok" || (!this.#wish.confirmed && (report.date_ambiguous || report.currency_contested));
  }

  /** The model that is wanted; null while only a comparison can tell. @returns {Kind | "file" | null} */
  #kind() {
    const { model, settings } = this.#wish;
    const { choice } = this.state;
    if (model) return "file";
    if (settings.kind !== "auto") return settings.kind;
    if (choice) return choice.recommended;
    const first = this.#known.get(FIRST);
    return first && !first.numbers ? null : FIRST;
  }

  /** @param {string} kind */
  #knownOf(kind) {
    return /** @type {Known} */ (this.#known.get(kind));
  }

  /** @param {Wish} wish */
  async #read({ input }) {
    const wanted = /** @type {Input} */ (input);
    this.#held = nothing();
    this.#forgetSplit("");
    this.#phase("reading");
    wanted.blob ??= new Blob([await this.#call("sampleFile")], { type: "text/csv" });
    if (wanted.more.length > 0) await this.#join(wanted);
    const report = await this.#readTable(wanted.blob, wanted.options);
    if (this.#wish.input !== input) return;
    this.#held.input = input;
    this.#set({ report, progress: null });
    this.#phase("working");
    if (report.currency && !this.#currencyChosen) this.#useCurrency(report.currency);
    if (this.state.stored && this.state.source?.kind !== "stored") this.#keep();
  }

  /** A workbook is an archive of which the first table is read. @param {Blob} blob @param {ReadOptions} options */
  async #readTable(blob, options) {
    const report = await this.#readBlob(blob, options);
    if (report.binary !== "zip" && report.binary !== "json") return report;
    const table = await this.#unpack([blob]);
    return table ? this.#readBlob(table, options) : report;
  }

  /** Several files become one. @param {Input} input */
  async #join(input) {
    const table = await this.#unpack([/** @type {Blob} */ (input.blob), ...input.more]);
    if (table) Object.assign(input, { blob: table, more: [] });
  }

  /** @param {Blob[]} files */
  async #unpack(files) {
    return this.#given.unpack?.(files).catch((error) => {
      if (error instanceof SheetTimeout) throw error;
      return null; // no table: the report says what the file is
    });
  }

  /** An answer that was given stays in view. @param {State["phase"]} phase */
  #phase(phase) {
    this.#set({ phase: this.state.table ? "ready" : phase });
  }

  /** What was read means nothing yet: a column is missing, or it can be read in two ways, or it is no table at all. */
  #question() {
    const { status, binary } = /** @type {Report} */ (this.state.report);
    if (["binary", "empty", "header_only"].includes(status)) this.#fail("unreadable", status === "binary" ? binary : status);
    else this.#set({ phase: "asking", progress: null });
  }

  /** @param {Wish} wish */
  async #summarise({ settings }) {
    const split = splitOf(settings);
    if (split !== this.#split) this.#forgetSplit(split);
    this.#held = { ...nothing(), input: this.#held.input };
    this.#summary = await this.#call("summarise", this.#span(settings));
    this.#held.split = split;
  }

  /** @param {string} split the one that follows */
  #forgetSplit(split) {
    this.#known.clear();
    this.#ids = null;
    this.#split = split;
    this.#set({ choice: null });
  }

  /** @param {Settings} settings @returns {import("../engine/customers.mjs").Split} */
  #span({ holdout_days }) {
    const { first_day, last_day } = /** @type {Report} */ (this.state.report);
    return holdout_days ? { end: Math.max(first_day, last_day - holdout_days), observed_to: last_day } : {};
  }

  async #choose() {
    const choice = await this.#call("choose");
    this.#held.chosen = true;
    for (const kind of Object.keys(choice.candidates)) this.#held.fits.add(kind);
    this.#set({ choice });
    if (choice.reason === "none_usable" && !this.state.table) return this.#fail("step", "none_usable");
    const { model } = this.state;
    if (model?.origin === "first" && model.kind === choice.recommended) this.#set({ model: { ...model, origin: "recommended" } });
  }

  /** @param {Wish} wish */
  async #build({ model, settings }) {
    const kind = /** @type {string} */ (this.#kind());
    const numbers = this.#known.get(kind)?.numbers;
    if (model) await this.#useFile(model);
    else if (numbers && !this.#held.fits.has(kind)) await this.#useNumbers(numbers);
    else await this.#fit(/** @type {Kind} */ (kind), settings);
    this.#held.model = kind;
  }

  /** A model that was fitted elsewhere, or before. @param {Float64Array} numbers */
  async #useNumbers(numbers) {
    await this.#call("useModel", numbers);
    Object.assign(this.#held, { fits: new Set(), spend: null, chosen: false });
  }

  /** @param {Float64Array} numbers */
  async #useFile(numbers) {
    try {
      await this.#useNumbers(numbers);
    } catch (error) {
      const { name, status } = /** @type {any} */ (error);
      if (name !== "StepError" || status === "cancelled") throw error;
      this.#wish = { ...this.#wish, model: null };
      this.#set({ failure: { code: "model_file", detail: status } });
      throw new Superseded();
    }
    if (!this.#known.has("file")) this.#known.set("file", { ...UNKNOWN, numbers });
  }

  /** @param {Kind} kind @param {Settings} settings */
  async #fit(kind, settings) {
    const held = this.#held;
    const candidate = held.chosen ? this.state.choice?.candidates[kind] : await this.#call("fit", kind);
    if (!candidate?.usable) {
      this.#known.set(kind, { ...UNKNOWN, candidate: candidate ?? null });
      if (settings.kind === kind) this.#fail("step", "bad_model");
      throw new Superseded();
    }
    held.fits.add(kind);
    const spend = (held.spend ??= await this.#call("fitSpend"));
    const numbers = await this.#call("build", kind);
    this.#known.set(kind, { ...UNKNOWN, ...this.#known.get(kind), numbers, candidate, spend });
  }

  /** All that a change of settings or of the model changes, shown at once. @param {Wish} wish */
  async #score({ input, settings, model }) {
    const kind = /** @type {string} */ (this.#kind());
    const known = this.#knownOf(kind);
    const { horizon_days, annual_discount, margin, level, cac } = settings;
    const totals = await this.#call("score", { horizon_days, annual_discount, margin, level, cac });
    const figures = await this.#call("columns", COLUMNS);
    if (known.next) figures.next_order_days = known.next;
    const ids = (this.#ids ??= await this.#readIds());
    const pictures = await this.#pictures(known);
    const warnings = known.warnings && (await this.#warningsAt(known.warnings));
    const wish = this.#wish;
    if (wish.input !== input || wish.settings !== settings || wish.model !== model) return;
    const person = this.#shown?.known === known ? this.state.person : null;
    known.warnings = warnings;
    this.#shown = { settings, known };
    this.#set({
      phase: "ready", settings, pending: null, summary: this.#summary, totals, pictures, warnings, person,
      table: { length: ids.length, ids, columns: figures }, model: this.#model(kind, known),
    });
    this.#remember();
  }

  async #readIds() {
    const { bytes, ends } = await this.#call("ids");
    return new Ids(bytes, ends);
  }

  /** @param {Known} known @returns {Promise<Pictures>} */
  async #pictures({ tracking, calibration }) {
    return {
      segments: await this.#call("segments"),
      spend: await this.#call("concentration", "spend"),
      clv: await this.#call("concentration", "clv"),
      cohorts: await this.#call("cohorts"),
      tracking,
      calibration,
    };
  }

  /**
   * Of the warnings one alone depends on the settings; what the others rest on may not be at hand any more.
   * @param {NonNullable<State["warnings"]>} known
   */
  async #warningsAt(known) {
    const anew = await this.#call("warnings");
    return [...known.filter(({ code }) => code !== FAR), ...anew.filter((/** @type {{ code: string }} */ { code }) => code === FAR)];
  }

  /** @param {string} kind @param {Known} known @returns {State["model"]} */
  #model(kind, { numbers, candidate, spend }) {
    const file = toFile(/** @type {Float64Array} */ (numbers));
    const chosen = this.state.choice ? "recommended" : "first";
    const origin = kind === "file" ? "file" : this.#wish.settings.kind === "auto" ? chosen : "picked";
    return { kind: file.model, origin, numbers: /** @type {Float64Array} */ (numbers), file, candidate, spend };
  }

  /** @param {Wish} wish */
  async #history({ person: row }) {
    const history = await this.#call("history", row);
    if (this.#wish.person === row) this.#set({ person: { row: /** @type {number} */ (row), history } });
  }

  async #nextOrders() {
    const known = this.#inUse();
    await this.#call("nextOrders");
    const { next_order_days } = await this.#call("columns", ["next_order_days"]);
    known.next = next_order_days;
    const { table } = this.state;
    if (table && this.#shown?.known === known) this.#set({ table: { ...table, columns: { ...table.columns, next_order_days } } });
  }

  /** The known of the model that the worker holds. */
  #inUse() {
    return this.#knownOf(this.#held.model);
  }

  async #follow() {
    const known = this.#inUse();
    known.tracking = await this.#maybe("tracking", TRACKING_DAYS);
    const held = this.#wish.settings.holdout_days > 0;
    if (held) known.calibration = await this.#maybe("calibration");
    known.warnings = await this.#call("warnings");
    known.tested = held || this.#held.model === "file";
    this.#showTest(known);
  }

  /**
   * How the model would have done: fitted to the first three quarters of the time, held against the last. It takes the
   * place of the log's split in the worker; the steps that follow put that back.
   */
  async #test() {
    const kind = /** @type {Kind} */ (this.#held.model);
    const known = this.#inUse();
    const cut = this.state.choice?.cuts.at(-1);
    if (cut?.tests[kind].usable) {
      this.#held = { ...nothing(), input: this.#held.input };
      await this.#call("summarise", { end: cut.end, observed_to: cut.observed_to });
      const { usable } = await this.#call("fit", kind);
      if (usable) {
        await this.#call("build", kind);
        known.tracking = (await this.#maybe("tracking", TRACKING_DAYS)) ?? known.tracking;
        known.calibration = await this.#maybe("calibration");
      }
    }
    known.tested = true;
    this.#showTest(known);
  }

  /** @param {Known} known */
  #showTest(known) {
    if (this.#shown?.known !== known) return;
    const { tracking, calibration, warnings } = known;
    this.#set({ pictures: { ...this.state.pictures, tracking, calibration }, warnings });
  }

  /** A picture that the data may not be enough for. @param {"tracking" | "calibration"} picture @param {any[]} args */
  async #maybe(picture, ...args) {
    return this.#call(picture, ...args).catch((/** @type {any} */ error) => {
      if (error.name !== "StepError" || error.status === "cancelled") throw error;
      return null;
    });
  }

  // The worker.

  #connect() {
    this.#connection ??= this.#start();
    return this.#connection;
  }

  async #start() {
    try {
      const worker = await this.#given.start({ onProgress: (progress) => this.#onProgress(progress) });
      this.#worker = worker;
      this.#set({ cancellable: worker.cancellable });
      return worker;
    } catch (error) {
      this.#connection = null;
      throw error;
    }
  }

  /** @param {string} method @param {any[]} args @returns {Promise<any>} */
  #call(method, ...args) {
    return this.#run(method, (worker) => worker.call(/** @type {any} */ (method), ...args));
  }

  /** @param {Blob} blob @param {ReadOptions} options @returns {Promise<Report>} */
  #readBlob(blob, options) {
    return this.#run("read", (worker) => worker.read(blob, { now: today(), ...options }));
  }

  /**
   * Nobody wants the answer if the wish has changed since, or the worker was ended.
   * @template T @param {string} name @param {(worker: Connection) => Promise<T>} call
   */
  async #run(name, call) {
    this.#doing = name;
    try {
      const worker = await this.#connect();
      const result = await call(worker).catch((error) => {
        throw worker === this.#worker ? error : new Superseded();
      });
      if (this.#interrupted) throw new Superseded();
      return result;
    } finally {
      this.#doing = "";
    }
  }

  /** Where a step does not look whether it was cancelled, the worker ends with it; the file will be read again. */
  #endStubborn() {
    if (!this.#doing || this.#doing === "read" || !this.#worker || this.#worker.cancellable) return;
    this.#worker.terminate();
    this.#worker = this.#connection = null;
    this.#held = nothing();
  }

  /** @param {import("../engine/customers-worker.mjs").Progress} progress */
  #onProgress({ phase, share, rows, bytes, report }) {
    if (!this.#doing) return;
    const before = this.state.progress;
    const started = before?.phase === phase ? before.started : performance.now();
    this.#set({ progress: { phase, share, rows, bytes, started }, ...(report && { report }) });
  }

  /** @param {any} error */
  #failWith(error) {
    const { name, message = String(error), status } = error;
    if (name === "CustomersLost" || name === "RangeError") {
      this.#held = nothing();
      return this.#fail("no_memory", message);
    }
    if (error instanceof SheetTimeout) return this.#fail("unreadable", "sheet_time");
    if (name === "ReadError") return this.#fail("file", message);
    this.#fail(name === "StepError" ? "step" : "engine", status ?? message);
  }

  /** An answer that was given stands. @param {import("./types.d.ts").Failure["code"]} code @param {string} detail */
  #fail(code, detail) {
    this.#wish = { ...this.#wish, halted: true, person: null };
    this.#set({ failure: { code, detail }, pending: null, progress: null });
    this.#phase("failed");
  }

  /** @param {Partial<State>} changes */
  #set(changes) {
    this.state = { ...this.state, ...changes };
    for (const listener of this.#listeners) listener(this.state);
  }
}

/** The day, here or in Greenwich, whichever is ahead: an order of a later one cannot be. From 1970-01-01. */
function today() {
  const now = new Date();
  return Math.floor((now.getTime() + Math.max(0, -now.getTimezoneOffset()) * 60_000) / 86_400_000);
}

/** Settings with the same split of time share what was fitted. @param {Settings} settings */
const splitOf = ({ holdout_days }) => `holdout ${holdout_days}`;
