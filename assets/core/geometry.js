// From the scene's relative numbers to pixels of the window there is.

/** @param {any} value @param {number} low @param {number} high */
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

const DESK = 15; // pixels of a letter in front of which the distances below were chosen
const MANY = 6; // neurons: of more in a layer the letters give way

// The margins, the part of its slot that a neuron takes and the least part of its area, and how large it may be.
/** @param {number} width @param {boolean} narrow @param {number} large */
function proportions(width, narrow, large) {
  if (large && !narrow) return { left: 3.4 * large, right: 12 * large, share: 0.36, least: 0.7, most: 3 * large };
  const right = narrow ? 92 : clamp(width * 0.22, 190, 290);
  const left = narrow ? 40 : clamp(width * 0.07, 52, 100);
  return { left, right, share: 0.36, least: 0.4, most: right - (narrow ? 64 : 150) };
}

// The size of the numbers in the neurons; `large` letters stay so while there are not many in a layer.
/** @param {number} radius @param {number} most  neurons in a layer @param {number} large */
function textSize(radius, most, large) {
  if (!large) return clamp(radius * 0.44, 12, 22);
  return most <= MANY ? clamp(radius * 0.44, large, 1.5 * large) : clamp(radius * 0.8, 12, large);
}

// Places for every drawn neuron, the ellipses, J, and the largest radius and edge width that fit; `letter` is
// half the width of one. `large` are pixels of the letters that the back row reads, 0 at a desk.
/** @param {Scene} scene @param {number} width @param {number} height @param {any} letter @param {number} [large] */
export function place(scene, width, height, letter, large = 0) {
  const layers = scene.layers;
  const narrow = width < 560;
  const zoom = large ? Math.max(1, large / DESK) : 1;
  const { left, right, share, least, most } = proportions(width, narrow, large);
  const gap = (width - left - right) / (layers.length - 1);
  const slots = layers.map((layer) => layer.rows.length + (layer.hidden ? 1 : 0));
  const spacings = slots.map((n) => Math.min((height - 12) / n, height / 2.2, 230));
  // Where the letters leave no room below a neuron, the neuron takes it.
  const slot = Math.min(...spacings);
  const part = large && slot * share < 1.7 * large ? 0.46 : share;
  const radius = clamp(Math.min(slot * part, gap * (large ? 0.4 : 0.27)), 3, most);
  const columns = layers.map((layer, i) => {
    const x = left + i * gap;
    const top = height / 2 - ((slots[i] - 1) / 2) * spacings[i];
    const neurons = new Map();
    let slot = 0;
    /** @type {Point | null} */
    let ellipsis = null;
    layer.rows.forEach((row, at) => {
      if (at && row !== layer.rows[at - 1] + 1) ellipsis = { x, y: top + slot++ * spacings[i] };
      neurons.set(row, { x, y: top + slot++ * spacings[i] });
    });
    return { layer: layer.layer, x, neurons, ellipsis, spacing: spacings[i] };
  });
  const half = (narrow ? 27 : 36) * (large && !narrow ? zoom : 1);
  const end = { x: width - half - (narrow ? 3 : 8), y: height / 2, half };
  const text = textSize(radius, Math.max(...slots), large);
  const thickest = clamp(radius * 0.24, 1.6, 10 * zoom);
  return { width, height, narrow, gap, letter, radius, least, zoom, text, large, thickest, columns, end };
}

// Area, not radius, follows the norm; never below a readable share of the largest.
/** @param {any} places @param {number | null} area */
export function radiusOf({ radius, least }, area) {
  return radius * Math.sqrt(area === null ? 0.7 : least + (1 - least) * area);
}

// The edges into a layer, row by row, with their ends; column L + 1 leads to J.
/** @param {any} places @param {number} layer */
export function edgesInto(places, layer) {
  const from = places.columns[layer - 2];
  const to = places.columns[layer - 1];
  const sources = [...from.neurons];
  if (!to) return sources.map(([k, p]) => ({ j: 0, k, x1: p.x, y1: p.y, x2: places.end.x, y2: places.end.y }));
  return [...to.neurons].flatMap(([j, q]) =>
    sources.map(([k, p]) => ({ layer, j, k, x1: p.x, y1: p.y, x2: q.x, y2: q.y })));
}

// The distance of a point from an edge, in pixels.
/** @param {any} edge @param {number} x @param {number} y */
export function distance(edge, x, y) {
  const dx = edge.x2 - edge.x1;
  const dy = edge.y2 - edge.y1;
  const along = clamp(((x - edge.x1) * dx + (y - edge.y1) * dy) / (dx * dx + dy * dy), 0, 1);
  return Math.hypot(edge.x1 + along * dx - x, edge.y1 + along * dy - y);
}
