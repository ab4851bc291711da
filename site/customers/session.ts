/**
 * The page's state. Whatever is asked changes the wish, which goes to the planner beside the engine
 * (customers-planner.ts); the states that it tells of are drawn as they come. So a setting that changes while the models
 * are being compared is answered first, whatever it made void is done again, and nothing else.
 *
 * The first answer comes from one model, quickly; then all are compared, and the numbers change if another predicts
 * better. All numbers of a state belong to its settings: what a change affects is replaced at once, when all is there.
 */
import { required } from "../base/certain.ts";
import { type Answer, type KeptTexts, type News, type Progress, type Wish, unclear } from "../engine/customers-planner.ts";
import type { Connection, Listeners } from "../engine/customers-worker.ts";
import { type Choice, type Plan, type ReadOptions, type Report, type Results, Ids, MAX_MODEL_BYTES } from "../engine/customers.ts";
import { decide, decided, withReadingOf } from "./reading.ts";
import { keptOf } from "./kept.ts";
import { isHeldOut } from "./save.ts";
import { START, costsOf, costsText, showOf, showText, sinceOf, sinceText, withSettings } from "./settings.ts";
import { outOfMemory } from "../engine/room.ts";
import type { Found, Packed, Unpacked } from "./sheet-worker.ts";
import type { Ask, Cost, Failure, Fault, Kept, Model, Phase, Pictures, Settings, Source, State, } from "./state.ts";
import type { Store } from "./store.ts";

/** What a session works with. */
interface Given {
  start: (listeners: Listeners) => Promise<Connection>;
  unpack?: (packed: Packed) => Promise<Unpacked>; // the tables in workbooks, archives, JSON and text
  store?: Store | null;
  settings?: Record<string, unknown>; // chosen before
  currency?: string; // of amounts whose file names none
}

/** How long settings have to rest before they are worked out, in milliseconds. */
const REST_MS = 120;

/** How many columns are kept by which customers can be grouped. */
const CARRIED = 8;

/** The largest list of costs that is read, in bytes. */
const MAX_COSTS_BYTES = 1 << 18;

/** The largest list or model file of last time that is read, in bytes. */
const MAX_LAST_BYTES = 64 << 20;

/** The settings that change no figure of the answer. */
const SHOWN = ["currency", "reading", "by", "costs", "pair", "campaign", "keep", "show", "since"] as const;

/** What of a wish changes no figure of the answer. */
const BESIDE = ["person", "confirmed", "sources", "costs"];

/** The file of the sample shop. */
const SAMPLE = "sample-shop.csv";

const NO_PICTURES: Pictures = {
  segments: null, spend: null, clv: null, cohorts: null, months: null, season: null, evidence: null, tracking: null, calibration: null,
};

/** What a new log voids. */
const NO_RESULTS = {
  summary: null, choice: null, model: null, totals: null, table: null, pictures: NO_PICTURES, warnings: null, person: null, sources: null, subscriptions: null, subscribers: null, kept: null,
};

export const emptyState = (): State => ({
  phase: "empty", source: null, options: {}, reading: "", readingGiven: false, tables: [], lists: [], asked: [], report: null, progress: null, failure: null, settings: START, pending: null,
  ...NO_RESULTS, costs: [], costList: null, since: null, before: null, view: "overview", halted: false, stored: false,
});

/** How long a workbook may take to open, in milliseconds. */
export const SHEET_MS = 120_000;

/** A workbook took longer. */
export class SheetTimeout extends Error {}

/** What it means that the engine could not be started. */
function failureOf(error: unknown): Failure {
  const { name, message = String(error) } = error as Partial<Error>; // or anything else that can be thrown
  return { code: outOfMemory(error) ? "no_memory" : name === "WorkerEnded" ? "lost" : "engine", detail: message };
}

export class Session {
  state = emptyState();
  #listeners = new Set<(state: State) => void>();
  #given: Given;
  #connection: Promise<Connection> | null = null;
  #wish: Wish;
  /** Numbers of files and of model files. */
  #number = 0;
  /** The model file of the state. */ #model: Wish["model"] = null;
  /** The files that were given; what is read may be tables within. Empty for the sample shop's. */ #files: Found[] = [];
  /** What was read anew while an answer stands; it is shown with its own. */ #fresh: Pick<State, "report" | "tables" | "asked"> | null = null;
  /** The tables in them, once they had to be looked for. */ #unpacked: Unpacked | null = null;
  /** What was decided before the model file that is being tried brought more. */ #readingBefore: string | null = null;
  /** Whether the currency of this file was chosen on the page, above what the file says; an address is no choice of it. */ #currencyChosen = false;
  /** Whether it is read although it is probably too large. */ #regardless = false;
  /** Whether the engine has something to do. */ #busy = false;
  #resting: ReturnType<typeof setTimeout> | undefined;
  /** The session of an earlier day. */ #past: Session | null = null;
  /** What was compared last. */ #compared: { totals: State["totals"], table: State["table"] } | null = null;
  /** The model file that was given with that day; null where the model is fitted to what was known. */ #modelThen: Blob | null = null;

  constructor(given: Given) {
    this.#given = given;
    const settings = withSettings(START, { currency: given.currency, ...given.settings });
    const costs = costsOf(settings.costs);
    this.#wish = { serial: 0, input: null, confirmed: false, settings, model: null, person: null, halted: false, sources: false, costs };
    this.state = { ...this.state, settings, costs };
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
    const settings = withSettings(this.#wish.settings, { ...kept.settings, ...this.#given.settings });
    const costs = costsOf(settings.costs);
    this.#set({ stored: true, settings, costs });
    this.#wish = { ...this.#wish, settings, costs };
    this.#open([{ name: kept.name, blob: kept.blob }, ...kept.more], { name: kept.name, kind: "stored" }, kept.options, kept.confirmed);
    this.#currencyChosen = kept.currencyChosen;
  }

  /** Does what a view asks for. */
  ask(ask: Ask) {
    switch (ask.what) {
      case "open":
        return this.#open([{ name: ask.name, blob: ask.file }, ...(ask.more ?? []).map((file) => ({ name: file.name, blob: file }))], { name: ask.name, kind: ask.kind });
      case "sample":
        return this.#open([], { name: SAMPLE, kind: "sample" });
      case "options":
        return this.#reopen({ options: ask.options });
      case "reading":
        return this.#reopen({ reading: ask.reading });
      case "tables":
        return this.#useTables(ask.used);
      case "confirm":
        this.#phase("working");
        return this.#wishFor({ confirmed: true });
      case "cancel":
        return this.#cancel();
      case "regardless":
        this.#regardless = true;
        return this.state.source ? void this.#read({ ...this.state.source }, this.state.options, this.state.reading, this.#wish.confirmed, true, this.#wish.model) : undefined;
      case "go_on":
        return this.#wishFor({ halted: false });
      case "close":
        return this.#close();
      case "settings":
        return this.#settings(ask.settings);
      case "person":
        return this.#person(ask.row);
      case "view":
        this.#set({ view: ask.view });
        if (ask.segment !== undefined) this.#useShown({ show: showText({ ...showOf(this.state.settings.show), segment: ask.segment }) });
        if (ask.view === "since") this.#compare();
        return ask.view === "sources" && !this.#wish.sources ? this.#wishFor({ sources: true }) : undefined;
      case "costs":
        return this.#useCosts(ask.costs);
      case "last":
        return this.#last(ask.file);
      case "subscribers":
        return this.#subscribers();
      case "columns":
        return this.#takeColumns(ask.columns);
      case "cost_list":
        return this.#costList(ask.list);
      case "model_file":
        return this.#modelFile(ask.file);
      case "store":
        return ask.keep ? this.#keep() : this.#forget();
      case "forget":
        return this.#forget();
    }
  }

  // What is asked.

  /** @param files none for the sample shop's */
  async #open(files: Found[], { name, kind }: Pick<Source, "name" | "kind">, options: ReadOptions = {}, confirmed = false) {
    this.#files = files;
    this.#unpacked = null;
    this.#currencyChosen = this.#regardless = false;
    this.#set({ before: this.#lastDay });
    if (this.state.source) { // the first file's are those that the address names
      this.#forgetGroups();
      this.#useShown({ show: "", since: "" });
    }
    // What the address says is how files are read; the sample shop is as it is.
    const more = files.slice(1).map((file) => file.name);
    await this.#read({ name, ...(more.length > 0 && { more }), size: files.reduce((sum, { blob }) => sum + blob.size, 0), kind }, options, files.length > 0 ? this.#wish.settings.reading : "", confirmed);
  }

  /** Reads the files, or again with what was changed: an answer that stands is shown until there is the next one. */
  async #read(source: Source, options: ReadOptions, reading: string, confirmed = false, again = false, model: Wish["model"] = null) {
    this.#fresh = null;
    this.#endPast();
    const readingGiven = reading !== "" && this.state.readingGiven;
    const begun = { source, options, reading, readingGiven, failure: null, progress: null };
    if (again && this.state.table) this.#set({ ...begun, pending: this.state.settings });
    else this.#set({ ...NO_RESULTS, ...begun, ...(!again && { tables: [], lists: [], asked: [] }), phase: "reading", report: null, pending: null });
    if ((this.#files.length > 1 || (again && this.state.lists.length > 0)) && !(await this.#unpack(source))) return;
    this.#input(confirmed, model);
  }

  /** Finds the tables in the files; false where another file has followed, or none was found in time. */
  async #unpack(source: Source) {
    const { reading } = this.state;
    const path = decided(reading, "path");
    try {
      this.#unpacked ??= (await this.#given.unpack?.({ files: this.#files, path })) ?? { tables: this.#files, lists: [] };
    } catch (error) {
      if (this.state.source === source) this.#fail(error instanceof SheetTimeout ? { code: "unreadable", detail: "sheet_time" } : { code: "unpacking", detail: String(error) });
      return false;
    }
    if (this.state.source !== source) return false;
    const { tables, lists, short } = this.#unpacked;
    if (short) {
      this.#unpacked = null;
      this.#fail({ code: "unpacking", detail: "memory" });
      return false;
    }
    const sheet = decided(reading, "sheet");
    const named = tables.map(({ name }, i) => name === sheet || name.endsWith(`/${sheet}`) || String(i + 1) === sheet);
    const before = this.state.tables;
    const used = (i: number) => (sheet && named.includes(true) ? named[i] : (before[i]?.used ?? true));
    this.#set({ lists, tables: tables.length > 1 ? tables.map(({ name }, i) => ({ name, used: used(i), part: null })) : [] });
    return true;
  }

  /** Wishes for the tables that are used. */
  #input(confirmed = this.#wish.confirmed, model: Wish["model"] = null) {
    const { options, reading, tables } = this.state;
    const found = this.#unpacked?.tables ?? this.#files;
    const blobs = found.filter((_, i) => tables[i]?.used ?? true).map(({ blob }) => blob);
    const input = { number: ++this.#number, tables: blobs.length > 0 ? blobs : null, regardless: this.#regardless, options: { now: today(), carry: CARRIED, ...options, reading } };
    this.#wishFor({ input, confirmed, model, person: null });
  }

  #reopen(changes: { options?: ReadOptions, reading?: string }) {
    const { source, options, reading } = { ...this.state, ...changes };
    if (!this.#wish.input || !source) return;
    if (decided(reading, "path") !== decided(this.state.reading, "path")) this.#unpacked = null;
    this.#read({ ...source }, options, reading, false, true, this.#wish.model);
  }

  #useTables(used: boolean[]) {
    const only = used.filter(Boolean).length === 1 ? String(used.indexOf(true) + 1) : "";
    this.#set({ tables: this.state.tables.map((table, i) => ({ ...table, used: used[i] })) });
    this.#reopen({ reading: decide(this.state.reading, { sheet: only }) });
  }

  /** Ends what is under way: the log, while there is no answer; else what is being added to it. */
  #cancel() {
    if (!this.state.table) return this.#close();
    this.#set({ pending: null, progress: null });
    this.#wishFor({ halted: true, settings: this.state.settings });
    this.#set({ halted: true });
  }

  #close() {
    const { settings, stored } = this.state;
    clearTimeout(this.#resting);
    this.#endPast();
    this.#set({ ...emptyState(), settings, stored, before: this.#lastDay });
    this.#forgetGroups();
    this.#wishFor({ input: null, model: null, person: null, settings });
  }

  #settings(changes: Partial<Settings>) {
    if (changes.currency) this.#currencyChosen = true;
    const settings = withSettings(this.#wish.settings, changes);
    if (settings === this.#wish.settings) return;
    if (Object.keys(changes).join() === "since") return this.#useSince(settings.since, null);
    if (Object.keys(changes).join() === "by") return this.#useBy(settings.by);
    if (["pair", "campaign", "keep", "show"].includes(Object.keys(changes).join())) return this.#useShown(changes);
    if (Object.keys(changes).join() === "currency") return this.#useCurrency(settings.currency);
    this.#endPast();
    this.#wish = { ...this.#wish, settings, model: "kind" in changes ? null : this.#wish.model, serial: this.#wish.serial + 1 };
    this.#set(this.state.table ? { pending: settings } : { settings });
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#wishFor({ settings: this.#wish.settings }), REST_MS);
  }

  /** The currency is the display's: nothing is worked out anew. */
  #useCurrency(currency: string) {
    this.#useShown({ currency });
  }

  /** Settings that change no figure. */
  #useShown(changes: Partial<Settings>) {
    const { settings, pending } = this.state;
    this.#wish = { ...this.#wish, settings: withSettings(this.#wish.settings, changes) };
    this.#set({ settings: withSettings(settings, changes), pending: pending && withSettings(pending, changes) });
    this.#remember();
  }

  /** What was said of the groups there were. */
  #forgetGroups() {
    this.#wish = { ...this.#wish, costs: [] };
    this.#set({ costs: [], costList: null });
    this.#useShown({ costs: "", pair: "" });
  }

  /** What customers are grouped by changes no other figure; costs are of the groups that there were. */
  #useBy(by: string) {
    this.#forgetGroups();
    this.#useShown({ by });
    this.#wishFor({ sources: true });
  }

  #useCosts(costs: Cost[]) {
    this.#set({ costs });
    this.#useShown({ costs: costsText(costs) });
    this.#wishFor({ costs });
  }

  // Since last time.

  /** The last day of the list that is open, or of the one before it. */
  get #lastDay() {
    const { report, source, before } = this.state;
    return report && source?.kind !== "sample" ? report.last_day : before;
  }

  #useSince(since: string, model: Blob | null) {
    this.#endPast();
    this.#modelThen = model;
    this.#useShown({ since });
    this.#compare();
  }

  /** Takes the day, and the model where it is one, from a file of last time. */
  async #last(file: Blob) {
    const { table } = this.state;
    const { dayOf, readLast } = await import("./since.ts");
    const last = readLast(await file.slice(0, MAX_LAST_BYTES).text().catch(() => ""));
    if (!table || this.state.table !== table) return;
    const day = last && ("day" in last ? last.day : await dayOf(last.orders, table));
    if (day !== null) return this.#useSince(sinceText(day), last && "model" in last ? new Blob([last.model]) : null);
    this.#endPast();
    this.#set({ since: { day: 0, changes: null, done: true, fault: last ? "foreign" : "unreadable" } });
  }

  /** Compares with an earlier day: what was known and expected then comes from a session of its own, which reads the same files up to that day. */
  async #compare() {
    const { settings, report, table, source, options, reading } = this.state;
    const day = sinceOf(settings.since);
    if (day === null || this.#past || !report || !table || !source) return;
    const left = report.last_day - day;
    const fault = isHeldOut(settings) ? "held_out" : left < 1 || day <= report.first_day ? "no_time" : null;
    this.#set({ since: { day, changes: null, done: fault !== null, fault } });
    if (fault) return;
    const past = new Session({ ...this.#given, store: null, settings: { ...settings, reading, since: "", by: "", holdout_days: left, horizon_days: left } });
    this.#past = past;
    past.subscribe(() => this.#told(past, day));
    const opened = past.#open(this.#files, source, options, true);
    past.#regardless = this.#regardless;
    await opened;
    if (this.#modelThen) past.#modelFile(this.#modelThen);
  }

  /** Tells what has changed, as far as the session of the earlier day has come. */
  async #told(past: Session, day: number) {
    const { totals, failure, phase, pending, model } = past.state;
    const { table, report } = this.state;
    if (this.#past !== past || !table || !report) return;
    const fail = (fault: Fault = "too_little") => this.#set({ since: { day, changes: null, done: true, fault } });
    if (failure) return fail(["no_memory", "too_large", "lost"].includes(failure.code) ? "no_memory" : "too_little");
    if (!totals || phase !== "ready" || pending !== null || (this.#modelThen && model?.origin !== "file")) return;
    if (!totals.likely.answerable) return fail();
    const done = isDone(past.state);
    const { since } = this.state;
    if (this.#compared?.totals === totals && this.#compared.table === table) return void (since && since.done !== done && this.#set({ since: { ...since, done } }));
    this.#compared = { totals, table };
    const { changesOf } = await import("./since.ts");
    const changes = await changesOf(past.state, table, report.last_day);
    if (this.#past === past && this.#compared.totals === totals && this.#compared.table === table) this.#set({ since: { day, changes, done: isDone(past.state), fault: null } });
  }

  /** Ends the session of an earlier day. */
  #endPast() {
    const past = this.#past;
    this.#past = this.#compared = null;
    if (this.state.since) this.#set({ since: null });
    if (past) past.#connection?.then((connection) => connection.terminate(), () => {});
  }

  async #costList(list: Blob) {
    const bytes = new Uint8Array(await list.slice(0, MAX_COSTS_BYTES).arrayBuffer());
    (await this.#connect()).costs({ list: ++this.#number, bytes });
  }

  async #subscribers() {
    this.#set({ subscribers: null });
    (await this.#connect()).subscribers();
  }

  /**
   * Reads columns of the file beside those that figures are of. A worker of its own reads the files again and ends, so that the first answer
   * waits for none of them, and no memory stays with the engine.
   */
  async #takeColumns(columns: string[]) {
    const { input } = this.#wish;
    const { table, kept } = this.state;
    if (!input?.tables || !table || (kept && kept.status !== "failed" && kept.columns.join("\n") === columns.join("\n"))) return;
    const asked: Kept = { columns, texts: [], consents: [], status: columns.length > 0 ? "reading" : "ready" };
    this.#set({ kept: asked });
    if (columns.length === 0) return;
    const wanted = () => this.state.kept === asked && this.state.table?.ids === table.ids;
    const done = (texts: KeptTexts | null) => {
      connection?.terminate();
      if (wanted()) this.#set({ kept: texts ? { ...asked, ...keptOf(table.ids, texts), status: "ready" } : { ...asked, status: "failed" } });
    };
    let connection: Connection | null = null;
    try {
      connection = await this.#given.start({ onNews: (news) => void ("kept" in news && done(news.kept)), onEnd: () => done(null) });
      connection.keep({ ...input, options: { ...input.options, carry: 0, keep: columns } });
    } catch {
      done(null);
    }
  }

  /** A list of subscriptions is shown as one, unless another part of the page was asked for; the parts of another file go. */
  #useSubscriptions(subscriptions: State["subscriptions"], fresh: boolean) {
    const { view } = this.state;
    const shown = fresh && subscriptions && view === "overview" ? "subscriptions" : !subscriptions && view === "subscriptions" ? "overview" : view;
    if (subscriptions || this.state.subscriptions || shown !== view) this.#set({ subscriptions, subscribers: null, view: shown });
  }

  /** The groups of a list have cost what it says, the others what they did. */
  #onCosts(list: Results["costs"]) {
    const named = new Set(list.each.map(({ group }) => group.toLowerCase()));
    const others = this.state.costs.filter(({ group }) => !named.has(group.toLowerCase()));
    this.#set({ costList: list });
    this.#useCosts([...others, ...list.each]);
  }

  #person(row: number | null) {
    this.#set(row === null ? { person: null } : { view: "customers" });
    this.#wishFor({ person: row });
  }

  async #modelFile(file: Blob) {
    // A byte more than may be is enough to see that it is too large.
    const text = await file.slice(0, MAX_MODEL_BYTES + 1).text().catch((error) => void this.#set({ failure: { code: "file", detail: String(error) } }));
    if (text === undefined) return;
    const { source, options, reading } = this.state;
    const model = { number: ++this.#number, text };
    const readingOfModel = withReadingOf(text, reading);
    this.#set({ failure: null });
    if (!source || source.kind === "sample" || !this.#wish.input || readingOfModel === new URLSearchParams(reading).toString()) return this.#wishFor({ model });
    // The list is read as the model's was; where the file turns out to be none, as before.
    this.#readingBefore = reading;
    this.#set({ readingGiven: true });
    if (decided(readingOfModel, "path") !== decided(reading, "path")) this.#unpacked = null;
    await this.#read({ ...source }, options, readingOfModel, this.#wish.confirmed, true, model);
  }

  async #keep() {
    const { input, settings, confirmed } = this.#wish;
    const { source, options } = this.state;
    const [first, ...more] = this.#files;
    if (!input || !first || !source || !this.#given.store) return;
    const kept = { options, blob: first.blob, more, name: source.name, settings, confirmed, currencyChosen: this.#currencyChosen };
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
    const figures = Object.keys(changes).some((name) => !BESIDE.includes(name));
    const wish = { ...this.#wish, halted: this.#wish.halted && !figures, ...changes, serial: this.#wish.serial + (figures ? 1 : 0) };
    this.#wish = wish;
    this.#busy = true;
    if (this.state.halted && !wish.halted) this.#set({ halted: false });
    try {
      const worker = await this.#connect();
      if (this.#wish === wish) worker.wish(wish);
    } catch (error) {
      if (this.#wish === wish) this.#fail(failureOf(error));
    }
  }

  #connect() {
    this.#connection ??= this.#given.start({ onNews: (news) => this.#onNews(news), onEnd: (message) => this.#onEnd(message) }).catch((error) => {
      this.#connection = null;
      throw error;
    });
    return this.#connection;
  }

  /** One that had nothing to do is missed by nobody: the next wish starts another. */
  #onEnd(message: string) {
    this.#connection = null;
    if (this.#busy) this.#fail({ code: outOfMemory({ message }) ? "no_memory" : "lost", detail: message });
  }

  #onNews(news: News) {
    if ("progress" in news) return this.#onProgress(news.progress);
    if ("report" in news) return void this.#onReport(news);
    if ("choice" in news) return this.#onChoice(news.choice);
    if ("history" in news) return this.#onHistory(news);
    if ("costs" in news) return this.#onCosts(news.costs);
    if ("subscribers" in news) return this.#set({ subscribers: news.subscribers });
    if ("kept" in news) return; // a worker of its own tells of them
    if (news.serial !== this.#wish.serial) return; // of a wish that has been followed by another
    if ("resting" in news || "failure" in news) this.#busy = false;
    if ("answer" in news) this.#onAnswer(news.answer);
    else if ("subscriptions" in news) this.#onSubscriptions(news);
    else if ("sources" in news) this.#set({ sources: news.sources });
    else if ("test" in news) this.#set(this.#tested(news.test));
    else if ("next_order_days" in news) this.#onNext(news.next_order_days);
    else if ("failure" in news) this.#fail(news.failure);
    else if (this.state.progress) this.#set({ progress: null });
  }

  /** Of other settings: where nothing else is being worked out, they are those of the state. */
  #onSubscriptions({ subscriptions }: { subscriptions: State["subscriptions"] }) {
    this.#set({ subscriptions, subscribers: null });
  }

  #onProgress({ report, ...progress }: Progress) {
    if (!this.#wish.input || this.#wish.halted || ["asking", "failed", "empty"].includes(this.state.phase)) return;
    const before = this.state.progress;
    const started = before?.phase === progress.phase ? before.started : performance.now();
    this.#set({ progress: { ...progress, started }, ...(report && !this.state.table && { report }) });
  }

  async #onReport({ input, report, parts, sample, subscriptions }: Extract<News, { report: Report }>) {
    const { source } = this.state;
    if (this.#wish.input?.number !== input || !source) return;
    if (sample) this.#files = [{ name: SAMPLE, blob: sample }];
    const fresh = this.state.phase === "reading" && !this.state.subscriptions;
    // A workbook is an archive with the tables in it.
    const packed = (report.binary === "zip" || report.binary === "json") && !this.#unpacked;
    const asked = [...report.questions, ...this.state.asked.filter(({ code }) => !report.questions.some((q) => q.code === code))];
    this.#fresh = { report, tables: this.#tablesWith(parts), asked };
    if (!this.state.table || packed || unclear(report, this.#wish.confirmed)) this.#show();
    this.#useSubscriptions(subscriptions, fresh);
    if (subscriptions?.currency && !this.#currencyChosen) this.#useCurrency(subscriptions.currency);
    if (packed) {
      if (!(await this.#unpack(source))) return;
      if (this.#wish.input?.number === input) this.#input(this.#wish.confirmed, this.#wish.model);
      return;
    }
    if (unclear(report, this.#wish.confirmed)) return this.#question(report);
    this.#phase("working");
    this.#useReading(report.reading);
    if (report.currency && !this.#currencyChosen) this.#useCurrency(report.currency);
    if (this.state.stored && source.kind !== "stored") this.#keep();
  }

  /** Shows what was read, and no answer to what was read before. */
  #show() {
    if (this.#fresh) this.#set({ ...(this.state.table && { ...NO_RESULTS, phase: "reading" as const, pending: null }), ...this.#fresh, progress: null });
    this.#fresh = null;
  }

  /** The tables, with what became of each. */
  #tablesWith(parts: Plan["parts"]) {
    const used = this.state.tables.filter((table) => table.used);
    return this.state.tables.map((table) => ({ ...table, part: parts[used.indexOf(table)] ?? null }));
  }

  /** What was decided stays in the settings, as far as it names nobody. */
  #useReading(reading: string) {
    if (this.state.source?.kind === "sample") return;
    const settings = withSettings(this.state.settings, { reading });
    this.#wish = { ...this.#wish, settings: withSettings(this.#wish.settings, { reading }) };
    this.#set({ settings });
    this.#remember();
  }

  /** What was read means nothing yet: a column is missing, or it can be read in two ways, or it is no table at all. */
  #question({ status, binary }: Report) {
    const kind = binary === "zip" && /\.numbers$/i.test(this.state.source?.name ?? "") ? "numbers" : binary;
    if (["binary", "empty", "header_only"].includes(status)) this.#fail({ code: "unreadable", detail: status === "binary" ? kind : status });
    else this.#set({ phase: "asking", progress: null });
  }

  #onChoice(choice: Choice) {
    this.#set({ choice });
    const { model } = this.state;
    if (model?.origin === "first" && model.kind === choice.recommended) this.#set({ model: { ...model, origin: "recommended" } });
  }

  /** All that a change of settings or of the model changes, shown at once. */
  #onAnswer({ settings, summary, model, file, given, figures, test, columns, ids: fresh, compared }: Answer) {
    const ids = fresh ? new Ids(fresh.bytes, fresh.ends) : required(this.state.table, "table").ids; // as they came before
    const wished = this.#wish.settings;
    const shown = withSettings(settings, Object.fromEntries(SHOWN.map((name) => [name, wished[name]])));
    const { totals, segments, spend, clv, cohorts, season } = figures;
    const checked = figures.months.length > 0;
    const [months, evidence] = checked ? [figures.months, figures.evidence] : [null, null];
    const choice = compared ? this.state.choice : null;
    this.#model = this.#wish.model;
    this.#readingBefore = null;
    const origin = given ? "file" : settings.kind !== "auto" ? "picked" : compared ? "recommended" : "first";
    const same = this.state.model?.text === file;
    const old = this.state.model as Model; // read where it is the same alone
    this.#set({
      ...this.#fresh, phase: "ready", settings: shown, pending: null, summary, choice, totals, person: same ? this.state.person : null,
      table: { length: ids.length, ids, columns },
      model: same
        ? { ...old, origin }
        : { kind: model.kind, origin, file: model.file, text: file, candidate: model.fitted ? model.candidate : null, spend: model.fitted ? model.spend : null },
      ...this.#tested(test, { ...this.state.pictures, segments, spend, clv, cohorts, season, months, evidence }, same),
    });
    this.#fresh = null;
    this.#remember();
    const day = sinceOf(this.state.settings.since);
    if (this.#past && day !== null) this.#told(this.#past, day);
    else if (this.state.view === "since") this.#compare();
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
    if (failure.code === "model_file" && this.#readingBefore !== null && this.state.table) return this.#readAsBefore(failure, this.#readingBefore);
    this.#wish = { ...this.#wish, person: null };
    this.#show();
    this.#set({ failure, pending: null, progress: null });
    this.#phase("failed");
    const stands = this.state.table && (failure.code === "step" || failure.code === "model_file");
    if (stands) this.#wishFor({ settings: this.state.settings, model: this.#model });
  }

  /** Takes back what a model file that was refused said of the reading. */
  #readAsBefore(failure: Failure, reading: string) {
    const { source, options } = this.state;
    this.#readingBefore = null;
    this.#set({ readingGiven: false });
    if (source) this.#read({ ...source }, options, reading, this.#wish.confirmed, true, this.#model);
    this.#set({ failure });
  }

  #set(changes: Partial<State>) {
    this.state = { ...this.state, ...changes };
    for (const listener of this.#listeners) listener(this.state);
  }
}

/** Whether all that was asked for is there: earlier forecasts were checked, and of a model that was fitted here all models were compared and this one tested. */
const isDone = ({ phase, pending, progress, pictures, model, warnings }: State) =>
  phase === "ready" && pending === null && progress === null && (pictures.calibration !== null || (model?.origin === "file" && warnings !== null));

/** The day, here or in Greenwich, whichever is ahead: an order of a later one cannot be. From 1970-01-01. */
function today() {
  const now = new Date();
  return Math.floor((now.getTime() + Math.max(0, -now.getTimezoneOffset()) * 60_000) / 86_400_000);
}
