// The samples of the data set on the stage, asked for again where a field that decides them has changed.

import { decode } from "../core/pass.js";
import { post } from "../server/exchange.js";
import { announce } from "./announce.js";
import { stage, state } from "./state.js";

/** @type {Samples | null} */
let data = null; // what POST /data answered
/** @type {string | null} */
let key = null;
let asked = 0;

const DECIDING = [
  "dataset", "points", "classes", "noise", "train-share", "data-seed", "standardise", "own-data",
  "layer-sizes", "output-activation",
];
// Whether a field decides what the data are: a run on other data is another run.
/** @param {string} field */
export const decides = (field) => DECIDING.includes(field);
/** @param {State} given */
const keyOf = ({ fields }) => JSON.stringify(DECIDING.map((name) => fields[name]));

export const current = () => data;
export const known = () => Boolean(data);
export const isClasses = () => data?.kind === "classes";
/** @returns {string[]} */
export const classes = () => data?.classes || [];

// The data again where a field that decides it has changed.
export async function follow() {
  const wanted = keyOf(state);
  if (wanted === key) return;
  key = wanted;
  const mine = ++asked;
  data = null;
  if (state.fields.dataset !== "by_hand") {
    const answer = await post("data", stage(), () => mine === asked);
    if (mine !== asked) return;
    if (answer?.refused?.unanswered) return void (key = null); // asked again with the next action
    data = answer?.x ? open(answer) : null;
  }
  announce("sampled");
}

/** @param {any} wire */
function open(wire) {
  const images = wire.images && { ...wire.images, pixels: decode(wire.images.pixels) };
  return { ...wire, images, x: decode(wire.x), y: decode(wire.y), rows: wire.features.length, count: wire.shown };
}
