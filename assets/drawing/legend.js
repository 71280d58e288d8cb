// The words around the drawing: a heading over every layer, and what width, area, tint and grey mean.

import { words } from "../core/format.js";

// Written again only where something else stands there: the buttons keep the focus.
function write(id, html) {
  const host = document.getElementById(id);
  if (host.dataset.html === html) return;
  host.innerHTML = html;
  host.dataset.html = html;
}

function resizer(layer, mark, change, words) {
  return `<button type="button" data-resize="${change}" data-layer="${layer}" title="${words}" aria-label="${words} in layer ${layer}">${mark}</button>`;
}

function heading({ layer, size, name }, x, gap) {
  const activation = name.replace("_", " ");
  const words = gap < 84 ? size : `${size} ${activation}`;
  const buttons = [resizer(layer, "−", -1, "One neuron fewer"), resizer(layer, "+", 1, "One neuron more")];
  return `<div class="heading${gap < 110 ? " tight" : ""}" style="left:${x}px" title="Layer ${layer}: ${size} ${activation}">
    <span>layer ${layer}</span><span class="muted">${buttons[0]}${words}${buttons[1]}</span></div>`;
}

export function showHeadings(pass, { columns, gap, width }) {
  const inside = (x) => Math.min(Math.max(x, 52), width - 52);
  write("headings", columns.map((column, i) => heading(pass.scene.layers[i], inside(column.x), gap)).join(""));
}

// The full scale of each, with the value that it stands for.
export function show(pass, cursor, { thickest }) {
  const { scale } = pass.scene;
  const back = ["backward", "update"].includes(pass.positions[cursor].kind);
  const [symbol, full] = back ? ["δ", scale.delta] : ["a", scale.a];
  const stroke = (sign) => `<i class="stroke ${sign}" style="height:${thickest.toFixed(1)}px"></i>`;
  const parts = [
    `fill ${symbol}: −${words(full)}<i class="ramp"></i>${words(full)}`,
    `<i class="grey"></i>not known now`,
    `edge width |w|: ${stroke("plus")}${words(scale.w)} ${stroke("minus")}−${words(scale.w)}`,
    `<span>area ‖w<sub>j</sub>‖</span><i class="small-circle"></i><i class="large-circle"></i>${words(scale.norm, 3)}`,
    `<i class="square"></i>bias b`,
  ];
  write("legend", parts.map((part) => `<span>${part}</span>`).join(""));
}
