// What is heard: symbols by layer and neuron in both languages, and no layer as a power.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { aloud } from "../../../assets/core/aloud.js";
import { speak } from "../../../assets/core/messages.js";

/** @param {string} name */
const language = (name) =>
  speak(JSON.parse(readFileSync(new URL(`../../../messages/${name}.json`, import.meta.url), "utf8")));

/** @type {[string, string, string][]} */
const CASES = [
  ["a³", "a, layer 3", "第3层的a"],
  ["δ₁³", "delta, layer 3, neuron 1", "第3层第1个神经元的德尔塔"],
  ["w₁₂²", "w, layer 2, to neuron 1 from neuron 2", "第2层w，由第2个神经元到第1个神经元"],
  ["w₁₀,₁₂²", "w, layer 2, to neuron 10 from neuron 12", "第2层w，由第12个神经元到第10个神经元"],
  ["x₁", "x 1", "x 1"],
  ["∂J/∂w³", "the derivative of J by w, layer 3", "J 对 第3层的w 的偏导数"],
  ["z² = w²a¹ + b²", "z, layer 2 = w, layer 2 times a, layer 1 + b, layer 2", "第2层的z = 第2层的w 乘以 第1层的a + 第2层的b"],
  ["(w³)ᵀδ³", "(w, layer 3) transposed times delta, layer 3", "(第3层的w) 的转置 乘以 第3层的德尔塔"],
  ["η = 0.5, b is a word", "eta = 0.5, b is a word", "伊塔 = 0.5, b is a word"],
];
for (const [written, en, zh] of CASES) {
  test(`${written} is heard as what it is`, () => {
    language("en");
    assert.equal(aloud(written), en);
    language("zh");
    assert.equal(aloud(written), zh);
  });
}
