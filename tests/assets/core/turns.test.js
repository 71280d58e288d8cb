// How many batches a turn has, and how a chain waits where the server is busy.

import assert from "node:assert/strict";
import { test } from "node:test";

import { empty, ready } from "../../../assets/core/history.js";
import { chain, record } from "../../../assets/core/turns.js";

test("a chain grows towards the time of a turn, at most twice at once, within the server's limit", async () => {
  const made = chain();
  await made.ask(async () => ({ took: 2, most_batches: 1000 }), 0);
  const sizes = [];
  for (let i = 0; i < 9; i++) {
    await made.ask(async (batches) => ({ took: 2 + batches / 2, most_batches: 60 }), made.size);
    sizes.push(made.size);
  }
  assert.deepEqual(sizes.slice(0, 4), [2, 4, 8, 16]);
  assert.equal(sizes.at(-1), 60);
});

test("a chain waits where the server is busy and then asks for less", async () => {
  const made = chain();
  const asked = [];
  await made.ask(async () => ({ took: 2, most_batches: 1000 }), 0);
  await made.ask(async () => ({ took: 27, most_batches: 1000 }), 40);
  const answer = await made.ask(async (batches, waited) => {
    asked.push([batches, waited]);
    if (asked.length < 3) return { busy: { after: 5 * asked.length, batches: 7 } };
    return { took: 52, most_batches: 1000 };
  }, made.size);
  assert.deepEqual(asked, [[64, 0], [7, 5], [7, 10]]);
  // 7 batches took 50 ms beside what a turn without any takes: fewer, but not at once.
  assert.equal(made.size, Math.round(0.4 * 64));
  assert.equal(answer.took, 52);
});

test("a turn of no batches, for what the plots show, trains none however busy the server is", async () => {
  const asked = [];
  await chain().ask(async (batches, waited) => {
    asked.push(batches);
    return waited ? { took: 2, most_batches: 9 } : { busy: { after: 1, batches: 7 } };
  }, 0);
  assert.deepEqual(asked, [0, 0]);
});

test("a chain of pictures has short turns, long ones while others want the server", async () => {
  const made = chain(true);
  const sizes = [];
  let busy = false;
  const send = async (batches, waited) => (busy && !waited
    ? { busy: { after: 1, batches } }
    : { took: 2 + batches, most_batches: 1000, metrics: {} });
  await made.ask(send, 0);
  for (let i = 0; i < 9; i++) await made.ask(send, made.size);
  sizes.push(made.size);
  busy = true;
  for (let i = 0; i < 4; i++) await made.ask(send, made.size);
  sizes.push(made.size);
  busy = false;
  for (let i = 0; i < 30; i++) await made.ask(send, made.size);
  sizes.push(made.size);
  assert.deepEqual(sizes, [12, 40, 12]);
});

test("a turn is as long as what lies between two of them", async () => {
  const made = chain(true);
  const { now } = performance;
  let clock = 0;
  performance.now = () => clock;
  const send = async (batches) => {
    clock += 30 + batches; // 30 ms on the way, however long the turn
    return { took: batches || 0.01, most_batches: 1000, metrics: {} };
  };
  for (let i = 0; i < 60; i++) await made.ask(send, i ? made.size : 0);
  performance.now = now;
  assert.equal(made.size, 30);
});

test("what is cheap is measured with every turn, what is dear in a tenth of the time", async () => {
  for (const [cost, share] of [[3, 1], [40, 0.1]]) {
    const made = chain(true);
    let [spent, all, measured, count] = [0, 0, 0, 0];
    for (let i = 0; i < 400; i++) {
      const due = made.due();
      const took = made.size + (due ? cost : 0);
      if (i >= 20) [spent, all, measured, count] = [spent + due * cost, all + took, measured + due, count + 1];
      await made.ask(async () => ({ took, most_batches: 1000, metrics: due ? {} : null }), i ? made.size : 0);
    }
    if (share === 1) assert.equal(measured, count);
    else assert.ok(spent / all <= 0.11 && measured > 2, `${spent / all}, ${measured}`);
  }
});

test("a chain that nobody waits for ends without an answer", async () => {
  let wanted = true;
  const send = async () => {
    wanted = false;
    return { busy: { after: 1, batches: 1 } };
  };
  assert.equal(await chain().ask(send, 5, () => wanted), undefined);
});

test("an answer leaves a point of the curves and weights to come back to", () => {
  const answer = {
    batch: 4, epoch: 1, iteration: 4, weights: { w: {}, b: {} }, state: { steps: 4 },
    metrics: { train_loss: 0.5 }, views: { layers: { delta: { 2: 1 }, dw: { 2: 3 } } },
  };
  const { branches, at } = record(ready(empty(), answer.weights), answer);
  assert.equal(at, 4);
  assert.deepEqual(branches[0].points, [{ batch: 4, epoch: 1, train_loss: 0.5, delta: { 2: 1 }, dw: { 2: 3 } }]);
  assert.deepEqual(branches[0].kept[0].run, { batch: 4, state: { steps: 4 } });
});
