// A scale rounds up in fine steps and stays for as long as it tells the values.

import assert from "node:assert/strict";
import { test } from "node:test";

import { keep, roundUp } from "../../../assets/core/scales.js";

test("a scale is the next step at or above a value, whatever its size", () => {
  const cases = [[0, 1], [1, 1], [1.04, 1.2], [1.21, 1.5], [0.99, 1], [0.31, 0.4], [7e-9, 8e-9], [9.5e12, 1e13]];
  for (const [value, scale] of cases) assert.equal(roundUp(value), scale);
  for (const value of [5e-324, 1.7e308]) assert.ok(roundUp(value) >= value && Number.isFinite(roundUp(value)));
});

test("a weight that passes 1 by a step of the walk changes no width", () => {
  assert.equal(keep(1, 1.02), 1);
  assert.equal(keep(1, 0.41), 1);
  assert.equal(keep(1, 0), 1);
});

test("what a scale does not tell any more has another one", () => {
  assert.equal(keep(1, 1.51), 2);
  assert.equal(keep(1, 0.39), 0.4);
  assert.equal(keep(null, 0.9), 1);
});
