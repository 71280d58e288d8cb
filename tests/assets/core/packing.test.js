// A session and its large parts, each written once.

import assert from "node:assert/strict";
import { test } from "node:test";

import { bytesOf, pack, unpack } from "../../../assets/core/packing.js";

const weights = { w: { 2: "AAAA" }, b: { 2: "BBBB" } };
const SESSION = {
  fields: { seed: "7" }, weights, start: weights, run: { batch: 2, state: { steps: 2, slots: { m: "CC" } } },
  history: { at: 2, branches: [{ id: 1, points: [{ batch: 0 }, { batch: 2 }], kept: [{ batch: 0, weights }] }] },
};

test("a packed session comes back as it was, what is shared written once", () => {
  const parts = new Map();
  const skeleton = JSON.parse(JSON.stringify(pack(SESSION, parts)));
  assert.equal(parts.size, 4); // the weights, the optimiser's state, the curve, the kept entry
  assert.deepEqual(unpack(skeleton, parts), SESSION);
  assert.ok(JSON.stringify(skeleton).length < JSON.stringify(SESSION).length);
});

test("a second packing finds every part written already", () => {
  const [first, second] = [new Map(), new Map()];
  pack(SESSION, first);
  pack({ ...SESSION, fields: { seed: "8" } }, second);
  assert.deepEqual([...second.keys()], [...first.keys()]);
});

test("a part that is gone is an error, not a hole", () => {
  const parts = new Map();
  const skeleton = pack(SESSION, parts);
  parts.delete([...parts.keys()][0]);
  assert.throws(() => unpack(skeleton, parts), { told: { key: "keeping.part_gone", arguments: {} } });
});

test("a text takes its length", () => {
  assert.equal(bytesOf("x".repeat(100)), 100);
  assert.ok(bytesOf(SESSION) > 30);
});
