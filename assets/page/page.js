// What stands on the page for the state of the walk: words and buttons.

import { aloud } from "../core/aloud.js";
import { message, render } from "../core/messages.js";
import { words as sentence } from "../core/pass.js";
import { by, make } from "../kit/dom.js";
import { enable } from "../kit/focus.js";
import { attribute, text } from "../kit/rewriting.js";
import { hear } from "../kit/symbols.js";
import { put } from "../kit/words.js";
import { can } from "../walk/actions.js";
import { atStart } from "../walk/state.js";

const CONTROLS = ["step-forward", "step-backward", "apply-update", "next", "back", "play", "reset", "undo", "redo"];

/** @param {State} given */
function showWords({ pass, cursor, training }) {
  const { done, next } = pass.positions[cursor].caption;
  /** @param {Told} told */
  const words = (told) => sentence(told, pass, cursor);
  text(by("caption-done"), words(done));
  text(by("caption-next"), words(pass.stopped && cursor === pass.last ? pass.stopped : next));
  if (!training) text(by("caption-aloud"), aloud(by("caption").textContent));
  by("caption").classList.toggle("stopped", Boolean(pass.stopped) && cursor === pass.last);
  attribute(by("caption"), "data-phase", pass.positions[cursor].kind);
  text(by("summary"), words(pass.summary));
  attribute(by("page"), "data-granularity", pass.fields.granularity);
  showConvention(pass.convention);
}

// Which conventions hold, and how the numbers would differ in the others.
/** @param {Pass["convention"]} given */
function showConvention({ now, others }) {
  const host = by("convention");
  const sentences = [now, ...others].map(render);
  const said = sentences.join("\n");
  if (host.dataset.said === said) return;
  host.dataset.said = said;
  host.querySelector("ul")?.remove();
  host.append(make("ul", {}, ...sentences.map((text) => make("li", {}, text))));
}

/** @param {State} state */
function showButtons(state) {
  const position = state.pass.positions[state.cursor];
  const focused = document.activeElement?.id || "";
  for (const control of CONTROLS) {
    const button = by(control);
    enable(button, can(control) || (control === "play" && state.playing));
    if (!position.buttons[control]) continue;
    put(button, position.buttons[control].label);
    hear(button);
  }
  // A step button that has done its last keeps the keyboard at work: its successor has the focus.
  if (focused in position.buttons && !can(focused)) {
    by(Object.keys(position.buttons).find((name) => !by(name).disabled) || "back").focus();
  }
  by("edited").hidden = !state.made && !state.amended;
  const start = state.made && atStart() ? "player.reset.edits" : "player.reset.title";
  attribute(by("reset"), "title", render(message(start)));
  put(by("play"), message(state.playing ? "player.pause" : "player.play"));
  const timeline = by("timeline");
  timeline.max = state.pass.last;
  timeline.value = state.cursor;
  timeline.setAttribute("aria-valuetext", aloud(by("caption-done").textContent));
  timeline.style.setProperty("--turn", `${turn(state.pass)}%`);
  const [step, at, of] = [state.pass.iteration + 1, state.cursor + 1, state.pass.last + 1].map(String);
  put(by("position"), message("player.position", { step, at, of }));
}

// Where on the timeline the backward pass begins, in percent.
/** @param {Pass} pass */
function turn(pass) {
  const at = pass.positions.findIndex((p) => p.kind === "backward");
  return at < 0 ? 100 : ((100 * (at - 0.5)) / pass.last).toFixed(1);
}

/** @param {State} state */
export function show(state) {
  showWords(state);
  showButtons(state);
}
