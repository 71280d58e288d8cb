// A pass as it came from the server, made readable: which value is known at which position.

import { words as inWords } from "./format.js";
import { message, render } from "./messages.js";
import { follow, textOf } from "./recipes.js";

const PIECE = 0x2000; // arguments that a call takes everywhere
/** @type {WeakMap<Weights, string>} */
const names = new WeakMap();

// Counted by hand: a call for each byte costs ten times as much.
/** @param {string} text */
export function bytes(text) {
  const read = atob(text);
  const made = new Uint8Array(read.length);
  for (let i = 0; i < made.length; i++) made[i] = read.charCodeAt(i);
  return made;
}
/** @param {string} text */
export const decode = (text) => new Float64Array(bytes(text).buffer);

/** @param {Uint8Array} raw */
export function base64(raw) {
  let letters = "";
  for (let i = 0; i < raw.length; i += PIECE) letters += String.fromCharCode(...raw.subarray(i, i + PIECE));
  return btoa(letters);
}
/** @param {Float64Array} array */
export const encode = (array) => base64(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));

// A value whose numbers and text are made when they are first asked for: of most nobody asks both.
/**
 * @param {ValueOnWire} wire
 * @param {string | undefined} text
 * @param {() => Float64Array} [make]  where there is no text
 * @returns {Value}
 */
function lazily({ symbol, layer, rows, cols, from, to }, text, make = () => new Float64Array()) {
  /** @type {Float64Array | undefined} */
  let array;
  return {
    symbol, layer, rows, cols, from, to,
    get array() { return (array ??= text === undefined ? make() : decode(text)); },
    get data() { return (text ??= encode(this.array)); },
  };
}

// `given` are the weights that the pass was asked with.
/** @param {PassOnWire} wire @param {Weights} [given] @returns {Pass} */
export function open(wire, given) {
  /** @type {Map<string, Value[]>} */
  const kept = new Map();
  /** @param {string} symbol @param {number} layer */
  const first = (symbol, layer) => /** @type {Value[]} */ (kept.get(symbol + layer))[0].array;
  for (const value of wire.values) {
    const key = value.symbol + value.layer;
    const made = lazily(value, textOf(value, given), () => follow(value, { first }));
    kept.set(key, [...(kept.get(key) || []), made]);
  }
  return { ...wire, kept, last: wire.positions.length - 1 };
}

/** @param {Value} value @param {number} row */
const start = (value, row) => (Array.isArray(value.from) ? value.from[row - 1] : value.from);

/** @param {Pass} pass @param {string} symbol @param {number} layer @returns {Value[]} */
const valuesOf = (pass, symbol, layer) => pass.kept.get(symbol + layer) || [];

// The array of a symbol at a position, or undefined where none of its rows is known.
/** @param {Pass} pass @param {number} cursor @param {string} symbol @param {number} layer */
export function find(pass, cursor, symbol, layer) {
  if (symbol.endsWith("_before")) return valuesOf(pass, symbol.split("_")[0], layer)[0];
  const all = valuesOf(pass, symbol, layer);
  return all.find((v) => (v.to === null || cursor <= v.to) && cursor >= Math.min(...[v.from].flat()));
}

// One number at a position, or undefined while it is not known; rows and columns count from 1.
/**
 * @param {Pass} pass
 * @param {number} cursor
 * @param {string} symbol
 * @param {number} layer
 * @param {number} row
 * @param {number} [col]
 */
export function read(pass, cursor, symbol, layer, row, col = 1) {
  if (symbol.endsWith("_before")) {
    const first = valuesOf(pass, symbol.split("_")[0], layer)[0];
    return first.array[(row - 1) * first.cols + col - 1];
  }
  const value = find(pass, cursor, symbol, layer);
  if (!value || start(value, row) > cursor) return undefined;
  return value.array[(row - 1) * value.cols + col - 1];
}

// The weights of one end of the pass, as a request carries them.
/** @param {Pass} pass @param {"before" | "after"} end */
export function weights(pass, end) {
  /** @type {Weights} */
  const asked = { w: {}, b: {} };
  for (let layer = 2; layer <= pass.sizes.length; layer++) {
    for (const symbol of /** @type {const} */ (["w", "b"])) {
      const all = valuesOf(pass, symbol, layer);
      asked[symbol][layer] = (end === "after" ? all[all.length - 1] : all[0]).data;
    }
  }
  const name = pass.named?.[end];
  if (name) names.set(asked, name);
  return asked;
}

// What the server calls these weights, if it has told; it may have forgotten them.
/** @param {Weights | null} [asked] */
export const nameOf = (asked) => (asked ? names.get(asked) : undefined);

// The stage at the input with other weights and nothing computed yet: what a turn of training leaves.
/** @param {Pass} pass @param {{ weights: Weights, iteration: number, scene: Scene }} given @returns {Pass} */
export function live(pass, { weights: given, iteration, scene }) {
  const kept = new Map([...pass.kept].filter(([, [first]]) => ["x", "y"].includes(first.symbol)));
  for (const [symbol, layers] of Object.entries(given)) {
    for (const [layer, data] of Object.entries(layers)) {
      const [before] = valuesOf(pass, symbol, Number(layer));
      const { rows, cols } = before;
      const wire = { symbol, layer: Number(layer), rows, cols, from: 0, to: null };
      kept.set(symbol + layer, [lazily(wire, data)]);
    }
  }
  const { w, b, norm } = scene.scale;
  const drawn = { ...scene, scale: { ...pass.scene.scale, w, b, norm } };
  return { ...pass, kept, iteration, named: undefined, live: true, scene: drawn };
}

const REFERENCE = /⟦([a-zJ_#!]+):([^⟦⟧]+)⟧/g;
const WHOLE = 17; // digits that tell every float64

// Replace every ⟦symbol:layer:indices⟧ of a text by what `show` makes of its value; ⟦#:…⟧ and ⟦!:…⟧
// are numbers themselves, the second one whole whatever the digits in force, and ⟦text:…⟧ are words by their key.
/**
 * @param {Pass | undefined} pass
 * @param {number} cursor
 * @param {string} text
 * @param {(value: number, digits?: number) => string} show
 */
export function resolve(pass, cursor, text, show) {
  return text.replace(REFERENCE, (_, symbol, places) => {
    if (symbol === "#") return show(Number(places));
    if (symbol === "!") return show(Number(places), WHOLE);
    if (symbol === "text") return render(message(places));
    const place = /** @type {[number, number]} */ (places.split(":").map(Number));
    const value = pass && read(pass, cursor, symbol, ...place);
    return value === undefined ? "…" : show(value);
  });
}

// A sentence with its numbers; without a pass those alone that it brings along.
/** @param {Told} told @param {Pass} [pass] @param {number} [cursor] */
export const words = (told, pass, cursor = 0) => resolve(pass, cursor, render(told), inWords);
