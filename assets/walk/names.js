// What the data call the inputs and the outputs of the network; names are data, whole and as they came.

import { name as symbolOf } from "../core/format.js";
import { message, render } from "../core/messages.js";
import { classes, current, isClasses } from "./samples.js";

const NUMBERED = /^\d{1,9}$/;

// A class that is only a number is told to be one.
/** @param {string} name */
function ofClass(name) {
  if (!NUMBERED.test(name)) return name;
  return render(message(current()?.images ? "names.digit" : "names.class", { name }));
}

/** @param {number} row */
function ofInput(row) {
  const name = current()?.features[row - 1] ?? "";
  return current()?.images || name === symbolOf("x", 1, row) ? "" : name;
}

// Of as many outputs as there are classes each is one; a single output is 1 for the second of two.
/** @param {number} row @param {number} outputs */
function ofOutput(row, outputs) {
  const all = classes();
  if (!isClasses()) {
    const name = current()?.outputs[row - 1] ?? "";
    return name === "y" ? "" : name;
  }
  if (outputs === all.length) return ofClass(all[row - 1]);
  // That of the two called 0 and 1 the one is 1 goes without saying.
  if (outputs !== 1 || all.length !== 2 || all[1] === "1") return "";
  return render(message("names.single", { name: ofClass(all[1]) }));
}

// Empty where there is none, and for all layers between.
/** @param {Pass} pass @param {number} layer @param {number} row */
export function nameOf({ sizes }, layer, row) {
  if (!current()) return "";
  if (layer === 1) return ofInput(row);
  return layer === sizes.length ? ofOutput(row, sizes[layer - 1]) : "";
}

// The class of the sample on the stage, where it has one.
/** @param {State} state */
export function classOnStage({ fields }) {
  const data = current();
  const at = data && isClasses() ? data.sample.indexOf(Number(fields.sample)) : -1;
  return data && at >= 0 ? ofClass(data.classes[data.labels[at]]) : "";
}

// The pixels of the sample on the stage as bytes, from black on white; null where inputs are no pixels.
/** @param {number[]} x */
export function picture(x) {
  const data = /** @type {any} */ (current());
  if (!data?.images || x.length !== data.images.side ** 2) return null;
  const { side, brightest } = data.images;
  const grey = x.map((value, i) => (255 * (data.shift[i] + data.scale[i] * value)) / brightest);
  return { side, bytes: Uint8Array.from(grey, (value) => Math.min(255, Math.max(0, Math.round(value)))) };
}
