// From the scene's relative numbers to pixels of the window there is.

/** @param {any} value @param {number} low @param {number} high */
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

// Places for every drawn neuron, the ellipses, J, and the largest radius and edge width that fit; `letter` is
// half the width of one.
/** @param {Scene} scene @param {number} width @param {number} height @param {any} letter */
export function place(scene, width, height, letter) {
  const layers = scene.layers;
  const narrow = width < 560;
  const left = narrow ? 40 : clamp(width * 0.07, 52, 100);
  const right = narrow ? 92 : clamp(width * 0.22, 190, 290);
  const gap = (width - left - right) / (layers.length - 1);
  const slots = layers.map((layer) => layer.rows.length + (layer.hidden ? 1 : 0));
  const spacings = slots.map((n) => Math.min((height - 12) / n, height / 2.2, 230));
  const radius = clamp(Math.min(Math.min(...spacings) * 0.36, gap * 0.27), 3, right - (narrow ? 64 : 150));
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
  const end = { x: width - (narrow ? 30 : 44), y: height / 2, half: narrow ? 27 : 36 };
  return { width, height, narrow, gap, letter, radius, thickest: clamp(radius * 0.24, 1.6, 10), columns, end };
}

// Area, not radius, follows the norm; never below a readable share of the largest.
/** @param {any} places @param {number | null} area */
export function radiusOf(places, area) {
  const floor = 0.4;
  return places.radius * Math.sqrt(area === null ? 0.7 : floor + (1 - floor) * area);
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
