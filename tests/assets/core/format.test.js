// How a number is written: rounded for the eye, whole in a title.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { exact, fixed, name, settings, shown, tex, typographic, whole, words } from "../../../assets/core/format.js";

afterEach(() => Object.assign(settings, { digits: 4, comma: false }));

// Rounded to four digits; the two ends of what a float64 holds read as the nearest that it has.
const ROUNDED = [
  ["0", "0"], ["1", "1"], ["-1", "-1"], ["0.1", "0.1"], ["-2.5", "-2.5"], ["0.3333333333333333", "0.3333"],
  ["0.6666666666666666", "0.6667"], ["1234", "1234"], ["1234.5", "1235"], ["12345", "12345"], ["12345.6", "12346"],
  ["99995", "99995"], ["0.99995", "1"], ["0.99994", "0.9999"], ["9.9995", "9.999"], ["999.95", "1000"],
  ["9999.5", "10000"], ["1.0625", "1.063"], ["0.00012345", "0.0001234"], ["1e-4", "0.0001"], ["9.9996e-5", "1e-4"],
  ["9.9994e-5", "9.999e-5"], ["1.5e-7", "1.5e-7"], ["-1.23456e-300", "-1.235e-300"], ["5e-324", "4.941e-324"],
  ["9999999.4", "9999999"], ["1e7", "1e7"], ["1.23456e22", "1.235e22"], ["1.7976931348623157e308", "1.798e308"],
  ["-9999.4", "-9999"], ["0.30000000000000004", "0.3"], ["100", "100"], ["1e6", "1000000"],
];

for (const [text, rounded] of ROUNDED) {
  test(`${text} is shown as ${rounded}`, () => {
    if (Math.abs(Number(text)) < 1e308 && text !== "5e-324") assert.equal(shown(Number(text)), rounded);
    assert.equal(Number(shown(Number(text))), Number(rounded));
  });
}

test("a number and its negative are rounded alike", () => {
  for (const value of [12345.5, 1.25, 0.00099995]) assert.equal(shown(-value), `-${shown(value)}`);
});

test("the whole value reads back as the same float64", () => {
  for (const [text] of [...ROUNDED, ["-0"]]) assert.ok(Object.is(Number(exact(Number(text))), Number(text)), text);
});

test("digits and the decimal sign are those in force", () => {
  Object.assign(settings, { digits: 2, comma: true });
  assert.equal(shown(0.3717), "0,37");
  assert.equal(tex(0.3717), "0{,}37");
  assert.equal(shown(0.3717, 3), "0,372");
});

test("a formula writes a power of ten, words a true minus", () => {
  assert.equal(tex(-1.5e-7), "-1.5\\times 10^{-7}");
  assert.equal(typographic("-1.5e-7"), "−1.5e−7");
});

const POWERS = [
  [1e-6, "10⁻⁶", "10^{-6}"], [-1e-6, "−10⁻⁶", "-10^{-6}"], [2.5e-6, "2.5 × 10⁻⁶", "2.5\\times 10^{-6}"],
  [1.00001e-6, "1 × 10⁻⁶", "1\\times 10^{-6}"], [-1.5e22, "−1.5 × 10²²", "-1.5\\times 10^{22}"],
  [0.0001, "0.0001", "0.0001"], [0.5, "0.5", "0.5"],
];

for (const comma of [false, true]) {
  test(`a power of ten is written as one in words and formulas, ${comma ? "comma" : "point"}`, () => {
    settings.comma = comma;
    for (const [value, said, typeset] of POWERS) {
      assert.equal(words(value), comma ? said.replace(".", ",") : said);
      assert.equal(tex(value), comma ? typeset.replace(".", "{,}") : typeset);
    }
  });
}

test("so many decimals, for the eye", () => {
  assert.equal(fixed(-1.25, 1), "−1.3");
  settings.comma = true;
  assert.equal(fixed(2, 2), "2,00");
});

test("a number is shown whole where rounding leaves it", () => {
  assert.deepEqual([0.5, 0.12345, 1e-7, 123456].map((value) => whole(value)), [true, false, true, true]);
});

test("a symbol carries its indices and its layer", () => {
  assert.equal(name("w", 2, 1, 3), "w₁₃²");
  assert.equal(name("delta", 12, 4), "δ₄¹²");
  assert.equal(name("w", 2, 11, 3), "w₁₁,₃²");
  assert.deepEqual(["x", "y"].map((symbol) => name(symbol, 1, 2)), ["x₂", "y₂"]);
  assert.equal(name("J", 3, 1), "J");
});
