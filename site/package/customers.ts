/** Customers valued from a log of orders, by the engine of the customers page on the thread that asks. */
import { breath } from "../engine/customers-planner.ts";
import { textOf } from "../engine/text.ts";
import { CustomersEngine, CustomersLost, ModelFileError, StepError, writeModelFile } from "../engine/customers.ts";
import { columns as COLUMNS, words } from "../engine/customers.gen.mjs";
import { keysOf } from "../base/certain.ts";
import { FileError } from "./errors.ts";
import type { ModuleSource, Orders, Valued, ValueOptions } from "./index.d.ts";

/** What each may be, as the engine takes it. */
const BOUNDS = { horizon_days: [1, 36_500], annual_discount: [0, 10], margin: [0.001, 1], level: [0.5, 0.999], cac: [0, 1e12] } as const;

const START = { horizon_days: 365, annual_discount: 0, margin: 1, level: 0.95, cac: 0 };

/** Why a file has no orders. */
const FILES: Record<string, string> = {
  empty: "The file is empty. Give an export of orders, one line an order.",
  header_only: "The file has a header and no rows under it. Export the orders themselves.",
  binary: "This is not text. Give a CSV export; a workbook or a zip archive is to be unpacked before.",
  no_id_column: "No column for the customer was found. Name it: columns: { id: 1 } is the first.",
  no_date_column: "No column for the date was found. Name it: columns: { date: 2 } is the second.",
  no_orders: "No row is an order: report.set_aside of a file that can be read says why rows are left out. Check the columns and the dates.",
};

/** What is held against a forecast of the past, which is not asked for here, is none of them. */
const SHOWN = keysOf(COLUMNS).filter((name) => name !== "holdout_orders");

/** Progress is told at most every so many milliseconds. */
const PROGRESS_MS = 50;

/** Passes on a stage that begins, and what comes after it not too often. */
function seldom(tell: ValueOptions["onProgress"]): NonNullable<ValueOptions["onProgress"]> {
  let last = { stage: "", at: 0 };
  return (progress) => {
    const at = performance.now();
    if (progress.stage === last.stage && at - last.at < PROGRESS_MS) return;
    last = { stage: progress.stage, at };
    tell?.(progress);
  };
}

const compiled = async (source: ModuleSource) => (typeof source === "string" || source instanceof URL ? fetch(source) : source);

export const valueCustomersWith = (source: () => Promise<ModuleSource>) =>
  async (orders: Orders, { model, model_file, columns = {}, onProgress, signal, ...settings }: ValueOptions = {}): Promise<Valued> => {
    const chosen = checked(settings);
    if (model && model !== "auto" && !words.kind.includes(model)) throw new TypeError(`model is auto or one of ${words.kind.join(", ")}, not ${model}.`);
    signal?.throwIfAborted();
    const tell = seldom(onProgress);
    const engine = await CustomersEngine.load(await compiled(await source()), (stage, share) => {
      tell({ stage, share });
      return !signal?.aborted;
    });
    try {
      if (model_file !== undefined) engine.useModel(model_file);
      const report = await read(engine, orders, columns, tell, signal);
      if (report.status !== "ok") throw new FileError(report.status, FILES[report.status]);
      engine.set({ ...chosen, pick: model ?? "auto", compare: true, intervals: true, totals: true, next_orders: true, tracking: true, test: true });
      await settled(engine, signal);
      return valued(engine, report);
    } catch (error) {
      throw told(error, signal);
    }
  };

/** Settings as the engine takes them, or an error that names the limit. */
function checked(settings: Record<string, unknown>) {
  const out = { ...START };
  for (const [name, value] of Object.entries(settings)) {
    if (value === undefined) continue;
    if (!(name in BOUNDS)) throw new TypeError(`valueCustomers has no option ${name}. It has: ${[...keysOf(BOUNDS), "model", "model_file", "columns", "onProgress", "signal"].join(", ")}.`);
    const key = name as keyof typeof BOUNDS; // it is in them
    const [low, high] = BOUNDS[key];
    if (typeof value !== "number" || !(value >= low && value <= high)) throw new RangeError(`${name} is a number from ${low} to ${high}, not ${String(value)}.`);
    out[key] = value;
  }
  return out;
}

async function read(engine: CustomersEngine, orders: Orders, columns: NonNullable<ValueOptions["columns"]>, tell: ReturnType<typeof seldom>, signal?: AbortSignal) {
  const blob = orders instanceof Blob ? orders : new Blob(await parts(orders));
  const { encoding, chunks } = await textOf(blob, (head) => engine.charset(head));
  engine.open(encoding ? { columns, encoding } : { columns });
  let bytes = 0;
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    engine.write(chunk);
    bytes += chunk.length;
    tell({ stage: "reading", share: blob.size ? Math.min(1, bytes / blob.size) : 1 });
    await breath();
  }
  return engine.close();
}

async function parts(orders: Exclude<Orders, Blob>): Promise<BlobPart[]> {
  if (typeof orders === "string") return [orders];
  if (ArrayBuffer.isView(orders)) return [orders as Uint8Array<ArrayBuffer>]; // a Blob copies it, wherever it lies
  if (orders instanceof ArrayBuffer) return [orders];
  const all: BlobPart[] = [];
  for await (const part of orders) all.push(part as Uint8Array<ArrayBuffer>); // a Blob copies it, too
  return all;
}

async function settled(engine: CustomersEngine, signal?: AbortSignal) {
  while (engine.work().stage !== "idle") {
    await breath();
    signal?.throwIfAborted();
  }
}

function valued(engine: CustomersEngine, report: Valued["report"]): Valued {
  const { evidence, segments, totals } = engine.get("answer");
  const { warnings } = engine.get("test");
  const { kind, candidate, file } = engine.get("model");
  const ids = engine.ids();
  const columns = engine.columns(SHOWN);
  const best = Uint32Array.from(columns.rank, (_, row) => row).sort((a, b) => columns.rank[a] - columns.rank[b]);
  return {
    report, totals, evidence, segments, warnings,
    customers: { length: ids.length, id: (row) => ids.at(row), segment: (row) => words.segment[columns.segment[row]], columns, best },
    model: { kind, parameters: candidate.parameters, file: writeModelFile(file) },
  };
}

/** An error in words for whoever called. */
function told(error: unknown, signal?: AbortSignal) {
  if (signal?.aborted) return signal.reason;
  if (error instanceof ModelFileError) return new FileError(`model_${error.code}`, `The model file cannot be used: ${[error.code.replaceAll("_", " "), error.what].filter(Boolean).join(", ")}.`, { cause: error });
  if (error instanceof CustomersLost) return new RangeError(`${error.message} Give fewer orders, or use the command score, which has the memory of the whole machine.`, { cause: error });
  if (error instanceof StepError) {
    return error.status === "none_usable"
      ? new FileError(error.status, "No model can be fitted to these orders: too few customers have ordered again. Give a longer log.", { cause: error })
      : new Error(`The customers could not be valued: ${error.status}.`, { cause: error });
  }
  return error;
}
