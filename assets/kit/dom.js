// Elements of the page, found by their ids or made.

export const by = (id) => document.getElementById(id);

// Text never becomes HTML: a file brings its own. Children that are null are left out.
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}
