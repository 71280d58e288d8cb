// Words along lines: as many as fit without one on another, those that weigh most first.

/** @typedef {{ at: Point[], width: number, weight: number }} Label  `at` are its places, the best first */

// For each label the place it has, or null.
/** @template {Label} T @param {T[]} labels @param {number} height @returns {Map<T, Point>} */
export function spread(labels, height) {
  /** @type {Map<T, Point>} */
  const placed = new Map();
  /** @param {Point} point @param {number} width */
  const isFree = (point, width) => [...placed].every(([other, { x, y }]) =>
    Math.abs(x - point.x) >= (width + other.width) / 2 || Math.abs(y - point.y) >= height);
  for (const label of [...labels].sort((one, other) => other.weight - one.weight)) {
    const free = label.at.find((point) => isFree(point, label.width));
    if (free) placed.set(label, free);
  }
  return placed;
}
