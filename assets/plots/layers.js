// ‖δ^l‖ or ‖∂J/∂w^l‖ of every layer over the epochs: a hue of its own for each, its name at the end of its line.

import { points as pointsOf } from "../core/history.js";
import { shown, typographic } from "../core/format.js";
import { roomyEnd } from "../core/lengthening.js";
import { logTicks, spread } from "../core/ticks.js";
import { by } from "../kit/dom.js";
import { bringPlotly } from "../kit/frame.js";
import { attend, lengthen } from "./lengthening.js";
import { RUNNING, themed } from "./loss.js";

const LABELS = 1000; // milliseconds after which the names follow their lines in a run
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
  return Array.from({ length: last - 1 }, (_, i) => {
    const l = i + 2;
    const color = hue(last > 2 ? i / (last - 2) : 0.5);
    return {
      uid: `layer_${l}`, type: "scatter", mode: points.length > 1 ? "lines" : "markers",
      name: (key === "delta" ? "δ" : "∂J/∂w") + `<sup>${l}</sup>`, line: { color, width: 2 },
      x: points.map(({ epoch }) => epoch), y: points.map((point) => point[key][l] || null),
      hovertemplate: "%{y:.3g}",
    };
  });
}

// The axis over all that is drawn, as powers of ten; of nothing but zeros there is none.
/** @param {any[]} lines @param {number} height */
function axisOf(lines, height) {
  const logs = lines.flatMap(({ y }) => y).filter((value) => value > 0).map(Math.log10);
  if (!logs.length) return null;
  const [low, high] = [Math.min(...logs), Math.max(...logs)];
  const margin = Math.max(0.06 * (high - low), 0.05);
  const range = [low - margin, high + margin];
  const values = logTicks(10 ** range[0], 10 ** range[1], Math.max(2, Math.floor(height / 28)));
  return { range, tickvals: values, ticktext: values.map((value) => typographic(shown(value, 3))) };
}

// The names at the right edge, each where its line ends, no two over each other.
/** @param {any[]} lines @param {any} axis @param {number} height */
function namesOf(lines, axis, height) {
  const ends = lines.filter(({ y }) => y.at(-1) > 0);
  const heights = ends.map(({ y }) => (Math.log10(y.at(-1)) - axis.range[0]) / (axis.range[1] - axis.range[0]));
  const places = spread(heights, LETTER / Math.max(height, LETTER));
  return ends.map(({ name, line }, i) => ({
    text: name, font: { color: line.color, size: 12 }, showarrow: false,
    xref: "paper", x: 1, xanchor: "left", yref: "paper", y: places[i], yanchor: "middle",
  }));
}

/** @param {State} state @param {() => boolean} wanted */
export function draw(state, wanted) {
  const key = by("layers-kind").value;
  const points = pointsOf(state.history).filter((/** @type {any} */ point) => point[key]);
  const data = linesOf(points, key, state.pass.sizes.length);
  const [host, now] = [by("layers-plot"), performance.now()];
  const since = now - drawnAt;
  if (state.training && ((lengthen(host, data) && since < LABELS) || since < RUNNING)) return;
  const { Plotly } = /** @type {any} */ (window);
  if (!Plotly) return void bringPlotly().then(() => wanted() && draw(state, wanted));
  drawnAt = now;
  const height = Math.max(40, host.clientHeight - 48);
  const axis = axisOf(data, height);
  const layout = themed(base, {
    xaxis: state.training ? { range: [0, roomyEnd(points.at(-1)?.epoch ?? 0)] } : {},
    yaxis: { type: "log", ...(axis && { tickmode: "array", ...axis }) },
    margin: { ...base.layout.margin, r: key === "delta" ? 26 : 52 },
    annotations: axis ? namesOf(data, axis, height) : [], showlegend: false,
  });
  Plotly.react(host, data, layout, { displayModeBar: false, responsive: true }).then(attend);
  return undefined;
}

/** @param {any} figure */
export function open(figure) {
  base = figure;
}
