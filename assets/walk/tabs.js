// What the tabs of this browser keep: whose name is whose, and what of those that are gone makes room.

import { change, keys as keysOf, read as readStore, values as valuesOf } from "../server/store.js";

const MOST_IN_ALL = 256e6;
const MOST_TABS = 12;
const MOST_DAYS = 30;

// A duplicated tab has the name of the first: the lock tells who is there already.
/** @param {string | null} name @returns {Promise<boolean>} */
export function claim(name) {
  if (!name || !navigator.locks) return Promise.resolve(false);
  return new Promise((done) => {
    navigator.locks.request(`deltaflow-${name}`, { ifAvailable: true }, (lock) => {
      done(Boolean(lock));
      return lock && new Promise(() => {}); // held as long as the page is there
    }).catch(() => done(false));
  });
}

export const newName = () => Array.from(crypto.getRandomValues(new Uint32Array(3)), (n) => n.toString(36)).join("");

// Whole sessions of tabs that are gone make room, the oldest first.
/** @param {string} tab */
export async function clean(tab) {
  const held = new Set(((await navigator.locks?.query())?.held || []).map(({ name }) => name));
  /** @type {{ tab: string, at: number, bytes: number }[]} */
  const all = (await valuesOf("tabs")).sort((/** @type {any} */ one, /** @type {any} */ other) => other.at - one.at);
  let bytes = 0;
  const old = all.filter((entry, i) => {
    bytes += entry.bytes;
    const dated = Date.now() - entry.at > MOST_DAYS * 864e5;
    return (dated || i >= MOST_TABS || bytes > MOST_IN_ALL) && entry.tab !== tab && !held.has(`deltaflow-${entry.tab}`);
  });
  for (const { tab: name } of old) await forget(name);
}

/** @param {string} name */
const partsOf = (name) => IDBKeyRange.bound([name, 0], [name, Infinity]);

/** @param {string} name */
export async function forget(name) {
  const keys = await keysOf("chunks", partsOf(name));
  await change([
    { shelf: "tabs", key: name }, { shelf: "sessions", key: name },
    ...keys.map((/** @type {any} */ key) => ({ shelf: "chunks", key })),
  ]);
}

/** @param {string} name */
export async function stored(name) {
  const whole = await readStore("sessions", name);
  const [keys, values] = await Promise.all([keysOf("chunks", partsOf(name)), valuesOf("chunks", partsOf(name))]);
  return { whole, parts: new Map(keys.map((/** @type {any} */ [, id], /** @type {number} */ i) => [id, values[i]])) };
}
