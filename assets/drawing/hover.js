// Hovering or tapping the drawing: the symbol with its indices and the whole value of what lies there.

import { decimal, exact, name, typographic } from "../core/format.js";
import { message, render } from "../core/messages.js";
import { read } from "../core/pass.js";
import { by, make } from "../kit/dom.js";
import { announce } from "../walk/announce.js";
import { nameOf } from "../walk/names.js";
import { targetUnder } from "./light.js";
import { under } from "./network.js";

const SAMPLED = ["x", "z", "a", "y", "delta"];

/** @param {View} given @param {any} found */
function lines({ pass, cursor, focus }, found) {
  /** @type {[string, string][]} */
  const rows = [];
  const samples = pass.fields["sample-x"].split(";").length;
  /** @param {string} symbol @param {...number} place */
  const add = (symbol, ...place) => {
    const sample = SAMPLED.includes(symbol) ? [focus.sample] : [];
    const value = read(pass, cursor, symbol, .../** @type {[number, number]} */ ([...place, ...sample]));
    // In a batch the numbers of one sample are told to be that: δ is ∂J of the sample, not of the mean.
    if (value === undefined) return;
    const plain = name(symbol, .../** @type {[number]} */ (place));
    const of = message("hover.sample", { symbol: plain, sample: focus.sample });
    const told = samples > 1 && SAMPLED.includes(symbol) ? render(of) : plain;
    rows.push([told, typographic(decimal(exact(value)))]);
  };
  if (found.edge) {
    const { layer, j, k } = found.edge;
    add("w", layer, j, k);
    add("dw", layer, j, k);
    return rows;
  }
  if (found.loss) {
    add("J", pass.sizes.length, 1);
    return rows.length ? rows : [["J", render(message("hover.unknown"))]];
  }
  const { layer, row } = found.neuron;
  for (const symbol of ["x", "b", "z", "a", "y", "delta", "db"]) add(symbol, layer, row);
  const delta = read(pass, cursor, "delta", layer, row, focus.sample);
  if (delta) rows.push(["", render(message(delta > 0 ? "hover.fall" : "hover.rise", { z: name("z", layer, row) }))]);
  return rows;
}

// The name that the data have for it, if any, above its numbers.
/** @param {View} view @param {any} found */
function called({ pass }, { neuron }) {
  const name = neuron && nameOf(pass, neuron.layer, neuron.row);
  return name ? [make("div", { class: "name" }, name)] : [];
}

// `picture` makes what else is to be seen of it.
/** @param {View | null} view @param {any} event @param {(found: any) => Element | null} [picture] */
export function show(view, event, picture = () => null) {
  const box = by("tooltip");
  const found = view && under(event.clientX, event.clientY);
  box.hidden = !found;
  announce("pointed", targetUnder(found));
  if (!found) return found;
  const numbers = lines(view, found).map(([symbol, value]) => {
    const row = document.createElement("div");
    const label = document.createElement("b");
    label.textContent = symbol;
    row.append(label, symbol ? ` = ${value}` : value);
    return row;
  });
  box.replaceChildren(...[...called(view, found), ...numbers, picture(found)].filter((part) => part !== null));
  const { left, top } = besides(found, event, box.getBoundingClientRect(), cameFrom(view));
  box.style.left = `${Math.max(4, Math.min(left, innerWidth - box.offsetWidth - 6))}px`;
  box.style.top = `${Math.max(4, Math.min(top, innerHeight - box.offsetHeight - 4))}px`;
  return found;
}

// What is told belongs to this position: it does not outlive it.
export function hide() {
  if (by("tooltip").hidden) return;
  by("tooltip").hidden = true;
  announce("pointed", null);
}

/** @param {View} view */
const cameFrom = ({ pass, cursor }) => (pass.positions[cursor].kind === "backward" ? "right" : "left");

// Where the words of a neuron cover neither the edges that its number came by nor its neighbours.
/** @param {any} found @param {any} event @param {DOMRect} box @param {string} from */
function besides(found, { clientX, clientY }, box, from) {
  if (!found.neuron) {
    const below = clientY + 18;
    return { left: clientX + 14, top: below + box.height > innerHeight ? clientY - box.height - 10 : below };
  }
  const circle = found.neuron.circle.getBoundingClientRect();
  const top = circle.top + (circle.height - box.height) / 2;
  return { left: from === "left" ? circle.right + 12 : circle.left - box.width - 12, top };
}
