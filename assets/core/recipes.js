// Arrays of a pass that follow from others by one or two operations of IEEE 754, and so to the last bit: the
// server says which, where it has found its own to be the same, and they need not travel.

/**
 * @typedef {object} Source  where a recipe finds its arrays
 * @property {(symbol: string, layer: number) => Float64Array} first  the first array of a symbol in the pass
 */

/** @param {Source} from @param {number} layer */
const before = ({ first }, layer) => (layer === 2 ? first("x", 1) : first("a", layer - 1));

// ∂J/∂w^l = δ^l (a^{l−1})ᵀ of one sample; a sum of one product, which begins at 0 and so makes 0 of −0.
/** @param {ValueOnWire} value @param {Source} from */
function outer({ layer, rows, cols }, from) {
  const delta = from.first("delta", layer), a = before(from, layer);
  const made = new Float64Array(rows * cols);
  for (let j = 0; j < rows; j++) for (let k = 0; k < cols; k++) made[j * cols + k] = delta[j] * a[k] + 0;
  return made;
}

// (w^{l+1})ᵀ ⊙ σ′(z^l)
/** @param {ValueOnWire} value @param {Source} from */
function scaled({ layer, rows, cols }, { first }) {
  const w = first("w", layer + 1), slope = first("slope", layer);
  const made = new Float64Array(rows * cols);
  for (let j = 0; j < rows; j++) for (let k = 0; k < cols; k++) made[j * cols + k] = w[k * rows + j] * slope[j];
  return made;
}

// w − η ∂J/∂w
/** @param {ValueOnWire} value @param {Source} from */
function step({ symbol, layer, eta = NaN }, { first }) {
  const gradient = first(`d${symbol}`, layer);
  return first(symbol, layer).map((old, i) => old - eta * gradient[i]);
}

/** @type {Record<string, (value: ValueOnWire, from: Source) => Float64Array>} */
const RECIPES = { outer, scaled, step };

// The text of an array that came with the request itself; undefined for any other.
/** @param {ValueOnWire} value @param {Weights} [given] */
export const textOf = ({ symbol, layer, data, recipe }, given) =>
  (recipe === "given" ? given?.[/** @type {"w" | "b"} */ (symbol)][layer] : data);

/** @param {ValueOnWire} value @param {Source} from */
export const follow = (value, from) => RECIPES[value.recipe || ""](value, from);
