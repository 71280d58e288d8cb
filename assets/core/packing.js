// A session as a short skeleton and its large parts, which never change and so are written only once.

import { message } from "./messages.js";

const WEIGHTS = ["weights", "start"];
const names = new WeakMap(); // large part → its number
let count = 0;

// Curves, kept weights with the state of their optimiser, and the weights of a stage.
/** @param {any} value @param {string} key @param {any} parent */
function isLarge(value, key, parent) {
  return key === "points" || parent === "kept" || WEIGHTS.includes(key) || (key === "state" && value.slots);
}

/** @param {any} part */
function nameOf(part) {
  if (!names.has(part)) names.set(part, ++count);
  return names.get(part);
}

// About as many bytes as it takes; the rest of a session is small beside its texts.
/** @param {any} value @returns {number} */
export function bytesOf(value) {
  if (typeof value === "string") return value.length;
  if (value === null || typeof value !== "object") return 8;
  return Object.values(value).reduce((sum, part) => sum + bytesOf(part), 8);
}

// The skeleton; `parts` gets what it refers to. A part that `inline` wants stays in its place.
/**
 * @param {any} value
 * @param {Map<number, any>} parts
 * @param {(part: number) => boolean} [inline]
 * @param {string} [key]
 * @param {any} [parent]
 * @returns {any}
 */
export function pack(value, parts, inline = () => false, key = "", parent = "") {
  if (value === null || typeof value !== "object") return value;
  if (isLarge(value, key, parent) && !inline(nameOf(value))) {
    parts.set(nameOf(value), value);
    return { chunk: nameOf(value) };
  }
  if (Array.isArray(value)) return value.map((item) => pack(item, parts, inline, "", key));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, pack(item, parts, inline, name, key)]));
}

// The session again; an error where a part is gone.
/** @param {any} skeleton @param {Map<number, any>} parts */
export function unpack(skeleton, parts) {
  count = Math.max(count, ...parts.keys());
  return open(skeleton, parts);
}

/** @param {any} skeleton @param {Map<number, any>} parts @returns {any} */
function open(skeleton, parts) {
  if (skeleton === null || typeof skeleton !== "object") return skeleton;
  if (!("chunk" in skeleton)) {
    if (Array.isArray(skeleton)) return skeleton.map((item) => open(item, parts));
    return Object.fromEntries(Object.entries(skeleton).map(([name, item]) => [name, open(item, parts)]));
  }
  if (!parts.has(skeleton.chunk)) {
    throw Object.assign(new Error("no such part"), { told: message("keeping.part_gone") });
  }
  const part = parts.get(skeleton.chunk);
  names.set(part, skeleton.chunk);
  return part;
}
