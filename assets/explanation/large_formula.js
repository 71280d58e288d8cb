// One formula of a position, as large as its place holds it: the back row reads it.

import { blocks, layouts } from "../core/formula_layout.js";
import { message, render } from "../core/messages.js";
import { by, make, styled } from "../kit/dom.js";
import { withNumbers } from "./formula.js";
import { ready } from "./mathjax.js";
import { place } from "./typesetting.js";

const MOST = 2.4; // times the letters of the caption
const ENOUGH = 1.4; // times those letters, from where on no other layout is tried

let chosen = { pass: /** @type {Pass | null} */ (null), cursor: 0, at: 0 };
/** @type {{ width: number, height: number, letter: number }} */
let room = { width: 0, height: 0, letter: 0 };
/** @type {HTMLElement | null} */
let observed = null;
/** @type {ReturnType<typeof place> | null} */
let drawing = null;

/** @typedef {{ name: string, tex: string }} Piece */

// The formulas of a position, each block of them for itself.
/** @param {State} state @returns {Piece[]} */
function pieces({ pass, cursor }) {
  return pass.positions[cursor].formula.flatMap(({ name, tex }) => {
    const all = blocks(tex);
    const called = render(name);
    const names = typeof name === "string" ? name.split(" ") : [called];
    if (all.length === 1 || names.length === all.length) return all.map((one, i) => ({ name: names[i], tex: one }));
    return all.map((one, i) => ({ name: `${called} ${i + 1}`, tex: one }));
  });
}

/** @param {State} state */
export const count = (state) => pieces(state).length;

// The formula that is looked at; another position begins with its first.
/** @param {State} state */
export function current(state) {
  const last = count(state) - 1;
  const same = chosen.pass === state.pass && chosen.cursor === state.cursor;
  return Math.max(0, Math.min(same ? chosen.at : 0, last));
}

/** @param {State} state @param {number} at */
export function choose({ pass, cursor }, at) {
  chosen = { pass, cursor, at };
}

// Asking for the size of the place at each step would lay the page out once more.
/** @param {HTMLElement} panel */
function measure(panel) {
  const style = getComputedStyle(panel);
  const [across, down] = [["Left", "Right"], ["Top", "Bottom"]].map((sides) =>
    sides.reduce((sum, side) => sum + parseFloat(/** @type {any} */ (style)[`padding${side}`]), 0));
  const names = panel.querySelector(".formula-names");
  const taken = names ? names.getBoundingClientRect().width + parseFloat(style.columnGap) : 0;
  room = {
    width: panel.clientWidth - across - taken, height: panel.clientHeight - down, letter: parseFloat(style.fontSize),
  };
}

// Pixels of an em with which a drawing fills its place.
/** @param {any} svg */
function sizeOf(svg) {
  const { width, height } = svg.viewBox.baseVal;
  return 1000 * Math.min(room.width / width, room.height / height, (MOST * room.letter) / 1000);
}

// Laid out otherwise where it would be small.
/** @param {string} tex */
function largest(tex) {
  drawing ||= place();
  let best = { size: 0, tex };
  for (const written of layouts(tex)) {
    const size = sizeOf(drawing.write(written).querySelector("svg"));
    if (size > best.size) best = { size, tex: written };
    if (best.size >= ENOUGH * room.letter) break;
  }
  const shown = drawing.write(best.tex);
  const svg = /** @type {SVGSVGElement} */ (shown.querySelector("svg"));
  const { width, height } = svg.viewBox.baseVal;
  styled(svg, { width: `${(width * best.size) / 1000}px`, height: `${(height * best.size) / 1000}px` });
  return shown;
}

/** @param {Piece[]} all @param {number} at @param {(at: number) => void} pick */
function names(all, at, pick) {
  const label = render(message("present.formulas"));
  return make("div", { class: "formula-names", role: "group", "aria-label": label }, ...all.map(({ name }, i) => {
    const button = make("button", { type: "button", "aria-pressed": String(i === at) }, name);
    button.addEventListener("click", () => pick(i));
    return button;
  }));
}

/** @param {State} state @param {(at: number) => void} pick */
export function show(state, pick) {
  const panel = by("formula");
  const at = current(state);
  const all = pieces(state);
  if (!all.length) return void panel.replaceChildren(make("p", {}, render(message("explanation.nothing"))));
  const focused = panel.contains(document.activeElement);
  const beside = names(all, at, pick);
  panel.replaceChildren(beside);
  if (focused) beside.children[at].focus();
  if (observed !== panel) observe(panel, state, pick);
  if (!ready()) return undefined;
  if (!room.width) measure(panel);
  panel.append(largest(withNumbers(state.pass, state.cursor, all[at].tex)));
  return undefined;
}

/** @param {HTMLElement} panel @param {State} state @param {(at: number) => void} pick */
function observe(panel, state, pick) {
  observed = panel;
  new ResizeObserver(() => {
    if (!state.present) return;
    measure(panel);
    show(state, pick);
  }).observe(panel);
}
