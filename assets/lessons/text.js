// The words of a lesson as elements: nothing of a text becomes markup.

import { words } from "../core/pass.js";
import { make } from "../kit/dom.js";
import { withNumbers } from "../explanation/formula.js";
import { copy as typeset } from "../explanation/typesetting.js";

/** @typedef {{ pass: Pass, cursor: number }} Moment  whose numbers a text has */
/** @typedef {[string, string][]} Pieces  each with its kind */

/** @param {Pieces} pieces @param {Moment} moment */
export function inline(pieces, { pass, cursor }) {
  return pieces.map(([kind, text]) => {
    if (kind === "tex") return typeset(withNumbers(pass, cursor, text));
    const told = words(text, pass, cursor);
    return kind === "text" ? told : make(kind, {}, told);
  });
}

const OPENS = ["{", "\\left", "\\begin"];
const CLOSES = ["}", "\\right", "\\end"];
const BREAKS = ["=", "+", "\\approx", "\\leftarrow", "\\qquad"];

// A formula in the parts between which a line may end: before a relation or a plus that nothing encloses.
/** @param {string} tex */
export function parts(tex) {
  const found = [""];
  let depth = 0;
  for (const token of tex.match(/\\[a-zA-Z]+|\\.|[^\\]/gs) || []) {
    if (OPENS.includes(token)) depth += 1;
    if (CLOSES.includes(token)) depth -= 1;
    if (!depth && BREAKS.includes(token) && found[found.length - 1].trim()) found.push("{}");
    found[found.length - 1] += token;
  }
  return found;
}

/** @param {any} block @param {Moment} moment */
function one({ text, tex, items }, moment) {
  const { pass, cursor } = moment;
  if (tex) return make("div", { class: "lesson-formula" }, ...parts(withNumbers(pass, cursor, tex)).map(typeset));
  if (!items) return make("p", {}, ...inline(text, moment));
  return make("ul", {}, ...items.map((/** @type {Pieces} */ item) => make("li", {}, ...inline(item, moment))));
}

/** @param {any[]} given @param {Moment} moment */
export const blocks = (given, moment) => given.map((block) => one(block, moment));
