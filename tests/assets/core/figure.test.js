// The small drawings of the derivation: every layer a column, what is marked always among what is shown.

import assert from "node:assert/strict";
import { test } from "node:test";

import { isMarked, places } from "../../../assets/core/figure.js";

test("a small network is shown whole, its layers in columns about one middle", () => {
  const { layers, width, height } = places([3, 4, 2], { layer: 3, indices: [2, 4] });
  assert.deepEqual(layers.map((column) => column.map(({ j }) => j)), [[1, 2, 3], [1, 2, 3, 4], [1, 2]]);
  const middle = (column) => (column[0].y + column.at(-1).y) / 2;
  for (const column of layers) assert.equal(middle(column), height / 2);
  assert.ok(layers.every((column, i) => column.every(({ x }) => x === layers[i][0].x && x < width)));
});

test("a large layer keeps its last neuron and the marked one", () => {
  const { layers } = places([128, 9], { layer: 2, indices: [2, 77] });
  assert.deepEqual(layers.map((column) => column.map(({ j }) => j)), [[1, 2, 77, null, 128], [1, 2, 3, null, 9]]);
});

test("one weight, no edge for a bias, all edges of a forward pass", () => {
  const weight = { symbol: "w", layer: 3, indices: [2, 4] };
  assert.ok(isMarked(weight, 3, 2, 4) && !isMarked(weight, 3, 4, 2) && !isMarked(weight, 2, 2, 4));
  assert.ok(!isMarked({ symbol: "b", layer: 2, indices: [3] }, 2, 3, 1));
  assert.ok(isMarked({ symbol: "a", layer: 3, indices: [] }, 2, 1, 1));
});
