// Whether a sum of products of decimals is the number beside it: float64 loses 10⁻²⁰ beside 1.

/** @typedef {[bigint, number]} Decimal  a whole number and a power of ten */

const TOKEN = /\d+(?:\.\d+)?(?:e[-+]?\d+)?|[-+()]/y;

// A decimal as [whole number, power of ten].
/** @param {string} text @returns {Decimal} */
function decimal(text) {
  const [digits, power = "0"] = text.split("e");
  const [whole, fraction = ""] = digits.split(".");
  return [BigInt(whole + fraction), Number(power) - fraction.length];
}

/** @type {(one: Decimal, other: Decimal) => Decimal} */
const times = ([m, p], [n, q]) => [m * n, p + q];

/** @type {(one: Decimal, other: Decimal) => Decimal} */
function plus([m, p], [n, q]) {
  const low = Math.min(p, q);
  return [m * 10n ** BigInt(p - low) + n * 10n ** BigInt(q - low), low];
}

/** @param {string} text */
function tokens(text) {
  /** @type {string[]} */
  const found = [];
  for (const part of text.split(/\s/)) {
    for (TOKEN.lastIndex = 0; TOKEN.lastIndex < part.length;) {
      const token = TOKEN.exec(part);
      if (!token) return null;
      found.push(token[0]);
    }
  }
  return found;
}

// The value of numbers, +, −, brackets and products by standing side by side; null of anything else.
/** @param {any} left @returns {Decimal | null} */
function value(left) {
  /** @returns {Decimal | null} */
  function factor() {
    if (left[0] !== "(") return /\d/.test(left[0]) ? decimal(left.shift()) : null;
    left.shift();
    const inner = sum();
    return left.shift() === ")" ? inner : null;
  }
  /** @returns {Decimal | null} */
  function product() {
    const negative = left[0] === "-" && left.shift();
    let all = factor();
    while (all && left.length && !"+-)".includes(left[0])) {
      const next = factor();
      all = next && times(all, next);
    }
    return all && (negative ? times([-1n, 0], all) : all);
  }
  /** @returns {Decimal | null} */
  function sum() {
    let all = product();
    while (all && (left[0] === "+" || left[0] === "-")) {
      if (left[0] === "+") left.shift();
      const next = product();
      all = next && plus(all, next);
    }
    return all;
  }
  const found = left.length ? sum() : null;
  return left.length ? null : found;
}

/** @param {string} tex */
const plain = (tex) => tex.replace(/\\\\|&|\\(textstyle|quad|cdot|end\{\w+\})/g, " ");

// Whether two pieces of a formula differ in a digit; not where either is more than sums of products.
/** @param {string} one @param {string} other */
export function differs(one, other) {
  const [left, right] = [tokens(plain(one)), tokens(plain(other))];
  if (!left || !right || left.length < 2) return false;
  const [a, b] = [value(left), value(right)];
  return Boolean(a && b && plus(a, times([-1n, 0], b))[0] !== 0n);
}
