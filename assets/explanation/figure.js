// A small drawing of the network in the derivation: a weight, a bias or the forward pass marked and named.

import { isMarked, places } from "../core/figure.js";
import { draw, make } from "../kit/dom.js";

const RADIUS = 13;

/** @param {any} p @param {any} q @param {boolean} marked */
const edge = (p, q, marked) =>
  draw("line", { x1: p.x, y1: p.y, x2: q.x, y2: q.y, class: marked ? "marked" : "" });

/** @param {any} neuron @param {boolean} marked */
function node({ j, x, y }, marked) {
  if (j === null) return draw("text", { x, y, class: "gap" }, "⋮");
  return draw("circle", { cx: x, cy: y, r: RADIUS, class: marked ? "marked" : "" });
}

// The name stands at the middle of its edge, or above its neuron.
/** @param {any} layers @param {any} mark @param {string} name */
function label(layers, { layer, indices: [to, from] }, name) {
  const find = (/** @type {number} */ l, /** @type {number} */ j) =>
    layers[l - 1].find((/** @type {any} */ p) => p.j === j);
  const end = find(layer, to);
  const start = from ? find(layer - 1, from) : { x: end.x, y: end.y - 2.6 * RADIUS };
  const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  return draw("text", { x: middle.x, y: middle.y, class: "name" }, name);
}

// `told` are the words below it, which are what is heard.
/** @param {any} figure @param {(string | Element)[]} told */
export function figure({ sizes, mark, name }, told) {
  const { layers, width, height } = places(sizes, mark);
  const neurons = layers.map((column) => column.filter(({ j }) => j !== null));
  const edges = neurons.slice(1).flatMap((after, i) => neurons[i].flatMap((p) =>
    after.map((q) => edge(p, q, isMarked(mark, i + 2, Number(q.j), Number(p.j))))));
  edges.sort((one, other) => one.classList.length - other.classList.length); // the marked ones lie on top
  const isEnd = (/** @type {number} */ l, /** @type {any} */ j) =>
    mark.symbol === "b" && l === mark.layer && j === mark.indices[0];
  const nodes = layers.flatMap((column, i) => column.map((p) => node(p, isEnd(i + 1, p.j))));
  const drawing = draw("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" },
    ...edges, ...nodes, ...(name ? [label(layers, mark, name)] : []));
  return make("figure", { class: "derivation-figure" }, drawing, make("figcaption", {}, ...told));
}
