// The session of this tab beyond a reload: whole in IndexedDB, and what came since then in sessionStorage.

import { message } from "../core/messages.js";
import { bytesOf, pack, unpack } from "../core/packing.js";
import { flawOfKept } from "../core/session_file.js";
import { change } from "../server/store.js";
import { tell as tellPerson } from "./announce.js";
import { mark, marked, put as setAside } from "./aside.js";
import { snapshot, state } from "./state.js";
import { claim, clean, forget, newName, stored } from "./tabs.js";

const TAB = "deltaflow-tab";
const LATEST = "deltaflow-2"; // another number where what is kept changes its form
const SOON = 300; // after an action by hand
const RUNNING = 2000; // between two savings of a run, or ten times as long as one takes
const MOST_BYTES = 64e6; // of one tab
const MOST_UNDO = 10;
const MOST_BEHIND = 50;
const SAVED = "deltaflow-saved"; // whether IndexedDB has had a whole session of this tab
const GROUP = 1e6; // written at once, so that no step waits for a large one

const walk = () => state;
let tab = ""; // its name, once it is claimed
let written = new Set(); // the numbers of the parts that IndexedDB has
let cost = 0; // how long the last saving took
/** @type {number | undefined} */
let timer;
let saving = false;
let again = false;
let told = false;

// A history without the weights of the past: what undo brings back after a reload.
const bare = new WeakMap();
/** @param {RunHistory} history */
function curvesOf(history) {
  if (!bare.has(history)) {
    const branches = history.branches.map((branch) => ({ ...branch, kept: branch.kept.slice(-1) }));
    bare.set(history, { ...history, branches });
  }
  return bare.get(history);
}

/** @param {Session} session */
const historyOf = (session) => session.history || walk().history;

// From all of a session to the least that is of use, each with what is left out.
/** @type {[(now: Session) => Session, "" | "past" | "weights"][]} */
const EXTENTS = [
  [(now) => now, ""],
  [(now) => ({ ...now, undo: [], behind: [] }), "past"],
  [(now) => ({ ...now, undo: [], behind: [], history: curvesOf(historyOf(now)) }), "weights"],
];

function session() {
  const now = snapshot();
  const behind = now.behind.slice(-MOST_BEHIND).map(({ weights, fields }) => ({ weights, fields }));
  const undo = walk().undo.slice(-MOST_UNDO)
    .map((before) => ({ ...before, behind: [], history: curvesOf(historyOf(before)) }));
  const { focus, picked } = walk();
  return { ...now, behind, undo, focus, picked };
}

class TooLarge extends Error {
  told = message("keeping.too_large", { megabytes: MOST_BYTES / 1e6 });
}

/** @param {Map<number, any>} parts */
const rowsOf = (parts) => [...parts].map(([id, value]) => ({ shelf: "chunks", key: [tab, id], value }));

// Parts in groups of about a megabyte: between two of them the page does what else there is to do.
/** @param {any} rows */
async function writeParts(rows) {
  for (let at = 0; at < rows.length;) {
    const group = [];
    for (let bytes = 0; at < rows.length && bytes < GROUP; at++) {
      group.push(rows[at]);
      bytes += bytesOf(rows[at].value);
    }
    await change(group);
    for (const { key } of group) written.add(key[1]);
    await new Promise((go) => setTimeout(go));
  }
}

/** @param {Session} whole */
async function write(whole) {
  const parts = new Map();
  const skeleton = pack(whole, parts);
  const bytes = bytesOf([...parts.values()]);
  if (bytes > MOST_BYTES) throw new TooLarge();
  await writeParts(rowsOf(parts).filter(({ key }) => !written.has(key[1])));
  const gone = [...written].filter((id) => !parts.has(id));
  for (const id of gone) written.delete(id);
  const at = Date.now();
  await change([
    { shelf: "sessions", key: tab, value: { at, skeleton } },
    { shelf: "tabs", key: tab, value: { tab, at, bytes } },
    ...gone.map((id) => ({ shelf: "chunks", key: [tab, id] })),
  ]);
  mark(SAVED, "yes");
}

// In a pause: during a run other words would take its place.
/** @param {string | Message} why @param {string} left */
function tell(why, left) {
  if (told || walk().training || walk().waiting || !walk().history.branches.length) return;
  told = true;
  tellPerson(message(`keeping.lost.${left}`, { why }), "error");
}

async function save() {
  const now = session();
  /** @type {string | Message} */
  let why = "";
  for (const [part, left] of EXTENTS) {
    try {
      await write(part(now));
      if (why) tell(why, left);
      return;
    } catch (/** @type {any} */ error) {
      why = why || error.told || error.message || error.name;
    }
  }
  tell(why, "run");
}

export async function saveNow() {
  timer = undefined;
  saving = true;
  const began = performance.now();
  await save();
  cost = performance.now() - began;
  saving = false;
  if (again) changed();
}

// Everything, a run included, before the page is left on purpose.
export async function saveAll() {
  walk().training = false;
  while (saving) await new Promise((go) => setTimeout(go, 20));
  clearTimeout(timer);
  await saveNow();
}

// Something is different on the page: keep it soon, in a run now and then.
export function changed() {
  again = saving;
  if (!tab || saving || timer) return;
  timer = setTimeout(saveNow, walk().training ? Math.max(RUNNING, 10 * cost) : SOON);
}

// Leaving the page does not wait for IndexedDB: what it has not got yet goes where writing is at once.
function leave() {
  if (!walk().pass) return;
  for (const [part] of EXTENTS) {
    const skeleton = pack(part(session()), new Map(), (id) => !written.has(id));
    try {
      sessionStorage.setItem(LATEST, JSON.stringify({ at: Date.now(), skeleton }));
      return;
    } catch { /* too much: with less */ }
  }
  try {
    sessionStorage.removeItem(LATEST);
  } catch { /* forbidden: the URL still carries the configuration */ }
}

/** @param {string | null} text */
function opened(text) {
  try {
    return text === null ? null : JSON.parse(text);
  } catch (/** @type {any} */ error) {
    return { flaw: error.message };
  }
}

// The session of a kept skeleton, or {flaw}: why it is none.
/** @param {any} given @param {Map<number, any>} parts */
function unpacked({ skeleton, flaw }, parts) {
  if (flaw) return { flaw };
  try {
    const session = unpack(skeleton, parts);
    const found = flawOfKept(session);
    return found ? { flaw: found } : { session };
  } catch (/** @type {any} */ error) {
    return { flaw: error.told || error.message };
  }
}

// A name that a tab with another page has already is left to it.
/** @param {string | null} name @param {Map<number, any>} parts */
async function settle(name, parts) {
  const mine = await claim(name);
  tab = name && mine ? name : newName();
  if (mine) written = new Set(parts.keys());
  else claim(tab); // nobody else knows a new name: no need to wait
  mark(TAB, tab);
}

/** @type {any} */
let found = null; // all that was kept, for putting it aside

// What this tab kept last and can still be put together, or null; what cannot is kept aside.
export async function load() {
  const [name, text] = [marked(TAB), marked(LATEST)];
  /** @type {{ whole?: any, parts: Map<number, any> }} */
  const nothing = { parts: new Map() };
  /** @type {string | Message} */
  let why = "";
  /** @param {any} error */
  const failed = (error) => {
    why = message("keeping.unreadable", { error: error?.told || String(error?.message || error) });
    return nothing;
  };
  const { whole, parts } = name ? await stored(name).catch(failed) : nothing;
  found = { latest: text, whole, parts: [...parts] };
  if (name && marked(SAVED) && !whole) why = why || message("keeping.gone");
  await settle(name, parts);
  /** @param {any} one */
  const timeOf = (one) => (Number.isFinite(one.at) ? one.at : 0);
  const kept = [opened(text), whole].filter((one) => one !== null && one !== undefined)
    .sort((one, other) => timeOf(other) - timeOf(one));
  const read = kept.map((one) => unpacked(one, parts));
  const usable = read.find(({ session }) => session);
  const flaw = read.find((one) => one.flaw)?.flaw;
  if (flaw || (why && !usable)) await putAside(flaw || why);
  return usable?.session || null;
}

// What was found is moved where nothing overwrites it, and told once the page stands.
/** @param {Told} why */
export async function putAside(why) {
  await setAside(found, why);
  written = new Set();
  await forget(tab).catch(() => {});
  mark(LATEST, null);
}

export const connect = () => {
  found = null;
  addEventListener("pagehide", leave);
  changed();
  clean(tab).catch(() => {});
};
