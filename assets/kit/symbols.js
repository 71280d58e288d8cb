// Symbols within a text of the page: seen as they are written, heard as what they are.

import { pieces } from "../core/aloud.js";
import { make } from "./dom.js";

// The same text as nodes, each symbol called by its words.
/** @param {string} text @returns {(string | Node)[]} */
export const symbols = (text) => pieces(text).map(({ text: seen, heard }) =>
  (heard ? make("span", { role: "img", "aria-label": heard }, seen) : seen));

// A text that has been written anew has its symbols heard as well; what stands there already stays.
/** @param {Element} element */
export function hear(element) {
  const { firstChild, textContent } = element;
  if (element.childNodes.length === 1 && firstChild?.nodeType === Node.TEXT_NODE) {
    element.replaceChildren(...symbols(String(textContent)));
  }
}
