// A chain of turns: how many batches the next one has, asking for it, and what its answer leaves in a history.

import { record as recordIn } from "./history.js";

const LONG = 40; // milliseconds of the server's time, where others want it as well
const SHORT = 12; // where each turn is a picture
const CALM = 20; // turns that nobody was in the way of, after which they may be short again
const CHEAP = 4; // milliseconds of measuring that every turn may have
const REST = 9; // times as long as a dearer one took it is left alone
const WATCH = 50;

/** @param {number} ms */
const pause = (ms) => new Promise((go) => setTimeout(go, ms));

// So many milliseconds, or until nobody waits any more.
/** @param {number} ms @param {Wanted} wanted */
async function wait(ms, wanted) {
  for (let left = ms; left > 0 && wanted(); left -= WATCH) await pause(Math.min(left, WATCH));
}

/** @param {number} ms */
const within = (ms) => Math.min(LONG, Math.max(SHORT, ms));

// How long a turn is to be: as long as what lies between two of them, the way to the server and the pictures,
// so that at least half of the time is the server's; long where it is busy, or where no turn is a picture.
/** @param {boolean} pictured */
function length(pictured) {
  let [between, calm] = [0, CALM];
  let ended = 0;

  /** @param {number} took @param {boolean} busy */
  return (took, busy) => {
    const now = performance.now();
    const around = ended ? Math.max(0, now - ended - took) : 0;
    ended = now;
    calm = busy ? 0 : calm + 1;
    if (!busy) between += 0.2 * (around - between);
    return pictured && calm >= CALM ? within(between) : LONG;
  };
}

// When a turn is measured, which takes a pass of all samples: always where that is cheap, else so seldom that it
// is a tenth of the time.
function measuring() {
  let [cost, count, since, each] = [Infinity, 0, 0, 0];

  /** @param {number} took @param {number} batches @param {boolean} measured */
  function heed(took, batches, measured) {
    if (measured) cost = Math.min(cost, Math.max(0, took - batches * each));
    else each = took / Math.max(1, batches);
    [count, since] = measured ? [count + 1, 0] : [count, since + took];
  }
  // The first few are dear for reasons of their own.
  return { heed, due: () => count < 4 || cost <= CHEAP || since >= REST * cost };
}

// The size of the turn after one of so many batches, if it is to take `ms` and that one took so long.
/** @param {number} size @param {number} batches @param {number} took @param {number} ms */
function adapted(size, batches, took, ms) {
  const usual = Math.max(size, batches); // a busy server has done fewer
  const wanted = (batches * ms) / Math.max(1, took);
  return Math.round(Math.min(2 * usual, Math.max(0.4 * usual, wanted)));
}

// `size` grows or shrinks towards the length of a turn, `most` is the server's own limit; `pictured`: whether each
// turn is to be seen.
export function chain(pictured = false) {
  const [lengthOf, measured] = [length(pictured), measuring()];
  const self = { size: 1, most: 1, fixed: 0, ask, due: measured.due };

  // What a turn takes beside its batches, for the plots, does not count: that of no batches tells it.
  /** @param {any} answer @param {number} batches @param {boolean} busy */
  function heed({ took = 0, most_batches: most = self.most, metrics }, batches, busy) {
    const [ms, whole] = [lengthOf(took, busy), metrics !== null];
    measured.heed(took, batches, whole);
    self.most = most;
    if (!batches) self.fixed = took;
    if (!took || !batches) return;
    const next = adapted(self.size, batches, took - (whole ? self.fixed : 0), ms);
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
        if (answer && !answer.refused) heed(answer, count, waited > 0);
        return answer;
      }
      count = Math.min(count, Math.max(1, answer.busy.batches)); // none stay none: plots without training
      waited = answer.busy.after;
      await wait(waited, wanted);
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
