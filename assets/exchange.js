// Asking the server, with patience: it may be slow, restarting or out of reach for a while.
"use strict";
window.deltaflow = window.deltaflow || {};

(function (deltaflow) {
  const LONGEST_WAIT = 20000;
  const PAUSES = [300, 700, 1500, 3000];
  const pause = (ms) => new Promise((go) => setTimeout(go, ms));

  async function once(body) {
    const answer = await fetch("pass", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(LONGEST_WAIT),
    });
    const content = await answer.json();
    if (answer.status >= 400 && answer.status < 500) return { refused: { field: null, text: content.error } };
    if (!answer.ok) throw new Error(content.error);
    return content;
  }

  // A pass, or {refused}: tried again until the server answers or `wanted` says that nobody waits any more.
  async function ask(body, wanted = () => true) {
    for (let tries = 0; wanted(); tries++) {
      try {
        const answer = await once(body);
        return answer.pass ? { ...answer, pass: deltaflow.arrays.open(answer.pass) } : answer;
      } catch (error) {
        await pause(PAUSES[Math.min(tries, PAUSES.length - 1)]);
      }
    }
    return null;
  }

  deltaflow.exchange = { ask };
})(window.deltaflow);
