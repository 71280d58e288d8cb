// The words that stand on the page from the start: which message an element shows, its attributes say.

import { render } from "../core/messages.js";

// What is told, by the attribute that has a message: a key alone, or all of it as JSON.
/** @type {Record<string, (element: any, text: string) => void>} */
const SHOWN = {
  "data-text": (element, text) => { element.textContent = text; },
  "data-title": (element, text) => { element.title = text; },
  "data-label": (element, text) => element.setAttribute("aria-label", text),
};

/** @param {string} kept @returns {Message} */
const read = (kept) => (kept.startsWith("{") ? JSON.parse(kept) : { key: kept, arguments: {} });

// The choices of the lists within an element that has the prefix of their keys.
/** @param {any} host */
function writeOptions(host) {
  for (const option of host.querySelectorAll("option")) {
    option.textContent = render({ key: host.dataset.options + option.value, arguments: {} });
  }
}

// Written anew in the language in force.
/** @param {any} root */
export function write(root) {
  for (const [attribute, show] of Object.entries(SHOWN)) {
    for (const element of root.querySelectorAll(`[${attribute}]`)) {
      show(element, render(read(element.getAttribute(attribute))));
    }
  }
  for (const host of root.querySelectorAll("[data-options]")) writeOptions(host);
}

// Another message for an element that is written anew with all the others; its attribute keeps it.
/** @param {any} element @param {Told} told */
export function put(element, told) {
  element.dataset.text = typeof told === "string" ? "" : JSON.stringify(told);
  if (typeof told === "string") delete element.dataset.text;
  element.textContent = render(told);
}
