// The edges of what is in focus: they alone are strong, with their weights written on them.

import { shown, typographic } from "../core/format.js";
import { spread } from "../core/labels.js";
import { largest as largestOf } from "../core/largest.js";
import { read } from "../core/pass.js";
import { draw } from "../kit/dom.js";
import { attribute } from "../kit/rewriting.js";
import { shownBy, valueOf } from "./quantity.js";

const NEAR = [0.3, 0.22, 0.38, 0.46]; // parts of an edge, from where those of a neuron lie apart
const AIR = 6; // pixels between two labels

/** @param {any} edge @param {Focus} focus */
function isOwn({ layer, j, k }, focus) {
  if (focus.input) return layer === focus.layer && j === focus.neuron && k === focus.input;
  return (layer === focus.layer && j === focus.neuron) || (layer === Number(focus.layer) + 1 && k === focus.neuron);
}

// On the way back a neuron is told of by the weights behind it, otherwise by those before it.
/** @param {any} edge @param {View} view */
function isTold({ layer }, view) {
  const { pass, cursor, focus } = view;
  if (shownBy(view) !== "w") return layer === focus.layer;
  const back = pass.positions[cursor].kind === "backward" && !focus.input && Number(focus.layer) < pass.sizes.length;
  return layer === (back ? Number(focus.layer) + 1 : focus.layer);
}

/** @param {View} view @param {any} edge */
function words(view, edge) {
  const { pass, cursor } = view;
  const { layer, j, k } = edge;
  const quantity = shownBy(view);
  if (quantity !== "w") {
    const found = valueOf(pass, cursor, quantity, edge);
    return found === undefined ? "" : typographic(shown(found));
  }
  const value = Number(read(pass, cursor, "w", layer, j, k));
  const number = typographic(shown(value));
  if (pass.positions[cursor].kind !== "update") return number;
  return `${typographic(shown(Number(read(pass, cursor, "w_before", layer, j, k))))} → ${number}`;
}

/** @param {any} edge @param {boolean} back @param {number} part */
function point({ x1, y1, x2, y2 }, back, part) {
  const at = back ? 1 - part : part;
  return { x: x1 + at * (x2 - x1), y: y1 + at * (y2 - y1) };
}

/** @param {any} drawn @param {View} view @param {any[]} edges @param {any} largest */
function write(drawn, view, edges, largest) {
  const { letter, gap, radius, text: size, large } = drawn.places;
  const mark = largest && drawn.edges.find((/** @type {any} */ { layer, j, k }) =>
    layer === largest.layer && j === largest.row && k === largest.col);
  const all = mark ? [mark, ...edges.filter((edge) => edge !== mark)] : edges;
  const labels = all.map((edge) => {
    const own = edges.includes(edge) ? words(view, edge) : "";
    const told = edge === mark ? [`∂J/∂w ${typographic(shown(largest.value))}`, own].filter(Boolean).join(", ") : own;
    const back = edge.layer !== view.focus.layer;
    const width = 2 * letter * 1.15 * told.length + AIR;
    const clear = (radius + width / 2) / (edge.x2 - edge.x1); // of the neuron
    const at = NEAR.map((part) => point(edge, back, Math.max(part, clear)));
    return { at, told, width, weight: edge === mark ? Infinity : Math.abs(edge.strength), mark: edge === mark };
  }).filter(({ told, width }) => told && width < gap - 2 * radius);
  const placed = spread(labels, (large ? size : 2 * letter / 0.28 / 0.8 * 0.5) * 1.25 + 2);
  const texts = [...placed].map(([{ told, mark: most }, { x, y }]) =>
    draw("text", { class: most ? "weight-text largest" : "weight-text", x, y }, told));
  drawn.weights.replaceChildren(...texts);
}

/** @param {any} drawn @param {View} view */
export function show(drawn, view) {
  const { focus } = view;
  const on = Boolean(focus.layer);
  const largest = largestOf(view.pass, view.cursor);
  if (!on && !largest && !drawn.chosen) return;
  drawn.chosen = on || largest;
  drawn.lines.toggleAttribute("data-chosen", on);
  const own = on ? drawn.edges.filter((/** @type {any} */ edge) => isOwn(edge, focus)) : [];
  for (const edge of drawn.edges) {
    if (own.includes(edge)) attribute(edge.node, "data-own", "");
    else edge.node.removeAttribute("data-own");
  }
  const told = own.filter((/** @type {any} */ edge) => isTold(edge, view));
  write(drawn, view, told.length ? told : own, largest);
}
