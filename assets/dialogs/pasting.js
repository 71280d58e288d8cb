// Pasting a whole matrix: a dialog with the numbers of the layer as text.

import { name } from "../core/format.js";
import { message } from "../core/messages.js";
import { find } from "../core/pass.js";
import { by } from "../kit/dom.js";
import { say } from "../kit/message.js";
import { put } from "../kit/words.js";
import { state } from "../walk/state.js";
import { selected } from "../explanation/numbers.js";
import { LATE, answered, canChange } from "./editing.js";

const pasting = { symbol: "", layer: 0, before: "", waiting: false, transposed: false };
const walk = () => state;
/** @param {string} symbol */
const shapeOf = (symbol) => find(walk().pass, walk().cursor, symbol, pasting.layer);

// The matrix as it is, row by row: what is pasted takes its place.
/** @param {string} symbol */
function present(symbol) {
  const { rows, cols, array } = /** @type {Value} */ (shapeOf(symbol));
  /** @param {number} j */
  const row = (j) => Array.from(array.slice(j * cols, (j + 1) * cols)).join("\t");
  return Array.from({ length: rows }, (_, j) => row(j)).join("\n");
}

// Whether the text is turned round as it is read; the shape that is wanted of it then is the other one.
/** @param {boolean} transposed */
function turn(transposed) {
  pasting.transposed = transposed;
  by("paste-transpose").setAttribute("aria-pressed", String(transposed));
  const { rows, cols } = /** @type {Value} */ (shapeOf(pasting.symbol));
  const [high, wide] = transposed ? [cols, rows] : [rows, cols];
  put(by("paste-wanted"), message("pasting.wanted", { rows: String(high), cols: String(wide) }));
  put(by("paste-refused"), "");
}

/** @param {string} symbol @param {string} [text] */
function pick(symbol, text) {
  const untouched = by("paste-text").value === pasting.before;
  Object.assign(pasting, { symbol, before: present(symbol) });
  turn(false);
  if (text !== undefined) by("paste-text").value = text;
  else if (untouched) by("paste-text").value = pasting.before;
  for (const button of by("paste-symbol").children) {
    button.setAttribute("aria-pressed", String(button.dataset.paste === symbol));
  }
  put(by("paste-text"), message("pasting.text", { name: name(symbol, pasting.layer) }), "label");
  by("paste-text").focus();
  if (text === undefined) by("paste-text").select();
  by("paste-text").scrollLeft = 0;
}

/** @param {string} symbol */
function choice(symbol) {
  const button = document.createElement("button");
  const { rows, cols } = /** @type {Value} */ (shapeOf(symbol));
  Object.assign(button, { type: "button", textContent: `${name(symbol, pasting.layer)} (${rows}×${cols})` });
  button.dataset.paste = symbol;
  return button;
}

/** @param {string} [text] */
function paste(text) {
  pasting.layer = selected(walk());
  const symbols = ["x", "w", "b", "y"].filter((symbol) => canChange(symbol) && shapeOf(symbol));
  if (!symbols.length) return say(LATE);
  by("paste-symbol").replaceChildren(...symbols.map(choice));
  by("paste-dialog").showModal();
  by("paste-text").value = pasting.before;
  return pick(symbols[0], text);
}

async function keepPasted() {
  const text = by("paste-text").value;
  const { symbol, layer, transposed } = pasting;
  if (text === pasting.before && !transposed) return void by("paste-dialog").close();
  if (pasting.waiting) return;
  pasting.waiting = true;
  const answer = await answered({ symbol, layer, text, transposed });
  pasting.waiting = false;
  if (answer.refused) put(by("paste-refused"), answer.refused.text);
  else by("paste-dialog").close();
}

/** @param {any} event */
function pasted(event) {
  if (!event.target.closest?.("#numbers") || !walk().pass) return;
  event.preventDefault();
  paste(event.clipboardData.getData("text/plain"));
}

export function listen() {
  document.addEventListener("paste", pasted);
  document.addEventListener("click", (/** @type {any} */ { target }) => {
    const button = target.closest("[data-paste]");
    if (button) pick(button.dataset.paste);
  });
}

export const clicks = {
  paste: () => paste(),
  "paste-transpose": () => turn(!pasting.transposed),
  "paste-keep": keepPasted,
  "paste-cancel": () => by("paste-dialog").close(),
};
