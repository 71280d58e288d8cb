// What a click on a button does, and what a key does.

import { by } from "../kit/dom.js";
import { press } from "../walk/queue.js";
import { state } from "../walk/state.js";
import { start as startRun } from "../walk/training.js";
import { play } from "./play.js";

let pointed = true; // whether the last touch of the page was by mouse or finger, not by key
/** @type {Clicks} */
let clicked = {}; // what each button does, by its id

/** @param {(sizes: number[]) => void} change */
function resize(change) {
  const sizes = state.fields["layer-sizes"].split("-").map(Number);
  change(sizes);
  press("edit", "layer-sizes", sizes.join("-"));
}

const help = () => by("keys").showModal();

const STEPS = ["step-forward", "step-backward", "apply-update", "next", "back", "reset", "undo", "redo"];

// A step by hand takes over from Play.
/** @param {string} action */
function byHand(action) {
  state.playing = false;
  press(action);
}

/** @param {any} event */
function click(event) {
  const button = event.target.closest("button");
  if (!button || !state.pass) return;
  // Otherwise Space and a clicker's keys would press again what the mouse pressed last.
  if (event.detail > 0) button.blur();
  if (STEPS.includes(button.id)) byHand(button.id);
  else if (Object.hasOwn(clicked, button.id)) clicked[button.id]();
  else if (button.dataset.pick) press("pick", Number(button.dataset.pick));
  else if (button.dataset.resize) {
    resize((sizes) => { sizes[button.dataset.layer - 1] += Number(button.dataset.resize); });
  }
}

/** @type {Record<string, () => void>} */
const KEYS = {
  ArrowRight: () => byHand("next"), PageDown: () => byHand("next"),
  ArrowLeft: () => byHand("back"), PageUp: () => byHand("back"),
  Home: () => byHand("home"), u: () => byHand("apply-update"), r: () => byHand("reset"),
  t: () => startRun("run"), e: () => startRun("epoch"), b: () => startRun("batch"),
  " ": play, "?": help,
};

/** @param {Element} element */
function typesInto(element) {
  if (element.matches("textarea, select, [contenteditable]")) return true;
  return element.matches("input:not([type=checkbox])") && element.id !== "timeline";
}

/** @param {any} event */
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

// `given` is what the buttons of other parts do, by their ids.
/** @param {Clicks} given */
export function connect(given) {
  clicked = { ...given, ...clicks };
  document.addEventListener("click", click);
  document.addEventListener("keydown", key);
  document.addEventListener("pointerdown", () => { pointed = true; }, true);
  document.addEventListener("change", (/** @type {any} */ event) => {
    if (event.target.matches("select, [type=range], [type=checkbox]") && pointed) event.target.blur();
  });
}

const clicks = {
  help,
  "controls-toggle": () => {
    const folded = by("page").classList.toggle("controls-folded");
    by("controls-toggle").setAttribute("aria-expanded", String(!folded));
  },
  "add-layer": () => resize((sizes) => sizes.splice(-1, 0, sizes[sizes.length - 2])),
  "remove-layer": () => resize((sizes) => sizes.splice(-2, 1)),
};
