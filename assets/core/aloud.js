// What a screen reader says: symbols by what they are, as “delta, layer 3, neuron 1”, never as powers.

import { message, render } from "./messages.js";

/** @param {string} key @param {Record<string, string>} [places] */
const said = (key, places) => render(message(`aloud.${key}`, places));

const SMALL = "₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹";
/** @param {string} text */
const digits = (text) => text.replace(/[₀-₉⁰¹²³⁴-⁹]/g, (one) => String(SMALL.indexOf(one) % 10));

// The symbol with its layer and indices; of two indices the first is the neuron that the weight leads to.
/** @param {string} symbol @param {string} layer @param {string[]} indices */
export function symbol(symbol, layer, indices) {
  const [row, col] = indices;
  const called = symbol === "δ" ? said("delta") : symbol;
  if (col && layer) return said("weight", { symbol: called, layer, row, col });
  if (row && layer) return said("neuron", { symbol: called, layer, row });
  if (layer) return said("layer", { symbol: called, layer });
  return row ? said("index", { symbol: called, row }) : called;
}

// Indices stand without a comma while each has one digit or letter.
/** @param {string} text @returns {string[]} */
export const split = (text) => (text.includes(",") ? text.split(",") : [...text]);

const SYMBOL = /(?<![\p{Lu}\p{Ll}\p{Nd}])(∂J\/∂)?(δ|[wbzaxy])([₀-₉,]*)([⁰¹²³⁴-⁹]*)/gu;
// A text cut where its symbols stand: what is between them, and each symbol with how it is heard.
/** @param {string} text @returns {{ text: string, heard?: string }[]} */
export function pieces(text) {
  const cut = [];
  let from = 0;
  for (const { 0: all, 1: partial, 3: below, 4: above, index } of text.matchAll(SYMBOL)) {
    if (!partial && !below && !above) continue;
    cut.push({ text: text.slice(from, index) }, { text: all, heard: aloud(all) });
    from = index + all.length;
  }
  return [...cut, { text: text.slice(from) }].filter((piece) => piece.text);
}

/** @type {[RegExp, string][]} */
const SIGNS = [[/σ′/g, "slope"], [/σ/g, "sigma"], [/η/g, "eta"], [/(?<=\))ᵀ/g, "transposed"], [/∂/g, "partial"]];

// A text of the page with its symbols in words; a letter alone may be a word.
/** @param {string} text */
export function aloud(text) {
  const named = text.replace(SYMBOL, (all, partial, name, below, above, at) => {
    if (!partial && !below && !above) return all;
    const called = symbol(name, digits(above), split(digits(below)));
    const before = /[₀-₉⁰¹²³⁴-⁹ᵀ]$/.test(text.slice(0, at)) ? ` ${said("times")} ` : "";
    return before + (partial ? said("derivative", { of: "J", by: called }) : called);
  });
  const spoken = SIGNS.reduce((words, [sign, key]) => words.replace(sign, ` ${said(key)} `), named);
  return spoken.replace(/ {2,}/g, " ").replace(/ (?=[,.;)])/g, "").trim();
}
