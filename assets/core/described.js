// The drawing in words, for those who do not see it: its layers, where the walk is, and what is known there.

import { symbol as spoken } from "./aloud.js";
import { shown, typographic } from "./format.js";
import { message } from "./messages.js";
import { read } from "./pass.js";

const MOST_VALUES = 16;

/** @param {SceneLayer} given */
function layer({ layer: at, size, name }) {
  if (at === 1) return message("drawing.described.input", { count: size });
  return message("drawing.described.layer", { layer: at, size, kind: message(`activation.${name}`) });
}

// What the neurons of the layer at work show.
/** @param {Position} position */
function shownOf({ kind, layer: at }) {
  if (kind === "input") return { symbol: "x", at: 1 };
  if (kind === "forward") return { symbol: "a", at: Number(at) };
  return kind === "backward" ? { symbol: "delta", at: Number(at) } : null;
}

/** @param {View} given */
function known({ pass, cursor, focus }) {
  const found = shownOf(pass.positions[cursor]);
  if (!found) return [];
  const { symbol, at } = found;
  return pass.scene.layers[at - 1].rows.slice(0, MOST_VALUES).flatMap((row) => {
    const value = read(pass, cursor, symbol, at, row, focus.sample);
    if (value === undefined) return [];
    const called = spoken(symbol === "delta" ? "δ" : symbol, symbol === "x" ? "" : String(at), [String(row)]);
    return [message("drawing.described.value", { symbol: called, value: typographic(shown(value)) })];
  });
}

/** @param {View} view @returns {Message[]} */
export function described(view) {
  const { pass, cursor } = view;
  const layers = pass.scene.layers.map(layer);
  const values = known(view);
  const J = read(pass, cursor, "J", pass.sizes.length, 1);
  return [
    message("drawing.described.shape", { count: layers.length, layers }),
    ...(values.length ? [message("drawing.described.known", { values })] : []),
    ...(J === undefined ? [] : [message("drawing.described.loss", { J: typographic(shown(J)) })]),
  ];
}
