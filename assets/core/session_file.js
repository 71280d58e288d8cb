// A session as a file: settings, weights, the run with its history and own data, every number exact.

import { name as symbolOf } from "./format.js";
import { START, empty as emptyHistory } from "./history.js";
import { message } from "./messages.js";
import { decode } from "./pass.js";
import { visible } from "./visible.js";

const KIND = "deltaflow session";
const VERSION = 1;
const MOST_BRANCHES = 6;
const METRICS = ["train_loss", "test_loss", "train_score", "test_score"];
/** @param {any} value */
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
/** @param {any} value */
const isCount = (value) => Number.isInteger(value) && value >= 0;
/** @param {any} value */
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

// The text of a file; `own` are the own data that the session is on, or null.
/** @param {Session} given @param {any} own */
export function write({ fields, weights, iteration, start, made, amended, cursor, losses, run, history }, own) {
  const session = { fields, weights, iteration, start, made, amended, cursor, losses, run, history };
  return JSON.stringify({ kind: KIND, version: VERSION, ...session, own });
}

// So many finite float64 as base64.
/** @param {any} text @param {number} count */
function isArray(text, count) {
  if (typeof text !== "string" || text.length !== 4 * Math.ceil((8 * count) / 3)) return false;
  try {
    const array = decode(text);
    return array.length === count && array.every(Number.isFinite);
  } catch {
    return false;
  }
}

// Null, or in a sentence why these are not the weights of a network of these sizes.
/** @param {any} weights @param {number[]} sizes */
export function flawOfWeights(weights, sizes) {
  if (!isObject(weights) || !isObject(weights.w) || !isObject(weights.b)) return message("session_file.no_weights");
  for (const symbol of ["w", "b"]) {
    if (Object.keys(weights[symbol]).length !== sizes.length - 1) {
      return message("session_file.layers", { sizes: sizes.join("-") });
    }
    for (let layer = 2; layer <= sizes.length; layer++) {
      const [rows, cols] = [sizes[layer - 1], symbol === "w" ? sizes[layer - 2] : 1];
      if (!isArray(weights[symbol][layer], rows * cols)) {
        const array = { symbol: symbolOf(symbol, layer), shape: `${rows}×${cols}` };
        return message("session_file.array", { ...array, sizes: sizes.join("-") });
      }
    }
  }
  return null;
}

/** @param {number[]} sizes */
const countOf = (sizes) => sizes.slice(1).reduce((sum, n, i) => sum + n * (sizes[i] + 1), 0);

// The sizes of the layers that fields name, or null.
/** @param {any} fields @returns {number[] | null} */
export function sizesOf(fields) {
  const sizes = String(fields?.["layer-sizes"]).split("-").map(Number);
  return sizes.length > 1 && sizes.every((n) => isCount(n) && n) ? sizes : null;
}

/** @param {any} run @param {number[]} sizes */
export function isRun(run, sizes) {
  if (!isObject(run) || !isCount(run.batch)) return false;
  if (run.state === null) return true;
  return isObject(run.state) && isCount(run.state.steps) && isObject(run.state.slots) &&
    Object.values(run.state.slots).every((slot) => isArray(slot, countOf(sizes)));
}

/** @param {any} value */
const isPlace = (value) => isObject(value) && isCount(value.batch) && isNumber(value.epoch);
/** @param {any} value */
const isKnown = (value) => value === null || value === undefined || isNumber(value);
/** @param {any} value */
const areNorms = (value) => value === undefined || (isObject(value) && Object.values(value).every(isKnown));
/** @param {any} point */
const isPoint = (point) => isPlace(point) && METRICS.every((name) => isKnown(point[name])) &&
  areNorms(point.delta) && areNorms(point.dw);
/** @param {any} entry @param {number[]} sizes */
const isEntry = (entry, sizes) => isPlace(entry) && isCount(entry.iteration) &&
  isRun(entry.run, sizes) && !flawOfWeights(entry.weights, sizes);

// What can be used of a history, and how many of its parts cannot.
/** @param {any} history @param {number[]} sizes */
function sifted(history, sizes) {
  const empty = { history: emptyHistory(), dropped: 1 };
  if (!isObject(history) || !Array.isArray(history.branches) || !isCount(history.at)) return empty;
  let dropped = Math.max(0, history.branches.length - MOST_BRANCHES);
  /** @param {any} list @param {any} fits */
  const keep = (list, fits) => {
    if (!Array.isArray(list)) return [];
    let before = -1;
    const good = list.filter((item) => {
      const fine = fits(item) && item.batch > before;
      if (fine) before = item.batch;
      return fine;
    });
    dropped += list.length - good.length;
    return good;
  };
  /** @type {Branch[]} */
  const branches = history.branches.slice(-MOST_BRANCHES)
    .filter((/** @type {any} */ b) => isObject(b) && isCount(b.id))
    .map((/** @type {any} */ { id, from, points, kept }) => ({
      id, from: isObject(from) && isCount(from.branch) && isCount(from.batch) && from.branch < id ? from : null,
      points: keep(points, isPoint), kept: keep(kept, (/** @type {any} */ entry) => isEntry(entry, sizes)),
    }))
    .filter((/** @type {Branch} */ { kept }) => kept.length);
  const id = history.branches[history.current]?.id;
  const current = branches.findIndex((branch) => branch.id === id);
  if (!branches.length) return { history: empty.history, dropped };
  if (current < 0) return empty;
  return { history: { branches, current, at: history.at }, dropped };
}

/** @param {any} pair */
const isLoss = (pair) => Array.isArray(pair) && pair.length === 2 && isCount(pair[0]) && isNumber(pair[1]);

/** @param {any} weights */
const areWeights = (weights) => isObject(weights) && isObject(weights.w) && isObject(weights.b);
/** @param {any} one */
const isStage = (one) => isObject(one) && isObject(one.fields) && areWeights(one.weights);
/** @param {any} entry */
const isKept = (entry) => isPlace(entry) && areWeights(entry.weights);
/** @param {any} branch */
const isBranch = (branch) => isObject(branch) && isCount(branch.id) && Array.isArray(branch.points) &&
  branch.points.every(isPoint) && Array.isArray(branch.kept) && branch.kept.every(isKept);
/** @param {any} history */
const isHistory = (history) => isObject(history) && isCount(history.at) && Number.isInteger(history.current) &&
  Array.isArray(history.branches) && history.branches.every(isBranch);

/** @param {any} one */
const isBefore = (one) => isStage(one) && isHistory(one.history);

/** @param {any} focus */
const isFocus = (focus) => isObject(focus) && typeof focus.mode === "string" && typeof focus.whole === "boolean" &&
  [focus.layer ?? 0, focus.neuron, focus.input ?? 0, focus.sample].every(isCount);

// Null, or which part of what the browser kept is not what was kept: its form, for the server reads the numbers.
/** @param {any} session */
export function flawOfKept(session) {
  /** @type {Record<string, boolean>} */
  const parts = {
    fields: isStage(session), start: areWeights(session?.start), cursor: isCount(session?.cursor),
    iteration: isCount(session?.iteration), run: isObject(session?.run) && isCount(session.run.batch),
    made: session?.made === null || areWeights(session?.made?.weights), history: isHistory(session?.history),
    losses: Array.isArray(session?.losses) && session.losses.every(isLoss),
    behind: Array.isArray(session?.behind) && session.behind.every(isStage),
    undo: Array.isArray(session?.undo) && session.undo.every(isBefore),
    focus: session?.focus === undefined || isFocus(session.focus),
    picked: session?.picked === undefined || session.picked === null || isCount(session.picked),
  };
  const wrong = Object.keys(parts).find((name) => !parts[name]);
  return wrong ? message("session_file.part", { part: wrong }) : null;
}

const MOST_TOLD = 40; // characters of a value that is refused

// {session, own, told} of a parsed file, or {flaw}: why it is none. The server judges the settings.
/** @param {any} content */
export function read(content) {
  if (!isObject(content) || content.kind !== KIND) return { flaw: message("session_file.kind") };
  if (content.version !== VERSION) {
    const version = visible(String(content.version).slice(0, MOST_TOLD));
    return { flaw: message("session_file.version", { version, ours: VERSION }) };
  }
  const { fields, weights, start, iteration, cursor, run, own = null } = content;
  const sizes = sizesOf(fields);
  if (!sizes) return { flaw: message("session_file.sizes") };
  const flaw = flawOfWeights(weights, sizes);
  if (flaw) return { flaw: message("session_file.weights", { flaw }) };
  const told = [];
  const { history, dropped } = sifted(content.history, sizes);
  if (dropped) told.push(message("session_file.dropped", { count: dropped }));
  const wellRun = isRun(run, sizes);
  if (!wellRun) told.push(message("session_file.run"));
  const goodStart = !flawOfWeights(start, sizes);
  if (!goodStart) told.push(message("session_file.start"));
  const isMade = isObject(content.made) && isObject(content.made.data) && !flawOfWeights(content.made.weights, sizes);
  const made = isMade ? content.made : null;
  const session = {
    fields, weights, iteration, made, history, start: goodStart ? start : weights,
    run: wellRun ? run : START, amended: content.amended === true,
    cursor: isCount(cursor) ? cursor : 0, behind: [],
    losses: Array.isArray(content.losses) ? content.losses.filter(isLoss).slice(-512) : [],
  };
  return { session, own, told };
}
