// Formulas in words: what is in braces above a symbol is its layer, a bare 2 a square.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { formulaAloud } from "../../../assets/core/formula_aloud.js";
import { speak } from "../../../assets/core/messages.js";

speak(JSON.parse(readFileSync(new URL("../../../messages/en.json", import.meta.url), "utf8")));

/** @type {[string, string][]} */
const CASES = [
  [String.raw`\delta_{1}^{3}`, "delta, layer 3, neuron 1"],
  [String.raw`1-a^2`, "1 minus a squared"],
  [String.raw`z_{1}^{2} = \sum_{k=1}^{3} w_{1k}^{2} a_{k}^{1} + b_{1}^{2}`,
    "z, layer 2, neuron 1 equals the sum over k from 1 to 3 of w, layer 2, to neuron 1 from neuron k times " +
    "a, layer 1, neuron k plus b, layer 2, neuron 1"],
  [String.raw`(0.2502)(1) + (-0.5)(2)`, "0.2502 times 1 plus minus 0.5 times 2"],
  [String.raw`\partial J/\partial w_{12}^{3} = \delta_{1}^{3}\,a_{2}^{2}`,
    "the derivative of J by w, layer 3, to neuron 1 from neuron 2 equals delta, layer 3, neuron 1 times a, layer 2, neuron 2"],
  [String.raw`\sigma'(z_{1}^{2})`, "sigma prime of z, layer 2, neuron 1"],
  [String.raw`\tfrac12 d^2`, "the fraction 1, over 2, end of fraction times d squared"],
  [String.raw`\begin{cases}1 & z>0\\ 0 & z\le 0\end{cases}`, "1 if z is greater than 0; 0 if z is at most 0"],
  [String.raw`(w^{3})^{T}`, "w, layer 3 transposed"],
  [String.raw`1.5\times 10^{-7}`, "1.5 times 10 to the power of minus 7"],
];
for (const [tex, words] of CASES) {
  test(`${tex} in words`, () => assert.equal(formulaAloud(tex), words));
}
