// The drawing: built once for a network and a window, then only restyled from position to position.

import { described } from "../core/described.js";
import { name, shown, typographic } from "../core/format.js";
import { distance, edgesInto } from "../core/geometry.js";
import { message, render } from "../core/messages.js";
import { read, words } from "../core/pass.js";
import { by, styled } from "../kit/dom.js";
import { attribute, style, text } from "../kit/rewriting.js";
import { build, line } from "./build.js";
import { show as showChosen } from "./chosen.js";
import { sign, styleQuantity, styleWeights } from "./edges.js";
import { shownBy } from "./quantity.js";
import { show as showLegend, showHeadings } from "./legend.js";

/** @type {any} */
let drawn = null;
let turn = "odd"; // of the flow's animations

// What a neuron shows at a position: δ on the way back, otherwise x or a; the input keeps its x.
/** @param {Pass} pass @param {number} cursor @param {any} neuron */
function face(pass, cursor, neuron) {
  const kind = pass.positions[cursor].kind;
  if (neuron.layer === 1) return "x";
  return kind === "backward" || kind === "update" ? "delta" : "a";
}

/** @param {View} given @param {any} neuron */
function styleNeuron({ pass, cursor, focus }, neuron) {
  const symbol = face(pass, cursor, neuron);
  const value = read(pass, cursor, symbol, neuron.layer, neuron.row, focus.sample);
  const scale = pass.scene.scale[symbol === "delta" ? "delta" : "a"];
  const resting = symbol === "x" && ["backward", "update"].includes(pass.positions[cursor].kind);
  const known = value !== undefined && !resting;
  const share = known ? Math.min(100, (Math.abs(value) / scale) * 100) : 0;
  const ringed = neuron.layer === focus.layer && neuron.row === focus.neuron && !focus.input;
  const state = known ? sign(value) : resting ? "resting" : "unknown";
  attribute(neuron.node, "class", `neuron ${state}${neuron.value ? "" : " bare"}${ringed ? " focus" : ""}`);
  tint(neuron.node, share);
  const arrow = symbol === "delta" ? way(value) : "";
  if (neuron.symbol) text(neuron.symbol, name(symbol, neuron.layer, neuron.row) + arrow);
  if (neuron.value) text(neuron.value, value === undefined ? "" : fitting(value, neuron.radius));
  if (neuron.bias) styleBias(pass, cursor, neuron, focus.sample);
}

// Where z should go for a lower J: against the sign of δ.
/** @param {number | undefined} delta */
const way = (delta) => (delta ? (delta > 0 ? " ↓" : " ↑") : "");

/** @param {SVGElement} node @param {number} share in percent */
const tint = (node, share) => style(node, "--tint", `${share.toFixed(1)}%`);

// As many digits, up to three, as the circle holds at the size of its text.
/** @param {number} value @param {number} radius */
function fitting(value, radius) {
  const room = (radius * 1.85) / (drawn.places.text * 0.62);
  /** @param {number} n */
  const fits = (n) => shown(value, n).replace(/[.,]/, "").length + 0.5 <= room; // a decimal sign is half as wide
  return typographic(shown(value, [3, 2].find(fits) || 1));
}

// The bias; at an update as it was and is; on the way back with the a that ∂J/∂w of the next layer is made with.
/** @param {Pass} pass @param {number} cursor @param {any} neuron @param {number} sample */
function biasWords(pass, cursor, { layer, row }, sample) {
  /** @param {string} symbol @param {number} [col] */
  const at = (symbol, col) => {
    const value = read(pass, cursor, symbol, layer, row, col);
    return value === undefined ? "" : typographic(shown(value, 3));
  };
  const [now, before, { kind }] = [at("b"), at("b_before"), pass.positions[cursor]];
  if (kind === "update" && now !== before) return `b ${before} → ${now}`;
  return kind === "backward" && at("a", sample) ? `b ${now}, a ${at("a", sample)}` : `b ${now}`;
}

/** @param {Pass} pass @param {number} cursor @param {any} neuron @param {number} sample */
function styleBias(pass, cursor, neuron, sample) {
  const value = Number(read(pass, cursor, "b", neuron.layer, neuron.row));
  const share = Math.min(100, (Math.abs(value) / pass.scene.scale.b) * 100);
  attribute(neuron.bias, "class", `bias ${sign(value)}`);
  tint(neuron.bias, share);
  const rim = neuron.radius * 0.72;
  const words = neuron.biasText ? biasWords(pass, cursor, neuron, sample) : "";
  const { zoom, letter } = drawn.places;
  const below = neuron.radius + 10 * zoom;
  attribute(neuron.bias, "x", neuron.biasText ? -words.length * letter - 11 * zoom : -rim - 5);
  attribute(neuron.bias, "y", neuron.biasText ? below - 3.5 * zoom : rim - 2);
  if (!neuron.biasText) return;
  text(neuron.biasText, words);
  attribute(neuron.biasText, "x", 4);
  attribute(neuron.biasText, "y", below);
}

// Dashes on the edges that are gone along, uncovered from the side where the numbers come from.
/** @param {Pass} pass @param {number} cursor */
function styleFlow(pass, cursor) {
  const { flow } = pass.positions[cursor];
  const { path, sheet, box } = drawn.flow;
  box.hidden = !flow;
  if (!flow) return;
  const end = flow.into > pass.sizes.length;
  const edges = edgesInto(drawn.places, flow.into).filter((edge) =>
    flow.neuron === null || (flow.way === "forward" ? edge.j : edge.k) === flow.neuron ||
    (end && flow.way === "forward"));
  path.setAttribute("d", edges.map(line).join(""));
  path.style.strokeOpacity = Math.min(1, 4 / Math.sqrt(edges.length)).toFixed(2);
  path.style.strokeWidth = edges.length > 40 ? 1.2 : 2;
  const [{ x1: left, x2: right }] = edges;
  styled(box, { left: `${left}px`, width: `${right - left}px` });
  sheet.style.left = `${-left}px`;
  // Another animation of the same kind begins anew; taking the old one off and on would need a layout.
  turn = turn === "odd" ? "even" : "odd";
  box.className = `flow ${flow.way} ${turn}`;
}

// Every path from a weight that was clicked to J is lit.
/** @param {View} given */
function styleFocus({ pass, focus }) {
  if (!focus.input || !focus.layer) return attribute(drawn.chain, "d", "");
  const { layer: from } = focus;
  const edges = edgesInto(drawn.places, from)
    .filter(({ j, k }) => j === focus.neuron && k === focus.input);
  for (let layer = from + 1; layer <= pass.sizes.length + 1; layer++) {
    edges.push(...edgesInto(drawn.places, layer)
      .filter(({ k }) => layer > from + 1 || k === focus.neuron));
  }
  drawn.chain.style.strokeOpacity = Math.max(0.25, Math.min(0.9, 5 / Math.sqrt(edges.length))).toFixed(2);
  return attribute(drawn.chain, "d", edges.map(line).join(""));
}

/** @param {View} given */
function styleEnd({ pass, cursor, focus: { sample } }) {
  const last = pass.sizes.length;
  for (const target of drawn.end.targets) {
    const value = Number(read(pass, cursor, "y", last, target.row, sample));
    text(target.node, `${name("y", last, target.row)} = ${typographic(shown(value, 3))}`);
  }
  const m = pass.fields["sample-x"].split(";").length;
  text(drawn.end.mean, m > 1 ? render(message("drawing.mean", { m })) : "");
  const loss = read(pass, cursor, "J", last, 1);
  text(drawn.end.loss, loss === undefined ? "?" : typographic(shown(loss, 4)));
  attribute(drawn.end.loss.parentNode, "class", loss === undefined ? "end unknown" : "end");
}

// Built anew where the window has another shape: asking for the size at each step would lay the page out again.
// What others have drawn over it goes with the old one: `built` draws that again.
/** @param {HTMLElement} host @param {View} view @param {() => void} built */
export function watch(host, view, built) {
  new ResizeObserver(() => {
    const { width, height } = host.getBoundingClientRect();
    const { places } = drawn || { places: {} };
    const same = Math.abs(places.width - Math.max(width, 200)) <= 1 &&
      Math.abs(places.height - Math.max(height, 120)) <= 1;
    if (!view.pass || same) return;
    show(view, true);
    built();
  }).observe(host);
}

// Whether what is drawn is the network of a view, as large.
/** @param {View} view */
const isOf = ({ pass, present }) => drawn?.sizes === pass.sizes.join("-") && drawn.large === present;

// Show a pass at a position; builds only when the network has another shape.
/** @param {View} view @param {boolean} [fresh] */
export function show(view, fresh = false) {
  const host = by("network");
  const { pass, cursor } = view;
  if (fresh || !isOf(view)) {
    const old = drawn;
    drawn = build(host, pass, view.present);
    // Another window is no reason for other widths.
    if (old?.sizes === drawn.sizes) drawn.scale = old.scale;
    drawn.pass = null;
  }
  const updated = pass.positions[cursor].kind === "update";
  const quantity = shownBy(view);
  const another = drawn.quantity !== quantity;
  if (another || drawn.pass !== pass || drawn.updated !== updated) {
    styleWeights(drawn, pass, updated, quantity === "w");
  }
  if (quantity !== "w") styleQuantity(drawn, pass, cursor, quantity);
  drawn.quantity = quantity;
  showHeadings(view, drawn.places);
  for (const { node, count } of drawn.ellipses) text(node, render(message("drawing.more", { count })));
  drawn.pass = pass;
  drawn.updated = updated;
  for (const neuron of drawn.neurons) styleNeuron(view, neuron);
  styleFocus(view);
  showChosen(drawn, view);
  styleFlow(pass, cursor);
  styleEnd(view);
  showLegend(pass, cursor, drawn);
  text(by("network-described"), render(described(view)));
  attribute(host, "aria-label", words(message("drawing.label", { summary: pass.summary })));
}

// The weights of a run alone: its numbers follow when all is shown.
/** @param {View} view */
export function showWeights(view) {
  const { pass } = view;
  if (!pass.live || !isOf(view)) return show(view);
  if (drawn.pass !== pass || drawn.quantity !== "w") styleWeights(drawn, pass, false);
  drawn.quantity = "w";
  return void Object.assign(drawn, { pass, updated: false });
}

// The square of a bias, and the text beside it.
/** @param {any} neuron @param {number} x @param {number} y */
function onBias(neuron, x, y) {
  if (!neuron.bias) return false;
  const left = neuron.x + Number(neuron.bias.getAttribute("x"));
  const top = neuron.y + Number(neuron.bias.getAttribute("y"));
  const { zoom } = drawn.places;
  return x >= left - 3 && x <= left + zoom * (neuron.biasText ? 60 : 10) && y >= top - 3 && y <= top + 12 * zoom;
}

// What lies under a point of the drawing: a neuron or its bias, J, or else the nearest edge within a few pixels.
/** @param {number} clientX @param {number} clientY */
export function under(clientX, clientY) {
  if (!drawn) return null;
  const box = drawn.svg.getBoundingClientRect();
  const x = clientX - box.left;
  const y = clientY - box.top;
  const neuron = drawn.neurons.find((/** @type {any} */ n) =>
    Math.hypot(n.x - x, n.y - y) <= n.radius + 2 || onBias(n, x, y));
  if (neuron) return { neuron };
  const { end } = drawn.places;
  if (Math.abs(x - end.x) <= end.half && Math.abs(y - end.y) <= 22 * drawn.places.zoom) return { loss: drawn.end };
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

// All that is drawn, or null.
export const parts = () => drawn;
export const placesNow = () => drawn?.places;
