// What the edges of the drawing show: by choice, in the address, and so over a reload.

import { by } from "../kit/dom.js";
import { announce } from "../walk/announce.js";
import { state } from "../walk/state.js";

const NAME = "edges";

/** @param {string} value */
function write(value) {
  const query = new URLSearchParams(location.search);
  if (value === "w") query.delete(NAME);
  else query.set(NAME, value);
  const search = query.toString();
  history.replaceState(history.state, "", location.pathname + (search ? `?${search}` : "") + location.hash);
}

// As the address says, before anything is drawn; what it says that cannot be shown is left.
export function setOut() {
  const asked = new URLSearchParams(location.search).get(NAME);
  const offered = [...by(NAME).options].map(({ value }) => value);
  if (asked !== null && offered.includes(asked)) state.edges = asked;
  by(NAME).value = state.edges;
}

export function connect() {
  by(NAME).addEventListener("change", (/** @type {any} */ { target }) => {
    state.edges = target.value;
    write(target.value);
    announce("changed");
  });
}
