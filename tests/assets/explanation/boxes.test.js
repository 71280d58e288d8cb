// Boxes that give way to other numbers, and the outlines of what is in them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { path } from "../../../assets/explanation/boxes.js";
import { outline } from "../../../assets/explanation/glyphs.js";

const AT = { x: 0, y: 0, scale: 1 };
const font = (letter) => (letter === "." ? { d: "MZ", width: 30 } : { d: `M0 0H${letter}Z`, width: 50 });
const number = (nth, width, more = {}) => ({ ...AT, kind: "number", nth, width, ...more });
const sign = (x) => ({ ...AT, x, width: 40, kind: "fixed", parts: [{ ...AT, kind: "path", d: "M0 0V7Z" }] });
const row = (parts, width, more = {}) => ({ ...AT, kind: "mrow", width, parts, ...more });
// Where the sign V7 and each of the digits has come to.
const starts = (d) => [...d.matchAll(/M(-?[\d.]+) (-?[\d.]+)([hv])/g)].map(([, x, y, way]) => [Number(x), Number(y), way]);

test("what stands behind a wider number moves on", () => {
  const box = row([number(0, 130), sign(130)], 170);
  assert.deepEqual(path(box, ["1.5"], font).wider, 0);
  const { d, wider } = path(box, ["1.25"], font);
  assert.equal(wider, 50);
  assert.deepEqual(starts(d), [[0, 0, "h"], [80, 0, "h"], [130, 0, "h"], [180, 0, "v"]]);
});

test("in a smaller script it counts for less", () => {
  const script = row([number(0, 130)], 65, { x: 100, y: 30, scale: 0.5 });
  const { d, wider } = path(row([sign(0), script, sign(165)], 205), ["1.2525"], font);
  assert.equal(wider, 75);
  assert.deepEqual(starts(d).at(-1), [240, 0, "v"]);
});

test("a fraction grows with its longer side, and both stand in its middle", () => {
  const bar = { ...AT, kind: "bar", left: 0, bottom: 20, width: 130, height: 4 };
  const fraction = { ...AT, kind: "mfrac", width: 130, parts: [{ ...sign(45) }, number(0, 130, { y: -50 }), bar] };
  const { d, wider } = path(row([fraction, sign(150)], 190), ["1.25"], font);
  assert.equal(wider, 50);
  assert.deepEqual(starts(d)[0], [70, 0, "v"]);
  assert.ok(d.includes("M0 20h180v4h-180z"));
  assert.deepEqual(starts(d).at(-1), [200, 0, "v"]);
  // Shorter than the other side: the bar stays.
  const short = { ...AT, kind: "mfrac", width: 200, parts: [number(0, 130, { x: 35 }), row([], 200), bar] };
  assert.equal(path(short, ["1.25"], font).wider, 0);
  assert.deepEqual(starts(path(short, ["1.25"], font).d)[0], [10, 0, "h"]);
});

test("a column is as wide as its widest cell, and cells keep to their side", () => {
  const cell = (x, parts, width, align) => ({ ...AT, kind: "mtd", x, width, align, parts });
  const table = (align) => ({ ...AT, kind: "mtable", width: 170, parts: [
    { ...AT, kind: "mtr", parts: [cell(0, [number(0, 130)], 130, align), cell(130, [sign(0)], 40, "left")] },
    { ...AT, kind: "mtr", parts: [cell(0, [number(1, 130)], 130, align), cell(130, [sign(0)], 40, "left")] },
  ] });
  const first = (align) => starts(path(table(align), ["1.5", "1.25"], font).d)[0][0];
  assert.deepEqual(["left", "center", "right"].map(first), [0, 25, 50]);
  const { d, wider } = path(table("left"), ["1.5", "1.25"], font);
  assert.equal(wider, 50);
  assert.deepEqual(starts(d).filter(([, , way]) => way === "v").map(([x]) => x), [180, 180]);
  assert.equal(path(table("left"), ["1.5", "2.5"], font).wider, 0);
});

test("an outline begins where it is put, its steps are those of the glyph", () => {
  assert.equal(outline({ x: 100, y: 10, scale: 1 }, "M5 7Q10 20 30 40T50 60H70V80Z"), "M105 17q5 13 25 33t20 20h20v20z");
  assert.equal(outline({ x: 0, y: 0, scale: 0.5 }, "M5 7L10 20ZM1 1L3 3Z"), "M2.5 3.5l2.5 6.5zm-2 -3l1 1z");
  assert.equal(outline(AT, "MZ"), "");
  assert.throws(() => outline(AT, "M0 0A1 1 0 0 0 2 2"), RangeError);
  assert.throws(() => outline(AT, "M0 0l1 1"), RangeError);
});

test("roundings do not add up along an outline", () => {
  const many = Array.from({ length: 300 }, (_, i) => `L${i + 1} 0`).join("");
  const steps = [...outline({ x: 0, y: 0, scale: 0.333 }, `M0 0${many}`).matchAll(/l(-?[\d.]+)/g)];
  const end = steps.reduce((sum, [, step]) => sum + Number(step), 0);
  assert.ok(Math.abs(end - 99.9) < 0.05, String(end));
});
