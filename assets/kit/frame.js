// Dash, the frame of the plots, and plotly.js: brought when the first plot has something to show.

import { by } from "./dom.js";
import { bring as bringScript, fetchAhead as fetchScripts } from "./scripts.js";

/** @type {() => void} */
let stand;
const standing = new Promise((/** @type {(value?: any) => void} */ go) => { stand = go; });

// Dash calls this when it has laid out its places.
export const stands = () => stand();

// As Dash wrote them, in a template: they rest there, and the last one, which has no file, starts it.
const scripts = () => [...by("frame-scripts").content.querySelectorAll("script[src]")]
  .map((script) => script.getAttribute("src"));
const plotly = () => by("plotly-script").getAttribute("href");

// Somebody is about to need them: they are fetched and not run.
export const fetchAhead = () => fetchScripts([plotly(), ...scripts()]);

export const bringPlotly = () => bringScript(plotly());

/** @type {Promise<any> | null} */
let brought = null;

async function start() {
  for (const address of scripts()) await bringScript(address);
  const { DashRenderer } = /** @type {any} */ (window);
  new DashRenderer();
  await standing;
}

// Settles when Dash stands. Whoever brings it first says what shall be fetched beside it.
export function bring() {
  brought = brought || start();
  return brought;
}

// A component of Dash at its place, which moves to where it is seen.
/** @param {string} place @param {HTMLElement} host @param {any} component */
export function put(place, host, component) {
  host.append(by(place));
  setProps(place, { children: component });
}

/** @param {string} id @param {Record<string, unknown>} props */
export const setProps = (id, props) => /** @type {any} */ (window).dash_clientside.set_props(id, props);
