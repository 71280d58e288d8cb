// The numbers of a run and its second timeline, for what stands on the stage.

import { fixed, shown, typographic } from "../core/format.js";
import { kept as keptOf, points as pointsOf } from "../core/history.js";
import { by } from "../kit/dom.js";
import { isClasses } from "../walk/samples.js";
import { state } from "../walk/state.js";
import { pace, start as startRun, visit } from "../walk/training.js";

/** @param {CurvePoint | undefined} point */
function scores(point) {
  if (!point) return "";
  const [name, unit] = isClasses() ? ["right", "%"] : ["R²", ""];
  /** @param {number} value */
  const one = (value) => (unit ? `${fixed(100 * value, 1)} %` : typographic(shown(value, 4)));
  /** @type {[string, number | null | undefined][]} */
  const both = [["train", point.train_score], ["test", point.test_score]];
  const parts = both.filter(([, value]) => value !== null && value !== undefined);
  return parts.length ? `${name}: ${parts.map(([part, value]) => `${one(Number(value))} ${part}`).join(", ")}` : "";
}

/** @param {any} seconds */
function duration(seconds) {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
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
  by("train-rate").textContent = state.training && speed
    ? `${fixed(speed, speed < 10 ? 1 : 0)} epochs/s · ${duration(left)} left`
    : `of ${begun + epochs} epochs`;
}

// The numbers of the run and its second timeline, for what stands on the stage.
/** @param {State} state */
export function show(state) {
  const points = pointsOf(state.history);
  const latest = points.findLast(({ batch }) => batch <= state.history.at);
  /** @param {number | null | undefined} number */
  const value = (number) => (number === null || number === undefined ? "–" : typographic(shown(number, 4)));
  const epoch = latest?.epoch ?? 0;
  by("epoch").textContent = fixed(epoch, Number.isInteger(epoch) ? 0 : 2);
  by("train-loss").textContent = value(latest?.train_loss);
  by("test-loss").textContent = value(latest?.test_loss);
  by("scores").textContent = scores(latest);
  by("train").textContent = state.training ? "❚❚ Pause" : "▶ Train";
  by("train").setAttribute("aria-pressed", String(state.training));
  for (const id of ["train-epoch", "train-batch"]) by(id).disabled = state.training;
  by("page").classList.toggle("live", Boolean(state.pass.live));
  showProgress(state, latest);
  const kept = keptOf(state.history);
  const line = by("epoch-timeline");
  line.disabled = kept.length < 2;
  line.max = Math.max(1, kept.length - 1);
  line.value = Math.max(0, kept.findLastIndex(({ batch }) => batch <= state.history.at));
  line.setAttribute("aria-valuetext", `epoch ${by("epoch").textContent}`);
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
