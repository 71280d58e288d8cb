// A place as the fragment of an address: what goes in comes out, and nothing else does.

import assert from "node:assert/strict";
import { test } from "node:test";

import { encode } from "../../../assets/core/pass.js";
import { MOST_LETTERS, find, isPlace, nameOf, read, write } from "../../../assets/core/place.js";

const DEFAULTS = { "layer-sizes": "3-3-2", seed: "7", dataset: "by_hand" };
const NUMBERS = [0.1, -0, 5e-324, -1.7976931348623157e308, 1 / 3, 2 ** -1074 * 3];
const weights = {
  w: { 2: encode(new Float64Array(NUMBERS)), 3: encode(new Float64Array([1, 2])) },
  b: { 2: encode(new Float64Array([0.1, 0.2])), 3: encode(new Float64Array([0.3])) },
};
const PLACE = {
  fields: { "layer-sizes": "3-2-1" }, weights, iteration: 3, run: { batch: 30, state: null }, at: "backward-2-1",
  focus: { layer: 2, neuron: 1 }, picked: 2, tab: "matrices", digits: 6, comma: true,
};

/** @param {any} value */
const folded = async (value, version = 1) => {
  const hash = await write({ fields: {}, ...value });
  return `#${hash.replace("place=1.", `place=${version}.`)}`;
};
/** @param {string} hash */
const flaw = async (hash) => {
  const { flaw: found, place } = await read(hash, DEFAULTS);
  assert.equal(place, undefined, hash.slice(0, 60));
  return /** @type {Message} */ (found).key;
};

test("a place reads back whole, its fields complete and its weights to the last bit", async () => {
  const hash = `#${await write({ ...PLACE, plot: null, sample: undefined })}`;
  assert.ok(isPlace(hash) && /^#place=1\.[\w-]+$/.test(hash));
  const { place } = await read(hash, DEFAULTS);
  assert.deepEqual(place, { ...PLACE, fields: { ...DEFAULTS, ...PLACE.fields } });
  assert.ok(!isPlace("#derivation-bp2") && !isPlace(""));
});

test("a link that has lost, gained or changed a letter is told to be damaged, or says the same", async () => {
  const hash = `#${await write(PLACE)}`;
  const whole = JSON.stringify((await read(hash, DEFAULTS)).place);
  const broken = [...hash.slice(9)].flatMap((letter, i) => {
    const at = i + 9;
    const other = letter === "A" ? "B" : "A";
    return [hash.slice(0, at) + hash.slice(at + 1), hash.slice(0, at) + other + hash.slice(at + 1), hash.slice(0, at)];
  });
  let told = 0;
  for (const one of [...broken, `${hash}A`, `${hash}AAAA`, "#place=", "#place=1", "#place=1.", "#place=0.AA", "#place=1.é"]) {
    const { place, flaw: found } = await read(one, DEFAULTS);
    if (place) assert.equal(JSON.stringify(place), whole, one);
    else told += Number(found?.key === "link.damaged");
  }
  // What goes by unseen are the letters of gzip's head that say when and where it was made, and bits beyond the end.
  assert.ok(told > broken.length * 0.95, `${told} of ${broken.length}`);
});

test("a newer version, too many letters and what unfolds to too much are refused", async () => {
  assert.equal(await flaw(await folded({}, 2)), "link.newer");
  assert.equal(await flaw(`#place=1.${"A".repeat(MOST_LETTERS + 1)}`), "link.long");
  const bomb = await folded({ at: "a".repeat(2e6) });
  assert.ok(bomb.length < MOST_LETTERS);
  assert.equal(await flaw(bomb), "link.damaged");
});

test("what a place cannot say is refused by its part", async () => {
  const wrong = [
    { fields: { constructor: "1" } }, { fields: { seed: 7 } }, { fields: { "layer-sizes": "3" } }, { fields: 1 },
    { weights }, { weights: null, iteration: -1 }, { run: { batch: 1.5, state: null } }, { at: 7 }, { at: "<b>" },
    { tab: "x".repeat(50) }, { digits: "6" }, { comma: 1 }, { picked: 0 }, { focus: [] }, { own: {} }, { more: 1 },
    { weights: { ...weights, w: { ...weights.w, 2: encode(new Float64Array(6).fill(NaN)) } }, fields: PLACE.fields },
  ];
  for (const one of wrong) assert.equal(await flaw(await folded(one)), "link.part", JSON.stringify(one));
});

test("a position is found by its name, and where it is not, the one of its layer", () => {
  const kinds = [["input"], ["forward", 2], ["loss"], ["backward", 3, 1], ["backward", 3, 2], ["update"]];
  const positions = kinds.map(([kind, layer = null, neuron = null]) => ({ kind, layer, neuron }));
  const pass = /** @type {any} */ ({ positions });
  pass.positions.forEach((/** @type {any} */ one, /** @type {number} */ i) => assert.equal(find(pass, nameOf(one)), i));
  assert.equal(find(pass, "backward-3"), 3);
  assert.equal(find(pass, "forward-2-9"), 1);
  assert.equal(find(pass, "forward-9"), 0);
  assert.equal(find(pass), 0);
});
