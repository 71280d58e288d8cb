// What stands on the page for the state of the walk: words, buttons, fields and messages.
"use strict";
window.deltaflow = window.deltaflow || {};

(function (deltaflow) {
  const CONTROLS = ["step-forward", "step-backward", "apply-update", "next", "back", "play", "reset", "undo", "redo"];
  const by = (id) => document.getElementById(id);
  const refused = new Map(); // the fields that hold a text that cannot be used, and why

  function showWords({ pass, cursor }) {
    const { done, next } = pass.positions[cursor].caption;
    const words = (text) => deltaflow.arrays.words(text, pass, cursor);
    by("caption-done").textContent = words(done);
    by("caption-next").textContent = words(pass.stopped && cursor === pass.last ? pass.stopped : next);
    by("caption").classList.toggle("stopped", Boolean(pass.stopped) && cursor === pass.last);
    by("caption").dataset.phase = pass.positions[cursor].kind;
    by("summary").textContent = words(pass.summary);
    by("page").dataset.granularity = pass.fields.granularity;
    showConvention(pass.convention);
  }

  // Which conventions hold, and how the numbers would differ in the others.
  function showConvention({ now, others }) {
    const host = by("convention");
    if (host.dataset.now === now) return;
    host.dataset.now = now;
    const list = document.createElement("ul");
    list.append(...[now, ...others].map((sentence) => {
      const item = document.createElement("li");
      item.textContent = sentence;
      return item;
    }));
    host.querySelector("ul")?.remove();
    host.append(list);
  }

  function showButtons(state) {
    const position = state.pass.positions[state.cursor];
    const focused = document.activeElement.id;
    for (const control of CONTROLS) {
      const button = by(control);
      button.disabled = !deltaflow.player.can(control);
      if (position.buttons[control]) button.textContent = position.buttons[control].label;
    }
    // A step button that has done its last keeps the keyboard at work: its successor has the focus.
    if (focused in position.buttons && by(focused).disabled) {
      by(Object.keys(position.buttons).find((name) => !by(name).disabled) || "back").focus();
    }
    by("edited").hidden = !state.made && !state.amended;
    by("reset").title = state.made && deltaflow.sessions.atStart()
      ? "Take the edits back: the start as it was made from the seed or loaded (R)"
      : "Back to the start of this walk (R)";
    by("play").textContent = state.playing ? "❚❚ Pause" : "▶ Play";
    by("play").disabled = by("play").disabled && !state.playing;
    const timeline = by("timeline");
    timeline.max = state.pass.last;
    timeline.value = state.cursor;
    timeline.setAttribute("aria-valuetext", by("caption-done").textContent);
    timeline.style.setProperty("--turn", `${turn(state.pass)}%`);
    by("position").textContent = `step ${state.pass.iteration + 1} · ${state.cursor + 1}/${state.pass.last + 1}`;
  }

  // Where on the timeline the backward pass begins, in percent.
  function turn(pass) {
    const at = pass.positions.findIndex((p) => p.kind === "backward");
    return at < 0 ? 100 : ((100 * (at - 0.5)) / pass.last).toFixed(1);
  }

  function show() {
    const { state } = deltaflow.player;
    showWords(state);
    showButtons(state);
    deltaflow.network.show(state);
    deltaflow.numbers.show(state);
    deltaflow.explanation.show(state);
    deltaflow.examples.follow(state);
    deltaflow.training.show(state);
    deltaflow.plots.show(state);
    deltaflow.picture.follow(state);
  }

  // `actions` are buttons beside the words: [label, what it does].
  function say(text, kind = "note", actions = []) {
    const box = by("message");
    const buttons = actions.map(([label, act]) => {
      const button = deltaflow.dom.make("button", { type: "button", class: "quiet" }, label);
      button.addEventListener("click", act);
      return button;
    });
    box.replaceChildren(deltaflow.arrays.words(text), ...buttons);
    box.title = "Click to close";
    box.className = `message ${kind}`;
    box.hidden = !text;
  }

  // A note has been read by the time the next thing is done; an error stays until it is mended.
  function hush() {
    if (by("message").classList.contains("note")) say("");
  }

  const set = (id, props) => dash_clientside.set_props(id, props);

  function mark(field, why) {
    const element = by(field);
    element.classList.toggle("is-invalid", Boolean(why));
    element.setAttribute("aria-invalid", String(Boolean(why)));
    if (why) refused.set(field, why);
    else refused.delete(field);
  }

  // A text that cannot be used stays in its field, marked; everything else stays as it was.
  function refuse({ field, text }, fields) {
    say(text, "error");
    if (!field || !by(field)) return;
    if (by(field).tagName === "SELECT") set(field, { value: fields[field] });
    else mark(field, text);
  }

  const asProp = (field, text) => (field === "update-biases" ? text === "true" : text);

  // The fields show what is in force, in its canonical form.
  function accept(field, notices = []) {
    const { state } = deltaflow.player;
    for (const name of field ? [field] : [...refused.keys()]) mark(name, null);
    showData(state.pass.data, state.fields);
    for (const [name, text] of Object.entries(state.fields)) {
      if (!refused.has(name)) set(name, { value: asProp(name, text) });
    }
    set("learning-rate-slider", { value: Math.log10(Number(state.fields["learning-rate"])) });
    deltaflow.keeper.writeUrl(state.fields, state.defaults);
    say([...notices, ...refused.values()].join(" "), refused.size ? "error" : "note");
  }

  const MOST_LISTED = 100;

  // The fields that this data set has, and its train samples: a list while it is short, else also by number.
  function showData({ train, all, hidden }, fields) {
    const names = ["points", "classes", "noise", "train-share", "data-seed", "standardise", "sample"];
    for (const name of names) by(name).closest(".field").hidden = hidden.includes(name);
    const listed = Array.from({ length: Math.max(1, Math.min(train, MOST_LISTED)) }, (_, i) => String(i + 1));
    const beyond = Number(fields["sample"]) > listed.length ? [fields["sample"]] : [];
    const every = all ? ["all"] : [];
    set("sample", { options: [...listed, ...beyond, ...every].map((value) => ({ label: value, value })) });
    by("sample-number").closest("div.sample-number").hidden = train <= MOST_LISTED;
    by("sample-number").placeholder = `or 1 to ${train}`;
    set("sample-number", { value: "" });
  }

  // A new pass is there: typeset its formulas ahead and keep it for a reload.
  function planned(pass) {
    deltaflow.formula.plan(pass, () => deltaflow.explanation.show(deltaflow.player.state));
  }

  deltaflow.page = { show, say, hush, refuse, accept, planned, isRefused: (field) => refused.has(field) };
})(window.deltaflow);
