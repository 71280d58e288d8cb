// How a number is shown: rounded to the digits in force for the eye, whole in a title.

export const settings = { digits: 4, comma: false };

// Significant digits without trailing zeros; a power of ten only far from 1. ASCII, so that it can be pasted.
export function shown(value, digits = settings.digits) {
  const text = rounded(value, digits);
  return settings.comma ? text.replace(".", ",") : text;
}

function rounded(value, digits) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 10 ** digits && size < 1e7) return String(Math.sign(value) * Math.round(size));
  if (size >= 1e-4 && size < 1e7) return String(Number(value.toPrecision(digits)));
  return String(Number(value.toPrecision(digits)).toExponential()).replace("e+", "e");
}

// A decimal that reads back as the same float64; String() alone would lose the sign of −0.
export const exact = (value) => (Object.is(value, -0) ? "-0" : String(value));

export const typographic = (text) => text.replace(/-/g, "−");

// The same for a formula: 1.5e-7 becomes 1.5 × 10^{-7}.
export function tex(value) {
  return shown(value).replace(",", "{,}").replace(/e(-?\d+)$/, "\\times 10^{$1}");
}

// Whether the digits in force show a number whole.
export const whole = (value) => Number(rounded(value, settings.digits)) === value;

const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SUBSCRIPT = "₀₁₂₃₄₅₆₇₈₉";
const NAMES = { delta: "δ", dw: "∂J/∂w", db: "∂J/∂b" };
const raised = (n) => String(n).replace(/\d/g, (d) => SUPERSCRIPT[d]);
const lowered = (indices) =>
  indices.join(Math.max(...indices) > 9 ? "," : "").replace(/\d/g, (d) => SUBSCRIPT[d]);

// The symbol with its indices: name("w", 2, 1, 3) is w₁₃².
export function name(symbol, layer, ...indices) {
  const plain = NAMES[symbol] || symbol;
  const below = indices.length && symbol !== "J" ? lowered(indices) : "";
  return plain + below + (["x", "y", "J"].includes(symbol) ? "" : raised(layer));
}
