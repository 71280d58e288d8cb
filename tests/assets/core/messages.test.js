// Messages are rendered in the browser as the server renders them: one list of cases for both.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { message, pieces, render, speak } from "../../../assets/core/messages.js";

/** @param {string} name */
const read = (name) => JSON.parse(readFileSync(new URL(`../../messages/${name}.json`, import.meta.url), "utf8"));

const catalogs = read("catalogs");
for (const [language, catalog] of Object.entries(catalogs)) {
  test(`every case in ${language}`, () => {
    speak(catalog);
    for (const each of read("cases")) assert.equal(render(each.message), each[language]);
  });
}

test("a key that no catalog has is shown as it is", () => {
  assert.equal(render({ key: "no.such", arguments: {} }), "no.such");
});

test("an element stands in its place of a sentence, wherever the language has it", () => {
  const mark = { element: true };
  const told = message("of", { whole: "J", name: "w" });
  speak({ ...catalogs.en, of: "{{name}} of {{whole}}." });
  assert.deepEqual(pieces(told, { name: mark }).filter(Boolean), [mark, " of ", "J", "."]);
  speak({ ...catalogs.zh, of: "{{whole}}的{{name}}。" });
  assert.deepEqual(pieces(told, { name: mark }).filter(Boolean), ["J", "的", mark, "。"]);
});
