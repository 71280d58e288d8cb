// Everything that can be done to the walk.

import { message } from "../core/messages.js";
import { live, weights as weightsOf } from "../core/pass.js";
import { insist } from "../server/exchange.js";
import { announce, tell } from "./announce.js";
import { ask, fetchAhead, moveTo, patiently, refuse, take } from "./passes.js";
import { amend, arrive, bring, change, edited, load, redo, reset, restore, undo } from "./sessions.js";
import { alike, atStart, position, remember, snapshot, stage, state } from "./state.js";

const MOST_BEHIND = 2000;
const MOST_BEHIND_BYTES = 16e6;
const MOST_PASSES = 4;

// The steps before this one: their weights while the budget lasts, whole passes of the last few.
/** @param {Weights} weights @param {Pass} pass */
function pushBehind(weights, pass) {
  const size = Object.values(weights).flatMap(Object.values).reduce((sum, text) => sum + text.length, 0);
  const most = Math.max(1, Math.min(MOST_BEHIND, Math.floor(MOST_BEHIND_BYTES / size)));
  const all = [...state.behind, { weights, pass, fields: pass.fields }].slice(-most);
  const aged = all.length - MOST_PASSES - 1;
  if (aged >= 0) all[aged] = { ...all[aged], pass: undefined };
  state.behind = all;
}

const next = () => (state.cursor < state.pass.last ? moveTo(state.cursor + 1) : nextStep());
const back = () => (state.cursor > 0 ? moveTo(state.cursor - 1) : stepBefore());

async function nextStep() {
  let answer = await patiently(state.ahead);
  if (answer?.refused?.unanswered) {
    fetchAhead(Infinity);
    answer = await patiently(state.ahead);
  }
  if (answer?.refused?.givenUp) fetchAhead();
  if (!answer || answer.refused) return refuse(answer);
  pushBehind(weightsOf(state.pass, "before"), state.pass);
  return take(answer.pass, 0);
}

// Back across an update: the step as it was. What was changed since is kept for Undo.
async function stepBefore() {
  const before = state.behind[state.behind.length - 1];
  const fields = { ...before.fields, granularity: state.fields.granularity };
  const same = before.pass && alike(before.pass.fields, fields) && alike(before.pass.focus, state.focus);
  const answer = same ? before : await patiently(ask(
    { fields, weights: before.weights, iteration: state.pass.iteration - 1 }));
  if (answer.refused) return refuse(answer);
  const changed = !alike(fields, state.fields) || !alike(weightsOf(answer.pass, "after"), stage().weights);
  if (changed) remember(snapshot());
  state.behind = state.behind.slice(0, -1);
  take(answer.pass, answer.pass.last);
  if (!changed) return undefined;
  announce("accepted", null, []);
  return tell(message("walk.before_change"));
}

// The position of the new pass that matches the one on the screen.
/** @param {Pass} pass */
function matching(pass) {
  const { kind, layer } = position();
  const at = pass.positions.findIndex((p) => p.kind === kind && p.layer === layer);
  const same = pass.positions.length === state.pass.positions.length;
  return same ? state.cursor : Math.max(0, at);
}

// Another text in a field: the server's answer, or nothing where it was there already. Where the stage then
// has what was asked for, `told` says so.
/** @param {string} field @param {string} text @param {any} [more] @param {Told} [told] */
async function edit(field, text, more = {}, told = "") {
  if (text === state.fields[field]) return announce("accepted", field, told ? [told] : []);
  const weights = weightsOf(state.pass, "before");
  const fields = { ...state.fields, ...more, [field]: text };
  const answer = await patiently(ask(
    { fields, changed: field, weights, iteration: state.pass.iteration }));
  if (answer.refused) {
    refuse(answer);
    return answer;
  }
  remember(snapshot());
  const cursor = answer.fresh ? 0 : matching(answer.pass);
  edited(field, answer, weights);
  take(answer.pass, cursor);
  const asAsked = Object.entries({ ...more, [field]: text }).every(([name, wanted]) => state.fields[name] === wanted);
  announce("accepted", field, asAsked && told ? [told, ...answer.notices] : answer.notices);
  return answer;
}

// Look at another neuron, weight or sample: the same pass with other formulas, in one call.
/** @param {any} change */
async function look(change) {
  const before = state.focus;
  state.focus = { ...before, ...change };
  const answer = await patiently(ask(stage()));
  state.focus = before;
  if (answer.refused) return refuse(answer);
  if (change.layer !== undefined) state.picked = change.layer;
  return take(answer.pass, state.cursor);
}

let drop = () => {};

// A run ends at once, with what it has shown: the turn on its way is nobody's any more.
export function halt() {
  state.training = false;
  drop();
}

/** @param {any} given @param {any} more @param {Wanted} [wanted] */
async function askTurn({ run, ...from }, more, wanted = () => true) {
  const { batch, state: slots } = run;
  const body = { ...stage(), ...from, batch, state: slots, ...more };
  const answer = await patiently(insist("train", body, wanted));
  if (answer?.refused && wanted()) refuse(answer);
  return answer;
}

// The stage then stands at the input, with the new weights and without a pass: `settle` fetches it when it
// is needed.
/** @param {any} answer */
function stand(answer) {
  if (!answer || answer.refused || answer.busy) return;
  state.pass = live(state.pass, answer);
  Object.assign(state, { cursor: 0, behind: [], ahead: null, run: { batch: answer.batch, state: answer.state } });
}

// So many batches of training, `measured` or not, and the `views` that are in sight; of no batches those of the
// network as it is, with a mark at each multiple of `every` batches on the way. `waited` milliseconds were spent
// because the server was busy.
/** @param {number} batches @param {number} waited @param {boolean} measured @param {() => string[]} views */
async function train(batches, waited, measured, views, every = 0) {
  let waits = true;
  const dropped = new Promise((go) => {
    drop = () => {
      waits = false;
      go(null);
    };
  });
  const asked = askTurn({ run: state.run }, { batches, waited, measured, every, views: views() }, () => waits);
  const answer = await Promise.race([asked, dropped]);
  if (batches) stand(answer);
  return answer;
}

// What a run has come to, unless the walk has gone on from there.
/** @param {number} waited @param {() => string[]} views */
const measure = (waited, views) => (state.pass.live ? train(0, waited, true, views) : null);

// The stage at what was kept of a run.
/** @param {Entry} given @param {() => string[]} views */
async function visit({ run, weights, iteration }, views) {
  const answer = await askTurn({ run, weights, iteration }, { batches: 0, waited: 0, views: views() });
  stand(answer);
  return answer;
}

// The pass of the weights that a run has come to.
async function settle() {
  if (!state.pass.live) return;
  const answer = await patiently(ask(stage()));
  if (answer.refused) refuse(answer);
  else take(answer.pass, 0);
}

/** @type {Record<string, (...details: any[]) => any>} */
const ACTIONS = {
  next, "step-forward": next, "step-backward": next, "apply-update": next, back,
  edit, look, train, measure, visit, settle, restore, arrive, bring, load, amend, change, reset, undo, redo,
  home: () => moveTo(0),
  timeline: (cursor) => moveTo(Math.min(cursor, state.pass.last)),
  pick: (layer) => { state.picked = layer || null; },
};

const LIVE = ["train", "measure", "visit", "settle"];
const STEPS = ["next", "step-forward", "step-backward", "apply-update"];

/** @param {string} control */
const stepping = (control) => position().buttons[control]?.enabled;

// Whether a control can act now; one that cannot is shown disabled.
/** @param {string} control */
export function can(control) {
  if (control in position().buttons) return stepping(control);
  if (control === "next" || control === "play") return state.cursor < state.pass.last || Boolean(state.ahead);
  if (control === "back") return state.cursor > 0 || state.behind.length > 0;
  if (control === "undo" || control === "redo") return state[control].length > 0;
  if (control === "reset") return !atStart() || Boolean(state.made);
  return true;
}

// Nothing, or a promise where the server has to be asked; what a run left unfinished comes first.
/** @param {string} action @param {...any} details */
export function act(action, ...details) {
  if (state.pass && !can(action)) return undefined;
  if (!Object.hasOwn(ACTIONS, action)) throw new Error(`no action ${action}`);
  const perform = ACTIONS[action];
  if (!state.pass?.live || LIVE.includes(action)) return perform(...details);
  return settle().then(() => perform(...details));
}

// Whether an action needs no server, so that it may overtake one that waits for it.
/** @param {string} action */
export function isAtHand(action) {
  if (["home", "timeline", "pick"].includes(action)) return !state.pass.live;
  if (action === "back") return state.cursor > 0;
  return STEPS.includes(action) && !state.pass.live && state.cursor < state.pass.last;
}
