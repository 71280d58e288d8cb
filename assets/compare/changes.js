// What a person changes of the runs: their settings, which there are, how far they go; and Undo.

import { message } from "../core/messages.js";
import { stage } from "../walk/state.js";
import { epochOf, fresh, remember, replace, start, state } from "./runs.js";

export function undo() {
  if (!state.undo.length) return;
  Object.assign(state, state.undo.pop(), { running: false, told: message("compare.undone") });
  start();
}

// Train all: to the next multiple of the epochs, of the run that is furthest behind.
export function train() {
  if (state.running) {
    state.running = false;
    return start();
  }
  const epochs = Number(state.common.epochs);
  const open = state.rows.filter((row) => !row.stopped && !row.reached).map(epochOf);
  state.goal = (Math.floor(Math.min(...open) / epochs) + 1) * epochs;
  state.running = open.length > 0;
  state.told = "";
  return start();
}

export function pause() {
  state.running = false;
}

// The runs again from the start with these settings.
/** @param {Fields} common @param {Fields[]} cells @param {string} [preset] */
export function put(common, cells, preset = "") {
  if (state.rows.length) remember();
  const { fields, weights, iteration, ...rest } = stage();
  const rows = cells.map((row, slot) => fresh(slot, row));
  const goal = Number(common.epochs);
  Object.assign(state, { rows, common, rest, preset, goal, running: false, told: "", epochsRefused: null });
  start();
}

/** @param {number} slot @param {string} field @param {string} text */
export function edit(slot, field, text) {
  const row = state.rows.find((other) => other.slot === slot);
  if (!row || !row.refused && text === row.cells[field]) return;
  remember();
  state.told = "";
  replace(row, { ...row, refused: null, wish: text === row.cells[field] ? null : { [field]: text } });
  start();
}

/** @param {number} most */
export function add(most) {
  const slot = [...Array(most).keys()].find((free) => !state.rows.some((row) => row.slot === free));
  if (slot === undefined) return;
  remember();
  const { cells } = state.rows[state.rows.length - 1];
  state.rows = [...state.rows, fresh(slot, cells)].sort((one, other) => one.slot - other.slot);
  start();
}

/** @param {number} slot */
export function remove(slot) {
  remember();
  state.rows = state.rows.filter((row) => row.slot !== slot);
  start();
}

export function reset() {
  remember();
  Object.assign(state, { rows: state.rows.map(({ slot, cells }) => fresh(slot, cells)), running: false, told: "" });
  start();
}

/** @param {string} text */
export function setEpochs(text) {
  state.epochsWish = text;
  start();
}
