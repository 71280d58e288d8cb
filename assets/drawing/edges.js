// The weights of the drawing: edges as wide and neurons as large as they are, by scales that stay.

import { radiusOf } from "../core/geometry.js";
import { keep } from "../core/scales.js";
import { attribute, style } from "../kit/rewriting.js";
import { scaleOf, valueOf } from "./quantity.js";

const FADE = 300; // milliseconds
const MOST_FADED = 60; // edges: of more, two sheets at once take longer to paint than the change is seen
/** @type {Element | null} */
let leaving = null;

/** @param {number} value */
export const sign = (value) => (value > 0 ? "plus" : value < 0 ? "minus" : "zero");

// The edges as they were go while those that they have become come: both by the compositor, painted once.
/** @param {any} lines */
function fade(lines) {
  leaving?.remove();
  leaving = null;
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const old = lines.cloneNode(true);
  old.setAttribute("class", "lines leaving");
  lines.before(old);
  leaving = old;
  lines.animate([{ opacity: 0 }, { opacity: 1 }], FADE);
  old.animate([{ opacity: 1 }, { opacity: 0 }], FADE).finished.then(() => old.remove(), () => old.remove());
}

// What is less than can be seen of a line in motion need not be drawn anew.
/** @param {number} value @param {number} step */
const rounded = (value, step) => (Math.round(value / step) * step).toFixed(2);

/** @param {any} edge @param {number} strength @param {number} thickest @param {boolean} [live] */
function styleEdge(edge, strength, thickest, live) {
  const size = Math.abs(strength);
  edge.strength = strength;
  attribute(edge.node, "class", sign(strength));
  style(edge.node, "stroke-width", `${rounded(size * thickest, live ? 0.2 : 0.01)}px`);
  style(edge.node, "stroke-opacity", rounded(0.75 + 0.2 * Math.min(1, size), live ? 0.04 : 0.01));
}

// The scales in force for the largest weight and norm that are drawn now.
/** @param {any} drawn @param {Pass} pass @param {"before" | "after"} moment */
function settle(drawn, pass, moment) {
  let [w, norm] = [0, 0];
  for (const layer of pass.scene.layers) {
    for (const row of layer[moment]?.edges || []) for (const one of row) w = Math.max(w, Math.abs(one));
    for (const area of layer[moment]?.areas || []) norm = Math.max(norm, area);
  }
  const { scale } = pass.scene;
  const before = drawn.scale;
  drawn.scale = { w: keep(before?.w ?? null, w * scale.w), norm: keep(before?.norm ?? null, norm * scale.norm) };
  drawn.rescaled = before && before.w !== drawn.scale.w ? before.w : null;
}

// Edges of another quantity than w, each as soon as its number is known.
/** @param {any} drawn @param {Pass} pass @param {number} cursor @param {string} quantity */
export function styleQuantity(drawn, pass, cursor, quantity) {
  const full = scaleOf(pass, quantity);
  for (const edge of drawn.edges) {
    const strength = (valueOf(pass, cursor, quantity, edge) ?? 0) / full;
    if (strength !== edge.strength) styleEdge(edge, strength, drawn.places.thickest);
  }
}

/** @param {any} drawn @param {Pass} pass @param {boolean} updated @param {boolean} [edges]  or the neurons alone */
export function styleWeights(drawn, pass, updated, edges = true) {
  const moment = updated ? "after" : "before";
  settle(drawn, pass, moment);
  const { scene: { layers, scale }, live } = pass;
  const [width, area] = [scale.w / drawn.scale.w, scale.norm / drawn.scale.norm];
  /** @type {Map<number, any>[]} */
  const rowsOf = layers.map((layer) => new Map(layer.rows.map((row, i) => [row, i])));
  const changed = (edges ? drawn.edges : []).flatMap((/** @type {any} */ edge) => {
    const [row, col] = [rowsOf[edge.layer - 1].get(edge.j), rowsOf[edge.layer - 2].get(edge.k)];
    const strength = /** @type {any} */ (layers[edge.layer - 1])[moment].edges[row][col] * width;
    return strength === edge.strength ? [] : [[edge, strength]];
  });
  if (changed.length && drawn.pass && !live && drawn.edges.length <= MOST_FADED) fade(drawn.lines);
  for (const [edge, strength] of changed) styleEdge(edge, strength, drawn.places.thickest, live);
  for (const neuron of drawn.neurons) {
    const areas = layers[neuron.layer - 1][moment]?.areas;
    const share = areas ? areas[rowsOf[neuron.layer - 1].get(neuron.row)] * area : null;
    neuron.radius = radiusOf(drawn.places, share);
    style(neuron.circle, "r", `${neuron.radius.toFixed(1)}px`);
  }
}
