// One plot with the curves of all runs: told apart by colour, by dash and by a label at the end of the line.

import { message, render } from "../core/messages.js";
import { colour as themeColour } from "../kit/colours.js";
import { by, forPlotly } from "../kit/dom.js";
import { setProps } from "../kit/frame.js";
import { bring as bringGraph } from "../plots/graph.js";
import { marksOf } from "../plots/log_axis.js";
import { themed } from "../plots/loss.js";
import { epochOf, points as pointsOf } from "./runs.js";
import { label, style } from "./table.js";

const PAUSE = 150;
const LEAP = 1000; // what is higher than so many times the first J is cut off: a run that blows up hides no other
const LABEL = 16; // pixels between two labels
/** @type {any} */
let base = null;
/** @type {number | null} */
let timer = null;
/** @type {any} */
let drawn = null;
/** @type {any} */
let view = null;

/** @param {number | null | undefined} value @returns {value is number} */
const known = (value) => value !== null && value !== undefined && Number.isFinite(value);

/** @param {CompareRow} row @param {string} key @param {string} name */
function curve(row, key, name) {
  const { colour, dash } = style(row.slot);
  const points = pointsOf(row);
  const test = key === "test_loss";
  return {
    type: "scatter", mode: points.length > 1 ? "lines" : "markers",
    name: test ? render(message("compare.test_curve", { name })) : name,
    line: { color: themeColour(colour), width: test ? 1.25 : 2.5, dash },
    x: points.map(({ epoch }) => epoch), y: points.map((/** @type {any} */ point) => point[key] ?? null),
    hovertemplate: "%{y:.4g}",
  };
}

/** @param {CompareRow} row @param {CompareRow[]} rows */
const nameOf = (row, rows) => forPlotly(label(row, rows));

// The ends of the vertical axis, in its own units (powers of ten on a log axis).
/** @param {{ y: (number | null)[] }[]} traces @param {number[]} firsts @param {boolean} log */
function extent(traces, firsts, log) {
  const values = traces.flatMap(({ y }) => y).filter(known).filter((value) => !log || value > 0);
  if (!values.length) return [0, 1];
  const top = Math.min(Math.max(...values), (log ? LEAP : 3) * Math.max(...firsts, Number.MIN_VALUE));
  const scale = log ? Math.log10 : (/** @type {number} */ value) => value;
  const [low, high] = [log ? scale(Math.min(...values)) : 0, scale(top)];
  const margin = 0.05 * (high - low) || 0.5;
  return [log ? low - margin : 0, high + margin];
}

// Where the line ends on the plot: with its last point, or where it leaves at the top.
/** @param {CompareRow} row @param {number[]} given @param {boolean} log */
function endOf(row, [low, high], log) {
  /** @param {any} value */
  const scale = (value) => (log ? Math.log10(Math.max(value, Number.MIN_VALUE)) : value);
  const points = pointsOf(row).filter((point) => known(point.train_loss));
  const end = points.find((point) => scale(point.train_loss) > high) || points[points.length - 1];
  if (!end) return [];
  return [{ row, epoch: end.epoch, y: Math.min(1, Math.max(0, (scale(end.train_loss) - low) / (high - low))) }];
}

// Labels at the ends of the lines, moved apart where they would lie on one another.
/**
 * @param {CompareRow[]} rows
 * @param {number[]} range
 * @param {boolean} log
 * @param {number} goal
 * @param {boolean} narrow
 */
function labels(rows, range, log, goal, narrow) {
  const gap = LABEL / Math.max(100, by("compare-plot").clientHeight - 60);
  const ends = rows.flatMap((row) => endOf(row, range, log)).sort((one, other) => one.y - other.y);
  ends.forEach((end, i) => { if (i) end.y = Math.max(end.y, ends[i - 1].y + gap); });
  let most = 1;
  for (const end of [...ends].reverse()) {
    end.y = Math.min(end.y, most);
    most = end.y - gap;
  }
  return ends.map(({ row, epoch, y }) => ({
    text: narrow ? style(row.slot).letter : nameOf(row, rows),
    x: Math.min(epoch, goal), y, xref: "x", yref: "paper",
    xanchor: "left", yanchor: "middle", xshift: 4, showarrow: false,
    font: { color: themeColour(style(row.slot).colour), size: 13 },
  }));
}

/** @param {Comparison} given */
function figure({ rows, goal }) {
  const log = by("compare-log").checked;
  const tested = by("compare-test").checked;
  const narrow = by("compare-plot").clientWidth < 640;
  const named = rows.map((row) => ({ row, name: nameOf(row, rows) }));
  const data = named.map(({ row, name }) => curve(row, "train_loss", name));
  if (tested) data.push(...named.map(({ row, name }) => curve(row, "test_loss", name)));
  const firsts = rows.map((row) => pointsOf(row)[0]?.train_loss).filter(known);
  const range = extent(data, firsts, log);
  const longest = narrow ? 2 : Math.max(...named.map(({ name }) => name.length));
  const far = Math.max(goal, ...rows.map(epochOf));
  return {
    data,
    layout: themed(base, {
      showlegend: false,
      margin: { ...base.layout.margin, r: 16 + 7.5 * longest },
      xaxis: { range: [0, far] },
      yaxis: { type: log ? "log" : "linear", range, ...(log && marksOf(range, by("compare-plot").clientHeight - 48)) },
      annotations: labels(rows, range, log, far, narrow),
    }),
  };
}

// Drawn at most some times a second, and only where something new is to be seen.
/** @param {Comparison} state @param {boolean} [again] */
export function show(state, again = false) {
  if (drawn === state.rows && !again) return;
  [drawn, view] = [state.rows, state];
  timer = timer || setTimeout(draw, PAUSE);
}

let asked = false;
/** @type {any} */
let given = null; // what Dash was last told to draw

// The plot comes when the dialog is first opened.
function draw() {
  timer = null;
  if (document.querySelector("#compare-figure .js-plotly-plot")) {
    if (given !== view) setProps("compare-figure", { figure: figure(view) });
    given = view;
    return;
  }
  if (!asked) bringGraph("compare-place", by("compare-plot"), () => ({ id: "compare-figure", figure: figure(view) }));
  asked = true;
  timer = setTimeout(draw, PAUSE);
}

/** @param {any} given */
export function open(given) {
  base = given;
}
