// Three ways to begin, on a first visit: until one of them is taken or all are closed.

import { by } from "../kit/dom.js";
import { press } from "../walk/queue.js";
import { state } from "../walk/state.js";
import { start as startRun } from "../walk/training.js";
import { remember, remembered } from "./remembered.js";

const KEPT = "begun";
// Two kinds of points that no straight line parts, and a network that learns to in a few seconds.
const LEARNING = [["dataset", "moons"], ["hidden-activation", "tanh"], ["layer-sizes", "2-6-1"]];

/** @type {Clicks} */
let does = {};

function close() {
  by("begin").hidden = true;
  remember(KEPT, "yes");
}

// Whoever was sent to a place, or comes back to one, has begun already.
/** @param {Clicks} given what buttons do */
export function open(given) {
  does = given;
  const begun = remembered(KEPT) || location.search || location.hash || state.pass.iteration || state.cursor;
  by("begin").hidden = Boolean(begun);
}

async function step() {
  close();
  await press("step-forward");
  by("step-forward").focus();
}

async function train() {
  close();
  for (const change of LEARNING) await press("edit", ...change);
  does["plot-data"]();
  startRun("run");
}

function bringData() {
  close();
  does["own-open"]();
}

export const clicks = { "begin-step": step, "begin-train": train, "begin-data": bringData, "begin-close": close };
