// The numbers of a run and its second timeline, for what stands on the stage.

import { fixed, shown, typographic } from "../core/format.js";
import { kept as keptOf, points as pointsOf } from "../core/history.js";
import { message, render } from "../core/messages.js";
import { by } from "../kit/dom.js";
import { enable } from "../kit/focus.js";
import { text } from "../kit/rewriting.js";
import { put } from "../kit/words.js";
import { isClasses } from "../walk/samples.js";
import { state } from "../walk/state.js";
import { pace, start as startRun, visit } from "../walk/training.js";

/** @param {CurvePoint | undefined} point */
function scores(point) {
  /** @param {number} value */
  const one = (value) => (isClasses() ? `${fixed(100 * value, 1)} %` : typographic(shown(value, 4)));
  const known = Object.entries({ train: point?.train_score, test: point?.test_score })
    .flatMap(([part, value]) => (typeof value === "number" ? [[part, one(value)]] : []));
  if (!known.length) return "";
  const which = known.length > 1 ? "both" : known[0][0];
  return message(`scores.${isClasses() ? "right" : "r2"}.${which}`, Object.fromEntries(known));
}

/** @param {any} seconds */
function duration(seconds) {
  if (seconds < 90) return message("duration.seconds", { n: String(Math.ceil(seconds)) });
  if (seconds < 5400) return message("duration.minutes", { n: String(Math.round(seconds / 60)) });
  return message("duration.hours", { n: String(Math.round(seconds / 3600)) });
}

/** @param {State} state @param {CurvePoint | undefined} latest */
function showProgress(state, latest) {
  const epochs = Number(state.fields.epochs);
  const epoch = latest?.epoch ?? 0;
  const begun = Math.floor(Math.max(0, epoch - 1e-9) / epochs) * epochs;
  by("train-progress").max = epochs;
  by("train-progress").value = epoch - begun;
  const { speed, end } = pace();
  const left = speed && end ? (end - epoch) / speed : 0;
  put(by("train-rate"), state.training && speed
    ? message("progress.rate", { speed: fixed(speed, speed < 10 ? 1 : 0), left: duration(left) })
    : message("progress.goal", { epochs: String(begun + epochs) }));
}

// The numbers of the run and its second timeline, for what stands on the stage.
/** @param {State} state */
export function show(state) {
  const points = pointsOf(state.history);
  const latest = points.findLast(({ batch }) => batch <= state.history.at);
  /** @param {number | null | undefined} number */
  const value = (number) => (number === null || number === undefined ? "–" : typographic(shown(number, 4)));
  const epoch = latest?.epoch ?? 0;
  text(by("epoch"), fixed(epoch, Number.isInteger(epoch) ? 0 : 2));
  text(by("train-loss"), value(latest?.train_loss));
  text(by("test-loss"), value(latest?.test_loss));
  put(by("scores"), scores(latest));
  put(by("train"), message(state.training ? "player.pause" : "progress.train"));
  by("train").setAttribute("aria-pressed", String(state.training));
  for (const id of ["train-epoch", "train-batch"]) enable(by(id), !state.training);
  showProgress(state, latest);
  const kept = keptOf(state.history);
  const line = by("epoch-timeline");
  line.disabled = kept.length < 2;
  line.max = Math.max(1, kept.length - 1);
  line.value = Math.max(0, kept.findLastIndex(({ batch }) => batch <= state.history.at));
  line.setAttribute("aria-valuetext", render(message("progress.epoch", { epoch: by("epoch").textContent })));
}

export function connect() {
  by("epoch-timeline").addEventListener("input", (/** @type {any} */ event) => {
    const kept = keptOf(state.history);
    visit(kept[Number(event.target.value)].batch);
  });
}

export const clicks = {
  train: () => startRun("run"),
  "train-epoch": () => startRun("epoch"),
  "train-batch": () => startRun("batch"),
};
