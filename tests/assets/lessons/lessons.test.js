// What a lesson judges and where its formulas may end a line.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fits } from "../../../assets/lessons/question.js";
import { parts } from "../../../assets/lessons/text.js";

test("a number is right as far as it is given, in either notation", () => {
  const value = -0.13967;
  for (const typed of ["-0.14", "−0,1397", "-.1", "-0.13967", " -1.4e-1 ", "-0.140"]) {
    assert.equal(fits(typed, value), true, typed);
  }
  for (const typed of ["0.14", "-0.15", "-0.1398", "-0.1400", "0"]) assert.equal(fits(typed, value), false, typed);
  assert.equal(fits("0.0", 0), true);
  for (const typed of ["", "x", "1/2/3", "0x1", "1_000", "-", ".", "١"]) assert.equal(fits(typed, value), null, typed);
});

test("a formula is cut before relations and sums that nothing encloses, and nothing is lost", () => {
  const tex = "z = (1)(2) + (3)(4) \\approx \\left(a + b\\right) + \\begin{pmatrix} 1 + 1 \\\\ 2 \\end{pmatrix} = x_{1+2}";
  const found = parts(tex);
  assert.equal(found.join("").replaceAll("{}", ""), tex);
  assert.deepEqual(found.map((part) => part.replace("{}", "").trim().slice(0, 7)),
    ["z", "= (1)(2", "+ (3)(4", "\\approx", "+ \\begi", "= x_{1+"]);
  assert.deepEqual(parts("= 1"), ["= 1"]);
});
