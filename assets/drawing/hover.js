// Hovering or tapping the drawing: the symbol with its indices and the whole value of what lies there.

import { decimal, exact, name, typographic } from "../core/format.js";
import { message, render } from "../core/messages.js";
import { read } from "../core/pass.js";
import { by, make } from "../kit/dom.js";
import { nameOf } from "../walk/names.js";
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
  document.querySelectorAll("#network .hover").forEach((node) => node.classList.remove("hover"));
  const found = view && under(event.clientX, event.clientY);
  box.hidden = !found;
  if (!found) return found;
  (found.edge || found.neuron)?.node.classList.add("hover");
  const numbers = lines(view, found).map(([symbol, value]) => {
    const row = document.createElement("div");
    const label = document.createElement("b");
    label.textContent = symbol;
    row.append(label, ` = ${value}`);
    return row;
  });
  box.replaceChildren(...[...called(view, found), ...numbers, picture(found)].filter((part) => part !== null));
  const { width, height } = box.getBoundingClientRect();
  box.style.left = `${Math.max(4, Math.min(event.clientX + 14, innerWidth - width - 6))}px`;
  box.style.top = `${event.clientY + 18 + height > innerHeight ? event.clientY - height - 10 : event.clientY + 18}px`;
  return found;
}
