// A person's own data on the stage.

import { post } from "../server/exchange.js";
import { keep as keepOwn, nearby } from "../server/own_data.js";
import { tell } from "./announce.js";
import { press } from "./queue.js";
import { stage, state } from "./state.js";

// Put own data on the stage; what stood there can be had back by Undo. Null, or why they are not there.
export async function use(own, told) {
  await keepOwn(own);
  state.playing = false;
  const there = state.fields["dataset"] === "own";
  const answer = await (there
    ? press("edit", "own-data", own.key, {}, told)
    : press("edit", "dataset", "own", { "own-data": own.key }, told));
  if (state.fields["own-data"] === own.key && state.fields["dataset"] === "own") return null;
  return answer?.refused?.text || "These data cannot be used.";
}

// The own data on the stage, or null; only their key while this tab has not needed them.
export function own() {
  const { fields } = state;
  if (fields["dataset"] !== "own") return null;
  return nearby(fields["own-data"]) || { key: fields["own-data"] };
}

// One more point in the picture of the data, which become own data by it; its label counts from 0.
export async function addPoint(x1, x2, label) {
  const answer = await post("data/add", { ...stage(), point: [x1, x2], label });
  if (answer.refused) return tell(answer.refused.text, "error");
  return use(answer.own, answer.told);
}
