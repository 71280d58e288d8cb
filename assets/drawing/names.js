// What the data call inputs and outputs, beside them in the drawing; cut where there is no room, whole on the tooltip.

import { read } from "../core/pass.js";
import { packed, paint } from "../kit/colours.js";
import { by, draw, make, styled } from "../kit/dom.js";
import { attribute } from "../kit/rewriting.js";
import { classOnStage, nameOf, picture } from "../walk/names.js";
import { neurons, placesNow } from "./network.js";

const LEAST = 24; // pixels that a name needs
const TARGET = 51; // that a target takes
const GREY = Uint32Array.from({ length: 256 }, (_, i) => packed([255 - i, 255 - i, 255 - i]));
/** @type {CanvasRenderingContext2D | null} */
let pen = null; // that measures
let shown = "";

/** @param {string} text @param {number} width */
function fitting(text, width) {
  if (!pen) pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  if (pen.measureText(text).width <= width) return text;
  const letters = [...text];
  while (letters.length && pen.measureText(`${letters.join("")}…`).width > width) letters.pop();
  return letters.length ? `${letters.join("")}…` : "";
}

// Under an input, or at its left where inputs stand close; at the right of an output, under its target.
/** @param {any} neuron @param {any} places @param {number} depth */
function placeOf({ layer, x, y, radius }, places, depth) {
  const column = places.columns[layer - 1];
  const free = column.spacing - 2 * places.radius;
  if (layer === 1 && free > 18) {
    return { x, y: y + radius + 10, anchor: "middle", width: 2 * Math.min(x - 4, places.gap / 2 - 8) };
  }
  if (layer === 1) return { x: x - radius - 5, y, anchor: "end", width: x - radius - 8 };
  if (layer !== depth) return null;
  const left = x + places.radius + 10;
  const above = { x, y: y - places.radius - 24, anchor: "middle", width: places.gap };
  if (places.narrow) return free > 50 ? above : null;
  const width = places.end.x - places.end.half - left - 4;
  if (column.spacing < 34) return { x: left + TARGET, y, anchor: "start", width: width - TARGET };
  return { x: left, y: y + 16, anchor: "start", width };
}

/** @param {any} pass @param {any} places */
function texts(pass, places) {
  const depth = pass.sizes.length;
  return neurons().flatMap((/** @type {any} */ neuron) => {
    const name = nameOf(pass, neuron.layer, neuron.row);
    const at = name && placeOf(neuron, places, depth);
    if (!at || at.width < LEAST) return [];
    const { x, y, anchor, width } = at;
    return [draw("text", { class: "name", x, y, "data-anchor": anchor }, fitting(name, width))];
  });
}

// The sample on the stage as the picture that it is, at the left of its pixels.
/** @param {State} state @param {any} places */
function drawPicture(state, places) {
  const { pass } = state;
  const x = Array.from({ length: pass.sizes[0] }, (_, i) => Number(read(pass, 0, "x", 1, i + 1, state.focus.sample)));
  const image = picture(x);
  const host = by("sample-picture") || make("figure", { id: "sample-picture" }, make("canvas"), make("figcaption"));
  host.hidden = !image;
  if (!image) return;
  if (!host.isConnected) by("network").append(host);
  const [canvas, caption] = host.children;
  canvas.width = canvas.height = image.side;
  canvas.getContext("2d").drawImage(paint(image.bytes, image.side, GREY), 0, 0);
  caption.textContent = classOnStage(state);
  styled(host, { "--side": `${Math.max(28, places.columns[0].x - places.radius - 16)}px` });
}

// Written again only where the network, the data or the window is another.
/** @param {State} state */
export function show(state) {
  const places = placesNow();
  const svg = document.querySelector("#network .nodes");
  if (!places || !svg || state.pass.live) return;
  drawPicture(state, places);
  const { sizes } = state.pass;
  const [rows, { width, height }] = [neurons(), places];
  const called = rows.map((/** @type {any} */ { layer, row }) => nameOf(state.pass, layer, row));
  const key = JSON.stringify([sizes, width, height, called]);
  if (key === shown && svg.querySelector(".names")) return;
  shown = key;
  svg.querySelector(".names")?.remove();
  svg.append(draw("g", { class: "names" }, ...texts(state.pass, places)));
  attribute(by("network"), "data-named", String(called.some(Boolean)));
}
