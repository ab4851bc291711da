/**
 * The page's state. Whatever is asked changes the wish, which goes to the planner beside the engine
 * (customers-planner.mjs); the states that it tells of are drawn as they come. So a setting that changes while the models
 * are being compared is answered first, whatever it made void is done again, and nothing else.
 *
 * The first answer comes from one model, quickly; then all are compared, and the numbers change if another predicts
 * better. All numbers of a state belong to its settings: what a change affects is replaced at once, when all is there.
 *
 * @typedef {import("./types.d.ts").State} State
 * @typedef {import("./types.d.ts").Settings} Settings
 * @typedef {import("./types.d.ts").Ask} Ask
 * @typedef {import("./types.d.ts").Pictures} Pictures
 * @typedef {import("../engine/customers.mjs").Report} Report
 * @typedef {import("../engine/customers.mjs").ReadOptions} ReadOptions
 * @typedef {import("../engine/customers-planner.mjs").News} News
 * @typedef {import("../engine/customers-planner.mjs").Wish} Wish
 * @typedef {Awaited<ReturnType<typeof import("../engine/customers-worker.mjs").connect>>} Connection
 *
 * @typedef {object} Given
 * @property {(listeners: { onNews: (news: News) => void, onEnd: (message: string) => void }) => Promise<Connection>} start
 * @property {(files: Blob[]) => Promise<Blob | null>} [unpack] the table in a workbook, an archive or JSON, or that of several files, as CSV
 * @property {import("./store.mjs").Store | null} [store]
 * @property {Record<string, unknown>} [settings] chosen before
 * @property {string} [currency] of amounts whose file names none
 */
import { Ids, MAX_MODEL_BYTES } from "../engine/customers.mjs";
import { unclear } from "../engine/customers-planner.mjs";
import { START, withSettings } from "./settings.mjs";

/** How long settings have to rest before they are worked out, in milliseconds. */
const REST_MS = 120;

/** The file of the sample shop. */
const SAMPLE = "sample-shop.csv";

/** @type {Pictures} */
const NO_PICTURES = { segments: null, spend: null, clv: null, cohorts: null, tracking: null, calibration: null };

/** What a new log voids. */
const NO_RESULTS = {
  summary: null, choice: null, model: null, totals: null, table: null, pictures: NO_PICTURES, warnings: null, person: null,
};

/** @returns {State} */
export const emptyState = () => ({
  phase: "empty", source: null, options: {}, report: null, progress: null, failure: null, settings: START, pending: null,
  ...NO_RESULTS, view: "overview", segment: null, stored: false,
});

/** How long a workbook may take to open, in milliseconds. */
export const SHEET_MS = 120_000;

/** A workbook took longer. */
export class SheetTimeout extends Error {}

export class Session {
  /** @type {State} */ state = emptyState();
  /** @type {Set<(state: State) => void>} */ #listeners = new Set();
  #given;
  /** @type {Promise<Connection> | null} */ #connection = null;
  /** @type {Wish} */ #wish;
  /** Numbers of files and of model files. */
  #number = 0;
  /** The model file of the state. @type {Wish["model"]} */ #model = null;
  /** The blob that was given; what is read of it may be the table within. @type {Blob | null} */ #blob = null;
  /** Files to be read with it. @type {Blob[]} */ #more = [];
  #currencyChosen;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #resting = undefined;

  /** @param {Given} given */
  constructor(given) {
    this.#given = given;
    this.#currencyChosen = given.settings?.currency !== undefined;
    const settings = withSettings(START, { currency: given.currency, ...given.settings });
    this.#wish = { serial: 0, input: null, confirmed: false, settings, model: null, person: null, halted: false };
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
    this.#wish = { ...this.#wish, settings };
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
        this.#phase("working");
        return this.#wishFor({ confirmed: true });
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
  async #open(blob, { name, kind }, options = {}, confirmed = false, more = []) {
    const source = { name, size: blob?.size ?? 0, kind };
    this.#begin(source, options);
    this.#blob = blob;
    this.#more = more;
    // Several files become one.
    const joined = blob && more.length > 0 ? await this.#unpack([blob, ...more]) : null;
    if (this.state.source !== source) return;
    this.#wishFor({ input: this.#input(joined ?? blob, options), confirmed, model: null, person: null });
  }

  /** @param {Blob[]} files */
  async #unpack(files) {
    return this.#given.unpack?.(files).catch((error) => {
      if (error instanceof SheetTimeout) this.#fail({ code: "unreadable", detail: "sheet_time" });
      return null; // no table: the report says what the file is
    });
  }

  /** @param {Blob | null} blob @param {ReadOptions} options */
  #input = (blob, options) => ({ number: ++this.#number, blob, options: { now: today(), ...options } });

  /** @param {State["source"]} source @param {ReadOptions} options */
  #begin(source, options) {
    this.#set({ ...NO_RESULTS, source, options, phase: "reading", report: null, progress: null, failure: null, pending: null, segment: null });
  }

  /** @param {ReadOptions} options */
  #reopen(options) {
    const { source } = this.state;
    if (this.#wish.input && source) this.#open(this.#blob, source, options, false, this.#more);
  }

  /** Ends what is under way: the log, while there is no answer; else what is being added to it. */
  #cancel() {
    if (!this.state.table) return this.#close();
    this.#set({ pending: null, progress: null });
    this.#wishFor({ halted: true, settings: this.state.settings });
  }

  #close() {
    const { settings, stored } = this.state;
    clearTimeout(this.#resting);
    this.#set({ ...emptyState(), settings, stored });
    this.#wishFor({ input: null, model: null, person: null, settings });
  }

  /** @param {Partial<Settings>} changes */
  #settings(changes) {
    if (changes.currency) this.#currencyChosen = true;
    const settings = withSettings(this.#wish.settings, changes);
    if (settings === this.#wish.settings) return;
    if (Object.keys(changes).join() === "currency") return this.#useCurrency(settings.currency);
    this.#wish = { ...this.#wish, settings, model: "kind" in changes ? null : this.#wish.model, serial: this.#wish.serial + 1 };
    this.#set(this.state.table ? { pending: settings } : { settings });
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#wishFor({ settings: this.#wish.settings }), REST_MS);
  }

  /** The currency is the display's: nothing is worked out anew. @param {string} currency */
  #useCurrency(currency) {
    const { settings, pending } = this.state;
    const shown = withSettings(settings, { currency });
    const wished = pending ? withSettings(this.#wish.settings, { currency }) : shown;
    this.#wish = { ...this.#wish, settings: wished };
    this.#set({ settings: shown, pending: pending && wished });
    this.#remember();
  }

  /** @param {number | null} row */
  #person(row) {
    this.#set(row === null ? { person: null } : { view: "customers" });
    this.#wishFor({ person: row });
  }

  /** @param {Blob} file */
  async #modelFile(file) {
    // A byte more than may be is enough to see that it is too large.
    const text = await file.slice(0, MAX_MODEL_BYTES + 1).text().catch((error) => void this.#set({ failure: { code: "file", detail: String(error) } }));
    if (text === undefined) return;
    this.#set({ failure: null });
    this.#wishFor({ model: { number: ++this.#number, text } });
  }

  async #keep() {
    const { input, settings, confirmed } = this.#wish;
    const { source, options } = this.state;
    if (!input || !this.#blob || !source || !this.#given.store) return;
    const kept = { options, blob: this.#blob, name: source.name, settings, confirmed, currencyChosen: this.#currencyChosen };
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

  // The planner.

  /** @param {Partial<Wish>} changes */
  async #wishFor(changes) {
    const figures = Object.keys(changes).some((name) => name !== "person" && name !== "confirmed");
    const wish = { ...this.#wish, halted: false, ...changes, serial: this.#wish.serial + (figures ? 1 : 0) };
    this.#wish = wish;
    try {
      const worker = await this.#connect();
      if (this.#wish === wish) worker.wish(wish);
    } catch (error) {
      this.#fail({ code: "engine", detail: error instanceof Error ? error.message : String(error) });
    }
  }

  #connect() {
    this.#connection ??= this.#given.start({ onNews: (news) => this.#onNews(news), onEnd: (message) => this.#onEnd(message) }).catch((error) => {
      this.#connection = null;
      throw error;
    });
    return this.#connection;
  }

  /** @param {string} message */
  #onEnd(message) {
    this.#connection = null;
    this.#fail({ code: "engine", detail: message });
  }

  /** @param {News} news */
  #onNews(news) {
    if ("progress" in news) return this.#onProgress(news.progress);
    if ("report" in news) return void this.#onReport(news);
    if ("choice" in news) return this.#onChoice(news.choice);
    if ("history" in news) return this.#onHistory(news);
    if (news.serial !== this.#wish.serial) return; // of a wish that has been followed by another
    if ("answer" in news) this.#onAnswer(news.answer);
    else if ("test" in news) this.#set(this.#tested(news.test));
    else if ("next_order_days" in news) this.#onNext(news.next_order_days);
    else if ("failure" in news) this.#fail(news.failure);
    else if (this.state.progress) this.#set({ progress: null });
  }

  /** @param {import("../engine/customers-planner.mjs").Progress} progress */
  #onProgress({ report, ...progress }) {
    if (!this.#wish.input || this.#wish.halted || ["asking", "failed", "empty"].includes(this.state.phase)) return;
    const before = this.state.progress;
    const started = before?.phase === progress.phase ? before.started : performance.now();
    this.#set({ progress: { ...progress, started }, ...(report && { report }) });
  }

  /** @param {Extract<News, { report: Report }>} news */
  async #onReport({ input, blob, report }) {
    if (this.#wish.input?.number !== input) return;
    this.#blob ??= blob;
    this.#set({ report, progress: null });
    // A workbook is an archive of which the first table is read.
    const table = (report.binary === "zip" || report.binary === "json") && (await this.#unpack([blob]));
    if (this.#wish.input?.number !== input || this.state.failure?.detail === "sheet_time") return;
    if (table) return this.#wishFor({ input: this.#input(table, this.#wish.input.options) });
    if (unclear(report, this.#wish.confirmed)) return this.#question(report);
    this.#phase("working");
    if (report.currency && !this.#currencyChosen) this.#useCurrency(report.currency);
    if (this.state.stored && this.state.source?.kind !== "stored") this.#keep();
  }

  /** What was read means nothing yet: a column is missing, or it can be read in two ways, or it is no table at all. @param {Report} report */
  #question({ status, binary }) {
    if (["binary", "empty", "header_only"].includes(status)) this.#fail({ code: "unreadable", detail: status === "binary" ? binary : status });
    else this.#set({ phase: "asking", progress: null });
  }

  /** @param {import("../engine/customers.mjs").Choice} choice */
  #onChoice(choice) {
    this.#set({ choice });
    const { model } = this.state;
    if (model?.origin === "first" && model.kind === choice.recommended) this.#set({ model: { ...model, origin: "recommended" } });
  }

  /** All that a change of settings or of the model changes, shown at once. @param {import("../engine/customers-planner.mjs").Answer} answer */
  #onAnswer({ settings, summary, model, file, given, figures, test, columns, ids: fresh, compared }) {
    const ids = fresh ? new Ids(fresh.bytes, fresh.ends) : /** @type {NonNullable<State["table"]>} */ (this.state.table).ids;
    const { currency } = this.#wish.settings;
    const shown = withSettings(settings, { currency });
    const { totals, segments, spend, clv, cohorts } = figures;
    const choice = compared ? this.state.choice : null;
    this.#model = this.#wish.model;
    const origin = given ? "file" : settings.kind !== "auto" ? "picked" : compared ? "recommended" : "first";
    const same = this.state.model?.text === file;
    const old = /** @type {NonNullable<State["model"]>} */ (this.state.model);
    this.#set({
      phase: "ready", settings: shown, pending: null, summary, choice, totals, person: same ? this.state.person : null,
      table: { length: ids.length, ids, columns },
      model: same
        ? { ...old, origin }
        : { kind: model.kind, origin, file: model.file, text: file, candidate: model.fitted ? model.candidate : null, spend: model.fitted ? model.spend : null },
      ...this.#tested(test, { ...this.state.pictures, segments, spend, clv, cohorts }, same),
    });
    this.#remember();
  }

  /**
   * The pictures of a model over time, and its warnings; what is known of the same model stays the same object.
   * @param {import("../engine/customers.mjs").Results["test"]} test @param {Pictures} [pictures] @param {boolean} [same]
   * @returns {Pick<State, "pictures" | "warnings">}
   */
  #tested({ followed, tracking, calibration, warnings }, pictures = this.state.pictures, same = false) {
    return {
      warnings: followed ? warnings : null,
      pictures: {
        ...pictures,
        tracking: !followed || tracking.expected.length === 0 ? null : (same && pictures.tracking) || tracking,
        calibration: calibration.customers.length === 0 ? null : (same && pictures.calibration) || calibration,
      },
    };
  }

  /** @param {Float64Array<ArrayBuffer>} next_order_days */
  #onNext(next_order_days) {
    const { table } = this.state;
    if (table) this.#set({ table: { ...table, columns: { ...table.columns, next_order_days } } });
  }

  /** @param {Extract<News, { history: any }>} news */
  #onHistory({ row, history }) {
    if (this.#wish.person === row) this.#set({ person: { row, history } });
  }

  /** An answer that was given stays in view. @param {State["phase"]} phase */
  #phase(phase) {
    this.#set({ phase: this.state.table ? "ready" : phase });
  }

  /** An answer that was given stands. @param {NonNullable<State["failure"]>} failure */
  #fail(failure) {
    this.#wish = { ...this.#wish, person: null };
    this.#set({ failure, pending: null, progress: null });
    this.#phase("failed");
    const stands = this.state.table && (failure.code === "step" || failure.code === "model_file");
    if (stands) this.#wishFor({ settings: this.state.settings, model: this.#model });
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
