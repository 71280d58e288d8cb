// Asking the server, with patience: it may be slow, restarting or out of reach for a while.

import { open as openPass } from "../core/pass.js";
import { find } from "./own_data.js";

const LONGEST_WAIT = 20000;
const PAUSES = [300, 700, 1500, 3000];
const pause = (ms) => new Promise((go) => setTimeout(go, ms));

async function once(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(LONGEST_WAIT),
  });
  if (answer.ok) {
    const took = /dur=([\d.]+)/.exec(answer.headers.get("Server-Timing") || "");
    return { ...(await answer.json()), took: took ? Number(took[1]) : 0 };
  }
  if (answer.status >= 500) throw new Error(answer.statusText);
  const content = await answer.json().catch(() => ({}));
  return { refused: { field: null, text: content.error || `The server refused this (${answer.status} ${answer.statusText}).` } };
}

// The answer, or {refused}: tried again until there is one or `wanted` says that nobody waits any more.
async function patient(path, body, wanted = () => true) {
  for (let tries = 0; wanted(); tries++) {
    try {
      return await once(path, body);
    } catch {
      await pause(PAUSES[Math.min(tries, PAUSES.length - 1)]);
    }
  }
  return null;
}

// The same; own data that the server does not have (any more) are sent along.
export async function post(path, body, wanted) {
  const answer = await patient(path, body, wanted);
  if (!answer?.missing) return answer;
  const own = await find(answer.missing);
  const again = own && (await patient(path, { ...body, own }, wanted));
  if (own && !again?.missing) return again;
  const text = "Own data: the data of this stage are not in this browser. Bring them again with Own data….";
  return { refused: { field: "dataset", text } };
}

// A whole pass, made readable.
export async function ask(body, wanted) {
  const answer = await post("pass", body, wanted);
  return answer?.pass ? { ...answer, pass: openPass(answer.pass) } : answer;
}
