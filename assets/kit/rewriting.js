// What stands on an element written again only where it differs: what stays costs neither style nor layout.

/** @type {WeakMap<any, Record<string, string>>} */
const written = new WeakMap();

/** @param {any} node @param {string} name @param {string | number} value */
export function attribute(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}

// Of one property, from nobody but here.
/** @param {any} node @param {string} name @param {string} value */
export function style(node, name, value) {
  const known = written.get(node) || {};
  if (known[name] === value) return;
  written.set(node, Object.assign(known, { [name]: value }));
  node.style.setProperty(name, value);
}

// What is live is read out with every writing.
/** @param {any} node @param {string} words */
export function text(node, words) {
  if (node.textContent !== words) node.textContent = words;
}
