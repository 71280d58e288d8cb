// The ∂J/∂w that is largest in size, of all layers: the first where several are equal.

import { find } from "./pass.js";

/** @typedef {{ layer: number, row: number, col: number, value: number }} Largest */
/** @type {WeakMap<Pass, Largest | null>} */
const known = new WeakMap();

/** @param {Pass} pass @returns {Largest | null} */
function search(pass) {
  /** @type {Largest | null} */
  let best = null;
  for (let layer = 2; layer <= pass.sizes.length; layer++) {
    const dw = find(pass, pass.last, "dw", layer);
    dw?.array.forEach((value, i) => {
      if (Math.abs(value) <= Math.abs(best?.value ?? 0)) return;
      best = { layer, row: 1 + Math.floor(i / dw.cols), col: 1 + (i % dw.cols), value };
    });
  }
  return best;
}

// At an update, which is made of all of them; null elsewhere, and where all are 0.
/** @param {Pass} pass @param {number} cursor */
export function largest(pass, cursor) {
  if (pass.positions[cursor].kind !== "update") return null;
  if (!known.has(pass)) known.set(pass, search(pass));
  return known.get(pass) ?? null;
}
