// The loss over the epochs of a run, or J at each update by hand; fed after the step has been painted. In a run
// Plotly draws it now and then, and between two of its drawings the curves are only made longer.

import { settings as settingsFormat } from "../core/format.js";
import { points as pointsOf } from "../core/history.js";
import { roomyEnd } from "../core/lengthening.js";
import { message, render } from "../core/messages.js";
import { colour } from "../kit/colours.js";
import { by, forPlotly } from "../kit/dom.js";
import { setProps } from "../kit/frame.js";
import { painted } from "../kit/paint.js";
import { visit } from "../walk/training.js";
import { bring as bringGraph } from "./graph.js";
import { attend, lengthen } from "./lengthening.js";
import { axisOf } from "./log_axis.js";

const PAUSE = 90;
export const RUNNING = 250; // at least, between two of Plotly's drawings in a run
const SMOOTHING = 0.9;
const LOG = { minor: { ticks: "" }, nticks: 6 };
/** @type {any} */
let bases = null;
/** @typedef {Pick<State, "losses" | "history" | "training">} Shown */
/** @type {any} */
let view = null;
/** @type {any} */
let drawn = null;
let isDue = false;
const settings = { log: false, smooth: false, kind: "loss" };

// No larger than the numbers at the axis.
/** @param {any} axis */
const titled = ({ title }) => ({ ...title, font: { size: 12 }, standoff: 4 });

/** @param {any} base @param {any} changes */
export function themed(base, changes) {
  const axis = { gridcolor: colour("--line"), zerolinecolor: colour("--line"), linecolor: colour("--line") };
  const { xaxis, yaxis, ...rest } = changes;
  return {
    ...base.layout, ...rest,
    separators: settingsFormat.comma ? ", " : ".,",
    font: { ...base.layout.font, color: colour("--muted") },
    hoverlabel: { bgcolor: colour("--panel"), font: { color: colour("--text") } },
    xaxis: { ...base.layout.xaxis, ...axis, title: titled(base.layout.xaxis), ...xaxis },
    yaxis: {
      ...base.layout.yaxis, ...axis, title: titled(base.layout.yaxis),
      type: settings.log ? "log" : "linear", ...LOG, ...yaxis,
    },
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

// A curve without its looks; `uid` is its name in the plot.
/** @param {any[]} points @param {string} key */
const values = (points, key) => ({
  uid: key,
  x: points.map(({ epoch }) => epoch),
  y: smoothed(points.map((point) => point[key] ?? null)),
});

/** @param {any[]} points @param {string} key @param {string} name @param {any} line */
const curve = (points, key, name, line) => ({
  ...values(points, key), type: "scatter", mode: points.length > 1 ? "lines" : "markers", name, line,
  customdata: points.map(({ batch }) => batch),
  hovertemplate: "%{y:.4g}",
});

/** @param {any[]} points @param {string} kind */
const isTested = (points, kind) => points.some((point) => typeof point[`test_${kind}`] === "number");
/** @param {any[]} points @param {RunHistory} history */
const epochAt = (points, history) => points.findLast(({ batch }) => batch <= history.at)?.epoch ?? 0;

// The axis of the epochs: in a run it has room for those to come.
/** @param {any[]} traces @param {boolean} training */
function across(traces, training) {
  const ends = traces.flatMap(({ x }) => (x.length ? [x[0], x[x.length - 1]] : []));
  return training && ends.length ? { range: [Math.min(...ends), roomyEnd(Math.max(...ends))] } : {};
}

// The curves of the run on the stage, those of other branches behind it, and where the stage is.
/** @param {Shown} given */
function ofRun({ history, training }) {
  /** @type {any[]} */
  const points = pointsOf(history);
  const { kind } = settings;
  const faint = { color: colour("--muted"), width: 1 };
  const log = settings.log && kind === "loss";
  /** @param {Branch} branch */
  const nameOf = ({ id }) => label("loss_plot.branch", { id: String(id) });
  const others = history.branches.filter((_, i) => i !== history.current).map((branch) => ({
    ...curve(branch.points, `train_${kind}`, nameOf(branch), { ...faint, dash: "dot" }),
    uid: `branch_${branch.id}`, showlegend: false,
  }));
  const tested = isTested(points, kind);
  const dashed = { color: colour("--class-7"), width: 2, dash: "dash" };
  const test = curve(points, `test_${kind}`, label("loss_plot.test"), dashed);
  const train = curve(points, `train_${kind}`, label("loss_plot.train"), { color: colour("--text"), width: 2 });
  const at = epochAt(points, history);
  const mark = { type: "line", x0: at, x1: at, y0: 0, y1: 1, yref: "paper", line: faint };
  const data = [...others, ...(tested ? [test] : []), train];
  return {
    data,
    layout: themed(bases.curves, {
      xaxis: across(data, training),
      shapes: [mark], showlegend: tested,
      yaxis: {
        type: log ? "log" : "linear", title: titled({ title: { text: kind === "loss" ? "J" : "" } }),
        ...(log ? axisOf(data, by("loss-plot").clientHeight - 48, training ? 0.4 : 0) : { rangemode: "tozero" }),
      },
    }),
  };
}

/** @param {Shown} given */
const figure = (given) => (given.history.branches.length ? ofRun(given) : byHand(given.losses));

/** @returns {any} */
const plot = () => document.querySelector("#loss-figure .js-plotly-plot");

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
  isDue = false;
  by("loss-plot").classList.toggle("empty", isEmpty(view));
  if (isEmpty(view)) return undefined;
  const graph = plot();
  if (!graph) return void drawAfter(PAUSE);
  if (given !== view) setProps("loss-figure", { figure: figure(view) });
  given = view;
  attend(graph);
  if (graph.dataset.heard) return undefined;
  graph.dataset.heard = "yes";
  graph.on("plotly_click", (/** @type {any} */ { points: [{ customdata }] }) => {
    if (customdata !== undefined) visit(customdata);
  });
  return undefined;
}

// Whether the curves of a run could be made longer in the plot as it is.
function isLonger() {
  const { history } = view;
  const points = pointsOf(history);
  const keys = [...(isTested(points, settings.kind) ? ["test"] : []), "train"];
  const lines = keys.map((part) => values(points, `${part}_${settings.kind}`));
  return lengthen(plot(), lines, epochAt(points, history));
}

// Plotly takes longer than any step: it begins when what was done has been seen.
/** @param {number} milliseconds */
async function drawAfter(milliseconds) {
  if (isDue) return;
  isDue = true;
  await painted();
  setTimeout(draw, milliseconds);
}

// Drawn at most some times a second, and only where something new is to be seen.
/** @param {Shown} given @param {boolean} [again] */
export function show({ losses, history, training }, again = false) {
  const same = drawn?.losses === losses && drawn.history === history && drawn.training === training;
  if (!bases || (same && !again)) return;
  const goesOn = training && drawn?.training && !again;
  view = drawn = { losses, history, training };
  if (!isEmpty(view)) bring();
  if (goesOn && isLonger()) return;
  drawAfter(goesOn ? RUNNING : PAUSE);
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
