// A run's past: branches, what is kept of them, and the way back along them.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  branchOf, empty, entryAt, kept, points, ready, record, rewound, spacing, visiting,
} from "../../../assets/core/history.js";

const weightsOf = (n) => ({ w: { 2: `w${n}` }, b: { 2: "b" } });
const entryOf = (batch, n = batch) => ({ batch, epoch: batch, iteration: batch, weights: weightsOf(n), run: { batch, state: null } });

function recorded(history, batches, bytes) {
  return batches.reduce((made, batch) => record(made, { batch, epoch: batch }, entryOf(batch), bytes), history);
}

test("a run goes on along its branch as long as its weights stand at its end", () => {
  const once = recorded(ready(empty(), weightsOf(0)), [0, 1, 2]);
  assert.equal(ready(once, weightsOf(2)), once);
  assert.equal(ready(once, weightsOf(9)).branches.length, 2);
  assert.equal(ready(visiting(once, 1), weightsOf(1)).branches.length, 2);
});

test("a branch is read from where it left the older one", () => {
  const first = recorded(ready(empty(), weightsOf(0)), [0, 1, 2, 3, 4]);
  const second = recorded(ready(visiting(first, 2), weightsOf(2)), [2, 5]);
  assert.deepEqual(branchOf(second).from, { branch: 1, batch: 2 });
  assert.deepEqual(points(second).map(({ batch }) => batch), [0, 1, 2, 5]);
  assert.equal(entryAt(second, 4).batch, 2);
  assert.equal(entryAt(second, -1).batch, 0);
  assert.equal(rewound(second).at, 0);
});

test("no history is changed by one that grows out of it", () => {
  const before = recorded(ready(empty(), weightsOf(0)), [0, 1]);
  const copy = structuredClone(before);
  recorded(before, [2, 3]);
  assert.deepEqual(before.branches.map(({ points: all }) => all), copy.branches.map(({ points: all }) => all));
});

test("the weights kept of all branches share one budget, their ends stay", () => {
  const weights = { w: { 2: "x".repeat(1000) }, b: {} };
  let made = empty();
  for (let branch = 0; branch < 3; branch++) {
    made = ready({ ...made, at: 0 }, { ...weights, branch });
    for (let batch = 0; batch < 100; batch++) {
      made = record(made, { batch }, { batch, weights, run: { state: null } }, 60000);
    }
  }
  const sizes = made.branches.map((branch) => branch.kept.length);
  for (const branch of made.branches) {
    assert.deepEqual([branch.kept[0].batch, branch.kept.at(-1).batch, branch.points.length], [0, 99, 100]);
  }
  const all = sizes.reduce((sum, n) => sum + n);
  assert.ok(all > 30 && all <= 60, String(all));
});

test("a curve never grows dearer than so many points, first and last stay", () => {
  const long = recorded(ready(empty(), weightsOf(0)), Array.from({ length: 1500 }, (_, i) => i));
  const drawn = points(long);
  assert.ok(drawn.length <= 512);
  assert.deepEqual([drawn[0].batch, drawn.at(-1).batch], [0, 1499]);
  assert.ok(kept(long).length <= 240);
});

test("a run of any length has at least a hundred points, at whole epochs where it has so many", () => {
  for (const [epochs, perEpoch] of [[300, 16], [1000, 16], [199, 7], [100, 3], [60, 16], [3, 144], [400, 1]]) {
    const every = spacing(epochs * perEpoch, perEpoch);
    const count = Math.floor((epochs * perEpoch) / every);
    assert.ok(count >= 100 && count <= 240, `${epochs} epochs of ${perEpoch}: ${count}`);
    if (epochs >= 100) assert.equal(every % perEpoch, 0);
  }
  assert.equal(spacing(16, 16), 1);
});
