// The configuration in the address.

import assert from "node:assert/strict";
import { test } from "node:test";

import { belongs, queryOf, readQuery } from "../../../assets/core/url.js";

const DEFAULTS = { dataset: "by_hand", "sample-x": "1, 2", "sample-y": "0", seed: "7", loss: "half_squared_error" };

test("only what differs from the first visit stands in the address, and reads back", () => {
  assert.equal(queryOf(DEFAULTS, DEFAULTS), "");
  const fields = { ...DEFAULTS, seed: "8", "sample-x": "3; −4 & 5" };
  assert.deepEqual({ ...DEFAULTS, ...readQuery(queryOf(fields, DEFAULTS), DEFAULTS) }, fields);
});

test("samples of a data set that is picked are implied by it", () => {
  assert.equal(queryOf({ ...DEFAULTS, dataset: "moons", "sample-x": "0.25, 1" }, DEFAULTS), "?dataset=moons");
});

test("what is no field is not read", () => {
  assert.deepEqual(readQuery("?seed=8&unknown=1", DEFAULTS), { seed: "8" });
});

test("a session belongs to an address that asks for its configuration", () => {
  const session = { fields: { ...DEFAULTS, seed: "8" } };
  assert.ok(belongs(session, { seed: "8" }, DEFAULTS));
  assert.ok(!belongs(session, {}, DEFAULTS));
  const picked = { fields: { ...DEFAULTS, dataset: "moons", "sample-x": "0.25, 1" } };
  assert.ok(belongs(picked, { dataset: "moons" }, DEFAULTS));
});
