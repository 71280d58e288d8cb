// A person's own data: kept in this browser by their name, sent when the server asks for them.

import { failure } from "./store.js";

const MOST_KEPT = 24;
const MOST_LENGTH = 64e6; // characters of all that is kept
const LONGEST_WAIT = 3000; // some browsers never answer where storage is forbidden
const near = new Map(); // what this tab has read, for browsers that keep nothing

// What makes the key of new data one that nobody guesses.
export const salt = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {any} request */
const settled = (request) => new Promise((done, fail) => {
  setTimeout(() => fail(failure("no answer", "keeping.silent")), LONGEST_WAIT);
  request.onsuccess = () => done(request.result);
  request.onerror = () => fail(request.error);
});

/** @param {IDBTransactionMode} mode */
async function store(mode) {
  const opening = indexedDB.open("deltaflow-own-data", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("own", { keyPath: "key" });
  return (await settled(opening)).transaction("own", mode).objectStore("own");
}

/** @param {any} given */
const lengthOf = ({ x, y, labels }) => x.length + (y || labels).length;
// What an earlier version kept has no name but its key.
/** @param {any} given */
const nameOf = ({ name, key }) => name ?? key;

// The oldest go where the newest do not fit.
/** @param {any} own */
export async function keep(own) {
  near.set(nameOf(own), own);
  try {
    /** @type {{ key: string, own: any, at: number }[]} */
    const kept = await settled((await store("readonly")).getAll());
    const others = kept.filter(({ key }) => key !== nameOf(own)).sort((a, b) => b.at - a.at);
    const place = await store("readwrite");
    let room = MOST_LENGTH - lengthOf(own);
    others.forEach((entry, i) => {
      room -= lengthOf(entry.own);
      if (room < 0 || i >= MOST_KEPT - 1) place.delete(entry.key);
    });
    await settled(place.put({ key: nameOf(own), own, at: Date.now() }));
  } catch { /* forbidden or full: kept until the tab is closed */ }
}

// The own data with this name, or null where this browser does not have them.
/** @param {string} name */
export async function find(name) {
  if (near.has(name)) return near.get(name);
  try {
    const entry = await settled((await store("readonly")).get(name));
    if (entry) near.set(name, entry.own);
    return entry?.own || null;
  } catch {
    return null;
  }
}

// Data without a name get the one that the server has just called them by.
/** @param {any} own @param {any} answer */
export async function baptise(own, answer) {
  const name = (answer?.pass || answer)?.fields?.["own-data"];
  if (!own.name && name) await keep({ ...own, name });
}
