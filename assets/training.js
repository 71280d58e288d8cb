// A run: a chain of short turns, the next asked for when the last is drawn. A pause is at once.
"use strict";
window.deltaflow = window.deltaflow || {};

(function (deltaflow) {
  const by = (id) => document.getElementById(id);
  let chain = null; // of the run that goes on
  let pace = []; // [time, epoch] of the last turns
  let goal = null; // the batch at which the run ends
  let perEpoch = 1;

  const nextFrame = () => new Promise((go) => requestAnimationFrame(go));

  // The batches between two pictures at the chosen speed.
  function stride() {
    const speed = by("train-speed").value;
    if (speed === "batch") return 1;
    return Math.min(chain.most, Number(speed) ? Number(speed) * perEpoch : chain.size);
  }

  // One request, in its turn among all other actions; undefined where the run has to end.
  async function turn(batches) {
    const { state, press } = deltaflow.player;
    const answer = await chain.ask((count, waited) => press("turn", count, state, waited), batches, () => state.training);
    if (!answer || answer.refused) return undefined;
    perEpoch = answer.per_epoch;
    const known = deltaflow.history.branchOf(state.history).points.some(({ batch }) => batch === answer.batch);
    if (!known) state.history = deltaflow.turns.record(state.history, answer);
    deltaflow.plots.take(answer);
    return answer;
  }

  // The point from which a run starts, if no curve has it yet.
  async function begin() {
    const { state } = deltaflow.player;
    deltaflow.sessions.remember(deltaflow.sessions.snapshot());
    const weights = deltaflow.arrays.weights(state.pass, "before");
    state.history = deltaflow.history.ready(deltaflow.history.visiting(state.history, state.run.batch), weights);
    return turn(0);
  }

  // How far a run goes: so many batches, to the end of the epoch, or to the next multiple of `epochs`.
  function goalOf(state, what) {
    const { batch } = state.run;
    if (what === "batch") return batch + 1;
    const span = perEpoch * (what === "epoch" ? 1 : Number(state.fields.epochs));
    return (Math.floor(batch / span) + 1) * span;
  }

  async function run(what) {
    const { state } = deltaflow.player;
    state.training = true;
    pace = [];
    chain = deltaflow.turns.chain(); // the first pictures come soon, the later ones at full speed
    let answer = await begin();
    goal = answer && goalOf(state, what);
    while (answer && state.training && state.run.batch < goal) {
      const batches = Math.min(stride(), goal - state.run.batch);
      answer = await turn(batches);
      if (!answer) break;
      keepPace(answer.epoch);
      if (answer.reached || answer.stopped) break;
      await nextFrame();
    }
    state.training = false;
    await deltaflow.player.press("settle");
    deltaflow.page.show();
    if (answer) tell(answer);
  }

  function tell({ stopped, reached, metrics }) {
    if (stopped) deltaflow.page.say(stopped, "error");
    else if (reached) deltaflow.page.say(`J of the train data is ${deltaflow.format.words(metrics.train_loss)}: the run has reached its target.`);
  }

  function keepPace(epoch) {
    const now = performance.now();
    pace = [...pace, [now, epoch]].filter(([at]) => now - at < 3000);
  }

  function rate() {
    const [first] = pace;
    const last = pace[pace.length - 1];
    return first && last[0] > first[0] ? (1000 * (last[1] - first[1])) / (last[0] - first[0]) : 0;
  }

  // Train again while a run goes on is its pause.
  function start(what) {
    const { state } = deltaflow.player;
    if (state.training) {
      state.training = false;
      return;
    }
    state.playing = false;
    run(what);
  }

  // The whole page at an epoch of the past; while one answer is awaited only the last wish counts.
  let wish = null;
  let visiting = false;

  async function visit(batch) {
    wish = batch;
    if (visiting) return;
    visiting = true;
    const { state, press } = deltaflow.player;
    while (wish !== null) {
      const entry = deltaflow.history.entryAt(state.history, wish);
      wish = null;
      state.training = false;
      const answer = await press("turn", 0, entry);
      if (!answer || answer.refused) break;
      state.history = deltaflow.history.visiting(state.history, entry.batch);
      deltaflow.plots.take(answer);
      deltaflow.page.show();
    }
    visiting = false;
    await press("settle");
    deltaflow.page.show();
  }

  function duration(seconds) {
    if (seconds < 90) return `${Math.ceil(seconds)} s`;
    return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
  }

  function showProgress(state, latest) {
    const epochs = Number(state.fields.epochs);
    const epoch = latest?.epoch ?? 0;
    const begun = Math.floor(Math.max(0, epoch - 1e-9) / epochs) * epochs;
    by("train-progress").max = epochs;
    by("train-progress").value = epoch - begun;
    const speed = rate();
    const left = speed && goal ? (goal / perEpoch - epoch) / speed : 0;
    by("train-rate").textContent = state.training && speed
      ? `${deltaflow.format.fixed(speed, speed < 10 ? 1 : 0)} epochs/s · ${duration(left)} left`
      : `of ${begun + epochs} epochs`;
  }

  // The numbers of the run and its second timeline, for what stands on the stage.
  function show(state) {
    const { shown, typographic } = deltaflow.format;
    const points = deltaflow.history.points(state.history);
    const latest = points.findLast(({ batch }) => batch <= state.history.at);
    const value = (number) => (number === null || number === undefined ? "–" : typographic(shown(number, 4)));
    const epoch = latest?.epoch ?? 0;
    by("epoch").textContent = deltaflow.format.fixed(epoch, Number.isInteger(epoch) ? 0 : 2);
    by("train-loss").textContent = value(latest?.train_loss);
    by("test-loss").textContent = value(latest?.test_loss);
    by("scores").textContent = deltaflow.plots.scores(latest);
    by("train").textContent = state.training ? "❚❚ Pause" : "▶ Train";
    by("train").setAttribute("aria-pressed", String(state.training));
    for (const id of ["train-epoch", "train-batch"]) by(id).disabled = state.training;
    by("page").classList.toggle("live", Boolean(state.pass.live));
    showProgress(state, latest);
    const kept = deltaflow.history.kept(state.history);
    const line = by("epoch-timeline");
    line.disabled = kept.length < 2;
    line.max = Math.max(1, kept.length - 1);
    line.value = Math.max(0, kept.findLastIndex(({ batch }) => batch <= state.history.at));
    line.setAttribute("aria-valuetext", `epoch ${by("epoch").textContent}`);
  }

  function connect() {
    const { state } = deltaflow.player;
    Object.assign(deltaflow.clicks, {
      train: () => start("run"), "train-epoch": () => start("epoch"), "train-batch": () => start("batch"),
    });
    by("epoch-timeline").addEventListener("input", (event) => {
      const kept = deltaflow.history.kept(state.history);
      visit(kept[Number(event.target.value)].batch);
    });
  }

  deltaflow.clicks = deltaflow.clicks || {};
  deltaflow.training = { start, visit, show, connect };
})(window.deltaflow);
