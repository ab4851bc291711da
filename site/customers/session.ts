/**
 * The page's state. Whatever is asked changes the wish, which goes to the planner beside the engine
 * (customers-planner.ts); the states that it tells of are drawn as they come. So a setting that changes while the models
 * are being compared is answered first, whatever it made void is done again, and nothing else.
 *
 * The first answer comes from one model, quickly; then all are compared, and the numbers change if another predicts
 * better. All numbers of a state belong to its settings: what a change affects is replaced at once, when all is there.
 */
import { type Answer, type News, type Progress, type Wish, unclear } from "../engine/customers-planner.ts";
import type { Connection, Listeners } from "../engine/customers-worker.ts";
import { type Choice, type ReadOptions, type Report, type Results, Ids, MAX_MODEL_BYTES } from "../engine/customers.ts";
import { START, withSettings } from "./settings.ts";
import type { Ask, Failure, Model, Phase, Pictures, Settings, Source, State, Table } from "./state.ts";
import type { Store } from "./store.ts";

/** What a session works with. */
interface Given {
  start: (listeners: Listeners) => Promise<Connection>;
  unpack?: (files: Blob[]) => Promise<Blob | null>; // the table in a workbook, an archive or JSON, or that of several files, as CSV
  store?: Store | null;
  settings?: Record<string, unknown>; // chosen before
  currency?: string; // of amounts whose file names none
}

/** How long settings have to rest before they are worked out, in milliseconds. */
const REST_MS = 120;

/** The file of the sample shop. */
const SAMPLE = "sample-shop.csv";

const NO_PICTURES: Pictures = {
  segments: null, spend: null, clv: null, cohorts: null, months: null, season: null, evidence: null, tracking: null, calibration: null,
};

/** What a new log voids. */
const NO_RESULTS = {
  summary: null, choice: null, model: null, totals: null, table: null, pictures: NO_PICTURES, warnings: null, person: null,
};

export const emptyState = (): State => ({
  phase: "empty", source: null, options: {}, report: null, progress: null, failure: null, settings: START, pending: null,
  ...NO_RESULTS, view: "overview", segment: null, stored: false,
});

/** How long a workbook may take to open, in milliseconds. */
export const SHEET_MS = 120_000;

/** A workbook took longer. */
export class SheetTimeout extends Error {}

export class Session {
  state = emptyState();
  #listeners = new Set<(state: State) => void>();
  #given: Given;
  #connection: Promise<Connection> | null = null;
  #wish: Wish;
  /** Numbers of files and of model files. */
  #number = 0;
  /** The model file of the state. */ #model: Wish["model"] = null;
  /** The blob that was given; what is read of it may be the table within. */ #blob: Blob | null = null;
  /** Files to be read with it. */ #more: Blob[] = [];
  #currencyChosen: boolean;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(given: Given) {
    this.#given = given;
    this.#currencyChosen = given.settings?.currency !== undefined;
    const settings = withSettings(START, { currency: given.currency, ...given.settings });
    this.#wish = { serial: 0, input: null, confirmed: false, settings, model: null, person: null, halted: false };
    this.state = { ...this.state, settings };
  }

  /** Tells of every new state, and of the present one at once. */
  subscribe(listener: (state: State) => void) {
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

  /** Does what a view asks for. */
  ask(ask: Ask) {
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

  /** @param blob null for the sample shop's @param more files to be read with it */
  async #open(blob: Blob | null, { name, kind }: Omit<Source, "size">, options: ReadOptions = {}, confirmed = false, more: Blob[] = []) {
    const source = { name, size: blob?.size ?? 0, kind };
    this.#begin(source, options);
    this.#blob = blob;
    this.#more = more;
    // Several files become one.
    const joined = blob && more.length > 0 ? await this.#unpack([blob, ...more]) : null;
    if (this.state.source !== source) return;
    this.#wishFor({ input: this.#input(joined ?? blob, options), confirmed, model: null, person: null });
  }

  async #unpack(files: Blob[]) {
    return this.#given.unpack?.(files).catch((error) => {
      if (error instanceof SheetTimeout) this.#fail({ code: "unreadable", detail: "sheet_time" });
      return null; // no table: the report says what the file is
    });
  }

  #input = (blob: Blob | null, options: ReadOptions) => ({ number: ++this.#number, blob, options: { now: today(), ...options } });

  #begin(source: Source, options: ReadOptions) {
    this.#set({ ...NO_RESULTS, source, options, phase: "reading", report: null, progress: null, failure: null, pending: null, segment: null });
  }

  #reopen(options: ReadOptions) {
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

  #settings(changes: Partial<Settings>) {
    if (changes.currency) this.#currencyChosen = true;
    const settings = withSettings(this.#wish.settings, changes);
    if (settings === this.#wish.settings) return;
    if (Object.keys(changes).join() === "currency") return this.#useCurrency(settings.currency);
    this.#wish = { ...this.#wish, settings, model: "kind" in changes ? null : this.#wish.model, serial: this.#wish.serial + 1 };
    this.#set(this.state.table ? { pending: settings } : { settings });
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#wishFor({ settings: this.#wish.settings }), REST_MS);
  }

  /** The currency is the display's: nothing is worked out anew. */
  #useCurrency(currency: string) {
    const { settings, pending } = this.state;
    const shown = withSettings(settings, { currency });
    const wished = pending ? withSettings(this.#wish.settings, { currency }) : shown;
    this.#wish = { ...this.#wish, settings: wished };
    this.#set({ settings: shown, pending: pending && wished });
    this.#remember();
  }

  #person(row: number | null) {
    this.#set(row === null ? { person: null } : { view: "customers" });
    this.#wishFor({ person: row });
  }

  async #modelFile(file: Blob) {
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

  async #wishFor(changes: Partial<Wish>) {
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

  #onEnd(message: string) {
    this.#connection = null;
    this.#fail({ code: "engine", detail: message });
  }

  #onNews(news: News) {
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

  #onProgress({ report, ...progress }: Progress) {
    if (!this.#wish.input || this.#wish.halted || ["asking", "failed", "empty"].includes(this.state.phase)) return;
    const before = this.state.progress;
    const started = before?.phase === progress.phase ? before.started : performance.now();
    this.#set({ progress: { ...progress, started }, ...(report && { report }) });
  }

  async #onReport({ input, blob, report }: Extract<News, { report: Report }>) {
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

  /** What was read means nothing yet: a column is missing, or it can be read in two ways, or it is no table at all. */
  #question({ status, binary }: Report) {
    if (["binary", "empty", "header_only"].includes(status)) this.#fail({ code: "unreadable", detail: status === "binary" ? binary : status });
    else this.#set({ phase: "asking", progress: null });
  }

  #onChoice(choice: Choice) {
    this.#set({ choice });
    const { model } = this.state;
    if (model?.origin === "first" && model.kind === choice.recommended) this.#set({ model: { ...model, origin: "recommended" } });
  }

  /** All that a change of settings or of the model changes, shown at once. */
  #onAnswer({ settings, summary, model, file, given, figures, test, columns, ids: fresh, compared }: Answer) {
    const ids = fresh ? new Ids(fresh.bytes, fresh.ends) : (this.state.table as Table).ids; // as they were told before
    const { currency } = this.#wish.settings;
    const shown = withSettings(settings, { currency });
    const { totals, segments, spend, clv, cohorts, season } = figures;
    const checked = figures.months.length > 0;
    const [months, evidence] = checked ? [figures.months, figures.evidence] : [null, null];
    const choice = compared ? this.state.choice : null;
    this.#model = this.#wish.model;
    const origin = given ? "file" : settings.kind !== "auto" ? "picked" : compared ? "recommended" : "first";
    const same = this.state.model?.text === file;
    const old = this.state.model as Model; // where it is the same
    this.#set({
      phase: "ready", settings: shown, pending: null, summary, choice, totals, person: same ? this.state.person : null,
      table: { length: ids.length, ids, columns },
      model: same
        ? { ...old, origin }
        : { kind: model.kind, origin, file: model.file, text: file, candidate: model.fitted ? model.candidate : null, spend: model.fitted ? model.spend : null },
      ...this.#tested(test, { ...this.state.pictures, segments, spend, clv, cohorts, season, months, evidence }, same),
    });
    this.#remember();
  }

  /** The pictures of a model over time, and its warnings; what is known of the same model stays the same object. */
  #tested({ followed, tracking, calibration, warnings }: Results["test"], pictures: Pictures = this.state.pictures, same = false): Pick<State, "pictures" | "warnings"> {
    return {
      warnings: followed ? warnings : null,
      pictures: {
        ...pictures,
        tracking: !followed || tracking.expected.length === 0 ? null : (same && pictures.tracking) || tracking,
        calibration: calibration.customers.length === 0 ? null : (same && pictures.calibration) || calibration,
      },
    };
  }

  #onNext(next_order_days: Float64Array<ArrayBuffer>) {
    const { table } = this.state;
    if (table) this.#set({ table: { ...table, columns: { ...table.columns, next_order_days } } });
  }

  #onHistory({ row, history }: Extract<News, { history: unknown }>) {
    if (this.#wish.person === row) this.#set({ person: { row, history } });
  }

  /** An answer that was given stays in view. */
  #phase(phase: Phase) {
    this.#set({ phase: this.state.table ? "ready" : phase });
  }

  /** An answer that was given stands. */
  #fail(failure: Failure) {
    this.#wish = { ...this.#wish, person: null };
    this.#set({ failure, pending: null, progress: null });
    this.#phase("failed");
    const stands = this.state.table && (failure.code === "step" || failure.code === "model_file");
    if (stands) this.#wishFor({ settings: this.state.settings, model: this.#model });
  }

  #set(changes: Partial<State>) {
    this.state = { ...this.state, ...changes };
    for (const listener of this.#listeners) listener(this.state);
  }
}

/** The day, here or in Greenwich, whichever is ahead: an order of a later one cannot be. From 1970-01-01. */
function today() {
  const now = new Date();
  return Math.floor((now.getTime() + Math.max(0, -now.getTimezoneOffset()) * 60_000) / 86_400_000);
}
