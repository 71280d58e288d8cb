// A person's own data on the stage.

import { message } from "../core/messages.js";
import { post } from "../server/exchange.js";
import { keep as keepOwn, salt } from "../server/own_data.js";
import { tell } from "./announce.js";
import { press } from "./queue.js";
import { stage, state } from "./state.js";

// Put own data on the stage, with what other fields are to hold; what stood there can be had back by Undo.
// Null, or why they are not there.
/** @param {any} own @param {Told} [told] @param {Record<string, string>} [more] */
export async function use(own, told, more = {}) {
  await keepOwn(own);
  state.playing = false;
  const there = state.fields["dataset"] === "own";
  const answer = await (there
    ? press("edit", "own-data", own.name, more, told)
    : press("edit", "dataset", "own", { ...more, "own-data": own.name }, told));
  if (state.fields["own-data"] === own.name && state.fields["dataset"] === "own") return null;
  return answer?.refused?.text || message("own_data.unusable");
}

// One more point in the picture of the data, which become own data by it; its label counts from 0.
/** @param {number} x1 @param {number} x2 @param {number} label */
export async function addPoint(x1, x2, label) {
  const answer = await post("data/add", { ...stage(), point: [x1, x2], label, salt: salt() });
  if (answer.refused) return tell(answer.refused.text, "error");
  return use(answer.own, answer.told);
}
