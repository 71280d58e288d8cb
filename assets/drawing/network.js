// The drawing: built once for a network and a window, then only restyled from position to position.

import { name, shown, typographic } from "../core/format.js";
import { distance, edgesInto, place, radiusOf } from "../core/geometry.js";
import { read, words } from "../core/pass.js";
import { by, draw } from "../kit/dom.js";
import { show as showLegend, showHeadings } from "./legend.js";

/** @type {any} */
let drawn = null;
let turn = "odd"; // of the flow's animations

/** @param {any} parent @param {string} tag @param {any} [attributes] @param {string} [text] */
function element(parent, tag, attributes = {}, text) {
  const made = draw(tag, attributes, text);
  parent.append(made);
  return made;
}

/** @param {number} value */
const sign = (value) => (value > 0 ? "plus" : value < 0 ? "minus" : "zero");
/** @param {any} e */
const line = (e) => `M${e.x1.toFixed(1)} ${e.y1.toFixed(1)}L${e.x2.toFixed(1)} ${e.y2.toFixed(1)}`;

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
      edges.push({ ...edge, node: element(group, "line", { x1, y1, x2, y2 }) });
    }
  }
  return edges;
}

/** @param {any} places */
const textSize = (places) => Math.min(22, Math.max(12, places.radius * 0.44));

/**
 * @param {any} group
 * @param {any} places
 * @param {any} column
 * @param {number} layer
 * @param {number} row
 * @param {Point} at
 */
function buildNeuron(group, places, column, layer, row, at) {
  const roomy = places.radius >= 23;
  const node = element(group, "g", { class: "neuron", transform: `translate(${at.x} ${at.y})` });
  /** @type {Record<string, any>} */
  const neuron = { node, layer, row, x: at.x, y: at.y, circle: element(node, "circle") };
  const size = textSize(places);
  if (roomy) {
    neuron.symbol = element(node, "text", { class: "symbol", y: -size * 0.65 });
    neuron.symbol.style.fontSize = `${size * 0.85}px`;
  }
  if (places.radius >= 14) {
    neuron.value = element(node, "text", { class: "value", y: roomy ? size * 0.6 : 0 });
    neuron.value.style.fontSize = `${size}px`;
  }
  if (layer > 1) {
    const side = Math.min(7, places.radius * 0.5);
    neuron.bias = element(node, "rect", { class: "bias", width: side, height: side });
    const free = column.spacing - 2 * places.radius;
    if (free > 17 && places.gap > 70) neuron.biasText = element(node, "text", { class: "bias-text" });
  }
  return neuron;
}

/** @param {any} svg @param {any} places @param {any} last */
function buildEnd(svg, places, last) {
  const group = element(svg, "g", { class: "end" });
  const targets = [...places.columns[last - 1].neurons].map(([row, at]) => ({
    row,
    node: element(group, "text", places.narrow
      ? { class: "target over", x: at.x, y: at.y - places.radius - 9 }
      : { class: "target", x: at.x + places.radius + 10, y: at.y }),
  }));
  const { x, y, half } = places.end;
  element(group, "rect", { class: "loss-box", x: x - half, y: y - 22, width: 2 * half, height: 44, rx: 6 });
  element(group, "text", { class: "symbol", x, y: y - 9 }, "J");
  const mean = element(group, "text", { class: "mean", x, y: y + 32 });
  return { targets, mean, loss: element(group, "text", { class: "value", x, y: y + 10 }) };
}

/** @param {HTMLElement} host @param {Pass} pass */
function build(host, pass) {
  const box = host.getBoundingClientRect();
  const letter = parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.8 * 0.28; // half of one
  const places = place(pass.scene, Math.max(box.width, 200), Math.max(box.height, 120), letter);
  const svg = draw("svg", { viewBox: `0 0 ${places.width} ${places.height}`, "aria-hidden": "true" });
  const depth = pass.sizes.length;
  const edges = buildEdges(svg, places, depth);
  const flow = element(svg, "path", { class: "flow" });
  const chain = element(svg, "path", { class: "chain" });
  const group = element(svg, "g", { class: "neurons" });
  /** @type {any[]} */
  const neurons = [];
  places.columns.forEach((column, i) => {
    for (const [row, at] of column.neurons) {
      neurons.push(buildNeuron(group, places, column, i + 1, row, at));
    }
    if (column.ellipsis) {
      const { x, y } = column.ellipsis;
      element(group, "text", { class: "ellipsis", x, y }, `⋮ ${pass.scene.layers[i].hidden} more`);
    }
  });
  const end = buildEnd(svg, places, depth);
  const over = document.createElement("canvas");
  Object.assign(over, { id: "maps-canvas", hidden: true });
  host.replaceChildren(svg, over);
  drawn = { key: pass.sizes.join("-"), places, svg, edges, flow, chain, neurons, end };
}

/** @param {Pass} pass @param {boolean} updated */
function styleWeights(pass, updated) {
  const moment = updated ? "after" : "before";
  /** @type {Map<number, any>[]} */
  const rowsOf = pass.scene.layers.map((layer) => new Map(layer.rows.map((row, i) => [row, i])));
  for (const edge of drawn.edges) {
    const strength =
      pass.scene.layers[edge.layer - 1][moment].edges[rowsOf[edge.layer - 1].get(edge.j)][rowsOf[edge.layer - 2].get(edge.k)];
    const size = Math.abs(strength);
    edge.node.setAttribute("class", sign(strength));
    edge.node.style.strokeWidth = `${(size * drawn.places.thickest).toFixed(2)}px`;
    edge.node.style.strokeOpacity = (0.35 + 0.5 * size).toFixed(2);
  }
  for (const neuron of drawn.neurons) {
    const { before, after } = pass.scene.layers[neuron.layer - 1];
    const areas = (updated ? after : before)?.areas;
    const area = areas ? areas[rowsOf[neuron.layer - 1].get(neuron.row)] : null;
    neuron.radius = radiusOf(drawn.places, area ?? null);
    neuron.circle.style.r = `${neuron.radius.toFixed(1)}px`;
  }
}

// What a neuron shows at a position: δ on the way back, otherwise x or a; the input keeps its x.
/** @param {Pass} pass @param {number} cursor @param {any} neuron */
function face(pass, cursor, neuron) {
  const kind = pass.positions[cursor].kind;
  if (neuron.layer === 1) return "x";
  return kind === "backward" || kind === "update" ? "delta" : "a";
}

/** @param {View} given @param {any} neuron */
function styleNeuron({ pass, cursor, focus: { sample } }, neuron) {
  const symbol = face(pass, cursor, neuron);
  const value = read(pass, cursor, symbol, neuron.layer, neuron.row, sample);
  const tint = symbol === "delta" ? "delta" : "a";
  const scale = pass.scene.scale[tint];
  const resting = symbol === "x" && ["backward", "update"].includes(pass.positions[cursor].kind);
  const known = value !== undefined && !resting;
  neuron.node.setAttribute("class", `neuron ${known ? sign(value) : resting ? "resting" : "unknown"}`);
  neuron.node.style.setProperty("--tint", known ? `${Math.min(100, (Math.abs(value) / scale) * 100).toFixed(1)}%` : "0%");
  if (neuron.symbol) neuron.symbol.textContent = name(symbol, neuron.layer, neuron.row);
  if (neuron.value) neuron.value.textContent = value === undefined ? "" : fitting(value, neuron.radius);
  if (neuron.bias) styleBias(pass, cursor, neuron);
}

// As many digits, up to three, as the circle holds at the size of its text.
/** @param {number} value @param {number} radius */
function fitting(value, radius) {
  const room = (radius * 1.85) / (textSize(drawn.places) * 0.6);
  const digits = [3, 2].find((n) => shown(value, n).length <= room) || 1;
  return typographic(shown(value, digits));
}

/** @param {Pass} pass @param {number} cursor @param {any} neuron */
function styleBias(pass, cursor, neuron) {
  const value = Number(read(pass, cursor, "b", neuron.layer, neuron.row));
  const share = Math.min(100, (Math.abs(value) / pass.scene.scale.b) * 100);
  neuron.bias.setAttribute("class", `bias ${sign(value)}`);
  neuron.bias.style.setProperty("--tint", `${share.toFixed(1)}%`);
  const rim = neuron.radius * 0.72;
  const text = `b ${typographic(shown(value, 3))}`;
  const below = neuron.radius + 10;
  neuron.bias.setAttribute("x", neuron.biasText ? -text.length * drawn.places.letter - 11 : -rim - 5);
  neuron.bias.setAttribute("y", neuron.biasText ? below - 3.5 : rim - 2);
  if (!neuron.biasText) return;
  neuron.biasText.textContent = text;
  neuron.biasText.setAttribute("x", 4);
  neuron.biasText.setAttribute("y", below);
}

/** @param {Pass} pass @param {number} cursor */
function styleFlow(pass, cursor) {
  const position = pass.positions[cursor];
  const flow = position.flow;
  if (!flow) {
    drawn.flow.setAttribute("class", "flow");
    return void drawn.flow.setAttribute("d", "");
  }
  const end = flow.into > pass.sizes.length;
  const edges = edgesInto(drawn.places, flow.into).filter((edge) =>
    flow.neuron === null || (flow.way === "forward" ? edge.j : edge.k) === flow.neuron || (end && flow.way === "forward"));
  drawn.flow.setAttribute("d", edges.map(line).join(""));
  drawn.flow.style.strokeOpacity = Math.min(1, 4 / Math.sqrt(edges.length)).toFixed(2);
  drawn.flow.style.strokeWidth = edges.length > 40 ? 1.2 : 2;
  // Another animation of the same kind begins anew; taking the old one off and on would need a layout.
  turn = turn === "odd" ? "even" : "odd";
  drawn.flow.setAttribute("class", `flow ${flow.way} moving ${turn}`);
}

// What was clicked is ringed; of a weight, every path from it to J is lit.
/** @param {View} given */
function styleFocus({ pass, focus }) {
  for (const neuron of drawn.neurons) {
    const ringed = neuron.layer === focus.layer && neuron.row === focus.neuron && !focus.input;
    neuron.node.classList.toggle("focus", ringed);
  }
  if (!focus.input || !focus.layer) return drawn.chain.setAttribute("d", "");
  const { layer: from } = focus;
  const edges = edgesInto(drawn.places, from)
    .filter(({ j, k }) => j === focus.neuron && k === focus.input);
  for (let layer = from + 1; layer <= pass.sizes.length + 1; layer++) {
    edges.push(...edgesInto(drawn.places, layer)
      .filter(({ k }) => layer > from + 1 || k === focus.neuron));
  }
  drawn.chain.style.strokeOpacity = Math.max(0.25, Math.min(0.9, 5 / Math.sqrt(edges.length))).toFixed(2);
  return drawn.chain.setAttribute("d", edges.map(line).join(""));
}

/** @param {View} given */
function styleEnd({ pass, cursor, focus: { sample } }) {
  const last = pass.sizes.length;
  for (const target of drawn.end.targets) {
    const value = Number(read(pass, cursor, "y", last, target.row, sample));
    target.node.textContent = `${name("y", last, target.row)} = ${typographic(shown(value, 3))}`;
  }
  const m = pass.fields["sample-x"].split(";").length;
  drawn.end.mean.textContent = m > 1 ? `mean of ${m}` : "";
  const loss = read(pass, cursor, "J", last, 1);
  drawn.end.loss.textContent = loss === undefined ? "?" : typographic(shown(loss, 4));
  drawn.end.loss.parentNode.setAttribute("class", loss === undefined ? "end unknown" : "end");
}

// Built anew where the window has another shape: asking for the size at each step would lay the page out again.
/** @param {HTMLElement} host @param {View} view */
export function watch(host, view) {
  new ResizeObserver(() => {
    const { width, height } = host.getBoundingClientRect();
    const { places } = drawn || { places: {} };
    const same = Math.abs(places.width - Math.max(width, 200)) <= 1 && Math.abs(places.height - Math.max(height, 120)) <= 1;
    if (view.pass && !same) show(view, true);
  }).observe(host);
}

// Show a pass at a position; builds only when the network has another shape.
/** @param {View} view @param {boolean} [fresh] */
export function show(view, fresh = false) {
  const host = by("network");
  const { pass, cursor } = view;
  const key = pass.sizes.join("-");
  if (!drawn || drawn.key !== key || fresh) {
    build(host, pass);
    drawn.pass = null;
  }
  const updated = pass.positions[cursor].kind === "update";
  if (drawn.pass !== pass || drawn.updated !== updated) {
    styleWeights(pass, updated);
    showHeadings(pass, drawn.places);
  }
  drawn.pass = pass;
  drawn.updated = updated;
  for (const neuron of drawn.neurons) styleNeuron(view, neuron);
  styleFocus(view);
  styleFlow(pass, cursor);
  styleEnd(view);
  showLegend(pass, cursor, drawn.places);
  host.setAttribute("aria-label", `The network ${words(pass.summary)}; its numbers stand in the table`);
}

// The square of a bias, and the text beside it.
/** @param {any} neuron @param {number} x @param {number} y */
function onBias(neuron, x, y) {
  if (!neuron.bias) return false;
  const left = neuron.x + Number(neuron.bias.getAttribute("x"));
  const top = neuron.y + Number(neuron.bias.getAttribute("y"));
  return x >= left - 3 && x <= left + (neuron.biasText ? 60 : 10) && y >= top - 3 && y <= top + 12;
}

// What lies under a point of the drawing: a neuron or its bias, J, or else the nearest edge within a few pixels.
/** @param {number} clientX @param {number} clientY */
export function under(clientX, clientY) {
  if (!drawn) return null;
  const box = drawn.svg.getBoundingClientRect();
  const x = clientX - box.left;
  const y = clientY - box.top;
  const neuron = drawn.neurons.find((/** @type {any} */ n) => Math.hypot(n.x - x, n.y - y) <= n.radius + 2 || onBias(n, x, y));
  if (neuron) return { neuron };
  const { end } = drawn.places;
  if (Math.abs(x - end.x) <= end.half && Math.abs(y - end.y) <= 22) return { loss: drawn.end };
  /** @type {any} */
  let best = null;
  let least = 7;
  for (const edge of drawn.edges) {
    const away = distance(edge, x, y);
    if (away < least) [best, least] = [edge, away];
  }
  return best && { edge: best };
}

export const neurons = () => drawn?.neurons || [];
