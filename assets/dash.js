// The one place where others reach in: the callbacks that Dash calls by name, and a small door for tests.

import { read } from "./core/pass.js";
import { dashClientside } from "./kit/props.js";
import { subscribe } from "./walk/announce.js";
import { saveAll, saveNow } from "./walk/keeping.js";
import { press } from "./walk/queue.js";
import { current } from "./walk/samples.js";
import { stage, state } from "./walk/state.js";
import { under } from "./drawing/network.js";
import { arrived, bringer } from "./explanation/formula.js";
import { component as lossPlot, set as setLoss } from "./plots/loss.js";
import { drawnPlaces } from "./plots/picture.js";
import { shownViews } from "./plots/plots.js";
import { take as takeCompare } from "./compare/compare.js";
import { component as comparePlot } from "./compare/plot.js";
import { state as runs } from "./compare/runs.js";
import { isRefused } from "./page/fields.js";
import { open as release } from "./page/release.js";
import { begin as beginPage, open as openPage, picture } from "./main.js";

/** @param {any} value */
const text = (value) => (typeof value === "boolean" ? String(value) : (value ?? ""));
/** @type {string[]} */
let fieldNames = [];
const asked = new Map(); // the texts on their way: typing the old one again must count

/** @param {...any} values */
function edit(...values) {
  for (const { prop_id } of dashClientside().callback_context.triggered) {
    const field = prop_id.split(".")[0];
    const value = text(values[fieldNames.indexOf(field)]);
    if (value === (asked.get(field) ?? state.fields[field]) && !isRefused(field)) continue;
    asked.set(field, value);
    press("edit", field, value).then(() => asked.get(field) === value && asked.delete(field));
  }
}

const callbacks = {
  open: (/** @type {any} */ defaults) => {
    fieldNames = Object.keys(defaults.fields);
    openPage(defaults);
  },
  edit,
  bringMathJax: () => picture.then(bringer),
  bringLossPlot: () => picture.then(arrived).then(lossPlot),
  bringComparePlot: () => picture.then(arrived).then(comparePlot),
  scaleLoss: (/** @type {any} */ log, /** @type {any} */ smooth, /** @type {string} */ kind) =>
    setLoss({ log: Boolean(log), smooth: Boolean(smooth), kind }),
};
const called = { deltaflow: callbacks, deltaflowCompare: { take: takeCompare } };

const door = {
  state, press, stage, subscribe, saveNow, saveAll, read, under, runs, release,
  samples: current, places: drawnPlaces, views: shownViews,
};

Object.assign(window, { dash_clientside: Object.assign(dashClientside() || {}, called), deltaflow: door });
beginPage();
