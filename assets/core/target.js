// What of the drawing a number belongs to: the edge of a weight, a neuron, or J, each told by a text of its own.

const OF_WEIGHTS = ["w", "dw"];

/** @param {string} symbol @param {number} layer @param {number} row @param {number} [col] */
export function targetOf(symbol, layer, row, col = 1) {
  const plain = symbol.replace("_before", "");
  if (plain === "J" || plain === "J_sample") return "J";
  if (OF_WEIGHTS.includes(plain)) return `edge ${layer} ${row} ${col}`;
  // (w^{l+1})ᵀ ⊙ σ′(z^l) has the weights of the layer behind it, transposed.
  if (plain === "scaled") return `edge ${layer + 1} ${col} ${row}`;
  return `neuron ${layer} ${row}`;
}
