/**
 * What the user lets this browser keep: the file itself, how to read it, and the settings; in IndexedDB, where a file
 * of any size stays on disk. Nothing is here until it was asked for, and clear leaves nothing behind.
 *
 * @typedef {object} Kept
 * @property {Blob} blob
 * @property {string} name
 * @property {import("../engine/customers.mjs").ReadOptions} options
 * @property {import("./types.d.ts").Settings} settings
 * @property {boolean} confirmed
 * @property {boolean} currencyChosen
 *
 * @typedef {object} Store
 * @property {() => Promise<Kept | null>} load
 * @property {(kept: Kept) => Promise<void>} save
 * @property {(changes: Partial<Kept>) => Promise<void>} update all but the file
 * @property {() => Promise<void>} clear
 */
const DATABASE = "hourglass-customers";
const TABLE = "kept";

/** @type {Store} */
export const store = {
  async load() {
    if (!(await exists())) return null;
    const [blob, rest] = await withTable("readonly", (table) => [table.get("blob"), table.get("rest")]);
    return blob && rest ? { blob, ...rest } : null;
  },

  async save({ blob, ...rest }) {
    await withTable("readwrite", (table) => [table.put(blob, "blob"), table.put(rest, "rest")]);
  },

  async update(changes) {
    const [rest] = await withTable("readonly", (table) => [table.get("rest")]);
    if (rest) await withTable("readwrite", (table) => [table.put({ ...rest, ...changes }, "rest")]);
  },

  async clear() {
    if (await exists()) await done(indexedDB.deleteDatabase(DATABASE));
  },
};

/** Whether there is anything: to ask by opening would make it. */
async function exists() {
  return (await indexedDB.databases()).some(({ name }) => name === DATABASE);
}

/**
 * @param {IDBTransactionMode} mode @param {(table: IDBObjectStore) => IDBRequest[]} use
 * @returns {Promise<any[]>} once it is safely written
 */
async function withTable(mode, use) {
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
    return requests.map((request) => request.result);
  } finally {
    database.close();
  }
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
