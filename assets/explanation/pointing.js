// A number that is pointed at in the table or a matrix lights what it belongs to, and is lit with it.

import { targetOf } from "../core/target.js";
import { by } from "../kit/dom.js";
import { announce } from "../walk/announce.js";

const CELLS = "#numbers td[data-symbol], #matrices td[data-at]";

/** @param {any} cell @returns {string} */
function targetOfCell(cell) {
  const { at, symbol, layer, row, col } = cell.dataset;
  return at || targetOf(symbol, Number(layer), Number(row), Number(col || 1));
}

/** @param {any} event */
function point({ target }) {
  const cell = target.closest(CELLS);
  announce("pointed", cell ? targetOfCell(cell) : null);
}

/** @param {string | null} target */
export function light(target) {
  for (const panel of [by("numbers"), by("matrices")]) {
    for (const cell of panel.querySelectorAll("td.pointed")) cell.classList.remove("pointed");
    if (!target) continue;
    for (const cell of panel.querySelectorAll(CELLS)) {
      if (targetOfCell(cell) === target) cell.classList.add("pointed");
    }
  }
}

export function connect() {
  for (const panel of [by("numbers"), by("matrices")]) {
    for (const kind of ["pointerover", "focusin"]) panel.addEventListener(kind, point);
    for (const kind of ["pointerleave", "focusout"]) panel.addEventListener(kind, () => announce("pointed", null));
  }
}
