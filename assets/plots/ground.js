// What the network says of the data, on a canvas of its own: its plane under the points, its curves over them. So a
// run draws no point again.

import { bytes } from "../core/pass.js";
import { colour, packed, palette, rgb } from "../kit/colours.js";
import { by, make, styled } from "../kit/dom.js";
import { PAD } from "./board.js";

/** @type {Uint32Array} */
let shades = new Uint32Array();
let shadesOf = "";

/** @returns {HTMLCanvasElement} */
function canvas() {
  const found = by("boundary-ground");
  if (found) return found;
  const made = make("canvas", { id: "boundary-ground", "aria-hidden": "true" });
  by("boundary-canvas").before(made);
  return made;
}

/** @param {HTMLCanvasElement} made @param {number} width @param {number} height */
function sized(made, width, height) {
  if (made.width !== width) made.width = width;
  if (made.height !== height) made.height = height;
  return /** @type {CanvasRenderingContext2D} */ (made.getContext("2d"));
}

// The colour of each level of a number from − to +, or of each class and how far it is ahead; worked out once for
// the theme in force.
/** @param {string[]} names */
function shadesFor(names) {
  const key = [document.documentElement.dataset.bsTheme, ...names].join();
  if (key === shadesOf) return shades;
  const ground = rgb("--bg");
  /** @param {number[]} full @param {number} share */
  const mixed = (full, share) => packed(ground.map((value, k) => value + (full[k] - value) * share));
  const leads = Array.from({ length: 256 }, (_, lead) => 0.15 + (0.5 * lead) / 255);
  const all = names.length
    ? names.flatMap((name) => leads.map((share) => mixed(rgb(name), share)))
    : palette().mixed.map((full) => mixed(full, 0.6));
  [shades, shadesOf] = [Uint32Array.from(all), key];
  return shades;
}

// The plane: the winning class, fainter where it is unsure, or a(x) from − to +.
/** @param {any} boundary @param {string[]} names of the colours of the classes */
export function paintPlane({ size, classes, lead, values }, names) {
  const made = canvas();
  const context = sized(made, size, size);
  const image = context.createImageData(size, size);
  const pixels = new Uint32Array(image.data.buffer);
  const colours = shadesFor(classes ? names : []);
  const levels = bytes(classes || values);
  const ahead = lead ? bytes(lead) : null;
  for (let i = 0; i < pixels.length; i++) pixels[i] = colours[ahead ? 256 * levels[i] + ahead[i] : levels[i]];
  context.putImageData(image, 0, 0);
}

// Where the plane lies on the board.
/** @param {any} inner */
export function placePlane({ w, h }) {
  const place = { left: `${PAD.left}px`, top: `${PAD.top}px`, width: `${w}px`, height: `${h}px`, "z-index": "0" };
  styled(canvas(), place).hidden = false;
}

/** @param {Board} board */
export function placeCurves({ width, height }) {
  styled(canvas(), { left: "0", top: "0", width: `${width}px`, height: `${height}px`, "z-index": "1" }).hidden = false;
}

/** @param {Board} board @param {any} axes @param {{ x: number[], curves: (number | null)[][] }} boundary */
export function paintCurves({ width, height }, axes, { x, curves }) {
  const ratio = devicePixelRatio || 1;
  const context = sized(canvas(), Math.round(width * ratio), Math.round(height * ratio));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.strokeStyle = colour("--text");
  context.lineWidth = 2;
  for (const line of curves) {
    context.beginPath();
    line.forEach((v, i) => {
      if (v !== null) context.lineTo(axes.x(x[i]), axes.y(v));
    });
    context.stroke();
  }
}

export function clear() {
  canvas().hidden = true;
}
