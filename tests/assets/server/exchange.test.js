// How long a question is asked, and what counts as an answer; the clock is the test's own.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { open, weights } from "../../../assets/core/pass.js";
import { TRIES, ask, giveUp, insist, post } from "../../../assets/server/exchange.js";
import { smallPass } from "../small_pass.js";

const answer = (body, { ok = true, status = 200, statusText = "" } = {}) => Promise.resolve(
  { ok, status, statusText, headers: new Headers(), json: async () => JSON.parse(body) });
const bad = () => answer("<html>Bad Gateway", { ok: false, status: 502, statusText: "Bad Gateway" });
const hang = ({ signal }) => new Promise((_, fail) => {
  signal.addEventListener("abort", () => { aborted += 1; fail(new Error("cut")); });
});
const whole = () => answer(JSON.stringify({ pass: smallPass(), notices: [], fresh: false }));
// What is no answer to a question for a pass.
const FAULTS = {
  "a bad gateway": bad,
  "too many requests": () => answer("", { ok: false, status: 429 }),
  "a login page": () => answer("<html>Log in"),
  "null": () => answer("null"),
  "a text": () => answer('"pass"'),
  "an empty object": () => answer("{}"),
  "another object": () => answer('{"x": 1}'),
  "half a pass": () => answer('{"pass": {}}'),
  "a dropped connection": () => Promise.reject(new TypeError("Failed to fetch")),
};

let fault; // makes the answer to a question
let times; // when each was asked, in milliseconds
let aborted;
let now;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  [times, aborted, now] = [[], 0, 0];
  globalThis.fetch = (path, question) => {
    times.push(now);
    return fault(question, path);
  };
});
afterEach(() => mock.timers.reset());

// So many milliseconds go by, in steps of which each lets what it wakes go on.
async function pass(ms, step = 50) {
  for (let gone = 0; gone < ms; gone += step) {
    await new Promise((go) => setImmediate(go));
    now += step;
    mock.timers.tick(step);
  }
  await new Promise((go) => setImmediate(go));
}

for (const [name, one] of Object.entries(FAULTS)) {
  test(`${name} is waited out with longer and longer pauses`, async () => {
    fault = one;
    let got = null;
    ask({ fields: {} }).then((found) => { got = found; });
    await pass(10000);
    assert.deepEqual([times, got], [[0, 300, 1000, 2500, 5500, 8500], null]);
    fault = whole;
    await pass(3000);
    assert.deepEqual([got.pass.iteration, times.length], [0, 7]);
  });
}

test("a try that is not answered is ended after a while, and another one made", async () => {
  fault = hang;
  let got = null;
  ask({ fields: {} }).then((found) => { got = found; });
  await pass(19000);
  assert.deepEqual([times, aborted], [[0], 0]);
  fault = whole;
  await pass(3000);
  assert.deepEqual([aborted, times.length, got.pass.iteration], [1, 2, 0]);
});

test("a question that nothing depends on is asked a few times, and then told to have no answer", async () => {
  fault = bad;
  let got = null;
  post("check", {}).then((found) => { got = found; });
  await pass(60000);
  assert.deepEqual(times, [0, 300, 1000, 2500]);
  assert.equal(times.length, TRIES);
  assert.deepEqual([got.refused.text.key, got.refused.unanswered], ["server.unanswered", true]);
});

for (const status of [400, 403, 413]) {
  test(`what is refused with ${status} is told with its reason and not asked again`, async () => {
    const told = [];
    for (const body of ["no", '{"error": "request: it is larger than 16 MB."}']) {
      times = [];
      fault = () => answer(body, { ok: false, status });
      ask({ fields: {} }).then(({ refused }) => told.push(refused));
      await pass(60000);
      assert.deepEqual([times.length, told.at(-1).status, told.at(-1).field], [1, status, null]);
    }
    assert.deepEqual([told[0].text.key, told[0].text.arguments.status], ["server.refused", String(status)]);
    assert.equal(told[1].text, "request: it is larger than 16 MB.");
  });
}

test("what the server's answer refuses is not asked again", async () => {
  fault = () => answer('{"refused": {"field": null, "text": "This took too long."}}');
  let got = null;
  post("check", {}).then((found) => { got = found; });
  await pass(60000);
  assert.deepEqual([times, got.refused.text], [[0], "This took too long."]);
});

test("a busy server is asked again when it says, and not for ever", async () => {
  fault = () => answer('{"busy": {"after": 2000}}');
  let got = null;
  post("check", {}).then((found) => { got = found; });
  await pass(60000);
  assert.deepEqual(times, [0, 2000, 4000, 6000, 8000, 10000, 12000, 14000, 16000]);
  assert.equal(got.refused.text.key, "server.busy");
});

test("a busy server that names no time of its own is not asked without a pause for ever", async () => {
  fault = () => answer('{"busy": {"after": 1e9}}');
  let got = null;
  post("check", {}).then((found) => { got = found; });
  await pass(90000);
  assert.deepEqual([times.length, times[1]], [9, 10000]);
  assert.equal(got.refused.text.key, "server.busy");
});

test("what nobody waits for any more is ended on its way and not asked again", async () => {
  fault = hang;
  let [wanted, got] = [true, "nothing yet"];
  post("check", {}, () => wanted).then((found) => { got = found; });
  await pass(1000);
  wanted = false;
  await pass(60000);
  assert.deepEqual([times, aborted, got], [[0], 1, null]);
});

// Also just before it would be asked again.
for (const after of [250, 950, 1000]) {
  test(`what the walk waits for can be given up after ${after} milliseconds`, async () => {
    fault = bad;
    let got = null;
    insist("pass", {}).then((found) => { got = found; });
    await pass(after);
    const before = times.length;
    giveUp();
    await pass(60000);
    assert.deepEqual([times.length, got.refused.text.key, got.refused.givenUp], [before, "server.given_up", true]);
  });
}

test("large weights go by their name, and whole where the server has them no more", async () => {
  const named = { before: "n0", after: "n1" };
  const wire = { ...smallPass(), named };
  const stage = weights(open(wire), "after");
  const asked = [];
  const lanes = [];
  let forgets = false;
  fault = ({ body, headers }) => {
    asked.push(JSON.parse(body));
    lanes.push(headers["Deltaflow-Lane"]);
    const { weights: given } = asked.at(-1);
    return forgets && given.named ? answer('{"missing": "n1"}') : answer(JSON.stringify({ pass: wire }));
  };
  const got = [];
  ask({ fields: {}, weights: stage }).then(({ pass: one }) => got.push(one));
  await pass(100);
  assert.deepEqual(asked.map(({ weights: one }) => one), [{ named: "n1" }]);
  forgets = true;
  ask({ fields: {}, weights: stage }).then(({ pass: one }) => got.push(one));
  await pass(100);
  assert.deepEqual(asked.slice(1).map(({ weights: one }) => one), [{ named: "n1" }, stage]);
  assert.equal(got.length, 2);
  // What has no name goes whole at once.
  post("check", { weights: { ...stage } });
  await pass(100);
  assert.deepEqual(asked.at(-1).weights, stage);
  // All about large weights goes one way, so that the process which has been told of them is asked.
  assert.deepEqual([new Set(lanes.slice(0, 3)).size, lanes.at(-1)], [1, undefined]);
  assert.match(lanes[0], /^\d{1,3}$/);
});

test("weights that the request carried are put in where the answer leaves them out", async () => {
  const wire = smallPass();
  const stage = weights(open(wire), "before");
  for (const value of wire.values.filter(({ symbol }) => symbol === "w").slice(0, 1)) {
    delete value.data;
    value.recipe = "given";
  }
  fault = () => answer(JSON.stringify({ pass: wire }));
  let got = null;
  ask({ fields: {}, weights: stage }).then((found) => { got = found.pass; });
  await pass(100);
  assert.deepEqual(weights(got, "before"), stage);
});
