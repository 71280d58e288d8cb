// What is heard of a run: that it begins, every ten seconds how far it is, that it is paused or has ended.

import { fixed, shown, typographic } from "../core/format.js";
import { points as pointsOf } from "../core/history.js";
import { message, render } from "../core/messages.js";
import { by } from "../kit/dom.js";
import { state } from "../walk/state.js";

const EVERY = 10000; // milliseconds
let running = false;
let told = 0; // when

/** @param {string} key */
function tell(key) {
  const latest = pointsOf(state.history).findLast(({ batch }) => batch <= state.history.at);
  const { epoch = 0, train_loss: loss } = latest || {};
  const J = typeof loss === "number" ? typographic(shown(loss, 4)) : "–";
  const said = render(message(key, { epoch: fixed(epoch, Number.isInteger(epoch) ? 0 : 2), J }));
  // What has come of it is not told while it changes with every picture.
  const after = key === "run_aloud.begun" ? "" : by("plot-words").textContent;
  by("run-aloud").textContent = `${said} ${after}`.trim();
  told = performance.now();
}

/** @param {string} end  how a run is over that has just been going on */
function hear(end) {
  if (state.training && running) {
    if (performance.now() - told > EVERY) tell("run_aloud.runs");
    return;
  }
  if (state.training) tell("run_aloud.begun");
  else if (running) tell(end);
  running = state.training;
}

// Train pressed again is told as running: what ends by itself is seen in its last picture.
export const turned = () => hear("run_aloud.paused");
export const pictured = () => hear("run_aloud.ended");
