// ‖δ^l‖ or ‖∂J/∂w^l‖ of every layer over the epochs: a hue of its own for each, its name at the end of its line.

import { points as pointsOf } from "../core/history.js";
import { roomyEnd } from "../core/lengthening.js";
import { spread } from "../core/ticks.js";
import { by, make } from "../kit/dom.js";
import { bringPlotly } from "../kit/frame.js";
import { style } from "../kit/rewriting.js";
import { attend, lengthen } from "./lengthening.js";
import { axisOf } from "./log_axis.js";
import { themed } from "./loss.js";

const LEAST = 1000; // milliseconds between two of Plotly's drawings in a run
const AHEAD = 0.4; // powers of ten that an axis in a run has room for
const LETTER = 19; // pixels that a name takes
/** @type {any} */
let base = null; // the figure as the server sent it
let drawnAt = 0;

// From the first layer to the last along the circle of hues, past that of the backward pass.
/** @param {number} share */
function hue(share) {
  const dark = document.documentElement.dataset.bsTheme === "dark";
  return `hsl(${(250 + 140 * share) % 360}, 65%, ${dark ? 66 : 44}%)`;
}

/** @param {any[]} points @param {string} key @param {number} last */
function linesOf(points, key, last) {
  const symbol = key === "delta" ? "δ" : "∂J/∂w";
  return Array.from({ length: last - 1 }, (_, i) => {
    const l = i + 2;
    const color = hue(last > 2 ? i / (last - 2) : 0.5);
    return {
      uid: `layer_${l}`, type: "scatter", mode: points.length > 1 ? "lines" : "markers",
      symbol, layer: String(l), name: symbol + `<sup>${l}</sup>`, line: { color, width: 2 },
      x: points.map(({ epoch }) => epoch), y: points.map((point) => point[key][l] || null),
      hovertemplate: "%{y:.3g}",
    };
  });
}

// The names at the right edge, each where its line ends, no two over each other: moved without Plotly's help.
/** @param {any} graph @param {any[]} lines */
function showNames(graph, lines) {
  const host = by("layers-names");
  const { yaxis } = graph._fullLayout || {};
  const ends = yaxis?.c2p ? lines.filter(({ y }) => y.at(-1) > 0) : [];
  while (host.children.length > ends.length) host.lastChild.remove();
  while (host.children.length < ends.length) host.append(make("span"));
  const places = spread(ends.map(({ y }) => 1 - yaxis.c2p(y.at(-1)) / yaxis._length), LETTER / (yaxis?._length || 1));
  ends.forEach(({ symbol, layer, line }, i) => {
    const node = host.children[i];
    if (node.textContent !== symbol + layer) node.replaceChildren(symbol, make("sup", {}, layer));
    style(node, "color", line.color);
    style(node, "top", `${(yaxis._offset + (1 - places[i]) * yaxis._length).toFixed(1)}px`);
  });
}

/** @param {State} state @param {() => boolean} wanted */
export function draw(state, wanted) {
  const key = by("layers-kind").value;
  const points = pointsOf(state.history).filter((/** @type {any} */ point) => point[key]);
  const data = linesOf(points, key, state.pass.sizes.length);
  const [host, now] = [by("layers-plot"), performance.now()];
  if (state.training && (lengthen(host, data) || now - drawnAt < LEAST)) return showNames(host, data);
  const { Plotly } = /** @type {any} */ (window);
  if (!Plotly) return void bringPlotly().then(() => wanted() && draw(state, wanted));
  drawnAt = now;
  const { training } = state;
  const layout = themed(base, {
    xaxis: training ? { range: [0, roomyEnd(points.at(-1)?.epoch ?? 0)] } : {},
    yaxis: { type: "log", ...axisOf(data, Math.max(40, host.clientHeight - 48), training ? AHEAD : 0) },
    margin: { ...base.layout.margin, r: key === "delta" ? 26 : 52 }, showlegend: false,
  });
  return void Plotly.react(host, data, layout, { displayModeBar: false, responsive: true }).then(() => {
    attend(host);
    showNames(host, data);
  });
}

/** @param {any} figure */
export function open(figure) {
  base = figure;
}
