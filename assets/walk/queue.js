// Every action waits its turn, so that none is lost while the server is asked.

import { message } from "../core/messages.js";
import { act, halt, isAtHand } from "./actions.js";
import { announce, tell } from "./announce.js";
import { changed as keepSoon } from "./keeping.js";
import { state } from "./state.js";

const WAITS_FOR_SERVER = ["edit", "change", "look", "load"];
const TURNS = ["train", "measure", "visit"];
const KEEPS_TRAINING = [...TURNS, "edit", "look", "pick"];
/** @type {{ action: string, details: any[], done: (result: any) => void }[]} */
const queue = [];
let running = false;
/** @type {string | null} */
let current = null; // the action that is being done

// A move that needs no server may overtake an edit that waits for one; steps keep their order.
/** @param {string} action */
function mayOvertake(action) {
  return state.waiting && !queue.length && WAITS_FOR_SERVER.includes(current || "") && isAtHand(action);
}

async function drain() {
  running = true;
  try {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { action, details, done } = next;
      current = action;
      /** @type {unknown} */
      let result;
      try {
        result = await act(action, ...details);
        // A run shows its own pictures: the next turn is asked for before the last is drawn.
        if (state.pass && !TURNS.includes(action)) announce("changed");
        keepSoon();
      } catch (/** @type {any} */ error) {
        // One action that fails must not keep those behind it from being done.
        console.error(error);
        tell(message("walk.failed", { error: error.message }), "error");
      }
      done(result);
    }
  } finally {
    running = false;
    current = null;
  }
}

// Settles when the action has been done, with its answer.
/** @param {string} action @param {...any} details @returns {Promise<any>} */
export function press(action, ...details) {
  if (!KEEPS_TRAINING.includes(action)) halt();
  if (!TURNS.includes(action)) announce("pressed");
  if (mayOvertake(action)) {
    act(action, ...details);
    keepSoon();
    announce("changed");
    return Promise.resolve();
  }
  return new Promise((done) => {
    queue.push({ action, details, done });
    if (!running) drain();
  });
}
