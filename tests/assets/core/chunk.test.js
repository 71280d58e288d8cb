import assert from "node:assert/strict";
import test from "node:test";
import { run } from "../../../assets/core/chunk.js";

test("a module is run once, with what it needs", () => {
  const log = [];
  const modules = {
    1: (module, exports, need) => { need.r(exports); log.push("one"); exports.sum = need(2).two + need(2).two + need(7); },
    2: (module) => { log.push("two"); module.exports = { two: 2 }; },
  };
  assert.deepEqual(run(modules, "1", { 7: 3 }), { sum: 7 });
  assert.deepEqual(log, ["one", "two"]);
});

test("two modules may need each other", () => {
  const modules = {
    1: (module, exports, need) => { exports.one = 1; exports.other = need(2).seen; },
    2: (module, exports, need) => { exports.seen = need(1).one; },
  };
  assert.equal(run(modules, "1", {}).other, 1);
});

test("a module that stands elsewhere is told by its number", () => {
  assert.throws(() => run({ 1: (module, exports, need) => need(9) }, "1", {}), /module 9 /);
  assert.throws(() => run({}, "constructor", {}), /module constructor /);
});
