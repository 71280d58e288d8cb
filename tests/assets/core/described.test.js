// The drawing in words: its layers, and what its neurons show where the walk is.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { described } from "../../../assets/core/described.js";
import { render, speak } from "../../../assets/core/messages.js";
import { open } from "../../../assets/core/pass.js";
import { smallPass } from "../small_pass.js";

const layers = [{ layer: 1, size: 1, name: "", rows: [1] }, { layer: 2, size: 1, name: "tanh", rows: [1] }];
const pass = { ...open(smallPass()), scene: { layers } };
const focus = { sample: 1 };

/** @param {string} language @param {number} cursor */
function told(language, cursor) {
  speak(JSON.parse(readFileSync(new URL(`../../../messages/${language}.json`, import.meta.url), "utf8")));
  return render(described({ pass, cursor, focus }));
}

const SHAPE = "2 layers: layer 1 with 1 input and layer 2 with 1 tanh.";
const CASES = [
  [0, `${SHAPE} Known here: x 1: 2.`],
  [1, `${SHAPE} Known here: a, layer 2, neuron 1: 1.`],
  [2, `${SHAPE} J is 0.5.`],
  [3, `${SHAPE} Known here: delta, layer 2, neuron 1: 1. J is 0.5.`],
  [4, SHAPE],
];
for (const [cursor, words] of CASES) {
  test(`what is known at position ${cursor} is told, and nothing else`, () => {
    assert.equal(told("en", cursor), words);
  });
}

test("in Chinese as well", () => {
  assert.equal(told("zh", 3), "2层：第1层1个输入和第2层1个tanh。此处已知：第2层第1个神经元的德尔塔：1。J为0.5。");
});
