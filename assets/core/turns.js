// A chain of turns: how many batches the next one has, asking for it, and what its answer leaves in a history.

import { record as recordIn } from "./history.js";

const TURN_MS = 40;
/** @param {number} ms */
const wait = (ms) => new Promise((go) => setTimeout(go, ms));

// `size` grows or shrinks towards TURN_MS of the server's time, `most` is the server's own limit.
export function chain() {
  const self = { size: 1, most: 1, fixed: 0, ask };

  // What a turn takes beside its batches, for the plots, does not count: that of no batches tells it.
  /** @param {any} took @param {number} batches */
  function adapt(took, batches) {
    if (!batches) self.fixed = took || 0;
    if (!took || !batches) return;
    const wanted = (batches * TURN_MS) / Math.max(1, took - self.fixed);
    const usual = Math.max(self.size, batches); // a busy server has done fewer
    const next = Math.round(Math.min(2 * usual, Math.max(0.4 * usual, wanted)));
    self.size = Math.max(1, Math.min(self.most, next));
  }

  // The answer to `send(batches, waited)`; where the server is busy, when and for as many as it says.
  /**
   * @param {(batches: number, waited: number) => Promise<Answer>} send
   * @param {number} batches
   * @param {Wanted} [wanted]
   */
  async function ask(send, batches, wanted = () => true) {
    let waited = 0; // milliseconds, as the server told: nobody overtakes who has waited
    for (let count = batches; wanted(); ) {
      const answer = await send(count, waited);
      if (!answer?.busy) {
        self.most = answer?.most_batches ?? self.most;
        adapt(answer?.took, count);
        return answer;
      }
      count = Math.max(1, Math.min(count, answer.busy.batches));
      waited = answer.busy.after;
      await wait(waited);
    }
    return undefined;
  }

  return self;
}

// The history with the point of the curves and the entry to come back to that an answer makes.
/** @param {RunHistory} history @param {any} answer @param {number} [bytes] */
export function record(history, answer, bytes) {
  const { batch, epoch, metrics, views, weights, iteration } = answer;
  const { delta, dw } = views.layers || {};
  const point = { batch, epoch, ...metrics, delta, dw };
  const entry = { batch, epoch, weights, iteration, run: { batch, state: answer.state } };
  return recordIn(history, point, entry, bytes);
}
