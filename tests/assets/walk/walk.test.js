// The walk without a page: actions in their turn, what they announce, and what a server's answer leaves.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { open } from "../../../assets/core/pass.js";
import { subscribe } from "../../../assets/walk/announce.js";
import { take } from "../../../assets/walk/passes.js";
import { press } from "../../../assets/walk/queue.js";
import { begin } from "../../../assets/walk/sessions.js";
import { stage, state } from "../../../assets/walk/state.js";
import { decoded, smallPass } from "../small_pass.js";

// What the walk waits with (a server that may be slow) must not keep node waiting.
const { setInterval: often, setTimeout: later } = globalThis;
globalThis.setInterval = (...given) => often(...given).unref();
globalThis.setTimeout = (go, ms) => (ms > 100 ? later(go, ms).unref() : later(go, ms));

const heard = [];
for (const what of ["changed", "pressed", "accepted", "refused", "told"]) {
  subscribe(what, (...details) => heard.push([what, ...details]));
}
const kinds = () => heard.map(([what]) => what);
const w = () => decoded(stage().weights.w[2])[0];

// A server of the small network, each answer when `answer` is called.
let waiting = [];
const answerAll = () => waiting.splice(0).forEach((answer) => answer());
let refuses = () => null;

globalThis.fetch = (path, { body }) => {
  const asked = JSON.parse(body);
  const [given, bias] = ["w", "b"].map((symbol) => decoded(asked.weights[symbol][2])[0]);
  const refused = refuses(asked);
  const pass = smallPass({ fields: asked.fields, iteration: asked.iteration, w: given, b: bias });
  const answer = refused ? { refused } : { pass, notices: [], fresh: false };
  return new Promise((done) => {
    waiting.push(() => done({ ok: true, headers: new Headers(), json: async () => answer }));
  });
};
const soon = () => new Promise((go) => setTimeout(go));

// Answers everything that is asked until an action is done.
async function done(action) {
  let finished = false;
  action.finally(() => { finished = true; });
  while (!finished) {
    answerAll();
    await soon();
  }
  return action;
}

beforeEach(() => {
  waiting = [];
  refuses = () => null;
  Object.assign(state, { undo: [], redo: [], defaults: {}, picked: null });
  const pass = open(smallPass());
  begin(pass);
  take(pass, 0);
  heard.length = 0;
});

test("a step needs no server and is announced once it is done", async () => {
  waiting = [];
  await press("step-forward");
  await press("next");
  assert.deepEqual([state.cursor, waiting.length], [2, 0]);
  assert.deepEqual(kinds(), ["pressed", "changed", "pressed", "changed"]);
});

test("a control that cannot act does nothing", async () => {
  await press("step-backward");
  await press("back");
  assert.equal(state.cursor, 0);
});

test("what is no action is told, and those behind it are done", async () => {
  const complain = console.error;
  console.error = () => {};
  press("none");
  await press("next");
  console.error = complain;
  assert.equal(state.cursor, 1);
  assert.match(heard.find(([what]) => what === "told")[1].arguments.error, /no action none/);
});

test("clicks that come before the next pass wait for it, and none is lost", async () => {
  await press("timeline", 4);
  const all = [press("next"), press("next"), press("next")];
  assert.equal(state.cursor, 4);
  await done(Promise.all(all));
  assert.deepEqual([state.pass.iteration, state.cursor, w()], [1, 2, -0.5]);
});

test("back across an update is the step as it was", async () => {
  await press("timeline", 4);
  await done(press("next"));
  await done(press("back"));
  assert.deepEqual([state.pass.iteration, state.cursor, w()], [0, 4, 0.5]);
  assert.equal(state.undo.length, 0);
});

test("an accepted edit can be undone and done again", async () => {
  await done(press("edit", "seed", "8"));
  assert.deepEqual([state.fields.seed, state.undo.length], ["8", 1]);
  assert.deepEqual(heard.filter(([what]) => what === "accepted"), [["accepted", "seed", []]]);
  await done(press("undo"));
  assert.deepEqual([state.fields.seed, state.redo.length], ["7", 1]);
  await done(press("redo"));
  assert.equal(state.fields.seed, "8");
});

test("a refused edit leaves everything and names its field", async () => {
  refuses = ({ fields }) => (fields.seed === "x" ? { field: "seed", text: "no number" } : null);
  const answer = await done(press("edit", "seed", "x"));
  assert.equal(answer.refused.text, "no number");
  assert.deepEqual([state.fields.seed, state.undo.length], ["7", 0]);
  assert.deepEqual(heard.find(([what]) => what === "refused")[1], { field: "seed", text: "no number" });
});

test("what was asked for and is there now is told with the notices", async () => {
  await done(press("edit", "seed", "9", {}, "Seed 9 it is."));
  assert.deepEqual(heard.find(([what]) => what === "accepted"), ["accepted", "seed", ["Seed 9 it is."]]);
});

test("Reset goes to the start, and Undo back to where the walk was", async () => {
  await press("timeline", 4);
  await done(press("next"));
  await done(press("reset"));
  assert.deepEqual([state.pass.iteration, state.cursor, w()], [0, 0, 0.5]);
  await done(press("undo"));
  assert.deepEqual([state.pass.iteration, w()], [1, -0.5]);
});
