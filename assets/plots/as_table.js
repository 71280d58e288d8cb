// The curves of a run as a table, for who cannot see them or wants their numbers.

import { symbol as spoken } from "../core/aloud.js";
import { exact, shown } from "../core/format.js";
import { points as pointsOf } from "../core/history.js";
import { message, render } from "../core/messages.js";
import { by, make } from "../kit/dom.js";
import { state } from "../walk/state.js";

const METRICS = ["train_loss", "test_loss", "train_score", "test_score"];
const RAISED = [..."⁰¹²³⁴⁵⁶⁷⁸⁹"];

/** @param {number} value */
const cell = (value) => (typeof value === "number"
  ? make("td", { title: exact(value) }, shown(value)) : make("td", {}, "–"));

/** @param {string} text @param {string | null} [heard] */
const head = (text, heard = null) => make("th", { scope: "col", "aria-label": heard }, text);

// ‖δ²‖, which is heard as the norm of delta, layer 2.
/** @param {"delta" | "dw"} key @param {number} l */
function normHead(key, l) {
  const raised = [...String(l)].map((digit) => RAISED[Number(digit)]).join("");
  const plain = spoken(key === "delta" ? "δ" : "w", String(l), []);
  const of = key === "delta" ? plain : render(message("aloud.derivative", { of: "J", by: plain }));
  return head(`‖${key === "delta" ? "δ" : "∂J/∂w"}${raised}‖`, render(message("curves_table.norm", { of })));
}

// A row for each epoch that the curves have; by hand J alone, a row for each step.
function fill() {
  const points = pointsOf(state.history);
  const layers = state.pass.sizes.map((_, i) => i + 1).slice(1);
  const metrics = METRICS.filter((name) => points.some((/** @type {any} */ point) => typeof point[name] === "number"));
  const heads = points.length
    ? [...metrics.map((name) => head(render(message(`curves_table.${name}`)))),
      ...layers.map((l) => normHead("delta", l)), ...layers.map((l) => normHead("dw", l))]
    : [head("J")];
  const first = head(render(message(points.length ? "curves_table.epoch" : "curves_table.step")));
  const rows = points.length
    ? points.map((/** @type {any} */ point) => [point.epoch, ...metrics.map((name) => point[name]),
      ...layers.map((l) => point.delta?.[l]), ...layers.map((l) => point.dw?.[l])])
    : state.losses;
  by("curves-table").replaceChildren(make("thead", {}, make("tr", {}, first, ...heads)),
    make("tbody", {}, ...rows.map(([at, ...values]) =>
      make("tr", {}, make("th", { scope: "row" }, shown(at)), ...values.map(cell)))));
}

function open() {
  fill();
  by("curves-dialog").showModal();
}

export const clicks = { curves: open };
