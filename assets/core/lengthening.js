// A line that grows between two drawings of its plot.

const STEPS = [1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8, 10, 12.5];
const ROOM = 1.05;

// Where an axis from 0 ends that has room for more than it has reached: it holds still while the line grows.
/** @param {number} reached */
export function roomyEnd(reached) {
  if (!(reached > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(reached));
  return /** @type {number} */ (STEPS.map((step) => step * power).find((end) => end >= ROOM * reached));
}

// What the path of a line is made longer by: its points beyond `from`, each where `place` puts it in pixels.
// Where there is no value the line is broken.
/**
 * @param {{ x: number[], y: (number | null)[] }} line
 * @param {number} from
 * @param {(x: number, y: number) => [number, number]} place
 */
export function extension({ x, y }, from, place) {
  let [path, pen] = ["", "L"];
  for (let i = x.findIndex((value) => value > from); i >= 0 && i < x.length; i++) {
    const value = y[i];
    const [across, down] = value === null ? [NaN, NaN] : place(x[i], value);
    const there = Number.isFinite(across) && Number.isFinite(down);
    if (there) path += `${pen}${across.toFixed(2)},${down.toFixed(2)}`;
    pen = there ? "L" : "M";
  }
  return path;
}
