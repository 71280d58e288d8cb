// What the marks in the picture of the data mean: the classes by their own names, train and test, the one on the stage.

import { message, render } from "../core/messages.js";
import { colour } from "../kit/colours.js";
import { by, draw as drawn, make } from "../kit/dom.js";

// A mark as the picture has it.
/** @param {Record<string, string | number>} attributes @param {any} [around] */
const mark = (attributes, around) => drawn("svg", { viewBox: "0 0 16 16", class: "sign", "aria-hidden": "true" },
  around && drawn("circle", { cx: 8, cy: 8, r: 6.5, fill: "none", stroke: colour("--text"), ...around }),
  drawn("circle", { cx: 8, cy: 8, r: 3.4, "stroke-width": 1.6, ...attributes }));

/** @param {any} sign @param {string} text @param {string} [title] */
const entry = (sign, text, title = text) => make("li", { title }, sign, make("span", {}, text));

/** @param {Samples} data @param {string[]} inks of its classes @param {boolean} ring whether one is on the stage */
function entries(data, inks, ring) {
  const [text, ground] = [colour("--text"), colour("--bg")];
  /** @param {string} key @returns {[string, string]} */
  const told = (key) => [render(message(`picture.legend.${key}`)), render(message(`picture.legend.${key}.title`))];
  const tested = data.sample.includes(0);
  return [
    ...data.classes.map((name, i) => entry(mark({ fill: inks[i], stroke: inks[i] }), name)),
    entry(mark({ fill: text, stroke: text }), ...told("train")),
    tested && entry(mark({ fill: ground, stroke: text }), ...told("test")),
    ring && entry(mark({ fill: text, stroke: text }, {}), ...told("stage")),
  ].filter(Boolean);
}

// Written again only where it says something else.
/** @param {Samples | null} data @param {string[]} inks @param {boolean} ring */
export function show(data, inks, ring) {
  const host = by("data-legend");
  const key = JSON.stringify([data?.classes, data?.sample.includes(0), inks, ring, document.documentElement.lang]);
  if (host.dataset.told === key) return;
  host.dataset.told = key;
  host.replaceChildren(...(data && !data.images ? entries(data, inks, ring) : []));
}
