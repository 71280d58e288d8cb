// The loss over the epochs of a run, or J at each update by hand; fed after the step has been painted.

import { settings as settingsFormat } from "../core/format.js";
import { points as pointsOf } from "../core/history.js";
import { message, render } from "../core/messages.js";
import { colour } from "../kit/colours.js";
import { by, forPlotly } from "../kit/dom.js";
import { setProps } from "../kit/frame.js";
import { visit } from "../walk/training.js";
import { bring as bringGraph } from "./graph.js";

const PAUSE = 90;
const SMOOTHING = 0.9;
const LOG = { minor: { ticks: "" }, nticks: 6 };
/** @type {any} */
let bases = null;
/** @type {any} */
let view = null;
/** @type {any} */
let drawn = null;
/** @type {number | null} */
let timer = null;
const settings = { log: false, smooth: false, kind: "loss" };

/** @param {any} base @param {any} changes */
export function themed(base, changes) {
  const axis = { gridcolor: colour("--line"), zerolinecolor: colour("--line"), linecolor: colour("--line") };
  const { xaxis, yaxis, ...rest } = changes;
  return {
    ...base.layout, ...rest,
    separators: settingsFormat.comma ? ", " : ".,",
    font: { ...base.layout.font, color: colour("--muted") },
    hoverlabel: { bgcolor: colour("--panel"), font: { color: colour("--text") } },
    xaxis: { ...base.layout.xaxis, ...axis, ...xaxis },
    yaxis: { ...base.layout.yaxis, ...axis, type: settings.log ? "log" : "linear", ...LOG, ...yaxis },
  };
}

/** @param {string} key @param {Record<string, string>} [places] */
const label = (key, places) => forPlotly(render(message(key, places)));

/** @param {[number, number][]} losses */
function byHand(losses) {
  const [trace] = bases.loss.data;
  return {
    data: [{
      ...trace,
      x: losses.map(([iteration]) => iteration),
      y: losses.map(([, loss]) => loss),
      mode: losses.length > 40 ? "lines" : "lines+markers",
      line: { ...trace.line, color: colour("--text") },
    }],
    layout: themed(bases.loss, { xaxis: losses.length < 9 ? { dtick: 1 } : {} }),
  };
}

// An average that forgets: each point is a tenth of the new value and nine tenths of what was.
/** @param {(number | null)[]} values */
function smoothed(values) {
  if (!settings.smooth) return values;
  /** @type {number | null} */
  let mean = null;
  return values.map((value) => {
    if (value === null) return null;
    mean = mean === null ? value : SMOOTHING * mean + (1 - SMOOTHING) * value;
    return mean;
  });
}

/** @param {any[]} points @param {string} key @param {string} name @param {any} line */
const curve = (points, key, name, line) => ({
  type: "scatter", mode: points.length > 1 ? "lines" : "markers", name, line,
  x: points.map(({ epoch }) => epoch),
  y: smoothed(points.map((point) => point[key] ?? null)),
  customdata: points.map(({ batch }) => batch),
  hovertemplate: "%{y:.4g}",
});

// The curves of the run on the stage, those of other branches behind it, and where the stage is.
/** @param {RunHistory} history */
function ofRun(history) {
  /** @type {any[]} */
  const points = pointsOf(history);
  const { kind } = settings;
  const faint = { color: colour("--muted"), width: 1 };
  const log = settings.log && kind === "loss";
  /** @param {Branch} branch */
  const nameOf = ({ id }) => label("loss_plot.branch", { id: String(id) });
  const others = history.branches.filter((_, i) => i !== history.current).map((branch) => ({
    ...curve(branch.points, `train_${kind}`, nameOf(branch), { ...faint, dash: "dot" }),
    showlegend: false,
  }));
  const tested = points.some((point) => typeof point[`test_${kind}`] === "number");
  const test = curve(points, `test_${kind}`, label("loss_plot.test"), { color: colour("--forward"), width: 2 });
  const train = curve(points, `train_${kind}`, label("loss_plot.train"), { color: colour("--text"), width: 2 });
  const at = points.findLast(({ batch }) => batch <= history.at)?.epoch ?? 0;
  const mark = { type: "line", x0: at, x1: at, y0: 0, y1: 1, yref: "paper", line: faint };
  return {
    data: [...others, ...(tested ? [test] : []), train],
    layout: themed(bases.curves, {
      shapes: [mark], showlegend: tested,
      yaxis: {
        type: log ? "log" : "linear", title: { text: kind === "loss" ? "J" : "" },
        ...(!log && { rangemode: "tozero" }),
      },
    }),
  };
}

/** @param {Pick<State, "losses" | "history">} given */
const figure = ({ losses, history }) => (history.branches.length ? ofRun(history) : byHand(losses));

/** @param {Pick<State, "losses" | "history">} given */
const isEmpty = ({ losses, history }) => !losses.length && !history.branches.length;

/** @type {any} */
let given = null; // what Dash was last told to draw
let asked = false;

// The plot comes when it has something to show.
function bring() {
  if (asked) return;
  asked = true;
  bringGraph("loss-place", by("loss-plot"), () => {
    given = view;
    return { id: "loss-figure", figure: figure(view) };
  });
}

// The plot is clicked to visit an epoch.
function draw() {
  timer = null;
  by("loss-plot").classList.toggle("empty", isEmpty(view));
  if (isEmpty(view)) return undefined;
  /** @type {any} */
  const graph = document.querySelector("#loss-figure .js-plotly-plot");
  if (!graph) return void (timer = setTimeout(draw, PAUSE));
  if (given !== view) setProps("loss-figure", { figure: figure(view) });
  given = view;
  if (graph.dataset.heard) return undefined;
  graph.dataset.heard = "yes";
  graph.on("plotly_click", (/** @type {any} */ { points: [{ customdata }] }) => {
    if (customdata !== undefined) visit(customdata);
  });
  return undefined;
}

// Drawn at most some times a second, and only where something new is to be seen.
/** @param {Pick<State, "losses" | "history">} given @param {boolean} [again] */
export function show({ losses, history }, again = false) {
  const same = drawn && drawn.losses === losses && drawn.history === history;
  if (!bases || (same && !again)) return;
  view = drawn = { losses, history };
  if (!isEmpty(view)) bring();
  timer = timer || setTimeout(draw, PAUSE);
}

/** @param {any} basesOfServer */
export function open(basesOfServer) {
  bases = basesOfServer;
}

/** @param {any} change */
export function set(change) {
  Object.assign(settings, change);
  if (view) show(view, true);
}

export function connect() {
  const [kind, log, smooth] = ["loss-kind", "loss-log", "loss-smooth"].map(by);
  for (const choice of [kind, log, smooth]) {
    choice.addEventListener("change", () => set({ kind: kind.value, log: log.checked, smooth: smooth.checked }));
  }
}
