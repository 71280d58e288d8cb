// How this tab looks at the stage, kept over a reload: tabs, folded controls, a table beside the drawing.

import { by } from "../kit/dom.js";
import { mark, marked } from "../walk/aside.js";
import { connect as connectEdges, setOut as setOutEdges } from "./edges.js";

const KEPT = "deltaflow-looks";
// The toggles: what each does to the page, and the button that does it.
/** @type {Record<string, string>} */
const TOGGLES = { "controls-folded": "controls-toggle", "explain-larger": "larger", "with-table": "present-table" };

function leave() {
  const worn = Object.keys(TOGGLES).filter((name) => by("page").classList.contains(name));
  const tab = by("explanation").classList.contains("show-matrices") ? "matrices" : "formula";
  mark(KEPT, JSON.stringify({ worn, tab, plot: by("plots").dataset.tab }));
}

/** @returns {any} */
function kept() {
  try {
    return JSON.parse(marked(KEPT) || "{}") || {};
  } catch {
    return {};
  }
}

export const setOut = setOutEdges;

export function connect() {
  connectEdges();
  const { worn, tab, plot } = kept();
  for (const [name, button] of Object.entries(TOGGLES)) {
    if (Array.isArray(worn) && worn.includes(name) !== by("page").classList.contains(name)) by(button).click();
  }
  // As on a first visit where nothing else was chosen: a plot would come with all that draws it.
  if (tab === "matrices") by("matrices-tab").click();
  if (plot !== "loss") by(`plot-${plot}`)?.click();
  addEventListener("pagehide", leave);
}
