// The elements of the drawing for a network and a window: edges, neurons, targets and J.

import { edgesInto, place } from "../core/geometry.js";
import { draw, make, styled } from "../kit/dom.js";

/** @param {any} parent @param {string} tag @param {any} [attributes] @param {string} [text] */
function element(parent, tag, attributes = {}, text) {
  const made = draw(tag, attributes, text);
  parent.append(made);
  return made;
}

/** @param {any} e */
export const line = (e) => `M${e.x1.toFixed(1)} ${e.y1.toFixed(1)}L${e.x2.toFixed(1)} ${e.y2.toFixed(1)}`;

/** @param {any} svg @param {any} places @param {number} depth */
function buildEdges(svg, places, depth) {
  const hair = element(svg, "g", { class: "hairlines" });
  const group = element(svg, "g", { class: "edges" });
  const edges = [];
  for (let layer = 2; layer <= depth + 1; layer++) {
    const into = edgesInto(places, layer);
    element(hair, "path", { d: into.map(line).join("") });
    if (layer > depth) continue;
    for (const edge of into) {
      const { x1, y1, x2, y2 } = edge;
      edges.push({ ...edge, node: element(group, "line", { x1, y1, x2, y2, pathLength: 100 }) });
    }
  }
  return edges;
}

/**
 * @param {any} group
 * @param {any} places
 * @param {any} column
 * @param {number} layer
 * @param {number} row
 * @param {Point} at
 */
function buildNeuron(group, places, column, layer, row, at) {
  const { text: size, zoom } = places;
  const roomy = places.radius >= (places.large ? 1.65 * size : 23);
  const node = element(group, "g", { class: "neuron", transform: `translate(${at.x} ${at.y})` });
  /** @type {Record<string, any>} */
  const neuron = { node, layer, row, x: at.x, y: at.y, circle: element(node, "circle") };
  if (roomy) {
    neuron.symbol = element(node, "text", { class: "symbol", y: -size * 0.65 });
    neuron.symbol.style.fontSize = `${size * 0.85}px`;
  }
  if (places.radius >= 14 || places.large) {
    neuron.value = element(node, "text", { class: "value", y: roomy ? size * 0.6 : 0 });
    neuron.value.style.fontSize = `${size}px`;
  }
  if (layer > 1) {
    const side = Math.min(7 * zoom, places.radius * 0.5);
    neuron.bias = element(node, "rect", { class: "bias", width: side, height: side });
    const free = column.spacing - 2 * places.radius;
    if (free > 26 * zoom && places.gap > 70 * zoom) neuron.biasText = element(node, "text", { class: "bias-text" });
  }
  return neuron;
}

/** @param {any} svg @param {any} places @param {any} last */
function buildEnd(svg, places, last) {
  const group = element(svg, "g", { class: "end" });
  const targets = [...places.columns[last - 1].neurons].map(([row, at]) => ({
    row,
    node: element(group, "text", places.narrow
      ? { class: "target over", x: at.x, y: Math.max(8, at.y - places.radius - 9) }
      : { class: "target", x: at.x + places.radius + 10, y: at.y }),
  }));
  const { end: { x, y, half }, zoom } = places;
  const box = { x: x - half, y: y - 22 * zoom, width: 2 * half, height: 44 * zoom };
  element(group, "rect", { class: "loss-box", ...box, rx: 6 });
  element(group, "text", { class: "symbol", x, y: y - 9 * zoom }, "J");
  const mean = element(group, "text", { class: "mean", x, y: y + 32 * zoom });
  return { targets, mean, loss: element(group, "text", { class: "value", x, y: y + 10 * zoom }) };
}

/** @param {any} svg @param {any} places @param {Pass} pass */
function buildNeurons(svg, places, pass) {
  const group = element(svg, "g", { class: "neurons" });
  /** @type {any[]} */
  const neurons = [];
  /** @type {{ node: Element, count: number }[]} */
  const ellipses = [];
  places.columns.forEach((/** @type {any} */ column, /** @type {number} */ i) => {
    for (const [row, at] of column.neurons) {
      neurons.push(buildNeuron(group, places, column, i + 1, row, at));
    }
    if (column.ellipsis) {
      const { x, y } = column.ellipsis;
      ellipses.push({ node: element(group, "text", { class: "ellipsis", x, y }), count: pass.scene.layers[i].hidden });
    }
  });
  return { neurons, ellipses };
}

/** @param {Element} element */
const fontSize = (element) => parseFloat(getComputedStyle(element).fontSize);

// Three sheets on one another: what a step does not change is not painted by it, and what moves is painted once.
// `large`: as the back row reads it, its letters not below those of the host.
/** @param {HTMLElement} host @param {Pass} pass @param {boolean} large */
export function build(host, pass, large) {
  const box = host.getBoundingClientRect();
  const letter = fontSize(large ? host : document.documentElement) * 0.8 * 0.28; // half of one
  const size = large ? fontSize(host) : 0;
  const places = place(pass.scene, Math.max(box.width, 200), Math.max(box.height, 120), letter, size);
  const { width, height } = places;
  /** @param {string} name */
  const sheet = (name) => draw("svg", { class: name, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  const [lines, flows, svg] = ["lines", "flows", "nodes"].map(sheet);
  const depth = pass.sizes.length;
  const edges = buildEdges(lines, places, depth);
  styled(flows, { width: `${width}px`, height: `${height}px` });
  const flow = { path: draw("path"), sheet: flows, box: make("div", { class: "flow" }, make("div", {}, flows)) };
  flows.append(flow.path);
  const chain = element(svg, "path", { class: "chain" });
  const weights = element(svg, "g", { class: "weights" });
  const { neurons, ellipses } = buildNeurons(svg, places, pass);
  const end = buildEnd(svg, places, depth);
  const over = make("canvas", { id: "maps-canvas", hidden: "" });
  host.replaceChildren(lines, flow.box, svg, over);
  const sheets = { svg, lines, edges, flow, chain, weights, neurons, ellipses, end };
  return { sizes: pass.sizes.join("-"), large, places, ...sheets };
}
