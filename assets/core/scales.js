// What a full width or area of the drawing stands for: it stays while a network is walked and trained.

const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
const [LEAST, MOST] = [0.4, 1.5];

// The smallest of these steps times a power of ten that is at least `value`; 1 for 0.
/** @param {number} value */
export function roundUp(value) {
  if (value === 0) return 1;
  const power = Math.floor(Math.log10(value));
  const steps = STEPS.map((step) => Number(`${step}e${power}`));
  return steps.find((step) => step >= value && step < Infinity) ?? value;
}

// The scale for values up to `largest`: the one in force for as long as it tells them well enough.
/** @param {number | null} scale @param {number} largest */
export function keep(scale, largest) {
  const told = scale !== null && (largest === 0 || (largest >= LEAST * scale && largest <= MOST * scale));
  return told ? scale : roundUp(largest);
}
