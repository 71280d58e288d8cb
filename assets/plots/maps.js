// What each neuron sees: a_j^l over the plane of the inputs, or the weights of a picture of pixels, inside its circle.

import { bytes, find as findArray } from "../core/pass.js";
import { paint, palette } from "../kit/colours.js";
import { by, make } from "../kit/dom.js";
import { current, known } from "../walk/samples.js";
import { neurons } from "../drawing/network.js";

// The side of the pictures that the inputs are; own data may be copies of the handwritten digits.
const pixels = () => current()?.images?.side ?? 8;
/** @param {Pass} pass */
const isImage = (pass) => pass.sizes[0] === pixels() ** 2;

// Shown at the input, where nothing of the pass hides behind them.
/** @param {View} given */
export function on({ pass }) {
  return by("maps").checked && known() && (pass.sizes[0] === 2 || isImage(pass));
}

// The weights into one neuron of layer 2 as bytes around 127.5.
/** @param {Pass} pass @param {number} row */
function weightsOf(pass, row) {
  const w = /** @type {Value} */ (findArray(pass, 0, "w", 2));
  const line = w.array.subarray((row - 1) * w.cols, row * w.cols);
  const most = line.reduce((reach, value) => Math.max(reach, Math.abs(value)), 0) || 1;
  return Uint8Array.from(line, (value) => Math.round(127.5 + (127.5 * value) / most));
}

/** @param {Pass} pass @param {any} maps @returns {(layer: number, row: number) => [Uint8Array, number] | null} */
function pictures(pass, maps) {
  if (isImage(pass)) return (layer, row) => (layer === 2 ? [weightsOf(pass, row), pixels()] : null);
  // Those of a network with fewer neurons stay until the new ones have come.
  return (layer, row) => {
    const seen = maps?.layers[layer]?.[row - 1];
    return seen ? [bytes(seen), maps.size] : null;
  };
}

// What a neuron sees as large as a reader wants it, while it is pointed at; null where there is nothing of it.
/** @param {State} state @param {any} maps @param {any} found */
export function enlarge(state, maps, { neuron }) {
  const seen = neuron && on(state) && pictures(state.pass, maps)(neuron.layer, neuron.row);
  if (!seen) return null;
  const [values, size] = seen;
  const canvas = make("canvas", { width: size, height: size, class: isImage(state.pass) ? "pixels" : "plane" });
  canvas.getContext("2d").drawImage(paint(values, size, palette().pixels), 0, 0);
  return canvas;
}

/** @param {State} state @param {any} maps */
export function draw(state, maps) {
  const { pass, cursor } = state;
  const canvas = by("maps-canvas");
  const visible = on(state) && pass.positions[cursor].kind === "input";
  by("network").classList.toggle("mapped", visible && Boolean(isImage(pass) || maps));
  by("maps-switch").hidden = !known() || !(pass.sizes[0] === 2 || isImage(pass));
  if (!visible) return void (canvas.hidden = true);
  canvas.hidden = false;
  const box = by("network").getBoundingClientRect();
  const ratio = devicePixelRatio || 1;
  if (canvas.width !== Math.round(box.width * ratio) || canvas.height !== Math.round(box.height * ratio)) {
    canvas.width = Math.round(box.width * ratio);
    canvas.height = Math.round(box.height * ratio);
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, box.width, box.height);
  const [find, image] = [pictures(pass, maps), isImage(pass)];
  const colours = palette().pixels;
  for (const { layer, row, x, y, radius } of neurons()) {
    const found = find(layer, row);
    if (!found) continue;
    const r = radius - 1;
    context.save();
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
    context.clip();
    context.imageSmoothingEnabled = !image;
    // A picture of pixels is drawn whole inside its circle, a plane fills it.
    const half = image ? r / Math.SQRT2 : r;
    context.drawImage(paint(found[0], found[1], colours), x - half, y - half, 2 * half, 2 * half);
    context.restore();
  }
}
