// What a click on a button does, and what a key does.

import { by } from "../kit/dom.js";
import { isIdle } from "../kit/focus.js";
import { hush } from "../kit/message.js";
import { press } from "../walk/queue.js";
import { state } from "../walk/state.js";
import { start as startRun } from "../walk/training.js";
import { play } from "./play.js";
import { KEYS as PRESENT_KEYS, clicks as presentClicks } from "./present.js";

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
  if (!button || !state.pass || isIdle(button)) return;
  // What was told of the last thing done goes with the next; a link that chooses a tab is not one.
  if (event.isTrusted && !button.closest("#message")) hush();
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
  p: () => presentClicks.present(), t: () => startRun("run"), e: () => startRun("epoch"), m: () => startRun("batch"),
  " ": play, "?": help,
};
const SCROLLING = ["Home", "PageDown", "PageUp", " "];
const LETTERS = "deltaflow-letters"; // "off": keys of one letter or sign do nothing

// A window that holds the whole page leaves the keys that scroll free for the walk.
const scrolls = () => document.documentElement.scrollHeight > innerHeight + 1;
const busyElsewhere = () => !state.pass || document.querySelector("dialog[open]");

/** @type {Record<string, () => void> | null} */
let leading = null; // what the keys of a clicker do while something leads through the walk

/** @param {Record<string, () => void> | null} keys */
export function lead(keys) {
  leading = keys;
}
const CLICKER = ["PageDown", "PageUp"];
const ARROWS = ["ArrowRight", "ArrowLeft"]; // of a clicker too, where there is nothing but the walk

// The keys of a clicker step whatever has the focus: no list and no slider sees them.
/** @param {any} event */
function clicker(event) {
  const steps = state.present ? [...CLICKER, ...ARROWS] : CLICKER;
  if (!steps.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (busyElsewhere() || event.target.matches("textarea, [contenteditable]") || scrolls()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  (leading?.[event.key] || KEYS[event.key])();
}

/** @param {Element} element */
function typesInto(element) {
  if (element.matches("textarea, select, [contenteditable]")) return true;
  return element.matches("input:not([type=checkbox])") && element.id !== "timeline";
}

/** @param {any} event */
function key(event) {
  pointed = false;
  if (busyElsewhere() || typesInto(event.target)) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
    event.preventDefault();
    return void press(event.shiftKey ? "redo" : "undo");
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const known = state.present ? { ...KEYS, ...PRESENT_KEYS } : KEYS;
  const action = Object.hasOwn(known, name) && known[name];
  if ((name.trim().length === 1 && !by("letter-keys").checked) || (SCROLLING.includes(name) && scrolls())) return;
  if (!action || (event.key === " " && event.target.closest("button, summary, [type=checkbox]"))) return;
  event.preventDefault();
  action();
}

// `given` is what the buttons of other parts do, by their ids.
/** @param {Clicks} given */
export function connect(given) {
  clicked = { ...given, ...clicks };
  document.addEventListener("click", click);
  document.addEventListener("keydown", clicker, true);
  document.addEventListener("keydown", key);
  connectLetters();
  document.addEventListener("pointerdown", () => { pointed = true; }, true);
  document.addEventListener("change", (/** @type {any} */ event) => {
    const chosen = event.target.matches("select, [type=range], [type=checkbox]");
    // What was typed is in force: the next key belongs to the walk.
    if (chosen ? pointed : event.target.matches(".controls input")) event.target.blur();
  });
}

function connectLetters() {
  const letters = by("letter-keys");
  try {
    letters.checked = localStorage.getItem(LETTERS) !== "off";
  } catch { /* as on a first visit */ }
  letters.addEventListener("change", () => {
    try {
      localStorage.setItem(LETTERS, letters.checked ? "on" : "off");
    } catch { /* remembered for this visit only */ }
  });
}

const clicks = {
  help,
  "add-layer": () => resize((sizes) => sizes.splice(-1, 0, sizes[sizes.length - 2])),
  "remove-layer": () => resize((sizes) => sizes.splice(-2, 1)),
};
