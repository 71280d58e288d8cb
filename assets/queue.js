// Every action waits its turn, so that none is lost while the server is asked.
"use strict";
window.deltaflow = window.deltaflow || {};

(function (deltaflow) {
  const WAITS_FOR_SERVER = ["edit", "change", "look", "load"];
  const KEEPS_TRAINING = ["turn", "edit", "look", "pick"];
  const queue = [];
  let running = false;
  let current = null; // the action that is being done

  // A move that needs no server may overtake an edit that waits for one; steps keep their order.
  function mayOvertake(action) {
    const { state, isAtHand } = deltaflow.player;
    return state.waiting && !queue.length && WAITS_FOR_SERVER.includes(current) && isAtHand(action);
  }

  async function drain() {
    const { state, act } = deltaflow.player;
    running = true;
    try {
      while (queue.length) {
        const { action, details, done } = queue.shift();
        current = action;
        let result;
        try {
          result = await act(action, ...details);
          if (state.pass) deltaflow.page.show();
          deltaflow.keeping.changed();
        } catch (error) {
          // One action that fails must not keep those behind it from being done.
          console.error(error);
          deltaflow.page.say(`This could not be shown (${error.message}). Undo or a reload helps; nothing is lost.`, "error");
        }
        done(result);
      }
    } finally {
      running = false;
      current = null;
    }
  }

  // Settles when the action has been done, with its answer.
  function press(action, ...details) {
    if (!KEEPS_TRAINING.includes(action)) deltaflow.player.state.training = false;
    if (action !== "turn") deltaflow.page.hush();
    if (mayOvertake(action)) {
      deltaflow.player.act(action, ...details);
      deltaflow.keeping.changed();
      return deltaflow.page.show();
    }
    return new Promise((done) => {
      queue.push({ action, details, done });
      if (!running) drain();
    });
  }

  deltaflow.queue = { press };
})(window.deltaflow);
