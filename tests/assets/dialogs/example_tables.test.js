// How many printed numbers agree is told in one sentence, in each language.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { render, speak } from "../../../assets/core/messages.js";
import { tally } from "../../../assets/dialogs/example_tables.js";

/** @param {string} language */
const catalog = (language) =>
  JSON.parse(readFileSync(new URL(`../../../messages/${language}.json`, import.meta.url), "utf8"));

/** @param {number} agree @param {number} errata @param {number} differ */
function told(agree, errata, differ) {
  const verdicts = { agrees: agree, erratum: errata, differs: differ };
  return render(tally(Object.entries(verdicts).flatMap(([verdict, n]) => Array(n).fill({ verdict }))));
}

test("each kind of number that does not agree is counted", () => {
  speak(catalog("en"));
  assert.equal(told(13, 0, 0), "13 of 13 printed values agree to their last digit.");
  assert.equal(told(18, 3, 0), "18 of 21 printed values agree to their last digit, 3 are errata.");
  assert.equal(told(0, 0, 1), "0 of 1 printed values agree to their last digit, 1 differs.");
  assert.equal(told(4, 1, 2), "4 of 7 printed values agree to their last digit, 1 is an erratum, 2 differ.");
});

test("in Chinese the whole is counted before its parts", () => {
  speak(catalog("zh"));
  assert.equal(told(13, 0, 0), "印出的13个数值中，13个到末位数字都一致。");
  assert.equal(told(4, 1, 2), "印出的7个数值中，4个到末位数字都一致，1个原文有误，2个不一致。");
});
