// The matrix view: the arrays of a step with their symbols and shapes, the active rows and columns lit.

import { aloud } from "../core/aloud.js";
import { exact, raised as superscript, shown, telling, typographic, whole } from "../core/format.js";
import { message, render } from "../core/messages.js";
import { find, read, words as sentence } from "../core/pass.js";
import { targetOf } from "../core/target.js";
import { by, make } from "../kit/dom.js";
import { painted } from "../kit/paint.js";

const MOST = 8;
const AT_ONCE = 200; // cells: to lay out more of them takes longer than a step may

/** @typedef {(l: number) => string | Node} Raise */
/** @type {Raise} */
const raised = (l) => make("sup", {}, String(l));
/** @type {Record<string, (l: number, up: Raise) => (string | Node)[]>} */
const WRITTEN = {
  dw: (l, up) => ["∂J/∂w", up(l)], db: (l, up) => ["∂J/∂b", up(l)], delta: (l, up) => ["δ", up(l)],
  slope: (l, up) => ["σ′(z", up(l), ")"], back: (l, up) => ["(w", up(l + 1), ")ᵀ δ", up(l + 1)],
  x: (_, up) => ["a", up(1)], y: () => ["y"], J: () => ["J"],
  scaled: (l, up) => ["(w", up(l + 1), ")ᵀ ⊙ σ′(z", up(l), ")"],
};
const LABELS = new Map(Object.entries(WRITTEN));

/** @param {MatrixItem} given @param {Raise} up */
function label({ array, layer, transposed }, up) {
  const symbol = array.replace("_before", "");
  const plain = LABELS.get(symbol)?.(layer, up) || [symbol, up(layer)];
  return transposed ? ["(", ...plain, ")ᵀ"] : plain;
}

// As it is heard, with its shape.
/** @param {MatrixItem} item @param {number} rows @param {number} cols */
function heard(item, rows, cols) {
  const symbol = aloud(label(item, superscript).join(""));
  return render(message("matrices.aloud", { symbol, rows: String(rows), cols: String(cols) }));
}

/** @param {number} n */
function folded(n) {
  const all = Array.from({ length: n }, (_, i) => i + 1);
  return n <= MOST ? all : [...all.slice(0, 4), 0, ...all.slice(n - 3)];
}

// A neuron of the active layer is a row of that layer's arrays and a column of the next weights.
/** @param {any} lit @param {MatrixItem} given @param {number} row @param {number} col */
function isLit(lit, { array, layer }, row, col) {
  if (!lit) return false;
  if (layer === lit.layer) return row === lit.neuron;
  return /^d?w/.test(array) && layer === lit.layer + 1 && col === lit.neuron;
}

/** @param {number} a @param {number} b */
const difference = (a, b) => a - b;

// Of a difference each entry has the digits that tell it.
/**
 * @param {any} view
 * @param {MatrixItem} item
 * @param {any} beside
 * @param {number} row
 * @param {number} col
 * @param {number} number
 */
function digitsOf(view, item, beside, row, col, number) {
  if (!beside) return undefined;
  const other = read(view.pass, view.cursor, beside.array, beside.layer, row, col);
  return other === undefined ? undefined : telling([number, other], difference);
}

/** @param {any} view @param {MatrixItem} item @param {any} beside */
function matrix(view, item, beside) {
  const value = find(view.pass, view.cursor, item.array, item.layer);
  if (!value) return make("span", { class: "muted" }, "…");
  const across = item.transposed ? value.rows : value.cols;
  const down = item.transposed ? value.cols : value.rows;
  const caption = make("figcaption", {}, ...label(item, raised), " ", make("small", {}, `${down}×${across}`));
  if (item.named) return make("figure", { class: "matrix" }, caption);
  /** @param {number} i @param {number} k */
  const cell = (i, k) => {
    if (!i || !k) return make("td", {}, i ? "⋯" : k ? "⋮" : "⋱");
    const [row, col] = item.transposed ? [k, i] : [i, k];
    const number = read(view.pass, view.cursor, item.array, item.layer, row, col);
    if (number === undefined) return make("td");
    const lit = isLit(view.lit, item, row, col) ? "lit" : null;
    const digits = digitsOf(view, item, beside, row, col, number);
    const at = targetOf(item.array, item.layer, row, col);
    return make("td", { class: lit, title: exact(number), "data-at": at }, typographic(shown(number, digits)));
  };
  const rows = folded(down).map((i) => make("tr", {}, ...folded(across).map((k) => cell(i, k))));
  const table = make("table", { "aria-label": heard(item, down, across) }, make("tbody", {}, ...rows));
  return make("figure", { class: across > 6 ? "matrix wide" : "matrix" }, caption, table);
}

/** @param {any} view @param {MatrixItem} item */
const isRounded = (view, item) => {
  const value = item.array && !item.named ? find(view.pass, view.cursor, item.array, item.layer) : undefined;
  return Boolean(value && !value.array.every((number) => whole(number)));
};

// = is written only where everything on both of its sides is shown whole.
/** @param {any} view @param {MatrixItem[]} items */
function signs(view, items) {
  const rounded = items.some((item) => isRounded(view, item));
  // A line breaks before = and ≈ only: what stands between them belongs together.
  /** @type {Node[][]} */
  const sides = [[]];
  /** @param {number} i */
  const isMinus = (i) => items[i]?.sign === "−";
  for (const [i, item] of items.entries()) {
    if (item.sign === "=") sides.push([]);
    const sign = item.sign === "=" && rounded ? "≈" : sentence(item.sign || "");
    const beside = isMinus(i + 1) ? items[i + 2] : isMinus(i - 1) ? items[i - 2] : null;
    sides[sides.length - 1].push(item.array ? matrix(view, item, beside) : make("span", { class: "sign" }, sign));
  }
  return sides.map((side) => make("span", { class: "side" }, ...side));
}

/** @param {any} view @param {MatrixRow} given */
function row(view, { label: name, items, text, wrong }) {
  const math = items.length ? make("div", { class: "matrix-math" }, ...signs(view, items)) : null;
  const words = sentence(text, view.pass, view.cursor);
  const kind = `matrix-row${wrong ? " wrong" : ""}${items.length ? "" : " reason"}`;
  const heading = name ? make("span", { class: "formula-name" }, sentence(name)) : null;
  return make("div", { class: kind }, heading, math, words ? make("p", {}, words) : null);
}

/** @param {View} given */
function lit({ pass, cursor, focus }) {
  if (focus.layer) return { layer: focus.layer, neuron: focus.neuron };
  const { layer, neuron } = pass.positions[cursor];
  return neuron ? { layer, neuron } : null;
}

let shownFor = 0;

// The first rows at once; where there are many, the others when those have been seen.
/** @param {State} state */
export async function show(state) {
  const view = { pass: state.pass, cursor: state.cursor, lit: lit(state) };
  const rows = state.pass.matrices[state.pass.positions[state.cursor].matrices];
  const mine = ++shownFor;
  const host = by("matrices");
  const cells = host.getElementsByTagName("td");
  host.replaceChildren();
  let first = 0;
  while (first < rows.length && cells.length < AT_ONCE) host.append(row(view, rows[first++]));
  if (first === rows.length) return;
  await painted();
  if (mine === shownFor) host.append(...rows.slice(first).map((one) => row(view, one)));
}
