// The marks of a logarithmic axis, and labels that keep clear of each other.

import assert from "node:assert/strict";
import { test } from "node:test";

import { logTicks, spread } from "../../../assets/core/ticks.js";

test("an axis has marks, round ones, and no more than there is room for", () => {
  assert.deepEqual(logTicks(0.001, 10, 6), [0.001, 0.01, 0.1, 1, 10]);
  assert.deepEqual(logTicks(0.04, 0.6, 3), [0.1, 0.3]);
  assert.deepEqual(logTicks(0.04, 0.6, 6), [0.05, 0.1, 0.2, 0.5]);
  for (const [low, high] of [[1e-12, 1], [0.07, 0.13], [2, 2.4], [1e-300, 1e300], [3e-5, 9e4]]) {
    for (const most of [3, 5, 8]) {
      const found = logTicks(low, high, most);
      assert.ok(found.length >= 1 && found.length <= most, `${low} to ${high}, ${most}: ${found}`);
      assert.ok(found.every((value, i) => value >= low && value <= high && (!i || value > found[i - 1])));
    }
  }
});

test("names at the ends of lines keep their order and their distance", () => {
  assert.deepEqual(spread([0.5, 0.1], 0.1), [0.5, 0.1]);
  for (const heights of [[0.5, 0.5, 0.5], [0.99, 0.98, 1, 0.2], [0, 0, 0, 0]]) {
    const moved = spread(heights, 0.1);
    const order = heights.map((_, i) => i).sort((one, other) => heights[one] - heights[other]);
    order.slice(1).forEach((i, at) => assert.ok(moved[i] - moved[order[at]] >= 0.1 - 1e-12, `${moved}`));
    assert.ok(Math.max(...moved) <= 1 + 1e-12);
  }
});
