// A line made longer by its newest points, and the axis that has room for them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { extension, roomyEnd } from "../../../assets/core/lengthening.js";

const place = (x, y) => [10 * x, 100 - y];

test("only the points beyond the last one are added, where the axes put them", () => {
  const line = { x: [0, 1, 2, 3], y: [9, 8, 7, 6] };
  assert.equal(extension(line, 1, place), "L20.00,93.00L30.00,94.00");
  assert.equal(extension(line, 3, place), "");
  // What was added is a function of all points: the next has this one and its own.
  assert.ok(extension({ x: [...line.x, 4], y: [...line.y, 5] }, 1, place).startsWith(extension(line, 1, place)));
});

test("where there is no value, or none that an axis has a place for, the line is broken", () => {
  const line = { x: [1, 2, 3, 4], y: [1, null, 3, 4] };
  assert.equal(extension(line, 0, place), "L10.00,99.00M30.00,97.00L40.00,96.00");
  const logarithmic = (x, y) => [x, Math.log10(y)];
  assert.equal(extension({ x: [1, 2, 3], y: [1, 0, 10] }, 0, logarithmic), "L1.00,0.00M3.00,1.00");
});

test("an axis holds still while the line grows by more than a tenth, and has room at its end", () => {
  let [ends, last] = [0, 0];
  for (let reached = 0.25; reached < 1e6; reached *= 1.001) {
    const end = roomyEnd(reached);
    assert.ok(end >= 1.05 * reached && end <= 1.4 * reached, `${reached} ${end}`);
    if (end !== last) ends++;
    last = end;
  }
  assert.ok(ends <= 10 * 6.7 + 2);
  assert.equal(roomyEnd(0), 1);
});
