// A formula laid out otherwise keeps all that it says.

import assert from "node:assert/strict";
import { test } from "node:test";

import { blocks, broken, layouts, terms } from "../../../assets/core/formula_layout.js";

const SUM = "\\begin{aligned} z &= \\sum_k w_k a_k + b \\\\ &= (1)(2) + (3)(4) + (5)(6) + (7) \\\\ &= 75 \\end{aligned}";
const bare = (tex) => tex.replace(/\\\\|&|\\quad|\\textstyle|\\;|\s/g, "");

test("a sum is broken before a +, in its own row alone", () => {
  assert.equal(terms(SUM), 4);
  const rows = broken(SUM, 2).split("\\\\").map((row) => row.trim());
  assert.equal(rows.length, 4);
  assert.ok(rows[1].endsWith("(3)(4)") && rows[2].endsWith("+ (5)(6) + (7)"));
});

for (const held of ["\\frac{1 + 2}{3}", "f(1 + 2)", "\\left[1 + 2\\right]", "e^{1 + x}"]) {
  test(`${held} is never broken`, () => assert.deepEqual(layouts(held).filter((tex) => tex.includes("\\\\")), []));
}

test("an arrow is no bracket", () => assert.equal(terms("w \\leftarrow w + 1"), 2));

test("every layout says the same", () => {
  assert.ok(layouts(SUM).length > 3);
  for (const tex of layouts(SUM)) assert.equal(bare(tex), bare(SUM));
});

test("a formula of several blocks has each for itself", () => {
  const [one, other] = [SUM, SUM.replaceAll("z", "a")];
  assert.deepEqual(blocks(`\\begin{array}{l} ${one} \\\\[6pt] ${other} \\end{array}`), [one, other]);
  assert.deepEqual(blocks("x = 1"), ["x = 1"]);
});
