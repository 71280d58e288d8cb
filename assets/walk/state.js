// What the walk is at: read by every view, written by the walk's actions only.

import { START, empty } from "../core/history.js";
import { weights } from "../core/pass.js";

const MOST_UNDO = 50;

/** @type {Readonly<Focus>} */
export const FOLLOWING = Object.freeze({ mode: "one", layer: null, neuron: 1, input: null, sample: 1, whole: false });

/** @type {State} */
export const state = {
  language: "", defaults: {}, fields: {}, pass: /** @type {any} */ (null), cursor: 0, picked: null, playing: false,
  focus: { ...FOLLOWING },
  ahead: null, behind: [], start: /** @type {any} */ (null), made: null, amended: false,
  losses: [], undo: [], redo: [], waiting: false,
  training: false, present: false, edges: "w", run: START, history: empty(),
};
export const position = () => state.pass.positions[state.cursor];

// What stands on the stage, as a request carries it.
export const stage = () => ({
  fields: state.fields, weights: weights(state.pass, "before"), iteration: state.pass.iteration,
});

export const snapshot = () => ({
  fields: state.fields, weights: weights(state.pass, "before"), iteration: state.pass.iteration,
  start: state.start, made: state.made, amended: state.amended,
  cursor: state.cursor, behind: state.behind, losses: state.losses,
  run: state.run, history: state.history,
});

/** @param {any} one @param {any} other */
export const alike = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// What is about to be changed can be had back; a new change ends what could be redone.
/** @param {Session} before */
export function remember(before) {
  state.undo = [...state.undo.slice(1 - MOST_UNDO), before];
  state.redo = [];
}

export const atStart = () => state.cursor === 0 && state.pass.iteration === 0 && state.run.batch === 0;
