// The ground of the data's picture: its canvas, its frame and its axes.

import { shown, typographic } from "../core/format.js";
import { colour } from "../kit/colours.js";
import { by } from "../kit/dom.js";

export const PAD = { left: 36, right: 8, top: 8, bottom: 22 };

/** @param {Iterable<number>} values */
export function reach(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const v of values) [low, high] = [Math.min(low, v), Math.max(high, v)];
  const margin = 0.12 * (high - low) || 1;
  return [low - margin, high + margin];
}

// The canvas of the data, cleared, in pixels of the page.
export function clear() {
  const made = by("boundary-canvas");
  const box = made.parentNode.getBoundingClientRect();
  const ratio = devicePixelRatio || 1;
  const [width, height] = [Math.max(box.width, 60), Math.max(box.height, 60)];
  if (made.width !== Math.round(width * ratio)) made.width = Math.round(width * ratio);
  if (made.height !== Math.round(height * ratio)) made.height = Math.round(height * ratio);
  const context = made.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

// A part of the board whose frame is as wide as high, so that a unit across is one up where the data are alike.
/** @param {Board} board */
export function squared({ context, width, height }) {
  const side = Math.min(width - PAD.left - PAD.right, height - PAD.top - PAD.bottom);
  return { context, width: side + PAD.left + PAD.right, height: side + PAD.top + PAD.bottom };
}

// A frame with the ends of both axes written at it; the way from data to pixels, and back.
/** @param {Board} given @param {number[]} across @param {number[]} up @param {string[]} names */
export function frame({ context, width, height }, [left, right], [bottom, top], names) {
  const inner = { w: width - PAD.left - PAD.right, h: height - PAD.top - PAD.bottom };
  const axes = {
    x: (/** @type {number} */ v) => PAD.left + (inner.w * (v - left)) / (right - left),
    y: (/** @type {number} */ v) => PAD.top + (inner.h * (top - v)) / (top - bottom),
    backX: (/** @type {number} */ px) => left + ((px - PAD.left) / inner.w) * (right - left),
    backY: (/** @type {number} */ py) => top - ((py - PAD.top) / inner.h) * (top - bottom),
    holds: (/** @type {number} */ px, /** @type {number} */ py) =>
      px >= PAD.left && px <= PAD.left + inner.w && py >= PAD.top && py <= PAD.top + inner.h,
    inner,
  };
  context.strokeStyle = colour("--line");
  context.strokeRect(PAD.left, PAD.top, inner.w, inner.h);
  context.fillStyle = colour("--muted");
  context.font = "12px sans-serif";
  /** @param {string} text @param {number} x @param {number} y @param {CanvasTextAlign} align */
  const write = (text, x, y, align) => {
    context.textAlign = align;
    context.fillText(text, x, y);
  };
  /** @param {number} v */
  const short = (v) => typographic(shown(v, 2));
  write(short(left), PAD.left, height - 8, "left");
  write(short(right), width - PAD.right, height - 8, "right");
  write(names[0], PAD.left + inner.w / 2, height - 8, "center");
  write(short(top), PAD.left - 3, PAD.top + 9, "right");
  write(short(bottom), PAD.left - 3, PAD.top + inner.h, "right");
  context.save();
  context.translate(PAD.left - 8, PAD.top + inner.h / 2);
  context.rotate(-Math.PI / 2);
  write(names[1], 0, 0, "center");
  context.restore();
  return axes;
}
