// Formulas typeset by the MathJax that Dash brings along: once for each form that they have, whatever decimals stand in
// it. Other decimals of as many digits or more only move what is there.

import { settings } from "../core/format.js";
import { formulaAloud } from "../core/formula_aloud.js";
import { boxesOf, merge, path } from "./boxes.js";
import { mathJax } from "./mathjax.js";

const MOST_KEPT = 400;
const NUMBER = /\d+(?:\.\d+|\{,\}\d+)?/g;
const isDecimal = (/** @type {string} */ text) => /[.,]/.test(text);
/** @typedef {{ svg: SVGSVGElement, boxes: any }} Form */
/** @type {Map<string, Form>} */
const forms = new Map(); // by the TeX without its decimals, or with them where they cannot be exchanged
/** @type {Set<string>} */
const rigid = new Set(); // TeX without its decimals, of forms that hold on to theirs

/** @type {Map<any, any>} */
let wrappers = new Map(); // of the formula typeset last, by their elements
/** @type {any} */
let heard = null;

// MathJax lets go of what it has measured once a formula is drawn.
/** @param {any} output */
function listen(output) {
  heard = output;
  // Glyphs drawn where they stand, not by reference, can be put into one path.
  output.options.fontCache = "none";
  const { processMath } = output;
  output.processMath = (/** @type {any} */ root, /** @type {any} */ node) => {
    const { nodeMap } = output;
    processMath.call(output, root, node);
    wrappers = new Map([...nodeMap.values()].map((wrapper) => [wrapper.element, wrapper]));
  };
}

/** @param {any} element */
function measure(element) {
  const wrapper = wrappers.get(element);
  if (!wrapper) return { width: 0, align: "left" };
  const { w, rscale } = wrapper.getOuterBBox();
  return { width: 1000 * w * rscale, align: wrapper.node.attributes.get("columnalign") };
}

/** @param {string} letter */
function font(letter) {
  const [, , width, { p }] = mathJax().startup.output.font.getChar("normal", letter.codePointAt(0));
  return { d: `M${p}Z`, width: 1000 * width };
}

/** @param {string[]} one @param {string[]} other */
const same = (one, other) => one.length === other.length && one.every((text, i) => text === other[i]);

// A formula by MathJax, and where its decimals stand: all of them, in the order of the TeX, or none.
/** @param {string} tex @param {string[]} decimals */
function typeset(tex, decimals) {
  const { document: paper, output } = mathJax().startup;
  if (heard !== output) listen(output);
  // No menu yet: what has one is kept for ever. No MathML: it would be heard as powers.
  const end = mathJax()._.core.MathItem.STATE.TYPESET;
  const drawn = paper.convert(tex, { display: false, end });
  const svg = drawn.querySelector("svg");
  /** @type {string[]} */
  const found = [];
  let boxes = null;
  try {
    const parts = [...svg.firstElementChild.children].map((part) => boxesOf(part, measure, found));
    boxes = { kind: "math", x: 0, y: 0, scale: 1, parts };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  merge(svg);
  // Its place says what it is.
  svg.removeAttribute("role");
  svg.setAttribute("aria-hidden", "true");
  return { svg, boxes: same(found, decimals) ? boxes : null };
}

/** @param {string} written */
function formOf(written) {
  // The constants of an activation have the reader's decimal sign too.
  const tex = settings.comma ? written.replace(/(\d)\.(\d)/g, "$1{,}$2") : written;
  const decimals = (tex.match(NUMBER) || []).filter(isDecimal).map((text) => text.replace("{,}", ","));
  const bare = tex.replace(NUMBER, (text) => (isDecimal(text) ? "#" : text));
  const key = rigid.has(bare) ? tex : bare;
  let form = forms.get(key);
  if (!form) {
    if (forms.size >= MOST_KEPT) forms.clear();
    form = typeset(tex, decimals);
    if (!form.boxes) rigid.add(bare);
    forms.set(form.boxes ? bare : tex, form);
  }
  return { tex, form, decimals };
}

/** @param {string} tex */
export const prepare = (tex) => void formOf(tex);

/** @param {string} tex @returns {SVGSVGElement} */
function drawingOf(tex) {
  const { form, decimals } = formOf(tex);
  const svg = /** @type {SVGSVGElement} */ (form.svg.cloneNode(true));
  if (!form.boxes) return svg;
  const { d, wider } = path(form.boxes, decimals, font);
  const [x, y, width, height] = String(svg.getAttribute("viewBox")).split(" ").map(Number);
  const ex = parseFloat(String(svg.getAttribute("width")));
  svg.setAttribute("viewBox", [x, y, width + wider, height].join(" "));
  svg.setAttribute("width", `${Number(((ex * (width + wider)) / width).toFixed(3))}ex`);
  svg.querySelector("path")?.setAttribute("d", d);
  return svg;
}

// One image to those who hear the page, called by what it says.
/** @param {HTMLElement} container @param {string} tex */
function fill(container, tex) {
  container.setAttribute("aria-label", formulaAloud(tex));
  container.replaceChildren(drawingOf(tex));
  return container;
}

function empty() {
  const container = document.createElement("mjx-container");
  container.className = "MathJax";
  container.setAttribute("jax", "SVG");
  container.setAttribute("role", "img");
  container.style.position = "relative";
  return container;
}

// Where a formula is to stand, with the menu that MathJax gives to one.
export function place() {
  const { document: paper } = mathJax().startup;
  const container = empty();
  const item = new paper.options.MathItem("", paper.inputJax[0], false);
  item.typesetRoot = container;
  item.addMenu(paper);
  // Compiled anew for those who ask the menu for MathML.
  Object.defineProperty(item, "root", { get: () => item.inputJax.compile(item, paper) });
  /** @param {string} tex */
  function write(tex) {
    item.math = formOf(tex).tex;
    return fill(container, tex);
  }
  return { write };
}

/** @param {string} tex */
export const copy = (tex) => fill(empty(), tex);
