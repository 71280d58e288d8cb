// Asking the server, with patience: it may be slow, busy, restarting or out of reach for a while.

import { message } from "../core/messages.js";
import { nameOf, open as openPass } from "../core/pass.js";
import { baptise, find } from "./own_data.js";

const LONGEST_WAIT = 20000; // of one try
const LONGEST_IN_ALL = 30000; // after which no other is made where the tries are counted
// Which of the processes behind a proxy is asked about large weights: the one that has them since the last time.
const LANE = String(Math.floor(Math.random() * 256));
const SLOWEST = 50; // bytes of a request on their way in a millisecond
const PAUSES = [300, 700, 1500, 3000];
export const TRIES = 4; // of a question that nothing depends on
const MOST_BUSY = 8; // times that a busy server is asked again
const LONGEST_PAUSE = 10000;
const WATCH = 200; // how often it is looked whether somebody still waits
const ELSEWHERE = message("server.elsewhere");
const UNANSWERED = message("server.unanswered");
const BUSY = message("server.busy");
const GIVEN_UP = message("server.given_up");
/** @param {Told} text @param {any} [more] */
const refusal = (text, more) => ({ refused: { field: null, text, ...more } });
/** @type {(version: string | null) => void} */
let versionHeard = () => {};
const walked = new Set(); // the questions that the walk waits for, until they are answered or given up

// Over at once where nobody waits any more.
/** @param {number} ms @param {AbortSignal} signal */
const pause = (ms, signal) => new Promise((go) => {
  setTimeout(go, ms);
  signal.addEventListener("abort", go, { once: true });
});

// Ends a try that lasts too long, or that nobody waits for.
/** @param {AbortSignal} signal @param {number} ms */
function within(signal, ms) {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
  signal.addEventListener("abort", () => controller.abort(), { once: true });
  return controller.signal;
}

// What is no answer of ours (a login page, an empty object) counts as none.
/** @param {any} answer */
async function contentOf(answer) {
  const content = await answer.json();
  if (content === null || typeof content !== "object" || !Object.keys(content).length) throw new Error("no answer");
  return content;
}

/** @param {string} path @param {any} body @param {any} given */
async function once(path, body, { signal }) {
  const text = JSON.stringify(body);
  const large = body.weights?.named || nameOf(body.weights);
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(large && { "Deltaflow-Lane": LANE }) },
    body: text,
    signal: within(signal, LONGEST_WAIT + text.length / SLOWEST),
  });
  versionHeard(answer.headers.get("Deltaflow-Version"));
  if (answer.ok) {
    const took = /dur=([\d.]+)/.exec(answer.headers.get("Server-Timing") || "");
    return { ...(await contentOf(answer)), took: took ? Number(took[1]) : 0 };
  }
  if (answer.status >= 500 || answer.status === 429) throw new Error(answer.statusText);
  const content = await answer.json().catch(() => null);
  const { status, statusText } = answer;
  return refusal(content?.error || message("server.refused", { status: String(status), why: statusText }), { status });
}

// The answer as `read` reads it, tried so many times; null where nobody waits any more.
/** @param {string} path @param {any} body @param {any} question */
async function tried(path, body, question) {
  const { signal, tries, read } = question;
  const began = performance.now();
  /** @param {number} failed */
  const isLast = (failed) => failed >= tries || (tries < Infinity && performance.now() - began > LONGEST_IN_ALL);
  for (let failed = 0; !signal.aborted; failed++) {
    try {
      return read(await once(path, body, question));
    } catch {
      if (!signal.aborted && isLast(failed + 1)) return refusal(UNANSWERED, { unanswered: true });
      await pause(PAUSES[Math.min(failed, PAUSES.length - 1)], signal);
    }
  }
  return null;
}

// The same; a busy server says when to ask again. A turn of a run sees to that by itself.
/** @param {string} path @param {any} body @param {any} question */
async function obedient(path, body, question) {
  for (let busy = 0; ; busy++) {
    const answer = await tried(path, body, question);
    if (!answer?.busy || "waited" in body) return answer;
    if (busy >= MOST_BUSY) return refusal(BUSY, { unanswered: true });
    await pause(Math.min(LONGEST_PAUSE, Math.max(0, Number(answer.busy.after)) || 0), question.signal);
  }
}

// Large weights go by the name that the server gave them; the whole of them only where it has them no more.
/** @param {string} path @param {any} body @param {any} question */
async function withWeights(path, body, question) {
  const named = nameOf(body.weights);
  if (!named) return obedient(path, body, question);
  const answer = await obedient(path, { ...body, weights: { named } }, question);
  return answer?.missing === named ? obedient(path, body, question) : answer;
}

// Own data are opened by their key, which goes along; the whole of them only where the server asks.
/** @param {string} path @param {any} body @param {any} question */
async function withOwn(path, body, question) {
  const { fields, own: given } = body;
  const named = !given && fields?.["dataset"] === "own" && fields["own-data"];
  const own = named ? await find(named) : given;
  if (named && !own) return { refused: { field: "dataset", text: ELSEWHERE } };
  const answer = await withWeights(path, named ? { ...body, own: { key: own.key } } : body, question);
  const whole = answer?.missing && own ? await withWeights(path, { ...body, own }, question) : answer;
  if (whole?.missing) return { refused: { field: "dataset", text: ELSEWHERE } };
  if (named) await baptise(own, whole);
  return whole;
}

// A question that ends, in flight too, as soon as `wanted` says that nobody waits any more, or at once with `until`.
/** @param {string} path @param {any} body @param {any} given */
async function question(path, body, { wanted, until, ...rest }) {
  if (!wanted()) return null;
  const controller = new AbortController();
  until?.then(() => controller.abort());
  const watch = setInterval(() => wanted() || controller.abort(), WATCH);
  try {
    return await withOwn(path, body, { signal: controller.signal, ...rest });
  } finally {
    clearInterval(watch);
  }
}

const always = () => true;
/** @param {Answer} answer */
const asItIs = (answer) => answer;

// The answer, or {refused}, after a few tries; null once nobody waits.
/** @param {string} path @param {any} body @param {Wanted} [wanted] @returns {Promise<Answer>} */
export const post = (path, body, wanted = always) => question(path, body, { wanted, tries: TRIES, read: asItIs });

// The same, tried so many times or until the person gives it up: for what the walk cannot go on without.
/**
 * @param {string} path
 * @param {any} body
 * @param {Wanted} [wanted]
 * @param {{ tries?: number, read?: (answer: Answer) => Answer }} [given]
 * @returns {Promise<Answer>}
 */
export async function insist(path, body, wanted = always, { tries = Infinity, read = asItIs } = {}) {
  /** @type {() => void} */
  let giveUp = () => {};
  const givenUp = new Promise((done) => { giveUp = () => done(refusal(GIVEN_UP, { givenUp: true })); });
  walked.add(giveUp);
  try {
    return await Promise.race([question(path, body, { wanted, until: givenUp, tries, read }), givenUp]);
  } finally {
    walked.delete(giveUp);
  }
}

export const giveUp = () => walked.forEach((one) => one());

// The answer with its pass made readable; an error where it is no answer to such a question.
/** @param {any} answer @param {Weights} [given] */
function readPass(answer, given) {
  if (answer.pass) return { ...answer, pass: openPass(answer.pass, given) };
  if (!answer.refused && !answer.busy && !answer.missing) throw new Error("no pass");
  return answer;
}

/** @param {any} body @param {Wanted} [wanted] @param {number} [tries] */
export const ask = (body, wanted, tries = Infinity) =>
  insist("pass", body, wanted, { tries, read: (answer) => readPass(answer, body.weights) });

// Each answer says which version of the server it comes from.
/** @param {(version: string | null) => void} listener */
export function whenVersion(listener) {
  versionHeard = listener;
}
