// The plots that Dash draws: brought when the first of them has something to show.

import { bring as bringFrame, bringPlotly, fetchAhead, put as putInFrame } from "../kit/frame.js";
import { painted } from "../kit/paint.js";

// What makes a plot, and what is one: whoever comes near is about to need it.
const NEAR = "#plots, #apply-update, #compare";

export function connect() {
  for (const what of ["pointerover", "focusin"]) {
    document.addEventListener(what, (/** @type {any} */ { target }) => target.closest?.(NEAR) && fetchAhead());
  }
}

// A plot at a place of Dash, which moves into its host; `props` are asked for when it can be drawn.
/** @param {string} place @param {HTMLElement} host @param {() => Record<string, unknown>} props */
export async function bring(place, host, props) {
  fetchAhead();
  await painted(); // to run plotly.js takes longer than any step
  await Promise.all([bringPlotly(), bringFrame()]);
  putInFrame(place, host, {
    type: "Graph",
    namespace: "dash_core_components",
    props: { ...props(), config: { displayModeBar: false }, responsive: true },
  });
}
