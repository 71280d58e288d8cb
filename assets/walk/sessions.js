// Whole sessions of the stage: put on it, started anew, undone and done again.

import { START, empty, rewound } from "../core/history.js";
import { message } from "../core/messages.js";
import { find } from "../core/place.js";
import { weights as weightsOf } from "../core/pass.js";
import { insist } from "../server/exchange.js";
import { keep as keepOwn } from "../server/own_data.js";
import { announce, tell } from "./announce.js";
import { ask, patiently, refuse, take } from "./passes.js";
import { decides } from "./samples.js";
import { FOLLOWING, alike, atStart, remember, snapshot, stage, state } from "./state.js";

const UNTRAINED = { run: START, history: empty() };

/** @param {Pass} pass */
export function begin(pass) {
  const start = weightsOf(pass, "before");
  Object.assign(state, { start, made: null, amended: false, behind: [], losses: [], training: false, ...UNTRAINED });
}

// Put a whole session on the stage; true where the server took it.
/** @param {Session} session */
export async function restore(session) {
  const answer = await patiently(askFor(session));
  if (!answer.refused) return put(session, answer);
  refuse(answer);
  return false;
}

/** @param {Pick<Session, "fields" | "weights" | "iteration" | "focus">} session */
export const askFor = ({ fields, weights, iteration, focus }) =>
  ask({ fields, weights, iteration, ...(focus && { focus }) });

// The session that the tab had kept; the answer to it, or why it cannot be put on the stage.
/** @param {any} session @param {Promise<Answer>} asked */
export async function resume(session, asked) {
  const answer = await patiently(asked);
  if (answer.pass) put(session, answer);
  state.picked = session.picked ?? state.picked;
  return answer;
}

/** @param {any} session @param {any} answer */
function put(session, answer) {
  const { start, made = null, amended, behind, losses, run = UNTRAINED.run, history = UNTRAINED.history } = session;
  Object.assign(state, { start, made, amended: Boolean(amended), behind, losses, run, history });
  take(answer.pass, session.cursor);
  announce("accepted", null, answer.notices);
  return true;
}

// A session out of a file, once the server has found nothing wrong with it; what is wrong is the answer.
/** @param {Session} session @param {Told} [told] @param {any} [own] @returns {Promise<Told | null>} */
export async function bring(session, told, own) {
  const before = snapshot();
  const { fields, weights, iteration } = session;
  const answer = await patiently(ask({ fields, weights, iteration, ...(own && { own }) }));
  if (answer.refused) return answer.refused.text;
  if (answer.fresh) return [message("session.settings"), ...answer.notices];
  // Not before the server has found that they are what their name says.
  if (own) await keepOwn({ ...own, name: answer.pass.fields["own-data"] });
  put(session, answer);
  state.picked = null;
  remember(before);
  tell([told || "", ...answer.notices].flat());
  return null;
}

/** @param {any} place */
export const askForPlace = ({ fields, weights, iteration = 0, focus }) =>
  ask({ fields, iteration, focus: { ...FOLLOWING, ...focus }, ...(weights && { weights }) });

// The stage as a link or a lesson says, once the server has found nothing wrong with it; what is wrong is the answer.
/** @param {any} place @param {Promise<Answer>} asked @returns {Promise<Told | null>} */
export async function takePlace(place, asked) {
  const answer = await patiently(asked);
  if (answer.refused) return answer.refused.text;
  if (place.weights && answer.fresh) return [message("session.settings"), ...answer.notices];
  const start = weightsOf(answer.pass, "before");
  put({ start, behind: [], losses: [], run: place.run, cursor: find(answer.pass, place.at) }, answer);
  state.picked = place.picked ?? null;
  return null;
}

// The same on a page that has a stage already, which can be had back where it is of worth.
/** @param {any} place @param {boolean} [keeps] */
export async function arrive(place, keeps = true) {
  const before = snapshot();
  const refused = await takePlace(place, askForPlace(place));
  if (!refused && keeps) remember(before);
  return refused;
}

// Another stage altogether (an example, a file, a run beside): its weights are the new start.
/** @param {Session} given @param {Told} [told] */
export async function load({ fields, weights, iteration = 0, start = weights, run, history }, told) {
  const before = state.pass && snapshot();
  const session = { fields, weights, start, iteration, run, history, cursor: 0, behind: [], losses: [] };
  if (!(await restore(session))) return;
  state.picked = null;
  if (before) remember(before);
  if (told) tell(told);
}

const DATA = ["dataset", "sample", "sample-x", "sample-y"];
/** @param {Fields} fields */
const dataOf = (fields) => Object.fromEntries(DATA.map((name) => [name, fields[name]]));

// The start without the edits that now make it, as long as there are any.
/** @param {Session} before @param {Fields} fields @param {Weights} weights */
function madeBefore(before, fields, weights) {
  const made = before.made || { weights: before.start, data: dataOf(before.fields) };
  return alike(made, { weights, data: dataOf(fields) }) ? null : made;
}

// What a changed field leaves of the start and of the run.
/** @param {string} field @param {any} given @param {Weights} weights */
export function edited(field, { fresh, pass }, weights) {
  if (fresh) begin(pass);
  else if (decides(field)) Object.assign(state, { training: false, ...UNTRAINED });
  else if (state.made && DATA.includes(field)) {
    const made = { ...state.made, data: dataOf(pass.fields) };
    state.made = madeBefore({ ...snapshot(), made }, pass.fields, weights);
  }
}

// Changed numbers on the same stage, at the same position; in the first step they are the new start.
/** @param {{ fields?: Fields, weights: Weights }} given @param {Told} [told] */
export async function amend({ fields = state.fields, weights }, told) {
  const before = snapshot();
  const edits = before.iteration === 0
    ? { start: weights, made: madeBefore(before, fields, weights) }
    : { amended: true };
  if (!(await restore({ ...before, fields, weights, ...edits }))) return;
  remember(before);
  if (told) tell(told);
}

// A typed number or a pasted matrix: the server reads it and puts it in its place.
/** @param {Place & { text: string }} what @param {(answer: Answer) => void} settle */
export async function change(what, settle) {
  const answer = await patiently(insist("amend", { ...stage(), ...what }));
  if (!answer.refused) await amend(answer, answer.told);
  settle(answer);
}

// To the start; from there on to the start as it was before it was edited.
export async function reset() {
  const before = snapshot();
  const { made } = before;
  const unedited = atStart() && made && {
    weights: made.weights, start: made.weights, made: null, fields: { ...before.fields, ...made.data },
  };
  state.playing = false;
  const again = {
    ...before, weights: state.start, iteration: 0, cursor: 0, behind: [], losses: [], amended: false,
    run: UNTRAINED.run, history: rewound(state.history), ...unedited,
  };
  if (!(await restore(again))) return;
  remember(before);
  tell(message(unedited ? "session.reset.made" : made ? "session.reset.edited" : "session.reset"));
}

// Undo and redo are one move between two stacks.
/** @param {"undo" | "redo"} from @param {"undo" | "redo"} to @param {Told} told */
async function turnBack(from, to, told) {
  const here = snapshot();
  const there = state[from][state[from].length - 1];
  if (!(await restore(there))) return;
  state[from] = state[from].slice(0, -1);
  state[to] = [...state[to], here];
  tell(told);
}

export const undo = () => turnBack("undo", "redo", message("session.undone"));
export const redo = () => turnBack("redo", "undo", message("session.redone"));
