// The TeX of a position with its numbers put in.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { settings } from "../../../assets/core/format.js";
import { open } from "../../../assets/core/pass.js";
import { withNumbers } from "../../../assets/explanation/formula.js";
import { smallPass } from "../small_pass.js";

const pass = open(smallPass());
afterEach(() => Object.assign(settings, { digits: 4, comma: false }));

test("= stands only where nothing was rounded", () => {
  const shown = ["⟦#:0.5⟧", "⟦#:0.123456⟧", "⟦#:1⟧ + ⟦#:2⟧"].map((n) => withNumbers(pass, 0, `a ⟦=⟧ ${n} ⟦=⟧ ⟦#:3⟧`));
  assert.deepEqual(shown.map((text) => text.split("\\approx").length - 1), [0, 2, 0]);
  assert.deepEqual(shown.map((text) => text.split("=").length - 1), [2, 0, 2]);
});

const SUMS = [
  ["\\textstyle (1e-20)(1) + 1 \\\\ &", 1, false], ["(500000000000)(1) + (5e-9)(1) + 0", 5e11, false],
  ["1 + (-1e-17)(1)", 1, false], ["(1e-20)(1) + (-1e-20)(1) + 1", 1, true],
  ["(0.5)(1) + (-0.25)(-3) + 0.125", 1.375, true], ["0.5 - 0.1 \\cdot (2)", 0.3, true],
  ["-(2)((0.5)(4) - 1)", -2, true], ["\\sigma(0.1 + 1e-30)", 0.1, true], ["\\tfrac12 (0.5)(1)", 0.1, true],
];

for (const [sum, value, exact] of SUMS) {
  test(`${sum} is ${exact ? "" : "not "}the number beside it`, () => {
    const text = withNumbers(pass, 0, `z ⟦=⟧ ${sum} ⟦=⟧ ⟦#:${value}⟧`);
    assert.equal(!text.includes("\\approx"), exact, text);
  });
}

test("a relation that is rounded by nature stays ≈, and those behind it", () => {
  assert.equal(withNumbers(pass, 0, "a ⟦≈⟧ ⟦#:1⟧ ⟦=⟧ ⟦#:2⟧"), "a \\approx 1 \\approx 2");
});

test("each block begins exact again", () => {
  const tex = "\\begin{aligned}a ⟦≈⟧ ⟦#:1⟧\\begin{aligned}b ⟦=⟧ ⟦#:2⟧";
  assert.equal(withNumbers(pass, 0, tex), "\\begin{aligned}a \\approx 1\\begin{aligned}b = 2");
});

test("what is not known yet is dots, and no equality", () => {
  assert.equal(withNumbers(pass, 0, "z ⟦=⟧ ⟦z:2:1⟧"), "z \\approx …");
  assert.equal(withNumbers(pass, 1, "z ⟦=⟧ ⟦z:2:1⟧"), "z = 1");
});

test("a long sum breaks into rows that the panel is wide enough for at the digits in force", () => {
  const sum = Array.from({ length: 9 }, (_, i) => `⟦/:${i + 1}⟧t`).join("");
  const rows = () => withNumbers(pass, 0, sum).split("\\quad").length;
  assert.equal(rows(), 4); // after every third of nine terms, the first row included
  settings.digits = 2;
  assert.equal(rows(), 3);
});
