// A run without a page: what is asked for when, what is drawn, and what a pause leaves.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { empty, points } from "../../../assets/core/history.js";
import { open } from "../../../assets/core/pass.js";
import { subscribe } from "../../../assets/walk/announce.js";
import { take } from "../../../assets/walk/passes.js";
import { begin } from "../../../assets/walk/sessions.js";
import { stage, state } from "../../../assets/walk/state.js";
import { follow, start } from "../../../assets/walk/training.js";
import { decoded, encode, smallPass } from "../small_pass.js";

const { setInterval: often, setTimeout: later } = globalThis;
globalThis.setInterval = (...given) => often(...given).unref();
globalThis.setTimeout = (go, ms) => (ms > 100 ? later(go, ms).unref() : later(go, ms));
const soon = () => new Promise((go) => later(go, 1));

// Frames come when `frame` is called.
let frames = [];
globalThis.requestAnimationFrame = (go) => frames.push(go);
const frame = () => frames.splice(0).forEach((go) => go());

/** What has happened, in its order. */
let log = [];
let asked = []; // turns on their way: [body, answer]
let took = 1;

const turnOf = ({ weights, batch, batches, measured, views, iteration, fields }) => ({
  weights: { w: { 2: encode(decoded(weights.w[2])[0] + batches) }, b: weights.b },
  state: { steps: batch + batches, slots: {} }, batch: batch + batches, iteration: iteration + batches,
  epoch: (batch + batches) / 4, per_epoch: 4, most_batches: 1000, reached: false, stopped: null,
  metrics: measured ? { train_loss: 1 / (1 + batch + batches) } : null, fields, notices: [], kind: "classes",
  scene: smallPass().scene, views: Object.fromEntries(views.map((name) => [name, { at: batch + batches }])),
});

globalThis.fetch = (path, { body }) => {
  const given = JSON.parse(body);
  const headers = new Headers({ "Server-Timing": `answer;dur=${took}` });
  const answered = (content) => ({ ok: true, headers, json: async () => content });
  if (path !== "train") {
    const [w, b] = ["w", "b"].map((symbol) => decoded(given.weights[symbol][2])[0]);
    const pass = smallPass({ fields: given.fields, iteration: given.iteration, w, b });
    return Promise.resolve(answered({ pass, notices: [], fresh: false }));
  }
  log.push(`asked ${given.batch}+${given.batches}`);
  return new Promise((done) => asked.push(() => done(answered(turnOf(given)))));
};
for (const what of ["viewed", "pictured", "running"]) {
  subscribe(what, () => log.push(what === "pictured" ? `drawn ${state.run.batch}` : what));
}

async function answer() {
  asked.shift()();
  await soon();
}

// Answers and frames until the run has ended and its pass is there.
async function rest() {
  for (let i = 0; i < 100 && (state.training || state.pass.live); i++) {
    if (asked.length) await answer();
    frame();
    await soon();
  }
  await soon();
}

beforeEach(() => {
  [frames, asked, took] = [[], [], 1];
  Object.assign(state, { undo: [], redo: [], defaults: {}, training: false, history: empty() });
  const pass = open(smallPass({ fields: { ...smallPass().fields, epochs: "1000" } }));
  begin(pass);
  take(pass, 0);
  follow(() => "0", () => ["layers", "boundary"]);
  log = [];
});

test("the next turn is asked for before the last is drawn, and one picture waits at most", async () => {
  start("run");
  await soon();
  assert.deepEqual(log, ["running", "asked 0+0"]);
  await answer();
  assert.deepEqual(log.slice(2), ["asked 0+1"]);
  frame();
  await soon();
  assert.deepEqual(log.slice(3), ["viewed", "drawn 0"]);
  await answer();
  assert.deepEqual(log.slice(5), ["asked 1+2"]);
  // Without a frame nothing more is asked for: what nobody sees does not go on.
  await answer();
  await soon();
  assert.deepEqual([log.slice(6), asked.length], [[], 0]);
  frame();
  await soon();
  assert.deepEqual(log.slice(6, 9), ["viewed", "drawn 3", "asked 3+4"]);
  start("run");
  await rest();
});

test("a pause is at once, and the turn on its way leaves nothing", async () => {
  start("run");
  await soon();
  for (let i = 0; i < 3; i++) {
    await answer();
    frame();
    await soon();
  }
  const [at, weights, curve] = [state.run.batch, stage().weights, points(state.history).length];
  assert.equal(asked.length, 1);
  log = [];
  start("run");
  assert.deepEqual([state.training, log], [false, ["running"]]);
  await answer();
  await rest();
  assert.equal(state.run.batch, at);
  assert.deepEqual(stage().weights, weights);
  assert.equal(points(state.history).length, curve);
  assert.ok(!log.some((what) => what.startsWith("asked")));
});

test("a new run begins while the old one still ends", async () => {
  start("run");
  await soon();
  await answer();
  start("run");
  start("run");
  await soon();
  for (let i = 0; i < 6 && !asked.length; i++) await soon();
  assert.ok(state.training);
  await answer();
  frame();
  await soon();
  start("run");
  await rest();
  assert.equal(state.training, false);
  assert.ok(!state.pass.live);
});

test("where measuring is dear a run draws turns that are not measured, and its end is", async () => {
  took = 400;
  start("run");
  await soon();
  for (let i = 0; i < 9; i++) {
    await answer();
    frame();
    await soon();
  }
  const { batch } = state.run;
  const measured = points(state.history);
  assert.ok(measured.at(-1).batch < batch && measured.length >= 4);
  assert.ok(log.includes(`drawn ${batch}`));
  start("run");
  await rest();
  assert.equal(points(state.history).at(-1).batch, batch);
  assert.equal(state.run.batch, batch);
});

test("at a chosen speed each turn is drawn", async () => {
  follow(() => "batch", () => []);
  start("run");
  await soon();
  for (let i = 0; i < 5; i++) {
    if (asked.length) await answer();
    frame();
    await soon();
  }
  const drawn = log.filter((what) => what.startsWith("drawn"));
  assert.deepEqual(drawn, [...new Set(drawn)]);
  assert.deepEqual(drawn.slice(0, 4), ["drawn 0", "drawn 1", "drawn 2", "drawn 3"]);
  start("run");
  await rest();
});
