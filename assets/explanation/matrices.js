// The matrix view: the arrays of a step with their symbols and shapes, the active rows and columns lit.

import { exact, shown, typographic, whole } from "../core/format.js";
import { find, read, words as sentence } from "../core/pass.js";

const MOST = 8;

const LABELS = {
  dw: (l) => `∂J/∂w<sup>${l}</sup>`, db: (l) => `∂J/∂b<sup>${l}</sup>`, delta: (l) => `δ<sup>${l}</sup>`,
  slope: (l) => `σ′(z<sup>${l}</sup>)`, back: (l) => `(w<sup>${l + 1}</sup>)ᵀ δ<sup>${l + 1}</sup>`, x: () => "a<sup>1</sup>", y: () => "y", J: () => "J",
  scaled: (l) => `(w<sup>${l + 1}</sup>)ᵀ ⊙ σ′(z<sup>${l}</sup>)`,
};

function label({ array, layer, transposed }) {
  const symbol = array.replace("_before", "");
  const plain = LABELS[symbol] ? LABELS[symbol](layer) : `${symbol}<sup>${layer}</sup>`;
  return transposed ? `(${plain})ᵀ` : plain;
}

function folded(n) {
  const all = Array.from({ length: n }, (_, i) => i + 1);
  return n <= MOST ? all : [...all.slice(0, 4), 0, ...all.slice(n - 3)];
}

// A neuron of the active layer is a row of that layer's arrays and a column of the next weights.
function isLit(lit, { array, layer }, row, col) {
  if (!lit) return false;
  if (layer === lit.layer) return row === lit.neuron;
  return /^d?w/.test(array) && layer === lit.layer + 1 && col === lit.neuron;
}

function matrix(view, item) {
  const value = find(view.pass, view.cursor, item.array, item.layer);
  if (!value) return "<span class='muted'>…</span>";
  const across = item.transposed ? value.rows : value.cols;
  const down = item.transposed ? value.cols : value.rows;
  const caption = `<figcaption>${label(item)} <small>${down}×${across}</small></figcaption>`;
  if (item.named) return `<figure class="matrix">${caption}</figure>`;
  const cell = (i, k) => {
    if (!i || !k) return `<td>${i ? "⋯" : k ? "⋮" : "⋱"}</td>`;
    const [row, col] = item.transposed ? [k, i] : [i, k];
    const number = read(view.pass, view.cursor, item.array, item.layer, row, col);
    if (number === undefined) return "<td></td>";
    const lit = isLit(view.lit, item, row, col) ? " class='lit'" : "";
    return `<td${lit} title="${exact(number)}">${typographic(shown(number))}</td>`;
  };
  const rows = folded(down).map((i) => `<tr>${folded(across).map((k) => cell(i, k)).join("")}</tr>`);
  return `<figure class="matrix${across > 6 ? " wide" : ""}">${caption}<table><tbody>${rows.join("")}</tbody></table></figure>`;
}

const isRounded = (view, item) => {
  const value = item.array && !item.named && find(view.pass, view.cursor, item.array, item.layer);
  return Boolean(value) && !value.array.every((number) => whole(number));
};

// = is written only where everything on both of its sides is shown whole.
function signs(view, items) {
  const rounded = items.some((item) => isRounded(view, item));
  // A line breaks before = and ≈ only: what stands between them belongs together.
  const sides = [""];
  for (const item of items) {
    if (item.sign === "=") sides.push("");
    const made = item.array
      ? matrix(view, item)
      : `<span class="sign">${item.sign === "=" && rounded ? "≈" : sentence(item.sign)}</span>`;
    sides[sides.length - 1] += made;
  }
  return sides.map((side) => `<span class="side">${side}</span>`);
}

function row(view, { label: name, items, text, wrong }) {
  const math = items.length ? `<div class="matrix-math">${signs(view, items).join("")}</div>` : "";
  const words = sentence(text, view.pass, view.cursor);
  const kind = `matrix-row${wrong ? " wrong" : ""}${items.length ? "" : " reason"}`;
  const heading = name ? `<span class="formula-name">${name}</span>` : "";
  return `<div class="${kind}">${heading}${math}${words ? `<p>${words}</p>` : ""}</div>`;
}

function lit({ pass, cursor, focus }) {
  if (focus.layer) return { layer: focus.layer, neuron: focus.neuron };
  const { layer, neuron } = pass.positions[cursor];
  return neuron ? { layer, neuron } : null;
}

export function show(state) {
  const view = { pass: state.pass, cursor: state.cursor, lit: lit(state) };
  const rows = state.pass.matrices[state.pass.positions[state.cursor].matrices];
  document.getElementById("matrices").innerHTML = rows.map((one) => row(view, one)).join("");
}
