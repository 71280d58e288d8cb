// Asking for passes and putting them on the stage.

import { message } from "../core/messages.js";
import { read, weights } from "../core/pass.js";
import { TRIES, ask as askServer, giveUp } from "../server/exchange.js";
import { announce, tell } from "./announce.js";
import { position, state } from "./state.js";

const MOST_LOSSES = 512;
const SLOW = 600;

// The losses before every update, thinned by half when they are many: a plot never grows dearer.
function recordLoss() {
  if (position().kind !== "update") return;
  const { iteration, sizes } = state.pass;
  const loss = /** @type {number} */ (read(state.pass, state.cursor, "J", sizes.length, 1));
  const before = state.losses.filter(([at]) => at < iteration + 1);
  const thin = before.length < MOST_LOSSES ? before : before.filter((_, i) => i % 2 === 0);
  state.losses = [...thin, [iteration + 1, loss]];
}

/** @param {number} cursor */
export function moveTo(cursor) {
  state.cursor = cursor;
  recordLoss();
}

// What of the focus a stage with these fields has a place for.
/** @param {Fields} fields */
function focusFor(fields) {
  /** @param {Fields} texts */
  const places = (texts) => String([texts["layer-sizes"], texts["dataset"], texts["sample-x"]?.split(";").length]);
  const same = places(fields) === places(state.fields);
  return same ? state.focus : { ...state.focus, layer: null, neuron: 1, input: null, sample: 1 };
}

// Ask for a pass with the focus of the formulas, that of the body or the one in force, which it carries from then on.
/** @param {any} body @param {Wanted} [wanted] @param {number} [tries] */
export async function ask(body, wanted, tries) {
  const focus = body.focus || focusFor(body.fields);
  const answer = await askServer({ ...body, focus }, wanted, tries);
  if (answer?.pass) answer.pass.focus = focus;
  return answer;
}

// A few tries: a server that is out of reach is asked on when the step is wanted.
export function fetchAhead(tries = TRIES) {
  const pass = state.pass;
  const last = pass.positions[pass.last];
  state.ahead = null;
  if (last.kind !== "update") return;
  const body = { fields: pass.fields, weights: weights(pass, "after"), iteration: pass.iteration + 1 };
  state.ahead = ask(body, () => state.pass === pass, tries);
}

/** @param {Pass} pass @param {number} cursor */
export function take(pass, cursor) {
  state.pass = pass;
  state.fields = pass.fields;
  state.focus = pass.focus || state.focus;
  if (Number(state.picked) > pass.sizes.length) state.picked = null;
  moveTo(Math.min(cursor, pass.last));
  fetchAhead();
  announce("taken", pass);
}

// Wait for an answer, telling so only when it takes long.
/** @param {any} answer */
export async function patiently(answer) {
  const timer = setTimeout(() => {
    state.waiting = true;
    const told = message(state.pass ? "walk.waiting" : "walk.opening");
    tell(told, "wait", state.pass ? [[message("walk.stop_waiting"), giveUp]] : []);
  }, SLOW);
  const got = await answer;
  clearTimeout(timer);
  if (state.waiting) tell("");
  state.waiting = false;
  return got;
}

/** @param {any} answer */
export function refuse(answer) {
  if (answer) announce("refused", answer.refused, state.fields);
  state.playing = false;
}
