// What stands on an element written again only where it differs: what stays costs neither style nor layout.

/** @type {WeakMap<any, Record<string, string>>} */
const written = new WeakMap();

/** @param {any} node @param {string} what @param {string} value */
function differs(node, what, value) {
  const known = written.get(node) || {};
  if (known[what] === value) return false;
  written.set(node, Object.assign(known, { [what]: value }));
  return true;
}

/** @param {any} node @param {string} name @param {string | number} value */
export function attribute(node, name, value) {
  if (differs(node, name, String(value))) node.setAttribute(name, value);
}

// Of one property, from nobody but here.
/** @param {any} node @param {string} name @param {string} value */
export function style(node, name, value) {
  if (differs(node, `style ${name}`, value)) node.style.setProperty(name, value);
}

/** @param {any} node @param {string} words */
export function text(node, words) {
  if (node.textContent !== words) node.textContent = words;
}
