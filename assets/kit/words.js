// The words that stand on the page from the start: which message an element shows, its attributes say.

import { render } from "../core/messages.js";
import { make } from "./dom.js";
import { attribute, text as rewrite } from "./rewriting.js";

// What is told, by the attribute that has a message: a key alone, or all of it as JSON.
/** @type {Record<string, (element: any, text: string) => void>} */
const SHOWN = {
  text: rewrite,
  title: (element, text) => attribute(element, "title", text),
  label: (element, text) => attribute(element, "aria-label", text),
  placeholder: (element, text) => { element.placeholder = text; },
};

/** @param {string} kept @returns {any} */
const read = (kept) => (/^[[{]/.test(kept) ? JSON.parse(kept) : { key: kept, arguments: {} });

// A choice has the key with its value, or its value in the place of that name.
/** @param {Message} told @param {string} value @returns {Message} */
const choice = ({ key, arguments: given }, value) =>
  (key.endsWith(".") ? { key: key + value, arguments: given } : { key, arguments: { ...given, value } });

// What has no value stands for none of the choices.
/** @param {any} host */
function writeOptions(host) {
  const told = read(host.dataset.options);
  for (const option of host.querySelectorAll("option:not([value=''])")) {
    option.textContent = render(choice(told, option.value));
  }
}

// Written anew in the language in force.
/** @param {any} root */
export function write(root) {
  for (const [what, show] of Object.entries(SHOWN)) {
    for (const element of root.querySelectorAll(`[data-${what}]`)) show(element, render(read(element.dataset[what])));
  }
  for (const host of root.querySelectorAll("[data-options]")) writeOptions(host);
}

// Another message for an element that is written anew with all the others; its attribute keeps it.
/** @param {any} element @param {Told} told @param {string} [what] of SHOWN */
export function put(element, told, what = "text") {
  if (typeof told === "string") delete element.dataset[what];
  else attribute(element, `data-${what}`, JSON.stringify(told));
  SHOWN[what](element, render(told));
}

// A new element with a message for its text.
/** @param {string} tag @param {Record<string, any>} attributes @param {Told} told */
export function worded(tag, attributes, told) {
  const made = make(tag, attributes);
  put(made, told);
  return made;
}

// Plain data with each message in it as its words.
/** @param {any} value @returns {any} */
export function written(value) {
  if (Array.isArray(value)) return value.map(written);
  if (!value || typeof value !== "object") return value;
  if (typeof value.key === "string" && value.arguments) return render(value);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, written(part)]));
}
