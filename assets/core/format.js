// How a number is shown: rounded to the digits in force for the eye, whole in a title.

export const settings = { digits: 4, comma: false };

// Significant digits without trailing zeros; a power of ten only far from 1. ASCII, so that it can be pasted.
/** @param {number} value @param {number} [digits] */
export const shown = (value, digits = settings.digits) => decimal(rounded(value, digits));

// A decimal with the reader's sign.
/** @param {string} text */
export const decimal = (text) => (settings.comma ? text.replace(".", ",") : text);

/** @param {number} value @param {number} digits */
function rounded(value, digits) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 10 ** digits && size < 1e7) return String(Math.sign(value) * Math.round(size));
  if (size >= 1e-4 && size < 1e7) return String(Number(value.toPrecision(digits)));
  return String(Number(value.toPrecision(digits)).toExponential()).replace("e+", "e");
}

// A decimal that reads back as the same float64; String() alone would lose the sign of −0.
/** @param {number} value */
export const exact = (value) => (Object.is(value, -0) ? "-0" : String(value));

/** @param {string} text */
export const typographic = (text) => text.replace(/-/g, "−");

// The digits that numbers need for `compute` of them as shown to be that of them whole: 1 − 0.99995, not 1 − 1.
/** @param {any} values @param {any} compute @param {number} [digits] */
export function telling(values, compute, digits = settings.digits) {
  const wanted = compute(...values);
  const near = 0.5 * 10 ** -digits * Math.abs(wanted);
  for (let most = digits; most < 17; most++) {
    const as = values.map((/** @type {number} */ value) => Number(rounded(value, most)));
    if (Math.abs(compute(...as) - wanted) <= near) return most;
  }
  return 17;
}

// So many decimals, for the eye.
/** @param {number} value @param {any} places */
export const fixed = (value, places) => typographic(decimal(value.toFixed(places)));

// What is said of a power of ten: 1.5e-7 becomes 1.5 × 10⁻⁷, and just 1e-6 becomes 10⁻⁶.
/**
 * @param {number} value
 * @param {number | undefined} digits
 * @param {string} times
 * @param {(exponent: string) => string} raise
 */
function power(value, digits, times, raise) {
  const [mantissa, exponent] = shown(value, digits).split("e");
  if (exponent === undefined) return mantissa;
  const one = whole(value, digits) && /^-?1$/.test(mantissa);
  return (one ? mantissa.replace("1", "") : mantissa + times) + raise(exponent);
}

// The same for a formula and for a sentence.
/** @param {number} value @param {number} [digits] */
export const tex = (value, digits) => power(value, digits, "\\times ", (n) => `10^{${n}}`).replace(",", "{,}");
/** @param {number} value @param {number} [digits] */
export const words = (value, digits) => typographic(power(value, digits, " × ", (n) => `10${raised(n)}`));

// Whether so many digits show a number whole.
/** @param {number} value @param {number} [digits] */
export const whole = (value, digits = settings.digits) => Number(rounded(value, digits)) === value;

const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SUBSCRIPT = "₀₁₂₃₄₅₆₇₈₉";
/** @type {Record<string, string>} */
const NAMES = { delta: "δ", dw: "∂J/∂w", db: "∂J/∂b" };
/** @param {number | string} n */
export const raised = (n) => String(n).replace("-", "⁻").replace(/\d/g, (d) => SUPERSCRIPT[Number(d)]);
/** @param {any} indices */
const lowered = (indices) =>
  indices.join(Math.max(...indices) > 9 ? "," : "").replace(/\d/g, (/** @type {string} */ d) => SUBSCRIPT[Number(d)]);

// The symbol with its indices: name("w", 2, 1, 3) is w₁₃².
/** @param {string} symbol @param {number} layer @param {...any} indices */
export function name(symbol, layer, ...indices) {
  const plain = NAMES[symbol] || symbol;
  const below = indices.length && symbol !== "J" ? lowered(indices) : "";
  return plain + below + (["x", "y", "J"].includes(symbol) ? "" : raised(layer));
}
