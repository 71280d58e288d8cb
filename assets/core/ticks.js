// Where a logarithmic axis is marked: so many places at most, round ones.

/** @param {number} parts */
const even = (parts) => Array.from({ length: 9 * parts }, (_, i) => (parts + i) / parts);
const WITHIN = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 7], even(2), even(10), even(100)];
/** @type {(power: number, step: number) => number} */
const times = (power, step) => Number(`${step}e${power}`);

// Values from `low` to `high`, both above 0, at which there is a mark; at least two wherever numbers are that near.
/** @param {number} low @param {number} high @param {number} most */
export function logTicks(low, high, most) {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  /** @param {number[]} steps @param {number} every */
  const ticks = (steps, every = 1) => powers
    .filter((power) => power % every === 0)
    .flatMap((power) => steps.map((step) => times(power, step)))
    .filter((value) => value >= low && value <= high);
  const found = WITHIN.map((steps) => ticks(steps)).filter(({ length }) => length <= most);
  const finest = found.at(-1);
  if (finest) return finest;
  let every = 2;
  while (ticks([1], every).length > most) every++;
  return ticks([1], every);
}

// Labels at these heights, 0 to 1, moved so that neighbours are `gap` apart and in the same order.
/** @param {number[]} heights @param {number} gap */
export function spread(heights, gap) {
  const order = heights.map((_, i) => i).sort((one, other) => heights[one] - heights[other]);
  const moved = [...heights];
  order.forEach((i, at) => { if (at) moved[i] = Math.max(moved[i], moved[order[at - 1]] + gap); });
  const over = Math.max(0, moved[order[order.length - 1]] - 1);
  let ceiling = Infinity;
  for (const i of [...order].reverse()) {
    moved[i] = Math.min(moved[i], ceiling, over ? 1 : Infinity);
    ceiling = moved[i] - gap;
  }
  return moved;
}
