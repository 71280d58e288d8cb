// The rows of the comparison: a cell for each setting that may differ, and what the run has come to.

import { exact, fixed, shown, typographic } from "../core/format.js";
import { flowWords, idleWords } from "../core/health.js";
import { message, render } from "../core/messages.js";
import { words } from "../core/pass.js";
import { by, draw, make, styled } from "../kit/dom.js";
import { put, worded } from "../kit/words.js";
import { epochOf, latest as latestOf, points, state } from "./runs.js";

const LETTERS = "ABCDEF";
const COLOURS = ["--class-0", "--class-1", "--class-2", "--class-3", "--class-5", "--class-7"];
// Each run has a dash of its own: as Plotly names it, and as SVG draws it.
const DASHES = [
  ["solid", ""], ["dash", "7 4"], ["dot", "2 3"], ["dashdot", "7 3 2 3"], ["longdash", "12 4"],
  ["longdashdot", "12 3 2 3"],
];
const STILL = 0.02; // of the first J: less is no movement
/** @type {Column[]} */
let columns = [];

/** @param {number} slot */
export const style = (slot) => ({ letter: LETTERS[slot], colour: COLOURS[slot], dash: DASHES[slot][0] });

/** @param {number} slot */
function swatch(slot) {
  const line = draw("line", { x1: 0, x2: 34, y1: 4, y2: 4, "stroke-dasharray": DASHES[slot][1] });
  styled(line, { stroke: `var(${COLOURS[slot]})` });
  return make("span", { class: "swatch", "aria-hidden": "true" }, draw("svg", { viewBox: "0 0 34 8" }, line));
}

/** @param {number} slot @param {Column} given */
function cell(slot, { field, label, choices }) {
  const typed = { type: "text", class: "form-control form-control-sm", autocomplete: "off" };
  const options = Object.entries(choices || {}).map(([value, told]) => worded("option", { value }, told));
  const made = choices
    ? make("select", { "data-field": field, class: "form-select form-select-sm" }, ...options)
    : make("input", { "data-field": field, ...typed });
  put(made, message("compare.cell", { label, run: LETTERS[slot] }), "label");
  return made;
}

const RESULTS = ["epoch", "train", "test", "score", "words"];

/** @param {number} slot */
function rowOf(slot) {
  const letter = LETTERS[slot];
  const settings = columns.map((column) => make("td", {}, cell(slot, column)));
  const results = RESULTS.map((name) => make("td", { class: `result run-${name}`, "data-result": name }));
  const quiet = { type: "button", class: "quiet" };
  const toStage = worded("button", { ...quiet, "data-act": "stage" }, message("compare.to_stage"));
  put(toStage, message("compare.to_stage.title", { run: letter }), "title");
  const remove = make("button", { ...quiet, "data-act": "remove" }, "×");
  for (const what of ["title", "label"]) put(remove, message("compare.remove", { run: letter }), what);
  const acts = make("td", { class: "acts" }, toStage, remove);
  const head = make("th", { scope: "row" }, swatch(slot), letter);
  return make("tr", { "data-slot": slot }, head, ...settings, ...results, acts);
}

// A hidden layer whose neurons are all dead or saturated, in a word and in full.
/** @param {CompareRow} given */
function idleLayer({ idle, cells }) {
  const depth = cells["layer-sizes"].split("-").length;
  const [layer, found] = Object.entries(idle)
    .find(([l, one]) => one && one.count === one.of && Number(l) < depth) || [];
  if (!layer || !found) return null;
  return {
    word: message(`compare.idle.${found.kind}`, { layer }),
    full: message("compare.idle.full", { layer, idle: idleWords(found) }),
  };
}

// Whether J has stayed where it was over the second half of a run that has hardly begun to fall.
// A penalty may hold it there, which is no trouble.
/** @param {CurvePoint[]} points @param {Fields} given */
function standsStill(points, { l2 }) {
  const [first] = points;
  if (Number(l2) > 0) return false;
  const end = points[points.length - 1];
  if (!first?.train_loss || !end || end.epoch < 20 || Number(end.train_loss) < 0.5 * first.train_loss) return false;
  const late = points.filter(({ epoch }) => epoch > end.epoch / 2).map((point) => Number(point.train_loss));
  return Math.max(...late) - Math.min(...late) < STILL * first.train_loss;
}

// What there is to say about a run: in a word, in full, and whether it is trouble.
/** @param {CompareRow} row @param {boolean} running */
export function verdict(row, running) {
  if (row.wish) return { word: "…", full: "", trouble: false };
  if (!row.weights) return { word: message("compare.cannot_start"), full: row.refused?.text || "", trouble: true };
  /** @param {any} word @param {any} full */
  const trouble = (word, full) => ({ word, full, trouble: true });
  const epoch = String(Math.floor(epochOf(row)) + 1);
  if (row.stopped) return trouble(message("compare.blew_up", { epoch }), row.stopped);
  const idle = idleLayer(row);
  if (idle) return trouble(idle.word, idle.full);
  if (row.flow) return trouble(message(`compare.flow.${row.flow.kind}`), flowWords(row.flow));
  if (standsStill(points(row), row.cells)) {
    return trouble(message("compare.still"), message("compare.still.full"));
  }
  /** @param {string} word */
  const calm = (word) => ({ word: message(`compare.is.${word}`), full: "", trouble: false });
  if (row.reached) return calm("reached");
  if (epochOf(row) === 0) return calm("ready");
  return calm(epochOf(row) >= state.goal ? "done" : running ? "training" : "paused");
}

/** @param {any} value */
const number = (value) => {
  return value === null || value === undefined ? "–" : typographic(shown(value, 3));
};

/** @param {CompareRow} row @param {CurvePoint} point */
function scores(row, point) {
  const both = [point?.train_score, point?.test_score].filter((value) => value !== null && value !== undefined);
  if (!both.length) return "–";
  if (row.kind === "classes") return `${both.map((value) => fixed(100 * value, 1)).join(" / ")} %`;
  return both.map((value) => (value < -99 ? "< −99" : fixed(Math.round(1000 * value) / 1000 || 0, 3))).join(" / ");
}

/** @param {any} td @param {Told} told @param {Told} [title] @param {boolean} [trouble] */
function result(td, told, title = told, trouble = false) {
  const text = words(told);
  if (td.textContent !== text) td.textContent = text;
  td.title = words(title);
  td.classList.toggle("trouble", trouble);
}

/** @param {any} value */
const exactly = (value) => (value === null || value === undefined ? "" : exact(value));

/** @param {any} tr @param {CompareRow} row @param {boolean} running */
function showResults(tr, row, running) {
  const point = latestOf(row);
  const epoch = epochOf(row);
  const { word, full, trouble } = verdict(row, running);
  const td = Object.fromEntries(RESULTS.map((name) => [name, tr.querySelector(`[data-result=${name}]`)]));
  result(td.epoch, fixed(epoch, Number.isInteger(epoch) ? 0 : 1));
  result(td.train, number(point?.train_loss), exactly(point?.train_loss));
  result(td.test, number(point?.test_loss), exactly(point?.test_loss));
  result(td.score, scores(row, point), message("compare.train_test"));
  result(td.words, word, full || word, trouble);
  tr.querySelector("[data-act=stage]").disabled = !row.weights || Boolean(row.wish);
}

// A text that is being typed stays; one that was refused stays too, marked.
/** @param {any} tr @param {CompareRow} row */
function showCells(tr, row) {
  for (const { field } of columns) {
    const input = tr.querySelector(`[data-field="${field}"]`);
    const refused = row.refused?.field === field ? row.refused : null;
    const wished = row.wish?.[field];
    const text = refused ? refused.typed : wished ?? row.cells[field];
    const typing = input === document.activeElement && input.value !== input.dataset.shown;
    if (!typing && input.value !== text) input.value = text;
    if (!typing) input.dataset.shown = text;
    input.classList.toggle("is-invalid", Boolean(refused));
    input.setAttribute("aria-invalid", String(Boolean(refused)));
    input.title = render(refused ? refused.text : "");
  }
}

/** @param {Comparison} given */
export function show({ rows, running }) {
  const body = by("compare-table");
  const slots = rows.map(({ slot }) => slot).join();
  if (body.dataset.slots !== slots) {
    body.replaceChildren(...rows.map(({ slot }) => rowOf(slot)));
    body.dataset.slots = slots;
  }
  const kind = rows.find((row) => row.kind)?.kind;
  const score = /** @type {Element} */ (document.querySelector(".compare-rows th.score"));
  put(score, message(kind === "regression" ? "compare.result.r2" : "compare.result.score"));
  rows.forEach((row, i) => {
    showCells(body.children[i], row);
    showResults(body.children[i], row, running);
    body.children[i].querySelector("[data-act=remove]").disabled = rows.length === 1;
  });
}

// The settings in which the runs differ, as the labels of the curves say them.
/** @param {CompareRow} row @param {CompareRow[]} rows */
export function label(row, rows) {
  const differing = columns.filter(({ field }) => rows.some((other) => other.cells[field] !== rows[0].cells[field]));
  const values = differing.map(({ field, choices }) => {
    const value = row.cells[field];
    return render(choices ? choices[value] : message(`compare.differs.${field}`, { value }));
  });
  return `${LETTERS[row.slot]} ${values.slice(0, 2).join(", ")}`.trim();
}

/** @param {Column[]} given */
export function open(given) {
  columns = given;
}
