// The matrix view: the arrays of a step with their symbols and shapes, the active rows and columns lit.

import { exact, shown, telling, typographic, whole } from "../core/format.js";
import { find, read, words as sentence } from "../core/pass.js";
import { targetOf } from "../core/target.js";
import { by, make } from "../kit/dom.js";

const MOST = 8;

/** @param {number} l */
const raised = (l) => make("sup", {}, String(l));
/** @type {Record<string, (l: number) => (string | Node)[]>} */
const WRITTEN = {
  dw: (l) => ["∂J/∂w", raised(l)], db: (l) => ["∂J/∂b", raised(l)], delta: (l) => ["δ", raised(l)],
  slope: (l) => ["σ′(z", raised(l), ")"], back: (l) => ["(w", raised(l + 1), ")ᵀ δ", raised(l + 1)],
  x: () => ["a", raised(1)], y: () => ["y"], J: () => ["J"],
  scaled: (l) => ["(w", raised(l + 1), ")ᵀ ⊙ σ′(z", raised(l), ")"],
};
const LABELS = new Map(Object.entries(WRITTEN));

/** @param {MatrixItem} given */
function label({ array, layer, transposed }) {
  const symbol = array.replace("_before", "");
  const plain = LABELS.get(symbol)?.(layer) || [symbol, raised(layer)];
  return transposed ? ["(", ...plain, ")ᵀ"] : plain;
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
  const caption = make("figcaption", {}, ...label(item), " ", make("small", {}, `${down}×${across}`));
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
  const table = make("table", {}, make("tbody", {}, ...rows));
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

/** @param {State} state */
export function show(state) {
  const view = { pass: state.pass, cursor: state.cursor, lit: lit(state) };
  const rows = state.pass.matrices[state.pass.positions[state.cursor].matrices];
  by("matrices").replaceChildren(...rows.map((one) => row(view, one)));
}
