// Whom the page belongs to: the walk with its formulas, or a run with its plots.

import { entryAt } from "../core/history.js";
import { by } from "../kit/dom.js";
import { attribute } from "../kit/rewriting.js";

const NARROW = "(62.5em < width <= 75em)"; // where the curves stand one at a time
const UNDER = ["histograms", "confusion"]; // what takes the place of the curves where it is chosen
let ofRun = false;

// From a run, or an epoch gone back to, until the walk leaves it or something in the drawing is asked about.
/** @param {State} state */
function isRun({ training, pass, cursor, history, focus }) {
  if (training) return true;
  if (cursor > 0 || !history.branches.length || focus.layer) return false;
  if (pass.live) return true;
  return ofRun && entryAt(history, history.at)?.iteration === pass.iteration;
}

// Whether it has changed hands.
/** @param {State} state */
export function follow(state) {
  const before = ofRun;
  ofRun = isRun(state);
  attribute(by("page"), "data-room", ofRun ? "run" : "walk");
  return before !== ofRun;
}

// Whether a plot is seen, where `tab` is chosen and the loss may stand `above` it.
/** @param {string} name @param {string} tab @param {boolean} above */
export function isSeen(name, tab, above) {
  if (!ofRun) return name === tab || (name === "loss" && above);
  if (name === "data") return true;
  if (UNDER.includes(tab)) return name === tab;
  if (matchMedia(NARROW).matches) return name === (tab === "data" ? "loss" : tab);
  return name === "loss" || name === "layers";
}
