// What was kept of a session and cannot be read: set aside, told, and offered as a file.

import { change, keys } from "../server/store.js";

const ASIDE = "aside-"; // before the names of what is set aside
const MOST = 3; // of them
/** @type {any} */
let last = null; // what this page has set aside: {why, at, found}

// sessionStorage by key, which may be forbidden or full; null removes.
/** @param {string} key @param {string | null} text */
export function mark(key, text) {
  try {
    if (text === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch { /* remembered for this visit only */ }
}

/** @param {string} key */
export function marked(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

// The newest few stay; where IndexedDB does not take it, it stays in memory as long as the page.
/** @param {any} found @param {Told} why */
export async function put(found, why) {
  last = { why, at: Date.now(), found };
  try {
    const range = IDBKeyRange.bound(ASIDE, `${ASIDE}\uffff`);
    const old = (await keys("sessions", range)).slice(0, 1 - MOST);
    await change([
      ...old.map((/** @type {string} */ key) => ({ shelf: "sessions", key })),
      { shelf: "sessions", key: `${ASIDE}${last.at}`, value: last },
    ]);
  } catch { /* it can still be saved as a file */ }
}

// What this page has set aside and not told yet.
export function untold() {
  if (!last || last.told) return null;
  last.told = true;
  return last;
}
