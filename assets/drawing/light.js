// What is pointed at elsewhere, lit in the drawing.

import { targetOf } from "../core/target.js";
import { parts } from "./network.js";

/** @type {Element[]} */
let lit = [];

/** @param {string} target @returns {(Element | undefined)[]} */
function nodesOf(target) {
  const { edges, neurons, end } = parts();
  if (target === "J") return [end.loss.parentNode];
  const [kind, layer, row, col] = target.split(" ");
  const [l, j, k] = [layer, row, col].map(Number);
  if (kind === "neuron") return [neurons.find((/** @type {any} */ one) => one.layer === l && one.row === j)?.node];
  return [edges.find((/** @type {any} */ one) => one.layer === l && one.j === j && one.k === k)?.node];
}

// The text that tells what is under the pointer from all else.
/** @param {any} found */
export function targetUnder(found) {
  if (!found) return null;
  if (found.loss) return "J";
  const { edge, neuron } = found;
  return edge ? targetOf("w", edge.layer, edge.j, edge.k) : targetOf("a", neuron.layer, neuron.row);
}

/** @param {string | null} target */
export function light(target) {
  for (const node of lit) node.classList.remove("lit");
  lit = target && parts() ? /** @type {Element[]} */ (nodesOf(target).filter(Boolean)) : [];
  for (const node of lit) node.classList.add("lit");
}
