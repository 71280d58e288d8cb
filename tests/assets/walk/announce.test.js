// What happens on the walk is told to everyone who asked, at once and in their order.

import assert from "node:assert/strict";
import { test } from "node:test";

import { announce, subscribe, tell } from "../../../assets/walk/announce.js";

test("listeners hear their kind of happening, in the order in which they asked", () => {
  const heard = [];
  subscribe("changed", () => heard.push("first"));
  subscribe("changed", () => heard.push("second"));
  subscribe("told", (...words) => heard.push(words));
  announce("changed");
  tell("done");
  tell("not done", "error");
  announce("sampled"); // nobody has asked
  assert.deepEqual(heard, ["first", "second", ["done", "note", []], ["not done", "error", []]]);
});
