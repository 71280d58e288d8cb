// A run: a chain of short turns, each a picture, the next asked for before the last is drawn. A pause is at once.

import { branchOf, entryAt, ready, spacing, visiting as visitingAt } from "../core/history.js";
import { message } from "../core/messages.js";
import { weights as weightsOf } from "../core/pass.js";
import { chain as newChain, record } from "../core/turns.js";
import { halt } from "./actions.js";
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
let every = 0; // batches from one point of the run to the next

let runs = 0; // the number of the run that goes on
/** @type {any} */
let latest = null; // what the answers have brought
/** @type {any} */
let drawn = null; // as it was drawn last

const IN_PLANE = ["boundary", "maps"]; // what is seen of a turn that is not measured
const HIDDEN = 100; // milliseconds after which a window that paints nothing is not waited for

const nextFrame = () => new Promise((go) => requestAnimationFrame(go));
/** @param {number} ms */
const later = (ms) => new Promise((go) => setTimeout(go, ms));
// Once what has just been changed can be seen.
const painted = () => Promise.race([nextFrame().then(() => later(0)), later(HIDDEN)]);

// The batches between two pictures at the chosen speed.
function stride() {
  const speed = speedNow();
  if (speed === "batch") return 1;
  return Math.min(chain.most, Number(speed) ? Number(speed) * perEpoch : chain.size);
}

// The latest state; what an edit has taken the place of is not.
function draw() {
  if (!latest || drawn === latest || latest.batch !== state.run.batch) return;
  drawn = latest;
  announce("viewed", latest);
  announce("pictured");
}

// With the next frame, unless a pause has come: nothing is in its way.
async function picture() {
  await nextFrame();
  if (state.training) draw();
}

/** @param {any} answer */
function keep(answer) {
  perEpoch = answer.per_epoch;
  const { views, metrics } = latest || {};
  latest = { ...answer, views: { ...views, ...answer.views }, metrics: answer.metrics || metrics };
  for (const passed of [...(answer.marks || []), answer]) {
    const known = branchOf(state.history).points.some(({ batch }) => batch === passed.batch);
    if (passed.metrics && !known) state.history = record(state.history, passed);
  }
}

// One request, in its turn among all other actions; undefined where the run has to end.
/** @param {number} batches @param {boolean} measured @param {Wanted} goes */
async function turn(batches, measured, goes) {
  const views = () => viewsNow().filter((name) => measured || IN_PLANE.includes(name));
  /** @param {number} count @param {number} waited */
  const send = (count, waited) => press("train", count, waited, measured, views, every);
  const answer = await chain.ask(send, batches, goes);
  if (!answer || answer.refused) return undefined;
  keep(answer);
  return answer;
}

// The point from which a run starts, if no curve has it yet.
/** @param {Wanted} goes */
async function begin(goes) {
  remember(snapshot());
  const weights = weightsOf(state.pass, "before");
  state.history = ready(visitingAt(state.history, state.run.batch), weights);
  return turn(0, true, goes);
}

// How far a run goes: so many batches, to the end of the epoch, or to the next multiple of `epochs`.
/** @param {State} state @param {"run" | "epoch" | "batch"} what */
function goalOf(state, what) {
  const { batch } = state.run;
  if (what === "batch") return batch + 1;
  const span = perEpoch * (what === "epoch" ? 1 : Number(state.fields.epochs));
  return (Math.floor(batch / span) + 1) * span;
}

// Turns of several epochs end with one.
/** @param {number} batch */
const upTo = (batch) => (batch - state.run.batch < 2 * perEpoch ? batch : batch - (batch % perEpoch));

// Whether a turn that ends there is measured whatever that costs: at the end, and where the last point is far behind.
/** @param {number} batch */
const isPoint = (batch) => batch >= goal || batch - (branchOf(state.history).points.at(-1)?.batch ?? 0) >= every;

// The next turn is asked for before the last is drawn; one picture waits at most, and at a chosen speed none.
/** @param {"run" | "epoch" | "batch"} what @param {Wanted} goes */
async function turns(what, goes) {
  let answer = await begin(goes);
  goal = answer ? goalOf(state, what) : 0;
  every = spacing(goal - state.run.batch, perEpoch);
  let shown = picture();
  while (answer && goes() && state.run.batch < goal) {
    const batches = upTo(state.run.batch + Math.min(stride(), goal - state.run.batch)) - state.run.batch;
    answer = await turn(batches, chain.due() || isPoint(state.run.batch + batches), goes);
    if (!answer) break;
    keepPace(answer.epoch);
    if (answer.reached || answer.stopped) break;
    await shown;
    shown = picture();
    if (speedNow() !== "0") await shown;
  }
  return answer;
}

// What a run has come to, measured, drawn and with its pass.
async function settle() {
  const { run } = state;
  const isThere = () => state.pass.live && state.run === run;
  if (latest && isThere() && branchOf(state.history).points.at(-1)?.batch !== run.batch) {
    const answer = await chain.ask((/** @type {number} */ _, /** @type {number} */ waited) =>
      press("measure", waited, viewsNow), 0, isThere);
    if (answer?.metrics) keep(answer);
  }
  if (isThere()) draw();
  await press("settle");
}

/** @param {"run" | "epoch" | "batch"} what */
async function run(what) {
  const mine = ++runs;
  const isNewest = () => mine === runs;
  state.training = true;
  [recent, latest, drawn] = [[], null, null];
  chain = newChain(true); // the first pictures come soon, the later ones at full speed
  announce("running");
  const answer = await turns(what, () => state.training && isNewest());
  if (!state.training) await painted();
  if (!isNewest()) return;
  state.training = false;
  await settle();
  if (isNewest() && answer) tellEnd(answer);
}

// The curves begin with a run that has come from elsewhere where it is.
export async function join() {
  chain = newChain(true);
  state.history = ready(visitingAt(state.history, state.run.batch), weightsOf(state.pass, "before"));
  if (await turn(0, true, () => !state.training)) announce("changed");
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
    halt();
    announce("running");
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
    halt();
    const answer = await press("visit", entry, viewsNow);
    if (!answer || answer.refused) break;
    state.history = visitingAt(state.history, entry.batch);
    announce("viewed", answer);
    announce("changed");
  }
  visiting = false;
  await press("settle");
}

// Epochs a second, of late, and the epoch at which the run ends, as far as they are known.
export const pace = () => ({ speed: rate(), end: goal ? goal / perEpoch : null });

// What a run goes by on the page: the chosen speed, and the pictures of the network that are in sight.
/** @param {() => string} speed @param {() => string[]} views */
export function follow(speed, views) {
  [speedNow, viewsNow] = [speed, views];
}
