// The table of everything known about one layer: what a screen reader reads and a student copies.

import { symbol as spoken } from "../core/aloud.js";
import { exact, name, shown } from "../core/format.js";
import { largest as largestOf } from "../core/largest.js";
import { message, render } from "../core/messages.js";
import { find, read } from "../core/pass.js";
import { by, make } from "../kit/dom.js";
import { replace } from "../kit/focus.js";
import { nameOf } from "../walk/names.js";

const MOST = 12;

// 1…n, or the first and last of them around a 0 that stands for the fold.
/** @param {number} n */
function folded(n) {
  const all = Array.from({ length: n }, (_, i) => i + 1);
  return n <= MOST ? all : [...all.slice(0, 6), 0, ...all.slice(n - 5)];
}

const SAMPLED = ["x", "z", "a", "y", "delta"];

/** @param {View} view @param {string} symbol @param {number} layer @param {number} row @param {number} [col] */
function cell(view, symbol, layer, row, col) {
  if (row === 0 || col === 0) return make("td", { class: "fold" }, "⋯");
  const value = read(view.pass, view.cursor, symbol, layer, row, col);
  if (value === undefined) return make("td");
  const sign = value > 0 ? "plus" : value < 0 ? "minus" : "";
  const place = { "data-symbol": symbol, "data-layer": layer, "data-row": row };
  const most = symbol === "dw" ? largestOf(view.pass, view.cursor) : null;
  const kind = most?.layer === layer && most.row === row && most.col === col ? `${sign} largest` : sign;
  const column = col ? { [SAMPLED.includes(symbol) ? "data-sample" : "data-col"]: col } : {};
  return make("td", { class: kind, ...place, ...column, title: exact(value) }, shown(value));
}

// One block of columns for each symbol that is known: [symbol, number of columns or 0 for a vector].
/** @param {View} view @param {number} layer @param {[string, number][]} symbols */
function block(view, layer, symbols) {
  const known = symbols
    .flatMap(([symbol, cols]) => {
      const value = find(view.pass, view.cursor, symbol, layer);
      return value ? [{ symbol, cols: value.cols > 1 && !cols ? value.cols : cols }] : [];
    });
  if (!known.length) return null;
  const rows = folded(view.pass.sizes[layer - 1]);
  const columns = known.flatMap(({ symbol, cols }) =>
    (cols ? folded(cols) : [undefined]).map((col) => ({ symbol, col })));
  const head = columns.map(({ symbol, col }) => {
    if (col === 0) return make("th", { class: "fold" }, "⋯");
    return make("th", { scope: "col", "aria-label": heard(symbol, layer, col) }, ...symbolHead(symbol, layer, col));
  });
  const body = rows.map((row) => {
    const cells = columns.map(({ symbol, col }) => cell(view, symbol, layer, row, col));
    return make("tr", {}, rowHead(view, layer, row), ...cells);
  });
  const first = make("th", { scope: "col", "aria-label": render(message("numbers.aloud.neurons")) }, "j");
  return make("tbody", {}, make("tr", {}, first, ...head), ...body);
}

// A head as it is heard: “delta, layer 3”; a column of weights is told by the neuron that they come from.
/** @param {string} called @param {number} layer @param {number | undefined} col */
function heard(called, layer, col) {
  const by = /^d[wb]$/.test(called) ? called[1] : null;
  const plain = called === "delta" ? "δ" : by || called;
  const of = spoken(plain, "xy".includes(plain) ? "" : String(layer), []);
  const symbol = by ? render(message("aloud.derivative", { of: "J", by: of })) : of;
  if (!col) return symbol;
  const key = SAMPLED.includes(called) ? "numbers.aloud.sample" : "numbers.aloud.from";
  return render(message(key, { symbol, col: String(col) }));
}

// The number of a row, and what the data call it.
/** @param {View} view @param {number} layer @param {number} row */
function rowHead({ pass }, layer, row) {
  const called = row ? nameOf(pass, layer, row) : "";
  const name = called ? make("span", { class: "name", title: called }, called) : null;
  const neuron = row ? render(message("numbers.aloud.neuron", { row: String(row) })) : "";
  const heard = [neuron, called].filter(Boolean).join(" ") || null;
  return make("th", { scope: "row", "aria-label": heard }, String(row || "⋮"), name);
}

/** @param {string} symbol @param {number} layer @param {number | undefined} col */
function symbolHead(symbol, layer, col) {
  const plain = { delta: "δ", dw: "∂J/∂w", db: "∂J/∂b" }[symbol] || symbol;
  const sample = SAMPLED.includes(symbol);
  return [
    plain, make("sub", {}, `j${sample ? "" : col || ""}`),
    symbol === "x" || symbol === "y" ? "" : make("sup", {}, String(layer)),
    sample && col ? ` (${col})` : "",
  ];
}

/** @param {Position} position @param {number} depth */
function activeLayer(position, depth) {
  if (position.kind === "update") return 2;
  if (position.kind === "loss") return depth;
  return Number(position.layer);
}

/** @param {View} view */
export const selected = (view) =>
  view.picked || activeLayer(view.pass.positions[view.cursor], view.pass.sizes.length);

/** @param {View} view */
function table(view) {
  const layer = selected(view);
  const before = view.pass.sizes[layer - 2];
  const loss = read(view.pass, view.cursor, "J", layer, 1) !== undefined;
  const parts = [
    layer === 1
      ? block(view, 1, [["x", 0]])
      : block(view, layer, [["w", before], ["b", 0], ["z", 0], ["a", 0], ["y", 0]]),
    layer === 1 ? null : block(view, layer, [["dw", before], ["db", 0], ["delta", 0]]),
    loss ? make("tbody", {}, make("tr", {}, make("th", { scope: "row" }, "J"), cell(view, "J", layer, 1))) : null,
  ];
  const caption = render(message("numbers.caption", { layer }));
  return make("table", {}, make("caption", { class: "visually-hidden" }, caption), ...parts);
}

/** @param {View} view */
function picker(view) {
  const chosen = selected(view);
  const buttons = view.pass.sizes.map((_, i) => {
    const layer = i + 1;
    const label = render(message("numbers.layer", { layer }));
    const state = { "aria-pressed": layer === chosen, "aria-label": label };
    return make("button", { type: "button", "data-pick": layer, ...state }, String(layer));
  });
  return [make("span", { class: "muted" }, render(message("numbers.pick"))), ...buttons];
}

// What is already there, to the last attribute, stays.
/** @param {Element} host @param {Element[]} children */
function fill(host, ...children) {
  const same = host.childNodes.length === children.length &&
    children.every((child, i) => child.isEqualNode(host.childNodes[i]));
  if (!same) replace(host, ...children);
}

/** @param {View} view */
export function show(view) {
  fill(by("numbers"), table(view));
  fill(by("numbers-layer"), ...picker(view));
}

// Everything known about the layer, unfolded, every digit, as tab-separated text.
/** @param {View} view */
export function copy(view) {
  const layer = selected(view);
  const lines = [];
  for (const symbol of ["x", "w", "b", "z", "a", "y", "J", "delta", "dw", "db"]) {
    const value = find(view.pass, view.cursor, symbol, layer);
    if (!value) continue;
    lines.push(name(symbol, layer));
    for (let row = 1; row <= value.rows; row++) {
      const cells = Array.from({ length: value.cols }, (_, k) =>
        read(view.pass, view.cursor, symbol, layer, row, k + 1));
      if (cells[0] !== undefined) lines.push(cells.join("\t"));
    }
  }
  return lines.join("\n") + "\n";
}
