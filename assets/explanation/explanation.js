// What the explanation looks at and how it is written: formulas or matrices, focus, digits.

import { name as symbolOf, settings } from "../core/format.js";
import { message, render } from "../core/messages.js";
import { by } from "../kit/dom.js";
import { enable } from "../kit/focus.js";
import { connect as connectTabs, select } from "../kit/tabs.js";
import { put } from "../kit/words.js";
import { announce } from "../walk/announce.js";
import { press } from "../walk/queue.js";
import { state } from "../walk/state.js";
import { plan as planFormulas, show as showFormula } from "./formula.js";
import {
  choose as chooseLarge, count as countLarge, current as currentLarge, show as showLarge,
} from "./large_formula.js";
import { show as showMatrices } from "./matrices.js";

const wide = () => !state.present && matchMedia("(width >= 100em)").matches;
/** @param {string} panel */
const shows = (panel) => wide() || by("explanation").classList.contains(`show-${panel}`);

/** @param {State} state */
export function show(state) {
  if (shows("formula")) {
    if (state.present) showLarge(state, pickFormula);
    else showFormula(state.pass, state.cursor);
  }
  if (shows("matrices")) showMatrices(state);
  const { focus } = state;
  enable(by("follow"), Boolean(focus.layer || state.picked));
  by("all-terms").setAttribute("aria-pressed", String(focus.whole));
  const folds = state.pass.positions.some(({ formula }) => formula.some(({ tex }) => tex.includes("\\cdots")));
  by("all-terms").hidden = !focus.whole && !folds;
  by("focus-mode").value = focus.mode;
  showSamples(state.pass.fields["sample-x"].split(";").length, focus.sample);
}

/** @param {number} m @param {number} sample */
function showSamples(m, sample) {
  const select = by("focus-sample");
  select.hidden = m === 1;
  /** @param {number} i */
  const name = (i) => render(message("explanation.sample_of", { value: String(i + 1) }));
  if (select.options.length !== m || select.options[0].text !== name(0)) {
    select.replaceChildren(...Array.from({ length: m }, (_, i) => new Option(name(i), String(i + 1))));
  }
  select.value = sample;
}

/** @param {string} panel */
function tab(panel) {
  by("explanation").className = `explanation show-${panel}`;
  select(by("explanation-tabs"), `${panel}-tab`);
  show(state);
}

/** @param {number} at */
function pickFormula(at) {
  chooseLarge(state, at);
  show(state);
}

// From one formula of a position to the next; behind the last stand the matrices.
/** @param {number} step */
export function turnFormula(step) {
  const count = countLarge(state);
  const at = shows("formula") ? currentLarge(state) : count;
  const to = Math.max(0, Math.min(at + step, count));
  if (to < count) chooseLarge(state, to);
  tab(to < count ? "formula" : "matrices");
}

// Which of the two is shown, and as which of them.
export const shownTab = () => (by("explanation").classList.contains("show-matrices") ? "matrices" : "formula");
/** @param {string} panel */
export const showTab = (panel) => tab(panel);

function toggleLarger() {
  const larger = by("page").classList.toggle("explain-larger");
  by("larger").setAttribute("aria-pressed", String(larger));
}

/** @param {FocusPlace} place @param {Focus} focus */
const isOn = (place, focus) =>
  place.layer === focus.layer && place.neuron === focus.neuron && place.input === focus.input;

// A click on the drawing puts a neuron or a weight in focus; a second click lets go.
/** @param {{ neuron?: any, edge?: any }} given @returns {Promise<void> | undefined} */
export function pick({ neuron, edge }) {
  if (!neuron && !edge) return undefined;
  const { focus } = state;
  const place = neuron
    ? { layer: neuron.layer, neuron: neuron.row, input: null }
    : { layer: edge.layer, neuron: edge.j, input: edge.k };
  const again = isOn(place, focus);
  const asked = press("look", again ? { layer: null, neuron: 1, input: null } : place);
  return asked?.then(() => tellFocus(again ? null : place));
}

/** @param {FocusPlace | null} place */
function focused(place) {
  if (!place) return message("explanation.focused.walk");
  const { layer, neuron, input } = place;
  if (!input) return message("explanation.focused.neuron", { layer, neuron });
  return message("explanation.focused.weight", { weight: symbolOf("w", layer, neuron, input) });
}

// What the formulas now tell of, for those who do not see the ring around it.
/** @param {FocusPlace | null} place */
function tellFocus(place) {
  const { focus } = state;
  if (place && !isOn(place, focus)) return;
  put(by("focused"), focused(place));
}

/** @param {string} id @param {(value: string) => unknown} change */
function hear(id, change) {
  by(id).addEventListener("change", (/** @type {any} */ event) => change(event.target.value));
}

export function connect() {
  hear("focus-mode", (mode) => press("look", { mode }));
  hear("focus-sample", (sample) => press("look", { sample: Number(sample) }));
  hear("digits", (digits) => write({ digits: Number(digits) }));
  hear("decimal", (sign) => write({ comma: sign === "comma" }));
  connectTabs(by("explanation-tabs"));
  tab("formula");
}

// Other digits: everything on the page is written again.
/** @param {any} change */
function write(change) {
  Object.assign(settings, change);
  planFormulas(state.pass, () => {});
  announce("changed");
  announce("rewritten");
}

export const clicks = {
  "formula-tab": () => tab("formula"),
  "matrices-tab": () => tab("matrices"),
  larger: toggleLarger,
  "all-terms": () => press("look", { whole: !state.focus.whole }),
  follow: () => press("look", { layer: null, neuron: 1, input: null }),
};
