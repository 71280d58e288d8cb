// A place of the page as a link carries it: in the fragment, as JSON that is compressed with its checksum (gzip).

import { message } from "./messages.js";
import { base64, bytes } from "./pass.js";
import { flawOfWeights, isRun, sizesOf } from "./session_file.js";
import { visible } from "./visible.js";

const HEAD = "place=";
const VERSION = 1;
export const MOST_LETTERS = 8192; // of a link that is still handed on as one
const MOST_TEXT = 2 ** 18; // letters that a link unfolds to
const MOST_TOLD = 40;

/** @param {any} value */
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
/** @param {number} low */
const isFrom = (low) => (/** @type {any} */ value) => Number.isInteger(value) && value >= low;
/** @param {any} value */
const isName = (value) => typeof value === "string" && /^[a-z0-9-]{1,40}$/.test(value);
/** @param {any} value */
const areTexts = (value) => isObject(value) && Object.values(value).every((text) => typeof text === "string");

// What a place may say, and whether it says it in the right form: the server judges what it is asked.
/** @type {Record<string, (value: any, sizes: number[]) => boolean>} */
const PARTS = {
  fields: areTexts,
  weights: (value, sizes) => !flawOfWeights(value, sizes),
  iteration: isFrom(0),
  run: isRun,
  at: isName,
  focus: isObject,
  picked: isFrom(1),
  tab: isName,
  plot: isName,
  digits: isFrom(1),
  comma: (value) => typeof value === "boolean",
};

/** @param {any} text */
const told = (text) => visible(String(text).slice(0, MOST_TOLD));
/** @param {any} value */
const isLeft = (value) => value !== null && value !== undefined;

// Whether the fragment of an address, with its #, is a place.
/** @param {string} hash */
export const isPlace = (hash) => hash.startsWith(`#${HEAD}`);

/** @param {Blob} blob @param {any} stream */
const through = (blob, stream) => blob.stream().pipeThrough(stream);

// The fragment of a place, without its #.
/** @param {any} place */
export async function write(place) {
  const parts = Object.fromEntries(Object.entries(place).filter(([, value]) => isLeft(value)));
  const folded = through(new Blob([JSON.stringify(parts)]), new CompressionStream("gzip"));
  const letters = base64(new Uint8Array(await new Response(folded).arrayBuffer()));
  return `${HEAD}${VERSION}.${letters.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")}`;
}

// No more than can be a place, however much a few letters unfold to.
/** @param {Uint8Array<ArrayBuffer>} raw */
async function unfold(raw) {
  const reader = through(new Blob([raw]), new DecompressionStream("gzip")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > MOST_TEXT) throw new RangeError("too much");
  }
}

/** @param {string} letters */
async function parsed(letters) {
  if (!/^[\w-]+$/.test(letters)) throw new RangeError("no base64url");
  return JSON.parse(await unfold(bytes(letters.replace(/-/g, "+").replace(/_/g, "/"))));
}

/** @param {any} place @param {Fields} defaults */
function flawOf(place, defaults) {
  if (!isObject(place)) return message("link.damaged");
  const fields = isObject(place.fields) ? place.fields : {};
  const strange = Object.keys(fields).find((name) => !Object.hasOwn(defaults, name));
  if (strange !== undefined) return message("link.part", { part: told(strange) });
  const sizes = sizesOf({ ...defaults, ...fields });
  if (!sizes) return message("link.part", { part: "layer-sizes" });
  const wrong = Object.keys(place).find((name) =>
    !Object.hasOwn(PARTS, name) || !PARTS[name](place[name], sizes));
  return wrong === undefined ? null : message("link.part", { part: told(wrong) });
}

// {place}, its fields complete, or {flaw}: why the fragment, with its #, is none.
/** @param {string} hash @param {Fields} defaults @returns {Promise<{ place?: any, flaw?: Message }>} */
export async function read(hash, defaults) {
  const [, version, letters] = /^#place=(\d{1,9})\.(.*)$/s.exec(hash) || [];
  if (!Number(version)) return { flaw: message("link.damaged") };
  if (Number(version) > VERSION) return { flaw: message("link.newer", { version, ours: VERSION }) };
  if (letters.length > MOST_LETTERS) return { flaw: message("link.long", { most: String(MOST_LETTERS) }) };
  if (typeof DecompressionStream === "undefined") return { flaw: message("link.browser") };
  try {
    const place = await parsed(letters);
    const flaw = flawOf(place, defaults);
    return flaw ? { flaw } : { place: { ...place, fields: { ...defaults, ...place.fields } } };
  } catch {
    return { flaw: message("link.damaged") };
  }
}

// The name of a position, as backward-2-1: its kind, layer and neuron.
/** @param {Position} position */
export const nameOf = ({ kind, layer, neuron }) => [kind, layer, neuron].filter(isLeft).join("-");

// Where a position of this name is in a pass, else one of its kind and layer, else the input.
/** @param {Pass} pass @param {string} [name] */
export function find({ positions }, name = "") {
  const exact = positions.findIndex((position) => nameOf(position) === name);
  if (exact >= 0) return exact;
  const [kind, layer] = name.split("-");
  return Math.max(0, positions.findIndex((p) => p.kind === kind && (!layer || p.layer === Number(layer))));
}
