// The state of the walk and everything that can be done to it, one action after the other.
"use strict";
window.deltaflow = window.deltaflow || {};

(function (deltaflow) {
  const MOST_BEHIND = 2000;
  const MOST_BEHIND_BYTES = 16e6;
  const MOST_PASSES = 4;
  const MOST_LOSSES = 512;
  const SLOW = 600;

  const state = {
    defaults: {}, fields: {}, pass: null, cursor: 0, picked: null, playing: false,
    focus: { mode: "one", layer: null, neuron: 1, input: null, sample: 1, whole: false },
    ahead: null, behind: [], start: null, made: null, amended: false, losses: [], undo: [], redo: [], waiting: false,
    training: false, run: deltaflow.history.START, history: deltaflow.history.empty(),
  };
  const position = () => state.pass.positions[state.cursor];
  const sessions = () => deltaflow.sessions;
  // The losses before every update, thinned by half when they are many: a plot never grows dearer.
  function recordLoss() {
    if (position().kind !== "update") return;
    const { iteration, sizes } = state.pass;
    const loss = deltaflow.arrays.read(state.pass, state.cursor, "J", sizes.length, 1);
    const before = state.losses.filter(([at]) => at < iteration + 1);
    const thin = before.length < MOST_LOSSES ? before : before.filter((_, i) => i % 2 === 0);
    state.losses = [...thin, [iteration + 1, loss]];
  }

  function moveTo(cursor) {
    state.cursor = cursor;
    recordLoss();
  }

  // What of the focus a stage with these fields has a place for.
  function focusFor(fields) {
    const places = (texts) => String([texts["layer-sizes"], texts["dataset"], texts["sample-x"]?.split(";").length]);
    const same = places(fields) === places(state.fields);
    return same ? state.focus : { ...state.focus, layer: null, neuron: 1, input: null, sample: 1 };
  }

  // Ask for a pass with the focus of the formulas, which it carries from then on.
  async function ask(body, wanted, tries) {
    const focus = focusFor(body.fields);
    const answer = await deltaflow.exchange.ask({ ...body, focus }, wanted, tries);
    if (answer?.pass) answer.pass.focus = focus;
    return answer;
  }

  // A few tries: a server that is out of reach is asked on when the step is wanted.
  function fetchAhead(tries = deltaflow.exchange.TRIES) {
    const pass = state.pass;
    const last = pass.positions[pass.last];
    state.ahead = null;
    if (last.kind !== "update") return;
    const body = { fields: pass.fields, weights: deltaflow.arrays.weights(pass, "after"), iteration: pass.iteration + 1 };
    state.ahead = ask(body, () => state.pass === pass, tries);
  }

  function take(pass, cursor) {
    state.pass = pass;
    state.fields = pass.fields;
    state.focus = pass.focus || state.focus;
    if (state.picked > pass.sizes.length) state.picked = null;
    moveTo(Math.min(cursor, pass.last));
    fetchAhead();
    deltaflow.page.planned(pass);
  }

  // Wait for an answer, telling so only when it takes long.
  async function patiently(answer) {
    const timer = setTimeout(() => {
      state.waiting = true;
      const words = state.pass ? "nothing is lost, the walk goes on when it answers." : "the page opens when it answers.";
      const stop = state.pass ? [["Stop waiting", deltaflow.exchange.giveUp]] : [];
      deltaflow.page.say(`Waiting for the server; ${words}`, "wait", stop);
    }, SLOW);
    const got = await answer;
    clearTimeout(timer);
    if (state.waiting) deltaflow.page.say("");
    state.waiting = false;
    return got;
  }

  // The steps before this one: their weights while the budget lasts, whole passes of the last few.
  function pushBehind(weights, pass) {
    const size = Object.values(weights).flatMap(Object.values).reduce((sum, text) => sum + text.length, 0);
    const most = Math.max(1, Math.min(MOST_BEHIND, Math.floor(MOST_BEHIND_BYTES / size)));
    const all = [...state.behind, { weights, pass, fields: pass.fields }].slice(-most);
    const aged = all.length - MOST_PASSES - 1;
    if (aged >= 0) all[aged] = { ...all[aged], pass: undefined };
    state.behind = all;
  }

  const next = () => (state.cursor < state.pass.last ? moveTo(state.cursor + 1) : nextStep());
  const back = () => (state.cursor > 0 ? moveTo(state.cursor - 1) : stepBefore());

  async function nextStep() {
    let answer = await patiently(state.ahead);
    if (answer?.refused?.unanswered) {
      fetchAhead(Infinity);
      answer = await patiently(state.ahead);
    }
    if (answer?.refused?.givenUp) fetchAhead();
    if (!answer || answer.refused) return refuse(answer);
    pushBehind(deltaflow.arrays.weights(state.pass, "before"), state.pass);
    return take(answer.pass, 0);
  }

  // Back across an update: the step as it was. What was changed since is kept for Undo.
  async function stepBefore() {
    const before = state.behind[state.behind.length - 1];
    const fields = { ...before.fields, granularity: state.fields.granularity };
    const { alike, remember, snapshot } = sessions();
    const same = before.pass && alike(before.pass.fields, fields) && alike(before.pass.focus, state.focus);
    const answer = same ? before : await patiently(ask(
      { fields, weights: before.weights, iteration: state.pass.iteration - 1 }));
    if (answer.refused) return refuse(answer);
    const changed = !alike(fields, state.fields) || !alike(deltaflow.arrays.weights(answer.pass, "after"), stage().weights);
    if (changed) remember(snapshot());
    state.behind = state.behind.slice(0, -1);
    take(answer.pass, answer.pass.last);
    if (!changed) return undefined;
    deltaflow.page.accept();
    return deltaflow.page.say("This is the step before your change; Undo returns to it.");
  }

  function refuse(answer) {
    if (answer) deltaflow.page.refuse(answer.refused, state.fields);
    state.playing = false;
  }

  // The position of the new pass that matches the one on the screen.
  function matching(pass) {
    const { kind, layer } = position();
    const at = pass.positions.findIndex((p) => p.kind === kind && p.layer === layer);
    const same = pass.positions.length === state.pass.positions.length;
    return same ? state.cursor : Math.max(0, at);
  }

  async function edit(field, text, more = {}) {
    if (text === state.fields[field]) return deltaflow.page.accept(field);
    const weights = deltaflow.arrays.weights(state.pass, "before");
    const fields = { ...state.fields, ...more, [field]: text };
    const answer = await patiently(ask(
      { fields, changed: field, weights, iteration: state.pass.iteration }));
    if (answer.refused) return refuse(answer);
    sessions().remember(sessions().snapshot());
    const cursor = answer.fresh ? 0 : matching(answer.pass);
    sessions().edited(field, answer, weights);
    take(answer.pass, cursor);
    return deltaflow.page.accept(field, answer.notices);
  }

  // What stands on the stage, as a request carries it.
  const stage = () => ({
    fields: state.fields, weights: deltaflow.arrays.weights(state.pass, "before"), iteration: state.pass.iteration,
  });

  // Look at another neuron, weight or sample: the same pass with other formulas, in one call.
  async function look(change) {
    const before = state.focus;
    state.focus = { ...before, ...change };
    const answer = await patiently(ask(stage()));
    state.focus = before;
    if (answer.refused) return refuse(answer);
    if (change.layer !== undefined) state.picked = change.layer;
    return take(answer.pass, state.cursor);
  }

  // So many batches of training, or only what the plots show of these weights. The stage then stands
  // at the input, with the new weights and without a pass: `settle` fetches it when it is needed.
  async function turn(batches, from = state, waited = 0) {
    const { batch, state: slots } = from.run;
    const weights = from === state ? stage() : { ...stage(), weights: from.weights, iteration: from.iteration };
    const asked = { ...weights, batch, state: slots, batches, waited, views: deltaflow.plots.wanted() };
    const answer = await patiently(deltaflow.exchange.insist("train", asked));
    if (answer.refused) {
      refuse(answer);
      return answer;
    }
    if (answer.busy) return answer;
    if (batches || from !== state) {
      state.pass = deltaflow.arrays.live(state.pass, answer);
      Object.assign(state, { cursor: 0, behind: [], ahead: null, run: { batch: answer.batch, state: answer.state } });
    }
    return answer;
  }

  // The pass of the weights that a run has come to.
  async function settle() {
    if (!state.pass.live) return;
    const answer = await patiently(ask(stage()));
    if (answer.refused) refuse(answer);
    else take(answer.pass, 0);
  }

  const ACTIONS = {
    next, back, edit, look, turn, settle,
    home: () => moveTo(0),
    timeline: (cursor) => moveTo(Math.min(cursor, state.pass.last)),
    pick: (layer) => { state.picked = layer || null; },
  };

  const LIVE = ["turn", "settle"];

  const stepping = (control) => position().buttons[control]?.enabled;

  // Whether a control can act now; one that cannot is shown disabled.
  function can(control) {
    if (control in position().buttons) return stepping(control);
    if (control === "next" || control === "play") return state.cursor < state.pass.last || Boolean(state.ahead);
    if (control === "back") return state.cursor > 0 || state.behind.length > 0;
    if (control === "undo" || control === "redo") return state[control].length > 0;
    if (control === "reset") return !sessions().atStart() || Boolean(state.made);
    return true;
  }

  // Nothing, or a promise where the server has to be asked; what a run left unfinished comes first.
  function act(action, ...details) {
    if (state.pass && !can(action)) return undefined;
    const perform = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : next;
    if (!state.pass?.live || LIVE.includes(action)) return perform(...details);
    return settle().then(() => perform(...details));
  }

  // Whether an action needs no server, so that it may overtake one that waits for it.
  function isAtHand(action) {
    if (["home", "timeline", "pick"].includes(action)) return !state.pass.live;
    if (action === "back") return state.cursor > 0;
    return (!ACTIONS[action] || action === "next") && !state.pass.live && state.cursor < state.pass.last;
  }

  deltaflow.player = {
    state, act, isAtHand, can, stage, take, ask, patiently, refuse, actions: ACTIONS,
    press: (...asked) => deltaflow.queue.press(...asked),
  };
})(window.deltaflow);
