// The words around the drawing: a heading over every layer, and what width, area, tint and grey mean.

import { words } from "../core/format.js";
import { message, render } from "../core/messages.js";
import { read } from "../core/pass.js";
import { by, make, styled } from "../kit/dom.js";
import { replace } from "../kit/focus.js";
import { SYMBOLS, scaleOf } from "./quantity.js";

const BACK = ["backward", "update"]; // where δ is what is shown

// Written again only where something else is to be told: the buttons keep the focus.
/** @param {string} id @param {unknown} told @param {() => Node[]} children */
function write(id, told, children) {
  const host = by(id);
  const key = JSON.stringify([document.documentElement.lang, told]);
  if (host.dataset.told === key) return;
  replace(host, ...children());
  host.dataset.told = key;
}

/** @param {number} layer @param {string} mark @param {any} change @param {"fewer" | "more"} way */
function resizer(layer, mark, change, way) {
  const [title, label] = [`drawing.${way}.title`, `drawing.${way}.label`].map((key) => render(message(key, { layer })));
  const does = { "data-resize": change, "data-layer": layer };
  return make("button", { type: "button", ...does, title, "aria-label": label }, mark);
}

// ‖δ‖ of a layer for the sample in focus, on the way back and as soon as all of it is known.
/** @param {View} view @param {number} layer */
function norm({ pass, cursor, focus }, layer) {
  if (!BACK.includes(pass.positions[cursor].kind) || layer === 1) return "";
  let squares = 0;
  for (let row = 1; row <= pass.sizes[layer - 1]; row++) {
    const value = read(pass, cursor, "delta", layer, row, focus.sample);
    if (value === undefined) return "";
    squares += value * value;
  }
  return words(Math.sqrt(squares), 3);
}

// What words and a button beside them take where `letter` is half of one, in pixels; Chinese is twice as wide.
/** @param {string} text @param {number} letter */
const widthOf = (text, letter) => [...text].reduce((sum, one) => sum + (one > "⺀" ? 4 : 2) * letter, 0);
/** @param {number} letter */
const widthOfButton = (letter) => Math.max(24, 5.4 * letter) + 5.4 * letter;

/** @param {SceneLayer} given @param {number} x @param {string} delta @param {any} places */
function heading({ layer, size, name }, x, delta, { columns, gap, letter, width }) {
  const kind = message(layer === 1 ? "drawing.input" : `activation.${name}`);
  const [called, whole] = [message("drawing.layer", { layer }), message("drawing.neurons", { size, kind })].map(render);
  const wide = widthOf(whole, letter) + 2 * widthOfButton(letter);
  // A tight heading is as wide as its column and its buttons stand in it: never over a neighbour's.
  const tight = gap < wide + Math.max(0, wide / 2 - columns[0].x);
  const short = gap < Math.max(widthOf(whole, letter), widthOf(called, letter) + 56);
  const under = short ? String(size) : whole;
  const [fewer, more] = [resizer(layer, "−", -1, "fewer"), resizer(layer, "+", 1, "more")];
  const title = render(message("drawing.layer.title", { layer, size, kind }));
  const made = make("div", { class: `heading${tight ? " tight" : ""}${short ? " short" : ""}`, title },
    make("span", {}, called, delta && ` · ‖δ‖ ${delta}`),
    make("span", { class: "muted" }, fewer, under, more));
  if (!tight) return styled(made, { left: `${Math.min(Math.max(x, wide / 2), width - wide / 2)}px` });
  const [from, to] = [Math.max(0, x - gap / 2), Math.min(width, x + gap / 2)];
  return styled(made, { left: `${(from + to) / 2}px`, width: `${to - from}px` });
}

/** @param {View} view @param {any} places */
export function showHeadings(view, places) {
  const { columns, gap, width, letter } = places;
  const { layers } = view.pass.scene;
  /** @type {[SceneLayer, number, string][]} */
  const told = columns.map((/** @type {any} */ { x }, /** @type {number} */ i) =>
    [layers[i], x, gap < 110 ? "" : norm(view, i + 1)]);
  const key = told.map(([{ layer, size, name }, ...place]) => [layer, size, name, ...place]);
  write("headings", [...key, gap, width, letter], () => told.map((one) => heading(...one, places)));
}

// The full scale of each, with the value that it stands for.
/** @param {Pass} pass @param {number} cursor @param {any} given */
export function show(pass, cursor, { places: { thickest }, scale: { w, norm: longest }, rescaled, quantity }) {
  const { scale } = pass.scene;
  const back = BACK.includes(pass.positions[cursor].kind);
  const [symbol, full] = back ? ["δ", scale.delta] : ["a", scale.a];
  const widest = quantity === "w" ? w : scaleOf(pass, quantity);
  const [fill, width, norm] = [words(full), words(widest), words(longest, 3)];
  const edge = SYMBOLS[quantity];
  /** @param {string} key @param {Record<string, string>} [places] */
  const told = (key, places) => render(message(key, places));
  /** @param {string} kind */
  const mark = (kind) => make("i", { class: kind });
  /** @param {any} sign */
  const stroke = (sign) => styled(mark(`stroke ${sign}`), { height: `${thickest.toFixed(1)}px` });
  const parts = () => [
    ["fill", make("span", back ? { title: told("legend.way") } : {}, told("legend.fill", { symbol })), ` −${fill}`,
      mark("ramp"), fill],
    ["unknown", mark("grey"), told("legend.unknown")],
    ["width", told("legend.width", { symbol: edge }), " ", stroke("plus"), `${width} `, stroke("minus"), `−${width}`,
      rescaled && quantity === "w" && make("em", {}, " ", told("legend.rescaled", { before: words(rescaled) }))],
    ["area", make("span", {}, told("legend.area"), " ‖w", make("sub", {}, "j"), "‖"), mark("small-circle"),
      mark("large-circle"), norm],
    ["bias", mark("square"), told("legend.bias")],
  ];
  write("legend", [symbol, fill, width, norm, thickest, rescaled, edge], () =>
    parts().map(([what, ...part]) =>
      make("span", { title: told(`legend.${what}.title`, { symbol: edge }) }, ...part.filter(Boolean))));
}
