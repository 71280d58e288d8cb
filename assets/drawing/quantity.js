// What the edges show: w, ∂J/∂w, or Δw, how far an update moves them.

import { find, read } from "../core/pass.js";
import { roundUp } from "../core/scales.js";

/** @type {Record<string, string>} */
export const SYMBOLS = { w: "w", dw: "∂J/∂w", step: "Δw" };
/** @type {WeakMap<Pass, Record<string, number>>} */
const scales = new WeakMap();

// A run has its weights alone.
/** @param {Pick<State, "pass" | "edges">} view */
export const shownBy = ({ pass, edges }) => (pass.live ? "w" : edges);

// The number of an edge at a position; undefined while it is not known.
/** @param {Pass} pass @param {number} cursor @param {string} quantity @param {any} edge */
export function valueOf(pass, cursor, quantity, { layer, j, k }) {
  if (quantity !== "step") return read(pass, cursor, quantity, layer, j, k);
  if (pass.positions[cursor].kind !== "update") return undefined;
  return Number(read(pass, cursor, "w", layer, j, k)) - Number(read(pass, cursor, "w_before", layer, j, k));
}

/** @param {Pass} pass @param {string} quantity @param {number} layer */
function most(pass, quantity, layer) {
  const end = find(pass, pass.last, quantity === "dw" ? "dw" : "w", layer)?.array;
  const begin = quantity === "dw" ? null : find(pass, pass.last, "w_before", layer)?.array;
  if (!end || (!begin && quantity !== "dw")) return 0;
  return end.reduce((reach, value, i) => Math.max(reach, Math.abs(value - (begin ? begin[i] : 0))), 0);
}

// What a full width stands for: of a whole pass the same.
/** @param {Pass} pass @param {string} quantity */
export function scaleOf(pass, quantity) {
  const known = scales.get(pass) || {};
  scales.set(pass, known);
  known[quantity] ??= roundUp(Math.max(...pass.sizes.slice(1).map((_, i) => most(pass, quantity, i + 2))));
  return known[quantity];
}
