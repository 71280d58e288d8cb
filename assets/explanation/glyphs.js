// The outline of a glyph from wherever it is put: taken apart once, since a formula has hundreds.

const SEGMENT = /([A-DF-Za-df-z])((?:[^A-Za-z]|e)*)/g;
const NUMBER = /-?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?/g;
const ENDS = new Map(Object.entries({ M: 2, L: 2, T: 2, Q: 4, S: 4, C: 6, H: 1, V: 1, Z: 0 }));
const MOST_KEPT = 2000;

/** @typedef {{ x: number, y: number, scale: number }} Place */
/** @type {Map<string, { x: number, y: number, rest: string }>} */
const traced = new Map();

/** @param {number} value */
const tenths = (value) => Math.round(value * 10);

// The commands of a path as steps from its first point, in tenths of a unit: ends are rounded, so no error adds up.
/** @param {string} d @param {number} scale */
function trace(d, scale) {
  let here = [0, 0];
  let begun = here;
  const steps = [...d.matchAll(SEGMENT)].map(([, command, text]) => {
    const size = ENDS.get(command);
    if (size === undefined) throw new RangeError(`no absolute command: ${command}`);
    if (command === "Z") here = begun;
    const ends = (text.match(NUMBER) || []).map((value) => tenths(scale * Number(value)));
    const moves = ends.map((end, i) => {
      const step = (end - here[command === "V" ? 1 : i % 2]) / 10;
      if (command === "H") here = [end, here[1]];
      else if (command === "V") here = [here[0], end];
      else if ((i + 1) % size === 0) here = [ends[i - 1], end];
      return step;
    });
    if (command === "M") begun = here;
    return command.toLowerCase() + moves.join(" ");
  });
  const [x, y] = steps[0].slice(1).split(" ").map(Number);
  return { x, y, rest: steps.slice(1).join("") };
}

// A path, which begins with M, drawn at a place; that of a space is empty.
/** @param {Place} place @param {string} d */
export function outline({ x, y, scale }, d) {
  if (!/\d/.test(d)) return "";
  const key = `${scale}${d}`;
  let glyph = traced.get(key);
  if (!glyph) {
    if (traced.size >= MOST_KEPT) traced.clear();
    glyph = trace(d, scale);
    traced.set(key, glyph);
  }
  return `M${tenths(x + glyph.x) / 10} ${tenths(y + glyph.y) / 10}${glyph.rest}`;
}

/** @param {Place} place @param {{ left: number, bottom: number, width: number, height: number }} bar */
export function rectangle({ x, y, scale }, { left, bottom, width, height }) {
  const [at, on, w, h] = [x + scale * left, y + scale * bottom, scale * width, scale * height]
    .map((value) => tenths(value) / 10);
  return `M${at} ${on}h${w}v${h}h${-w}z`;
}
