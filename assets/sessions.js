// Whole sessions of the stage: put on it, started anew, undone and done again.
"use strict";
window.deltaflow = window.deltaflow || {};

(function (deltaflow) {
  const MOST_UNDO = 50;
  const { state, ask, patiently, refuse, take, stage } = deltaflow.player;

  const snapshot = () => ({
    fields: state.fields, weights: deltaflow.arrays.weights(state.pass, "before"), iteration: state.pass.iteration,
    start: state.start, made: state.made, amended: state.amended,
    cursor: state.cursor, behind: state.behind, losses: state.losses,
    run: state.run, history: state.history,
  });

  const alike = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  // What is about to be changed can be had back; a new change ends what could be redone.
  function remember(before) {
    state.undo = [...state.undo.slice(1 - MOST_UNDO), before];
    state.redo = [];
  }

  const UNTRAINED = { run: deltaflow.history.START, history: deltaflow.history.empty() };

  function begin(pass) {
    const start = deltaflow.arrays.weights(pass, "before");
    Object.assign(state, { start, made: null, amended: false, behind: [], losses: [], training: false, ...UNTRAINED });
  }

  // Put a whole session on the stage; true where the server took it.
  async function restore(session) {
    const answer = await patiently(ask(
      { fields: session.fields, weights: session.weights, iteration: session.iteration }));
    if (answer.refused) return refuse(answer);
    return put(session, answer);
  }

  // The session that the tab had kept; the answer, or why it cannot be put on the stage.
  async function resume(session) {
    const { fields, weights, iteration } = session;
    const answer = await patiently(ask({ fields, weights, iteration }));
    if (answer.pass) put(session, answer);
    return answer;
  }

  function put(session, answer) {
    const { start, made = null, amended, behind, losses, run = UNTRAINED.run, history = UNTRAINED.history } = session;
    Object.assign(state, { start, made, amended: Boolean(amended), behind, losses, run, history });
    take(answer.pass, session.cursor);
    deltaflow.page.accept(null, answer.notices);
    return true;
  }

  // A session out of a file, once the server has found nothing wrong with it; what is wrong is the answer.
  async function bring(session, told, own) {
    const before = snapshot();
    const { fields, weights, iteration } = session;
    const answer = await patiently(ask({ fields, weights, iteration, ...(own && { own }) }));
    if (answer.refused) return answer.refused.text;
    if (answer.fresh) return ["Its settings do not go together.", ...answer.notices].join(" ");
    // Not before the server has found that they are what their name says.
    if (own) await deltaflow.data.keep({ ...own, name: answer.pass.fields["own-data"] });
    put(session, answer);
    state.picked = null;
    remember(before);
    deltaflow.page.say([told, ...answer.notices].join(" "));
    return null;
  }

  // Another stage altogether (an example, a file, a run beside): its weights are the new start.
  async function load({ fields, weights, iteration = 0, start = weights, run, history }, told) {
    const before = state.pass && snapshot();
    const session = { fields, weights, start, iteration, run, history, cursor: 0, behind: [], losses: [] };
    if (!(await restore(session))) return;
    state.picked = null;
    if (before) remember(before);
    if (told) deltaflow.page.say(told);
  }

  const DATA = ["dataset", "sample", "sample-x", "sample-y"];
  const dataOf = (fields) => Object.fromEntries(DATA.map((name) => [name, fields[name]]));

  // The start without the edits that now make it, as long as there are any.
  function madeBefore(before, fields, weights) {
    const made = before.made || { weights: before.start, data: dataOf(before.fields) };
    return alike(made, { weights, data: dataOf(fields) }) ? null : made;
  }

  // What a changed field leaves of the start and of the run.
  function edited(field, { fresh, pass }, weights) {
    if (fresh) begin(pass);
    else if (deltaflow.picture.decides(field)) Object.assign(state, { training: false, ...UNTRAINED });
    else if (state.made && DATA.includes(field)) {
      const made = { ...state.made, data: dataOf(pass.fields) };
      state.made = madeBefore({ made }, pass.fields, weights);
    }
  }

  // Changed numbers on the same stage, at the same position; in the first step they are the new start.
  async function amend({ fields = state.fields, weights }, told) {
    const before = snapshot();
    const edits = before.iteration === 0
      ? { start: weights, made: madeBefore(before, fields, weights) }
      : { amended: true };
    if (!(await restore({ ...before, fields, weights, ...edits }))) return;
    remember(before);
    if (told) deltaflow.page.say(told);
  }

  // A typed number or a pasted matrix: the server reads it and puts it in its place.
  async function change(what, settle) {
    const answer = await patiently(deltaflow.exchange.insist("amend", { ...stage(), ...what }));
    if (!answer.refused) await amend(answer, answer.told);
    settle(answer);
  }

  const atStart = () => state.cursor === 0 && state.pass.iteration === 0 && state.run.batch === 0;

  // To the start; from there on to the start as it was before it was edited.
  async function reset() {
    const before = snapshot();
    const { made } = before;
    const unedited = atStart() && {
      weights: made.weights, start: made.weights, made: null, fields: { ...before.fields, ...made.data },
    };
    state.playing = false;
    const again = {
      ...before, weights: state.start, iteration: 0, cursor: 0, behind: [], losses: [], amended: false,
      run: UNTRAINED.run, history: deltaflow.history.rewound(state.history), ...unedited,
    };
    if (!(await restore(again))) return;
    remember(before);
    const where = unedited ? "The edits are taken back: the start as it was made" : `Back at the start${made ? ", as edited; Reset again takes the edits back" : ""}`;
    deltaflow.page.say(`${where}. Undo takes you back to where you were.`);
  }

  // Undo and redo are one move between two stacks.
  async function turnBack(from, to, told) {
    const here = snapshot();
    const there = state[from][state[from].length - 1];
    if (!(await restore(there))) return;
    state[from] = state[from].slice(0, -1);
    state[to] = [...state[to], here];
    deltaflow.page.say(told);
  }

  const undo = () => turnBack("undo", "redo", "Undone.");
  const redo = () => turnBack("redo", "undo", "Done again.");

  Object.assign(deltaflow.player.actions, { restore, bring, load, amend, change, reset, undo, redo });
  deltaflow.sessions = { resume, snapshot, alike, remember, begin, edited, atStart };
})(window.deltaflow);
