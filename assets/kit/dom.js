// Elements of the page: found by their ids, or made one by one; what they are given never becomes markup.

// Which kind of element it is, the layout knows.
/** @type {(id: string) => any} */
export const by = (id) => document.getElementById(id);

const SVG = "http://www.w3.org/2000/svg";

// Attributes and children that are null or undefined are left out.
/** @param {any} element @param {Record<string, any>} attributes @param {any[]} children */
function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (/^on/i.test(name)) throw new RangeError(`${name}: an attribute that would be run`);
    if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** @param {string} tag @param {Record<string, any>} [attributes] @param {...any} children */
export const make = (tag, attributes = {}, ...children) => filled(document.createElement(tag), attributes, children);
/** @param {string} tag @param {Record<string, any>} [attributes] @param {...any} children */
export const draw = (tag, attributes = {}, ...children) =>
  filled(document.createElementNS(SVG, tag), attributes, children);

// An element with some of its style given: no text of a style sheet is put together.
/** @param {any} element @param {Record<string, string>} styles */
export function styled(element, styles) {
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value);
  return element;
}

// Plotly reads tags, links among them, in every name, title and hover text: these characters are shown as they are.
/** @param {string} text */
export const forPlotly = (text) =>
  String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

// Until this dialog is closed, where it is open now.
/** @param {string} id */
export function whileOpen(id) {
  const dialog = by(id);
  const { open } = dialog;
  return () => !open || dialog.open;
}
