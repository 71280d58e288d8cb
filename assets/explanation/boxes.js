// A typeset formula as boxes in boxes, all of it drawn by one path. Numbers can be exchanged for others without
// typesetting anew: what stands behind a wider one moves on, a fraction and a column grow with what is in them.

import { outline, rectangle } from "./glyphs.js";

const MOVED = /(\w{1,20})\(([^()]*)\)/g;
// Boxes whose parts stand side by side, so that one of them may become wider.
const ROWS = ["math", "mrow", "mstyle", "TeXAtom", "mtd", "msup", "msub"];
const OPEN = [...ROWS, "mfrac", "mtable", "mtr", "mn"];
const DECIMAL = /^\d+[.,]\d+$/;
const SHARE = new Map(Object.entries({ left: 0, center: 0.5, right: 1 }));

/** @typedef {import("./glyphs.js").Place} Place */
/** @typedef {(character: string) => { d: string, width: number }} Font */
/** @typedef {any} Box */

// A place that others are given in: shifted, and scaled by one factor across and down.
/** @param {string | null} transform @returns {Place} */
function placeOf(transform) {
  return [...(transform || "").matchAll(MOVED)].reduce(({ x, y, scale }, [all, kind, numbers]) => {
    const [first, second] = numbers.split(/[,\s]+/).map(Number);
    if (kind === "translate") return { x: x + scale * first, y: y + scale * (second || 0), scale };
    if (kind === "scale" && second === undefined) return { x, y, scale: scale * first };
    throw new RangeError(`neither a shift nor a scale: ${all}`);
  }, { x: 0, y: 0, scale: 1 });
}

/** @param {any} element @returns {Box} */
function leaf(element) {
  const place = placeOf(element.getAttribute("transform"));
  if (element.tagName === "path") return { ...place, kind: "path", d: element.getAttribute("d") };
  if (element.tagName !== "rect" || element.dataset.frame !== undefined) {
    throw new RangeError(`no outline: ${element.tagName}`);
  }
  const [left, bottom, width, height] = ["x", "y", "width", "height"].map((name) => Number(element.getAttribute(name)));
  return { ...place, kind: "bar", left, bottom, width, height };
}

/** @param {any} element */
const written = (element) =>
  [...element.children].map(({ dataset }) => String.fromCodePoint(parseInt(dataset.c, 16))).join("");

// The boxes of a drawing; `measure` tells how wide one is in units of what it stands in, and how it is aligned.
// Numbers that can be exchanged are added to `numbers`. RangeError where something is more than outlines.
/**
 * @param {any} element
 * @param {(element: any) => { width: number, align: string }} [measure]
 * @param {string[]} [numbers]
 * @returns {Box}
 */
export function boxesOf(element, measure, numbers = []) {
  if (element.tagName !== "g") return leaf(element);
  const kind = element.dataset.mmlNode;
  if (kind === "merror") throw new RangeError("no outline: merror");
  const free = measure && (kind === undefined || OPEN.includes(kind)) ? measure : undefined;
  const box = { ...placeOf(element.getAttribute("transform")), kind: free ? kind : "fixed", ...measure?.(element) };
  if (free && kind === "mn" && DECIMAL.test(written(element))) {
    return { ...box, kind: "number", nth: numbers.push(written(element)) - 1 };
  }
  return { ...box, parts: [...element.children].map((child) => boxesOf(child, free, numbers)) };
}

/** @typedef {{ was: number, now: number }} Width */
/** @param {Box[]} boxes @returns {Width} */
function widest(boxes) {
  const [was, now] = [boxes.map(({ width }) => width), boxes.map(({ width, more }) => width + more)];
  return { was: Math.max(...was), now: Math.max(...now) };
}
/** @param {Width[]} all */
const growth = (all) => all.reduce((sum, { was, now }) => sum + now - was, 0);

// Where the parts of a box move to when they have become wider, and how much wider that makes what holds them.
/** @type {Record<string, (box: Box) => number>} */
const SPREAD = {
  mtr: () => 0,
  mtable({ parts: rows }) {
    const most = Math.max(...rows.map((/** @type {Box} */ row) => row.parts.length));
    const columns = Array.from({ length: most }, (_, j) =>
      widest(rows.flatMap((/** @type {Box} */ { parts }) => parts[j] || [])));
    for (const { parts } of rows) {
      parts.forEach((/** @type {Box} */ cell, /** @type {number} */ j) => {
        cell.shift = growth(columns.slice(0, j)) + (SHARE.get(cell.align) || 0) * (growth([columns[j]]) - cell.more);
      });
    }
    return growth(columns);
  },
  mfrac({ parts: [above, below, bar] }) {
    const wider = growth([widest([above, below])]);
    for (const side of [above, below]) side.shift = (wider - side.more) / 2;
    if (bar) bar.wider = wider;
    return wider;
  },
  row({ parts }) {
    let sum = 0;
    for (const part of parts) {
      part.shift = sum;
      sum += part.more;
    }
    return sum;
  },
};

// How much wider a box is with these numbers, in units of what it stands in.
/** @param {Box} box @param {string[]} numbers @param {Font} font @returns {number} */
function widen(box, numbers, font) {
  for (const part of box.parts || []) part.more = widen(part, numbers, font);
  if (box.kind === "number") {
    return box.scale * [...numbers[box.nth]].reduce((sum, letter) => sum + font(letter).width, 0) - box.width;
  }
  return box.parts ? box.scale * (SPREAD[box.kind] || SPREAD.row)(box) : 0;
}

/** @param {Box} box @param {Place} at @param {string[]} numbers @param {Font} font @returns {string} */
function draw(box, at, numbers, font) {
  const { kind, parts, x, y, scale, shift = 0, wider = 0 } = box;
  const here = { x: at.x + at.scale * (x + shift), y: at.y + at.scale * y, scale: at.scale * scale };
  if (kind === "path") return outline(here, box.d);
  if (kind === "bar") return rectangle(here, { ...box, width: box.width + wider });
  if (kind !== "number") return parts.map((/** @type {Box} */ part) => draw(part, here, numbers, font)).join("");
  return [...numbers[box.nth]].map((letter) => {
    const { d, width } = font(letter);
    const drawn = outline(here, d);
    here.x += here.scale * width;
    return drawn;
  }).join("");
}

/** @type {Font} */
const none = (letter) => { throw new RangeError(`no outline: ${letter}`); };

// One path for all of the boxes with these numbers, and how much wider than before it is.
/** @param {Box} box @param {string[]} [numbers] @param {Font} [font] */
export function path(box, numbers = [], font = none) {
  const wider = widen(box, numbers, font);
  return { wider, d: draw(box, { x: 0, y: 0, scale: 1 }, numbers, font) };
}

// Puts one path in the place of all; a drawing with anything else in it (text, a cut-off brace) stays as it is.
/** @param {any} drawing */
export function merge(drawing) {
  const root = drawing.querySelector("g");
  const all = document.createElementNS(drawing.namespaceURI, "path");
  try {
    all.setAttribute("d", [...root.children].map((child) => path(boxesOf(child)).d).join(""));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return drawing;
  }
  root.replaceChildren(all);
  return drawing;
}
