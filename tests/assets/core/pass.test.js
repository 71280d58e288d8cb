// A pass made readable: which value is known at which position.

import assert from "node:assert/strict";
import { test } from "node:test";

import { speak } from "../../../assets/core/messages.js";
import { bytes, decode, encode, find, live, open, read, resolve, weights } from "../../../assets/core/pass.js";
import { decoded, smallPass } from "../small_pass.js";

const pass = open(smallPass());

test("a value is known from its position on, and no longer than it holds", () => {
  const seen = [0, 1, 2, 3, 4].map((cursor) => ["w", "z", "J", "delta"].map((s) => read(pass, cursor, s, 2, 1)));
  assert.deepEqual(seen, [
    [0.5, undefined, undefined, undefined],
    [0.5, 1, undefined, undefined],
    [0.5, 1, 0.5, undefined],
    [0.5, 1, 0.5, 1],
    [-0.5, undefined, undefined, 1],
  ]);
  assert.equal(read(pass, 4, "w_before", 2, 1), 0.5);
  assert.equal(find(pass, 0, "z", 2), undefined);
  assert.equal(find(pass, 0, "none", 2), undefined);
});

test("a value of which rows come one by one is known row by row", () => {
  const wire = smallPass();
  const z = { symbol: "z", layer: 2, rows: 2, cols: 1, from: [1, 2], to: null,
    data: Buffer.from(new Float64Array([3, 4]).buffer).toString("base64") };
  const opened = open({ ...wire, values: [z] });
  assert.deepEqual([0, 1, 2].map((cursor) => [1, 2].map((row) => read(opened, cursor, "z", 2, row))),
    [[undefined, undefined], [3, undefined], [3, 4]]);
});

test("the weights of both ends are those that a request carries", () => {
  assert.deepEqual(decoded(weights(pass, "before").w[2]), [0.5]);
  assert.deepEqual(decoded(weights(pass, "after").w[2]), [-0.5]);
  assert.deepEqual(Object.keys(weights(pass, "after").b), ["2"]);
});

test("a turn of training leaves the stage at the input with its weights and nothing computed", () => {
  const given = weights(pass, "after");
  const scene = { layers: [], scale: { w: 3, b: 4, norm: 5 } };
  const after = live(pass, { weights: given, iteration: 7, scene });
  assert.deepEqual([after.live, after.iteration, read(after, 0, "w", 2, 1)], [true, 7, -0.5]);
  assert.equal(read(after, 0, "x", 1, 1), 2);
  assert.equal(find(after, 3, "delta", 2), undefined);
  assert.deepEqual(after.scene.scale, { a: 1, delta: 1, w: 3, b: 4, norm: 5 });
  assert.equal(read(pass, 0, "w", 2, 1), 0.5, "the pass itself stays");
});

test("a reference in a text becomes what is shown of its value", () => {
  const show = (value) => `<${value}>`;
  assert.equal(resolve(pass, 1, "z = ⟦z:2:1⟧, J = ⟦J:2:1⟧, ⟦#:0.25⟧", show), "z = <1>, J = …, <0.25>");
  speak({ "language.tag": "en-GB", "some.word": "frozen" });
  assert.equal(resolve(undefined, 0, "\\text{⟦text:some.word⟧}", show), "\\text{frozen}");
  assert.equal(resolve(pass, 4, "⟦w_before:2:1:1⟧ → ⟦w:2:1:1⟧", show), "<0.5> → <-0.5>");
});

test("base64 becomes bytes and float64", () => {
  assert.deepEqual([...bytes("AQID")], [1, 2, 3]);
  assert.deepEqual([...decode(Buffer.from(new Float64Array([1, -0, NaN]).buffer).toString("base64"))], [1, -0, NaN]);
});

test("float64 become the base64 that they were, however many", () => {
  const many = Float64Array.from({ length: 5000 }, (_, i) => Math.sin(i));
  for (const array of [new Float64Array(), many.slice(0, 1), many, many.subarray(3, 4000)]) {
    const text = encode(array);
    assert.equal(text, Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString("base64"));
    assert.deepEqual(decode(text), Float64Array.from(array));
  }
});
