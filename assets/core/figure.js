// Where the neurons of a small drawing stand: a layer a column, at most so many neurons of each.

const MOST = 5;
const [APART, BETWEEN, EDGE] = [44, 96, 26];

// A layer that is larger keeps its first neurons, the one that is marked and a gap before its last.
/** @param {number} n @param {number} marked */
function shown(n, marked) {
  if (n <= MOST) return Array.from({ length: n }, (_, i) => i + 1);
  const first = [1, 2, 3].filter((j) => j !== marked || j < 3).slice(0, 3);
  const kept = marked > 3 && marked < n ? [first[0], first[1], marked] : first;
  return [...kept, null, n];
}

// Layers with {j, x, y} of each neuron, and x, y of a gap; the size of it all.
/** @param {number[]} sizes @param {{ layer: number, indices: number[] }} mark */
export function places(sizes, { layer, indices }) {
  const [to, from] = indices;
  const marked = (/** @type {number} */ l) => (l === layer ? to : l === layer - 1 ? from : 0) || 0;
  const columns = sizes.map((n, i) => shown(n, marked(i + 1)));
  const rows = Math.max(...columns.map((column) => column.length));
  const layers = columns.map((column, i) => column.map((j, row) => ({
    j,
    x: EDGE + i * BETWEEN,
    y: EDGE + (row + (rows - column.length) / 2) * APART,
  })));
  return { layers, width: 2 * EDGE + (sizes.length - 1) * BETWEEN, height: 2 * EDGE + (rows - 1) * APART };
}

// Whether an edge from neuron k of the layer before to neuron j of layer l is marked.
/** @typedef {{ symbol: string, layer: number, indices: number[] }} Mark */
/** @param {Mark} mark @param {number} l @param {number} j @param {number} k */
export function isMarked({ symbol, layer, indices: [to, from] }, l, j, k) {
  if (symbol === "a") return l <= layer;
  return symbol === "w" && l === layer && j === to && k === from;
}
