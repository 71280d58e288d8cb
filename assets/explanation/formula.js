// The formula panel: TeX with the numbers of a position, typeset ahead of the step that shows it.

import { differs } from "../core/exactness.js";
import { exact as exactFormat, settings, telling, tex as asTex, whole as isShownWhole } from "../core/format.js";
import { message, render } from "../core/messages.js";
import { resolve, words as sentence } from "../core/pass.js";
import { by, make } from "../kit/dom.js";
import { ready } from "./mathjax.js";
import { place, prepare } from "./typesetting.js";

const MOST_AHEAD = 61; // positions whose formulas are typeset before they are seen
const SLICE = 5; // milliseconds that have to be left of an idle time for a formula to be begun in it
let planned = 0;
let missing = true; // whether the panel waits for MathJax

// The places of formulas on the panel, which are used again and again: MathJax keeps hold of all that it gives a menu.
/** @type {ReturnType<typeof place>[]} */
const places = [];

/** @param {string} tex @param {number} at */
const drawn = (tex, at) => (places[at] ||= place()).write(tex);

// A sum of many terms in rows that the panel is wide enough for, at the digits in force.
/** @param {string} tex */
function broken(tex) {
  const most = Math.max(2, Math.floor(15 / (settings.digits + 1)));
  return tex.replace(/⟦\/:(\d+)⟧/g, (_, term) => ((term - 1) % most ? "" : "\\\\ & \\quad "));
}

// The TeX with its numbers; a relation is = until something is rounded, shown or in the float64 itself, and ≈ from
// there on.
/** @param {Pass} pass @param {number} cursor @param {string} tex */
export function withNumbers(pass, cursor, tex) {
  return broken(tex).split(/\\begin\{aligned\}/).map((part) => chain(pass, cursor, part)).join("\\begin{aligned}");
}

// Where rounding would undo what is computed: differences, and ln of what is near to 1.
/** @type {[RegExp, (...values: number[]) => number][]} */
const UNDONE = [
  [/(⟦[a-zJ_#]+:[^⟦⟧]+⟧)( - )(⟦[a-zJ_#]+:[^⟦⟧]+⟧)/g, (a, b) => a - b],
  [/(1-\(?)(⟦[a-zJ_#]+:[^⟦⟧]+⟧)(\)\^2)/g, (a) => 1 - a * a],
  [/(1-\(?)(⟦[a-zJ_#]+:[^⟦⟧]+⟧)(\)?)/g, (a) => 1 - a],
  [/(\\ln\()(⟦[a-zJ_#]+:[^⟦⟧]+⟧)(\))/g, Math.log],
];

/** @param {Pass} pass @param {number} cursor @param {string} tex */
function told(pass, cursor, tex) {
  return UNDONE.reduce((text, [pattern, compute]) => text.replace(pattern, (whole, /** @type {any[]} */ ...parts) => {
    const found = parts.slice(0, 3).map((part) => part ?? "");
    const values = found.filter((part) => part.startsWith("⟦"))
      .map((part) => Number(resolve(pass, cursor, part, String)));
    if (values.some(Number.isNaN)) return whole;
    const digits = telling(values, compute);
    return found.map((part) => resolve(pass, cursor, part, (value) => asTex(value, digits))).join("");
  }), tex);
}

/** @param {Pass} pass @param {number} cursor @param {string} tex */
function chain(pass, cursor, tex) {
  const pieces = tex.split(/(⟦[=≈]⟧)/);
  const shown = pieces.map((piece) =>
    resolve(pass, cursor, told(pass, cursor, piece), asTex));
  /** @param {number} i */
  const digits = (i) => resolve(pass, cursor, pieces[i], exactFormat);
  let exact = true;
  return pieces.map((piece, i) => {
    if (piece === "⟦≈⟧") exact = false;
    if (piece !== "⟦=⟧" && piece !== "⟦≈⟧") return shown[i];
    exact = exact && isWhole(pass, cursor, pieces[i + 1]) && !differs(digits(i - 1), digits(i + 1));
    return exact ? "=" : "\\approx";
  }).join("");
}

/** @param {Pass} pass @param {number} cursor @param {any} piece */
function isWhole(pass, cursor, piece) {
  let exact = true;
  const shown = resolve(pass, cursor, piece, (value, digits) => {
    exact = exact && isShownWhole(value, digits);
    return "";
  });
  return exact && !shown.includes("…");
}

/** @param {Told} name @param {string | null} anchor */
function row(name, anchor) {
  const made = document.createElement("div");
  made.className = "formula-row";
  const linked = anchor && { href: `#${anchor}`, title: render(message("explanation.origin")) };
  made.append(make(anchor ? "a" : "span", { class: "formula-name", ...linked }, render(name)));
  return made;
}

// Asking for a width in mid-step would lay the page out once more: the panel's is known from the
// observer, and a formula says how many ex it is wide.
const [LETTER, GAP] = [10, 16]; // pixels of a name in front of a formula, at most
let room = 0;
let pixelsOfEx = 0;
/** @type {HTMLElement | null} */
let observed = null;

/** @param {HTMLElement} panel */
function observe(panel) {
  observed = panel;
  new ResizeObserver(() => {
    room = panel.clientWidth;
    pixelsOfEx = 0;
    fit(panel);
  }).observe(panel);
  room = panel.clientWidth;
}

// In ex, as a formula says.
/** @param {Element} drawing */
const widthOf = (drawing) => parseFloat(drawing.getAttribute("width") || "0");

// One size for all formulas of the panel: as large as the widest allows.
/** @param {HTMLElement} panel */
function fit(panel) {
  const drawings = [...panel.querySelectorAll("mjx-container > svg")];
  if (!drawings.length) return;
  if (!pixelsOfEx) {
    panel.style.setProperty("--scale", "1");
    pixelsOfEx = drawings[0].getBoundingClientRect().width / widthOf(drawings[0]);
  }
  const widest = pixelsOfEx * Math.max(...drawings.map(widthOf));
  const names = [...panel.querySelectorAll(".formula-name")].map(({ textContent }) => String(textContent).length);
  const left = room - Math.max(56, LETTER * Math.max(...names) + GAP);
  panel.style.setProperty("--scale", Math.max(0.78, Math.min(1, left / Math.max(1, widest))).toFixed(3));
}

/** @param {Pass} pass @param {number} cursor */
export function show(pass, cursor) {
  const panel = by("formula");
  const rows = [];
  let at = 0;
  missing = !ready();
  for (const { name, anchor, tex, note } of pass.positions[cursor].formula) {
    const one = row(name, anchor);
    if (!missing) one.append(drawn(withNumbers(pass, cursor, tex), at++));
    rows.push(one);
    if (note) {
      const words = row("", null);
      words.classList.add("formula-note");
      words.append(sentence(note, pass, cursor));
      rows.push(words);
    }
  }
  if (!rows.length) rows.push(row(message("explanation.nothing"), null));
  panel.replaceChildren(...rows);
  if (observed !== panel) observe(panel);
  fit(panel);
}

// Typeset the whole pass while the browser has nothing else to do, a formula at a time.
/** @param {Pass} pass @param {() => void} redraw */
export function plan(pass, redraw) {
  const mine = ++planned;
  const all = pass.positions.slice(0, MOST_AHEAD).flatMap(({ formula }, cursor) =>
    formula.map(({ tex }) => () => prepare(withNumbers(pass, cursor, tex))));
  const idle = window.requestIdleCallback || ((work) => setTimeout(work, 30));
  /** @param {any} [deadline] */
  function work(deadline) {
    if (mine !== planned) return;
    if (!ready()) return void setTimeout(work, 50);
    if (missing) {
      missing = false;
      redraw();
    }
    do all.shift()?.();
    while (deadline?.timeRemaining() > SLICE && all.length);
    if (all.length) idle(work);
  }
  idle(work);
}
