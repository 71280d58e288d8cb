// A logarithmic axis: what it reaches over, and round marks of it that do not run into each other.

import { shown, typographic } from "../core/format.js";
import { logTicks } from "../core/ticks.js";

const APART = 28; // pixels from mark to mark

// The marks of a range in powers of ten, on so many pixels.
/** @param {number[]} range @param {number} height */
export function marksOf([low, high], height) {
  const values = logTicks(10 ** low, 10 ** high, Math.max(2, Math.floor(height / APART)));
  return { tickmode: "array", tickvals: values, ticktext: values.map((value) => typographic(shown(value, 3))) };
}

// The axis over all that is drawn; null where nothing is above 0.
/** @param {{ y: (number | null)[] }[]} lines @param {number} height @param {number} [ahead] powers of ten to come */
export function axisOf(lines, height, ahead = 0) {
  let [low, high] = [Infinity, -Infinity];
  for (const { y } of lines) {
    for (const value of y) if (value !== null && value > 0) [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  if (low > high) return null;
  const [bottom, top] = [Math.log10(low), Math.log10(high)];
  const margin = Math.max(0.06 * (top - bottom), 0.05);
  const range = [bottom - margin - ahead, top + margin + ahead / 2];
  return { range, ...marksOf(range, height) };
}
