// A run: a chain of short turns, the next asked for when the last is drawn. A pause is at once.

import { branchOf, entryAt, ready, visiting as visitingAt } from "../core/history.js";
import { message } from "../core/messages.js";
import { weights as weightsOf } from "../core/pass.js";
import { chain as newChain, record } from "../core/turns.js";
import { announce, tell } from "./announce.js";
import { press } from "./queue.js";
import { remember, snapshot, state } from "./state.js";

let speedNow = () => "batch";
/** @type {() => string[]} */
let viewsNow = () => [];
/** @type {any} */
let chain = null; // of the run that goes on
/** @type {[number, number][]} */
let recent = []; // [time, epoch] of the last turns
let goal = 0; // the batch at which the run ends
let perEpoch = 1;

const nextFrame = () => new Promise((go) => requestAnimationFrame(go));

// The batches between two pictures at the chosen speed.
function stride() {
  const speed = speedNow();
  if (speed === "batch") return 1;
  return Math.min(chain.most, Number(speed) ? Number(speed) * perEpoch : chain.size);
}

// One request, in its turn among all other actions; undefined where the run has to end.
/** @param {number} batches */
async function turn(batches) {
  /** @param {number} count @param {number} waited */
  const send = (count, waited) => press("train", count, waited, viewsNow);
  const answer = await chain.ask(send, batches, () => state.training);
  if (!answer || answer.refused) return undefined;
  perEpoch = answer.per_epoch;
  const known = branchOf(state.history).points.some(({ batch }) => batch === answer.batch);
  if (!known) state.history = record(state.history, answer);
  announce("viewed", answer);
  return answer;
}

// The point from which a run starts, if no curve has it yet.
async function begin() {
  remember(snapshot());
  const weights = weightsOf(state.pass, "before");
  state.history = ready(visitingAt(state.history, state.run.batch), weights);
  return turn(0);
}

// How far a run goes: so many batches, to the end of the epoch, or to the next multiple of `epochs`.
/** @param {State} state @param {"run" | "epoch" | "batch"} what */
function goalOf(state, what) {
  const { batch } = state.run;
  if (what === "batch") return batch + 1;
  const span = perEpoch * (what === "epoch" ? 1 : Number(state.fields.epochs));
  return (Math.floor(batch / span) + 1) * span;
}

/** @param {"run" | "epoch" | "batch"} what */
async function run(what) {
  state.training = true;
  recent = [];
  chain = newChain(); // the first pictures come soon, the later ones at full speed
  let answer = await begin();
  goal = answer ? goalOf(state, what) : 0;
  while (answer && state.training && state.run.batch < goal) {
    const batches = Math.min(stride(), goal - state.run.batch);
    answer = await turn(batches);
    if (!answer) break;
    keepPace(answer.epoch);
    if (answer.reached || answer.stopped) break;
    await nextFrame();
  }
  state.training = false;
  await press("settle");
  announce("changed");
  if (answer) tellEnd(answer);
}

/** @param {any} given */
function tellEnd({ stopped, reached, metrics }) {
  if (stopped) tell(stopped, "error");
  else if (reached) tell(message("training.reached", { J: `⟦#:${metrics.train_loss}⟧` }));
}

/** @param {number} epoch */
function keepPace(epoch) {
  const now = performance.now();
  recent = /** @type {[number, number][]} */ ([...recent, [now, epoch]]).filter(([at]) => now - at < 3000);
}

function rate() {
  const [first] = recent;
  const last = recent[recent.length - 1];
  return first && last[0] > first[0] ? (1000 * (last[1] - first[1])) / (last[0] - first[0]) : 0;
}

// Train again while a run goes on is its pause.
/** @param {"run" | "epoch" | "batch"} what */
export function start(what) {
  if (state.training) {
    state.training = false;
    return;
  }
  state.playing = false;
  run(what);
}

// The whole page at an epoch of the past; while one answer is awaited only the last wish counts.
/** @type {number | null} */
let wish = null;
let visiting = false;

/** @param {number} batch */
export async function visit(batch) {
  wish = batch;
  if (visiting) return;
  visiting = true;
  while (wish !== null) {
    const entry = entryAt(state.history, wish);
    wish = null;
    state.training = false;
    const answer = await press("visit", entry, viewsNow);
    if (!answer || answer.refused) break;
    state.history = visitingAt(state.history, entry.batch);
    announce("viewed", answer);
    announce("changed");
  }
  visiting = false;
  await press("settle");
  announce("changed");
}

// Epochs a second, of late, and the epoch at which the run ends, as far as they are known.
export const pace = () => ({ speed: rate(), end: goal ? goal / perEpoch : null });

// What a run goes by on the page: the chosen speed, and the pictures of the network that are in sight.
/** @param {() => string} speed @param {() => string[]} views */
export function follow(speed, views) {
  [speedNow, viewsNow] = [speed, views];
}
