// The lines of a plot made longer between two of Plotly's own drawings of it, each of which takes many frames.

import { extension } from "../core/lengthening.js";

const MOST_ADDED = 256; // points, after which Plotly draws them
/** @type {WeakMap<any, Map<string, { node: Element, path: string, x: number }>>} */
const lines = new WeakMap(); // of each plot, as Plotly has drawn them
/** @type {WeakMap<any, { node: Element, path: string }>} */
const marks = new WeakMap();

/** @param {any} graph */
function look(graph) {
  const found = new Map();
  for (const { uid, x } of graph.data || []) {
    const node = uid && graph.querySelector(`.scatterlayer .trace${uid} path.js-line`);
    if (node) found.set(uid, { node, path: node.getAttribute("d"), x: x[x.length - 1] });
  }
  lines.set(graph, found);
  const mark = graph.querySelector(".shapelayer path");
  if (mark) marks.set(graph, { node: mark, path: mark.getAttribute("d") });
}

// Heard of each of Plotly's drawings from now on.
/** @param {any} graph */
export function attend(graph) {
  if (lines.has(graph)) return;
  look(graph);
  graph.on("plotly_afterplot", () => look(graph));
}

// An upright line of the plot, moved.
/** @param {any} graph @param {number} x */
function moveMark(graph, x) {
  const { node, path } = marks.get(graph) || {};
  const { xaxis } = graph._fullLayout;
  const at = (xaxis._offset + xaxis.c2p(x)).toFixed(2);
  node?.setAttribute("d", String(path).replace(/([ML])[-\d.]+,/g, `$1${at},`));
}

// Whether the plot shows these lines to their ends; if not, it is to be drawn anew.
/** @param {any} graph @param {any[]} data @param {number} [mark] */
export function lengthen(graph, data, mark) {
  const { xaxis, yaxis } = graph?._fullLayout || {};
  const drawn = lines.get(graph);
  if (!drawn || !xaxis?.c2p || !yaxis?.c2p) return false;
  let whole = true;
  for (const line of data) {
    if (!line.uid || !line.x.length) continue;
    const { node, path, x } = drawn.get(line.uid) || {};
    if (!node?.isConnected || x === undefined) {
      whole = false;
      continue;
    }
    let added = 0;
    /** @type {(x: number, y: number) => [number, number]} */
    const place = (across, up) => {
      const [px, py] = [xaxis.c2p(across), yaxis.c2p(up)];
      added++;
      if (px > xaxis._length || py < 0 || py > yaxis._length) whole = false;
      return [px, py];
    };
    node.setAttribute("d", path + extension(line, x, place));
    if (added > MOST_ADDED) whole = false;
  }
  if (mark !== undefined) moveMark(graph, mark);
  return whole;
}
