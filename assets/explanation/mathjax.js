// The typesetter: the MathJax that Dash ships for its own components, run without them.

import { run } from "../core/chunk.js";
import { by } from "../kit/dom.js";
import { bring as bringFrame, put } from "../kit/frame.js";
import { bring as bringScript, fetchAhead } from "../kit/scripts.js";

const PAUSE = 50;
const REST = 150; // milliseconds

export const mathJax = () => /** @type {any} */ (window).MathJax;
export const ready = () => Boolean(mathJax()?.tex2svg);

// The file leaves its modules, unrun, for the bundle of Dash that it is a part of; the server has
// looked which is which. Of Node's `process` MathJax asks whether it has variables: it has none.
/** @param {HTMLLinkElement} link */
async function runAlone({ href, dataset: { part, entry, console: log, process } }) {
  await bringScript(href);
  const parts = /** @type {any} */ (window).webpackChunkdash_core_components;
  const [, modules] = parts.find((/** @type {[number[], any]} */ [names]) => String(names) === part);
  run(modules, String(entry), { [String(log)]: console, [String(process)]: { env: {} } });
}

// A formula that is never seen makes Dash bring it.
const SEED = {
  type: "Markdown",
  namespace: "dash_core_components",
  props: { children: "$\\delta$", mathjax: true },
};

async function askDash() {
  await bringFrame();
  put("mathjax", by("page"), SEED);
}

// A step that is made at once is not held up by it: it comes at once and is run when nothing else is to be done.
const rested = () => new Promise((go) => setTimeout(() => (window.requestIdleCallback || setTimeout)(go), REST));

export async function bring() {
  const link = by("mathjax-script");
  if (link.dataset.entry) fetchAhead([link.getAttribute("href")]);
  await rested();
  await (link.dataset.entry ? runAlone(link) : askDash());
  while (!ready()) await new Promise((go) => setTimeout(go, PAUSE));
  document.head.append(mathJax().svgStylesheet());
}
