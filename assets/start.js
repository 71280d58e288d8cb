// Opening the page and connecting its elements to the player.
"use strict";
window.deltaflow = window.deltaflow || {};

(function (deltaflow) {
  const { state, press } = deltaflow.player;
  const by = (id) => document.getElementById(id);
  let pointed = true; // whether the last touch of the page was by mouse or finger, not by key

  const text = (value) => (typeof value === "boolean" ? String(value) : (value ?? ""));

  let run = 0; // a run of Play that was paused must not wake with the next one

  async function play() {
    const mine = ++run;
    state.playing = !state.playing;
    deltaflow.page.show();
    while (state.playing && mine === run && deltaflow.player.can("next")) {
      await press("next");
      const speed = Number(by("speed").value);
      await new Promise((go) => (speed ? setTimeout(go, speed) : requestAnimationFrame(() => setTimeout(go))));
    }
    if (mine !== run) return;
    state.playing = false;
    deltaflow.page.show();
  }

  function resize(change) {
    const sizes = state.fields["layer-sizes"].split("-").map(Number);
    change(sizes);
    press("edit", "layer-sizes", sizes.join("-"));
  }

  async function share() {
    try {
      await navigator.clipboard.writeText(location.href);
      deltaflow.page.say("The link to this configuration is copied. It starts from the seed, not from moved weights.");
    } catch {
      deltaflow.page.say(`The link to this configuration: ${location.href}`);
    }
  }

  async function copyNumbers() {
    try {
      await navigator.clipboard.writeText(deltaflow.numbers.copy(state));
      deltaflow.page.say(`Layer ${deltaflow.numbers.selected(state)} is copied, every digit.`);
    } catch {
      deltaflow.page.say("The browser did not allow copying; select the table and copy it by hand.", "error");
    }
  }

  function theme(dark) {
    document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
    by("theme").textContent = dark ? "Light" : "Dark";
    deltaflow.loss.show(state, true);
    if (state.pass) deltaflow.plots.draw();
  }

  function toggleTheme() {
    const dark = document.documentElement.dataset.bsTheme !== "dark";
    theme(dark);
    try {
      localStorage.setItem("deltaflow-theme", dark ? "dark" : "light");
    } catch { /* remembered for this visit only */ }
  }

  const system = matchMedia("(prefers-color-scheme: dark)");

  function wantsDark() {
    try {
      const kept = localStorage.getItem("deltaflow-theme");
      if (kept) return kept === "dark";
    } catch { /* follow the system */ }
    return system.matches;
  }

  // Before anything is drawn, so that a dark room is not lit up first.
  document.documentElement.dataset.bsTheme = wantsDark() ? "dark" : "light";

  const CLICKS = Object.assign(deltaflow.clicks || {}, {
    play, share,
    "numbers-copy": copyNumbers,
    theme: toggleTheme,
    help: () => by("keys").showModal(),
    "controls-toggle": () => {
      const folded = by("page").classList.toggle("controls-folded");
      by("controls-toggle").setAttribute("aria-expanded", String(!folded));
    },
    "add-layer": () => resize((sizes) => sizes.splice(-1, 0, sizes[sizes.length - 2])),
    "remove-layer": () => resize((sizes) => sizes.splice(-2, 1)),
  });
  const STEPS = ["step-forward", "step-backward", "apply-update", "next", "back", "reset", "undo", "redo"];

  // A step by hand takes over from Play.
  function byHand(action) {
    state.playing = false;
    press(action);
  }

  function click(event) {
    const button = event.target.closest("button");
    if (!button || !state.pass) return;
    // Otherwise Space and a clicker's keys would press again what the mouse pressed last.
    if (event.detail > 0) button.blur();
    if (STEPS.includes(button.id)) byHand(button.id);
    else if (Object.hasOwn(CLICKS, button.id)) CLICKS[button.id]();
    else if (button.dataset.pick) press("pick", Number(button.dataset.pick));
    else if (button.dataset.resize) {
      resize((sizes) => { sizes[button.dataset.layer - 1] += Number(button.dataset.resize); });
    }
  }

  const KEYS = {
    ArrowRight: () => byHand("next"), PageDown: () => byHand("next"),
    ArrowLeft: () => byHand("back"), PageUp: () => byHand("back"),
    Home: () => byHand("home"), u: () => byHand("apply-update"), r: () => byHand("reset"),
    t: () => deltaflow.training.start("run"), e: () => deltaflow.training.start("epoch"), b: () => deltaflow.training.start("batch"),
    " ": play, "?": CLICKS.help,
  };

  function typesInto(element) {
    if (element.matches("textarea, select, [contenteditable]")) return true;
    return element.matches("input:not([type=checkbox])") && element.id !== "timeline";
  }

  function key(event) {
    pointed = false;
    if (!state.pass || document.querySelector("dialog[open]") || typesInto(event.target)) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      return void press(event.shiftKey ? "redo" : "undo");
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const action = Object.hasOwn(KEYS, name) && KEYS[name];
    if (!action || (event.key === " " && event.target.closest("button, summary, [type=checkbox]"))) return;
    event.preventDefault();
    action();
  }

  function slideLearningRate(event) {
    const rate = String(Number((10 ** Number(event.target.value)).toPrecision(2)));
    dash_clientside.set_props("learning-rate", { value: rate });
  }

  // What dash's inputs cannot be given on the server: their help, read out with them.
  function describe() {
    for (const help of document.querySelectorAll(".field-help")) {
      const field = help.parentNode.querySelector("input");
      help.id = `${field.id}-help`;
      field.setAttribute("aria-describedby", `${help.id} message`);
    }
  }

  function connect() {
    describe();
    document.addEventListener("click", click);
    document.addEventListener("keydown", key);
    document.addEventListener("pointerdown", () => { pointed = true; }, true);
    document.addEventListener("change", (event) => {
      if (event.target.matches("select, [type=range], [type=checkbox]") && pointed) event.target.blur();
    });
    deltaflow.explanation.connect();
    for (const part of ["training", "plots", "maps", "picture"]) deltaflow[part].connect();
    by("timeline").addEventListener("input", (event) => press("timeline", Number(event.target.value)));
    by("sample-number").addEventListener("change", (event) => {
      const typed = event.target.value.trim();
      if (typed) press("edit", "sample", typed);
    });
    by("learning-rate-slider").addEventListener("change", slideLearningRate);
    by("message").addEventListener("click", () => deltaflow.page.say(""));
    const network = by("network");
    network.addEventListener("pointermove", (event) => deltaflow.hover.show(state, event));
    network.addEventListener("pointerleave", (event) => deltaflow.hover.show(null, event));
    network.addEventListener("click", (event) => {
      const found = deltaflow.hover.show(state, event);
      if (found) deltaflow.explanation.pick(found);
    });
    deltaflow.network.watch(network, state);
    deltaflow.keeping.connect();
  }

  let drawn; // when the first picture has been painted
  const picture = new Promise((go) => { drawn = go; });

  async function open(defaults) {
    state.defaults = defaults.fields;
    deltaflow.loss.open(defaults.figures);
    deltaflow.plotBases = defaults.figures;
    while (!by("network")?.clientWidth) await new Promise((go) => requestAnimationFrame(go));
    theme(wantsDark());
    system.addEventListener("change", () => theme(wantsDark()));
    deltaflow.release.open(defaults.version);
    if (!(await deltaflow.firstPass(deltaflow.keeper.readUrl(state.defaults)))) return;
    connect();
    by("page").classList.add("ready");
    requestAnimationFrame(() => setTimeout(drawn));
  }

  const asked = new Map(); // the texts on their way: typing the old one again must count

  function edit(...values) {
    for (const { prop_id } of dash_clientside.callback_context.triggered) {
      const field = prop_id.split(".")[0];
      const value = text(values[deltaflow.fieldNames.indexOf(field)]);
      if (value === (asked.get(field) ?? state.fields[field]) && !deltaflow.page.isRefused(field)) continue;
      asked.set(field, value);
      press("edit", field, value).then(() => asked.get(field) === value && asked.delete(field));
    }
    return dash_clientside.no_update;
  }

  window.dash_clientside = Object.assign(window.dash_clientside || {}, {
    deltaflow: {
      open: (defaults) => {
        deltaflow.fieldNames = Object.keys(defaults.fields);
        open(defaults);
        return dash_clientside.no_update;
      },
      edit,
      bringMathJax: () => picture.then(deltaflow.formula.bringer),
      bringLossPlot: () => picture.then(deltaflow.formula.arrived).then(deltaflow.loss.component),
      bringComparePlot: () => picture.then(deltaflow.formula.arrived).then(deltaflow.comparePlot.component),
      scaleLoss: (log, smooth, kind) => {
        deltaflow.loss.set({ log: Boolean(log), smooth: Boolean(smooth), kind });
        return dash_clientside.no_update;
      },
    },
  });
})(window.deltaflow);
