/**
 * What the user lets this browser keep: the file itself, how to read it, and the settings; in IndexedDB, where a file
 * of any size stays on disk. Nothing is here until it was asked for, and clear leaves nothing behind.
 */
import type { ReadOptions } from "../engine/customers.ts";
import type { Settings } from "./state.ts";

/** What is kept. */
interface Kept {
  blob: Blob;
  more: { name: string, blob: Blob }[]; // files read with it
  name: string;
  options: ReadOptions;
  settings: Settings;
  confirmed: boolean;
  currencyChosen: boolean;
}

/** All but the files themselves. */
type Rest = Omit<Kept, "blob" | "more">;

export interface Store {
  load: () => Promise<Kept | null>;
  save: (kept: Kept) => Promise<void>;
  update: (changes: Partial<Rest>) => Promise<void>;
  clear: () => Promise<void>;
}

const DATABASE = "hourglass-customers";
const TABLE = "kept";

export const store: Store = {
  load: () => inTurn(async () => {
    if (!(await exists())) return null;
    const [blob, more, rest] = await withTable<[Blob?, Kept["more"]?, Rest?]>("readonly", (table) => [table.get("blob"), table.get("more"), table.get("rest")]);
    return blob && rest ? { blob, more: more ?? [], ...rest } : null;
  }),

  save: ({ blob, more, ...rest }) => inTurn(async () => {
    await withTable("readwrite", (table) => [table.put(blob, "blob"), table.put(more, "more"), table.put(rest, "rest")]);
  }),

  update: (changes) => inTurn(async () => {
    if (!(await exists())) return;
    const [rest] = await withTable<[Rest?]>("readonly", (table) => [table.get("rest")]);
    if (rest) await withTable("readwrite", (table) => [table.put({ ...rest, ...changes }, "rest")]);
  }),

  clear: () => inTurn(async () => {
    if (await exists()) await done(indexedDB.deleteDatabase(DATABASE));
  }),
};

let turn: Promise<unknown> = Promise.resolve();

/** One after the other: an update that is under way while all is deleted would make the database again. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work, work);
  turn = mine;
  return mine;
}

/** Whether there is anything: to ask by opening would make it. */
async function exists() {
  return (await indexedDB.databases()).some(({ name }) => name === DATABASE);
}

/** The answers to some requests, once all is safely written. */
async function withTable<T extends unknown[]>(mode: IDBTransactionMode, use: (table: IDBObjectStore) => { [K in keyof T]: IDBRequest<T[K]> }) {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => void opening.result.createObjectStore(TABLE);
  const database = await done(opening);
  try {
    const transaction = database.transaction(TABLE, mode);
    const requests = use(transaction.objectStore(TABLE));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    return requests.map((request) => request.result) as T; // map loses which is of what type
  } finally {
    database.close();
  }
}

const done = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
