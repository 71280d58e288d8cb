// Runs side by side on the same data: a chain of turns each, one request at a time, the run behind first.

import { START, empty, ready } from "../core/history.js";
import { message } from "../core/messages.js";
import { chain as newChain, record } from "../core/turns.js";
import { post } from "../server/exchange.js";

const PICTURES = 100; // points of a curve on the way to the goal, where the turns are not longer
const IDLE_EVERY = 5; // dead neurons are looked for in each so many turns
const MOST_UNDO = 10;
const STRAYS = message("compare.strays");
const BYTES = 4e6; // of the weights that one run keeps to come back to

/** @type {Comparison} */
export const state = {
  rows: [], // never changed in place: what was before can be had back
  common: {}, // the fields that all runs share, and what else of the stage a request carries
  rest: {},
  preset: "",
  running: false,
  goal: 0, // the epoch to which Train all goes
  epochsWish: null, // a text for the field of the epochs that is to be tried
  epochsRefused: null,
  undo: [],
  told: "", // on the last change
};
/** @type {Wanted} */
let wanted = () => false; // whether the dialog is open
let changed = () => {};
let pumping = false;

const FRAME = 30;
let painted = 0;

// Lets the page paint, though not after each of the shortest turns.
async function breathe() {
  if (performance.now() - painted < FRAME) return;
  await new Promise((go) => requestAnimationFrame(go));
  painted = performance.now();
}

/** @param {any} list */
const last = (list) => list[list.length - 1];
/** @param {CompareRow} row */
export const fieldsOf = (row) => ({ ...state.common, ...row.cells });
/** @param {CompareRow} row */
export const points = (row) => row.history.branches[0]?.points || [];
/** @param {CompareRow} row */
export const latest = (row) => last(points(row));
/** @param {CompareRow} row */
export const epochOf = (row) => latest(row)?.epoch ?? 0;

// A run that waits for its start: `wish` are the texts to be tried, empty for those of its cells.
/** @param {number} slot @param {Fields} cells @param {Fields | null} [wish] @returns {CompareRow} */
export const fresh = (slot, cells, wish = {}) => ({
  slot, cells, wish, refused: null, weights: null, start: null, iteration: 0, kind: null,
  run: START, history: empty(), chain: newChain(),
  perEpoch: 1, turns: 0, stopped: null, reached: false, flow: null, idle: {},
});

/** @param {CompareRow} row @param {CompareRow} next */
export const replace = (row, next) => { state.rows = state.rows.map((other) => (other === row ? next : other)); };
/** @param {CompareRow} row */
const isThere = (row) => wanted() && state.rows.includes(row);

export function remember() {
  const { rows, common, rest, preset, goal } = state;
  state.undo = [...state.undo, { rows, common, rest, preset, goal }].slice(-MOST_UNDO);
}

/** @param {CompareRow} row */
const goesOn = (row) => row.weights && !row.wish && !row.stopped && !row.reached && epochOf(row) < state.goal;

// What is asked of the server next: the start of a run, else a turn of the run that is furthest behind.
function nextJob() {
  if (state.epochsWish !== null) return tryEpochs;
  const waiting = state.rows.find((row) => row.wish);
  if (waiting) return () => begin(waiting);
  const going = state.running ? state.rows.filter(goesOn) : [];
  if (!going.length) {
    state.running = false;
    return null;
  }
  const behind = going.reduce((one, other) => (epochOf(other) < epochOf(one) ? other : one));
  return () => turn(behind);
}

export async function start() {
  changed();
  if (pumping) return;
  pumping = true;
  try {
    for (let job = nextJob(); job && wanted(); job = nextJob()) {
      await job();
      changed();
      await breathe();
    }
  } finally {
    pumping = false;
  }
  changed();
}

/** @param {any} body @param {Wanted} isWanted */
const ask = (body, isWanted) => post("train", { ...state.rest, ...body }, isWanted);

// The data must be the same for all: a row whose layers do not fit them is not taken.
/** @param {Fields} fields */
function strays(fields) {
  const { common } = state;
  const typed = common.dataset === "by_hand" && common["sample-x"];
  const names = typed ? ["dataset", "sample-x", "sample-y"] : ["dataset"];
  return names.some((name) => fields[name] !== common[name]);
}

/** @param {CompareRow} row @param {Told} text @param {Fields} wish */
function refuse(row, text, wish) {
  const [field] = Object.keys(wish);
  replace(row, { ...row, wish: null, refused: { field, text, typed: wish[field] } });
}

// The point from which a run starts; texts that cannot be used leave the run as it was.
/** @param {CompareRow} row */
async function begin(row) {
  const wish = row.wish || {};
  const cells = { ...row.cells, ...wish };
  const fields = { ...state.common, ...cells };
  const { chain } = row;
  const waits = () => isThere(row);
  const answer = await chain.ask((/** @type {number} */ batches, /** @type {number} */ waited) =>
    ask({ fields, batch: 0, state: null, batches, waited, views: ["layers", "histograms"] }, waits), 0, waits);
  if (!answer || !isThere(row)) return;
  const { refused } = answer;
  if (refused?.unanswered) return void refuse(row, refused.text, wish);
  if (refused) {
    const { field, text } = refused;
    return void refuse(row, text, field in wish ? wish : { [field]: cells[field] });
  }
  if (strays(answer.fields)) return void refuse(row, STRAYS, wish);
  const canonical = Object.fromEntries(Object.keys(cells).map((name) => [name, answer.fields[name]]));
  const changedBy = Object.keys(wish).length ? answer.notices : [];
  if (changedBy.length) state.told = changedBy;
  const next = { ...fresh(row.slot, canonical, null), chain };
  next.history = ready(next.history, answer.weights);
  next.start = answer.weights;
  replace(row, taken(next, answer));
}

// The run after a turn.
/** @param {CompareRow} row @param {any} answer */
function taken(row, answer) {
  const { weights, iteration, batch, stopped, reached } = answer;
  const { layers, histograms } = answer.views;
  const found = Object.entries(histograms?.layers || {}).map(([l, view]) => [l, view.idle]);
  const idle = histograms ? Object.fromEntries(found) : row.idle;
  return {
    ...row, weights, iteration, stopped, reached, idle, kind: answer.kind, perEpoch: answer.per_epoch,
    run: { batch, state: answer.state }, turns: row.turns + 1, flow: layers.flow,
    history: record(row.history, answer, BYTES),
  };
}

/** @param {CompareRow} row */
async function turn(row) {
  const { batch, state: slots } = row.run;
  const stride = Math.ceil((Number(state.common.epochs) * row.perEpoch) / PICTURES);
  const batches = Math.min(row.chain.size, stride, Math.round(state.goal * row.perEpoch) - batch);
  const views = row.turns % IDLE_EVERY ? ["layers"] : ["layers", "histograms"];
  const goes = () => state.running && isThere(row);
  const answer = await row.chain.ask((/** @type {number} */ count, /** @type {number} */ waited) => ask({
    fields: fieldsOf(row), weights: row.weights, iteration: row.iteration,
    batch, state: slots, batches: count, waited, views,
  }, goes), batches, goes);
  if (!answer || !state.rows.includes(row)) return;
  if (answer.refused) state.running = false;
  if (answer.refused?.unanswered) state.told = answer.refused.text;
  else if (answer.refused) {
    const { field, text } = answer.refused;
    refuse(row, text, { [field]: fieldsOf(row)[field] });
  }
  else replace(row, taken(row, answer));
}

// How many epochs Train all goes on.
async function tryEpochs() {
  const text = state.epochsWish;
  const answer = await newChain().ask((batches, waited) =>
    ask({ fields: { epochs: text }, batches, waited, views: [] }, wanted), 0, wanted);
  if (!answer || state.epochsWish !== text) return;
  state.epochsWish = null;
  state.epochsRefused = answer.refused ? { typed: text || "", text: answer.refused.text } : null;
  if (!answer.refused) state.common = { ...state.common, epochs: answer.fields.epochs };
}

/** @param {Wanted} isOpen @param {() => void} show */
export function connect(isOpen, show) {
  wanted = isOpen;
  changed = show;
}
