// The settings: beside the stage, where they fold away; in one column a sheet over the page.

import { by } from "../kit/dom.js";

const narrow = matchMedia("(width <= 62.5em)");

// While the sheet lies over the page, nothing below it can be reached.
/** @param {boolean} open */
function lay(open) {
  const sheet = open && narrow.matches;
  by("page").classList.toggle("controls-open", sheet);
  for (const below of document.querySelectorAll(".content, header, #skip")) /** @type {any} */ (below).inert = sheet;
  const shown = narrow.matches ? sheet : !by("page").classList.contains("controls-folded");
  by("controls-toggle").setAttribute("aria-expanded", String(shown));
  return sheet;
}

function toggle() {
  if (!narrow.matches) by("page").classList.toggle("controls-folded");
  if (lay(narrow.matches)) by("controls").focus();
}

function close() {
  lay(false);
  by("controls-toggle").focus();
}

export function connect() {
  lay(false);
  narrow.addEventListener("change", () => lay(false));
  by("controls").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !by("page").classList.contains("controls-open")) return;
    event.preventDefault();
    close();
  });
}

export const clicks = { "controls-toggle": toggle, "controls-close": close };
