// What the browser keeps beyond a reload: values by key on a few shelves of IndexedDB.

import { message } from "../core/messages.js";

const NAME = "deltaflow";
const VERSION = 1;
const SHELVES = ["tabs", "sessions", "chunks"];
const LONGEST_WAIT = 3000; // some browsers never answer where storage is forbidden
/** @type {Promise<IDBDatabase> | null} */
let opened = null;

// Why nothing was read or written, in the words of the page where the browser has none.
/** @param {string} what @param {string} key */
export const failure = (what, key) => Object.assign(new Error(what), { told: message(key) });

/** @param {(database: IDBDatabase) => void} done @param {(why: unknown) => void} fail */
function connect(done, fail) {
  setTimeout(() => fail(failure("no answer", "keeping.silent")), LONGEST_WAIT);
  const asked = indexedDB.open(NAME, VERSION);
  asked.onupgradeneeded = () => SHELVES.forEach((shelf) => asked.result.createObjectStore(shelf));
  asked.onerror = () => fail(asked.error);
  asked.onsuccess = () => {
    const database = asked.result;
    database.onversionchange = () => database.close();
    database.onclose = () => database.close();
    done(database);
  };
}

// Each failure is told to who asked; the next one tries anew.
function open() {
  const asked = opened || new Promise(connect);
  opened = asked;
  asked.catch(() => { opened = null; });
  return asked;
}

/**
 * @param {string[]} shelves
 * @param {IDBTransactionMode} mode
 * @param {(change: IDBTransaction) => IDBRequest | void} work
 */
async function transaction(shelves, mode, work) {
  const database = await open();
  return new Promise((/** @type {(result: any) => void} */ done, fail) => {
    const change = database.transaction(shelves, mode, { durability: "relaxed" });
    const found = work(change);
    change.oncomplete = () => done(found?.result);
    change.onabort = () => fail(change.error || failure("interrupted", "keeping.interrupted"));
  });
}

/** @param {string} shelf @param {any} key */
export const read = (shelf, key) => transaction([shelf], "readonly", (t) => t.objectStore(shelf).get(key));
/** @param {string} shelf @param {IDBKeyRange} [range] */
export const keys = (shelf, range) => transaction([shelf], "readonly", (t) => t.objectStore(shelf).getAllKeys(range));
/** @param {string} shelf @param {IDBKeyRange} [range] */
export const values = (shelf, range) => transaction([shelf], "readonly", (t) => t.objectStore(shelf).getAll(range));

// All of these edits {shelf, key, value} or none; without a value the key is removed.
/** @param {{ shelf: string, key: any, value?: any }[]} edits */
export function change(edits) {
  const shelves = [...new Set(edits.map(({ shelf }) => shelf))];
  if (!shelves.length) return Promise.resolve();
  return transaction(shelves, "readwrite", (t) => {
    for (const { shelf, key, value } of edits) {
      if (value === undefined) t.objectStore(shelf).delete(key);
      else t.objectStore(shelf).put(value, key);
    }
  });
}
