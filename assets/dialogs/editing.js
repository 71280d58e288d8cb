// Changing a number by hand: a small field over a cell of the table or over the drawing.

import { name } from "../core/format.js";
import { message } from "../core/messages.js";
import { read } from "../core/pass.js";
import { by } from "../kit/dom.js";
import { say } from "../kit/message.js";
import { put } from "../kit/words.js";
import { press } from "../walk/queue.js";
import { state } from "../walk/state.js";
import { under } from "../drawing/network.js";
import { pick as putInFocus } from "../explanation/explanation.js";

const LONG_PRESS = 450;
const STEADY = 8;
export const LATE = message("editing.late");
const input = document.createElement("input");
/** @type {{ place: Place | null, before: string, refused: string | null, waiting: boolean }} */
const editing = { place: null, before: "", refused: null, waiting: false };
/** @type {Place | null} */
let marked = null; // the cell that the keyboard is at: the table is written anew at every position

const walk = () => state;
/** @param {string} symbol */
const isLate = (symbol) => "wb".includes(symbol) && walk().pass.positions[walk().cursor].kind === "update";
/** @param {string} symbol */
export const canChange = (symbol) => "wbxy".includes(symbol) && !isLate(symbol);

// Kept when its turn comes; the answer, or why it is refused.
/** @param {any} change */
export const answered = (change) => new Promise((settle) => press("change", change, settle));

/** @param {any} given */
const placeOf = ({ dataset }) => ({
  symbol: dataset.symbol, layer: Number(dataset.layer),
  row: Number(dataset.row), col: Number(dataset.col || dataset.sample || 1),
});

/** @param {Place} given */
function nameOf({ symbol, layer, row, col }) {
  return name(symbol, layer, row, ...(symbol === "w" ? [col] : []));
}

/** @param {DOMRect} box @param {number} x @param {number} y */
const within = (box, x, y) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;

// What a point of the drawing stands for: a target, an input, a bias or a weight.
/** @param {number} x @param {number} y */
function placeAt(x, y) {
  const { pass, focus } = walk();
  const labels = [...document.querySelectorAll("#network .target")];
  const target = labels.findIndex((label) => within(label.getBoundingClientRect(), x, y));
  const depth = pass.sizes.length;
  if (target >= 0) {
    return { symbol: "y", layer: depth, row: pass.scene.layers[depth - 1].rows[target], col: focus.sample };
  }
  const found = under(x, y);
  if (!found) return null;
  if (found.edge) return { symbol: "w", layer: found.edge.layer, row: found.edge.j, col: found.edge.k };
  if (found.loss) return null;
  const { layer, row } = found.neuron;
  return layer === 1 ? { symbol: "x", layer, row, col: focus.sample } : { symbol: "b", layer, row, col: 1 };
}

// Over a cell the field covers its number and the name stands before it.
/** @param {Pick<DOMRect, "left" | "top" | "bottom">} box */
function moveEditor(box) {
  const editor = by("cell-editor");
  const { width, height } = editor.getBoundingClientRect();
  const before = by("cell-editor-name").getBoundingClientRect().width;
  /** @param {any} value @param {number} most */
  const clamp = (value, most) => Math.max(4, Math.min(value, most - 4));
  editor.style.left = `${clamp(box.left - before - 12, innerWidth - width)}px`;
  editor.style.top = `${clamp((box.top + box.bottom - height) / 2, innerHeight - height)}px`;
}

/** @param {Place} place @param {Pick<DOMRect, "left" | "top" | "bottom">} box */
function open(place, box) {
  if (editing.refused !== null) return input.focus();
  if (isLate(place.symbol)) return say(LATE);
  if (!canChange(place.symbol)) return say(message("editing.computed", { name: nameOf(place) }));
  const value = read(walk().pass, walk().cursor, place.symbol, place.layer, place.row, place.col);
  Object.assign(editing, { place, before: String(value), waiting: false });
  by("cell-editor-name").textContent = `${nameOf(place)} =`;
  if (!input.isConnected) by("cell-editor").append(input);
  input.value = editing.before;
  put(input, message("editing.field", { name: nameOf(place) }), "label");
  by("cell-editor").hidden = false;
  by("tooltip").hidden = true;
  moveEditor(box);
  input.focus();
  return input.select();
}

/** @param {any} cell */
function mark(cell) {
  if (!cell) return;
  cell.tabIndex = -1;
  cell.focus();
}

function markedCell() {
  const at = marked && JSON.stringify(marked);
  return [...by("numbers").querySelectorAll("td[data-symbol]")].find((cell) => JSON.stringify(placeOf(cell)) === at);
}

function close() {
  Object.assign(editing, { place: null, refused: null });
  input.removeAttribute("aria-invalid");
  input.blur();
  by("cell-editor").hidden = true;
  mark(markedCell());
}

function giveUp() {
  if (editing.refused !== null) say("");
  close();
}

/** @param {{ text: Told }} given @param {string} typed */
function refuse({ text }, typed) {
  editing.refused = typed;
  input.setAttribute("aria-invalid", "true");
  say(text, "error");
  input.focus();
}

async function keep() {
  const typed = input.value;
  if (typed === editing.before) return giveUp();
  const { place } = editing;
  if (!place || editing.waiting || typed === editing.refused) return undefined;
  editing.waiting = true;
  const answer = isLate(place.symbol) ? { refused: { text: LATE } } : await answered({ ...place, text: typed });
  // Another number may have been opened meanwhile: its field stays.
  if (editing.place !== place) return answer.refused && say(answer.refused.text, "error");
  editing.waiting = false;
  return answer.refused ? refuse(answer.refused, typed) : close();
}

const cells = () => [...by("numbers").querySelectorAll("td[data-symbol]")];
/** @param {any} cell */
const openCell = (cell) => open(placeOf(cell), cell.getBoundingClientRect());

function change() {
  const cell = markedCell() || cells().find(({ dataset }) => canChange(dataset.symbol));
  if (cell) openCell(cell);
  else say(LATE);
}

/** @param {any} cell @param {string} key */
function besides(cell, key) {
  const all = cells();
  if (key === "ArrowRight" || key === "ArrowLeft") return all[all.indexOf(cell) + (key === "ArrowRight" ? 1 : -1)];
  const row = key === "ArrowDown" ? cell.parentNode.nextElementSibling : cell.parentNode.previousElementSibling;
  return all.find((other) => other === row?.cells[cell.cellIndex]);
}

// The formulas of the neuron or the weight that a cell belongs to, as a click on the drawing puts them there.
/** @param {any} cell */
function explain(cell) {
  const { symbol, layer, row, col } = placeOf(cell);
  if (symbol === "J") return undefined;
  return putInFocus(/^d?w$/.test(symbol) ? { edge: { layer, j: row, k: col } } : { neuron: { layer, row } });
}

// Enter goes from the table to its first cell and from a cell to its field, or to its formulas where
// nothing can be typed; F goes to the formulas of every cell; arrows move between cells.
/** @param {any} event */
function tableKey(event) {
  const cell = event.target.closest("td[data-symbol]");
  if (event.key === "Enter" && !cell) return mark(cells()[0]);
  if (!cell) return false;
  if (event.key === "Enter" && "wbxy".includes(cell.dataset.symbol)) return openCell(cell);
  if (event.key === "Enter" || event.key.toLowerCase() === "f") return void explain(cell);
  if (event.key === "Escape") return by("numbers").focus();
  return event.key.startsWith("Arrow") ? mark(besides(cell, event.key)) : false;
}

/** @param {any} event */
function editorKey(event) {
  if (event.key === "Enter") return keep();
  return event.key === "Escape" ? giveUp() : false;
}

/** @param {any} event */
function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const inTable = event.target.closest?.("#numbers");
  if (!inTable && event.target !== input) return;
  if ((inTable ? tableKey : editorKey)(event) === false) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

// The field of what lies under a double click or a long press.
/** @param {any} target @param {number} x @param {number} y */
function openAt(target, x, y) {
  if (!walk().pass || !target.closest) return;
  const cell = target.closest("#numbers td[data-symbol]");
  if (cell) return void openCell(cell);
  const place = target.closest("#network") && placeAt(x, y);
  if (place) open(place, { left: x, top: y, bottom: y });
}

const touch = { timer: 0, x: 0, y: 0 };

/** @param {any} event */
function pointerDown(event) {
  clearTimeout(touch.timer);
  if (by("cell-editor")?.contains(event.target)) return;
  marked = null;
  if (editing.place) keep();
  if (event.pointerType !== "touch") return;
  const { target, clientX: x, clientY: y } = event;
  Object.assign(touch, { x, y, timer: setTimeout(() => openAt(target, x, y), LONG_PRESS) });
}

/** @param {any} given */
function pointerMove({ clientX, clientY }) {
  if (Math.hypot(clientX - touch.x, clientY - touch.y) > STEADY) clearTimeout(touch.timer);
}

// The cell that had the focus is gone when the table was written anew: its successor takes it.
function follow() {
  if (marked && document.activeElement === document.body) mark(markedCell());
}

/** @param {any} given */
function focusIn({ target }) {
  const numbers = target.closest?.("#numbers");
  if (target !== input) marked = target.matches?.("#numbers td") ? placeOf(target) : null;
  if (!numbers || numbers.dataset.watched) return;
  numbers.dataset.watched = "true";
  new MutationObserver(follow).observe(numbers, { childList: true });
}

export function listen() {
  Object.assign(input, { id: "cell-editor-text", type: "text", autocomplete: "off", spellcheck: false });
  document.addEventListener("keydown", key);
  document.addEventListener("dblclick", (event) => openAt(event.target, event.clientX, event.clientY));
  document.addEventListener("pointerdown", pointerDown, true);
  document.addEventListener("pointermove", pointerMove);
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => clearTimeout(touch.timer));
  document.addEventListener("focusin", focusIn);
}

export const clicks = { edit: change };
