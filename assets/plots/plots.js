// The panel beside the stage: its tabs, and which pictures of the network they need from the server.

import { shown, typographic } from "../core/format.js";
import { flowWords, idleWords } from "../core/health.js";
import { message, render } from "../core/messages.js";
import { weights, words } from "../core/pass.js";
import { by, draw as drawn, make, styled } from "../kit/dom.js";
import { attribute, text } from "../kit/rewriting.js";
import { connect as connectTabs, select } from "../kit/tabs.js";
import { post } from "../server/exchange.js";
import { announce } from "../walk/announce.js";
import { classes, known } from "../walk/samples.js";
import { stage, state } from "../walk/state.js";
import { draw as drawLayers, open as openLayers } from "./layers.js";
import { show as showLoss } from "./loss.js";
import { draw as drawMaps, enlarge, on } from "./maps.js";
import { draw as drawPicture } from "./picture.js";
import { follow as followRoom, isSeen } from "./room.js";

const TABS = ["loss", "data", "layers", "histograms", "confusion"];
const wide = () => matchMedia("(width >= 100em)").matches;
let tab = "loss";
/** @type {any} */
let views = {};
/** @type {any[]} */
let shownFor = []; // the fields and weights that the views are of
/** @type {Pass | null} */
let looked = null; // the pass that they were last compared with
let asked = 0;

// Where there is room the loss stands above, whatever else is chosen.
/** @param {string} name */
const visible = (name) => isSeen(name, tab, wide());

export function wanted() {
  const inputs = state.pass.sizes[0];
  const list = ["layers"];
  if (visible("data") && inputs <= 2 && known()) list.push("boundary");
  if (on(state) && inputs === 2) list.push("maps");
  if (visible("histograms")) list.push("histograms");
  if (visible("confusion")) list.push("confusion");
  return list;
}

/** @param {View} given */
const shownOf = ({ pass }) => [pass.fields, weights(pass, "before")];

/** @param {any} answer */
export function take(answer) {
  views = { ...views, ...answer.views, metrics: answer.metrics };
  shownFor = shownOf(state);
  draw();
}

// Whether the views are of other fields or weights; looked at once for each pass, since weights are long.
/** @param {State} state */
function isStale(state) {
  if (state.pass === looked) return false;
  looked = state.pass;
  return JSON.stringify(shownOf(state)) !== JSON.stringify(shownFor);
}

// The pictures again where the weights, the data or the tab have changed; the last wish counts.
export async function refresh(again = false) {
  if (state.training || state.pass.live || (!again && !isStale(state))) return;
  const list = wanted();
  if (list.length === 1 && !visible("layers")) return;
  const mine = ++asked;
  const { batch } = state.run;
  const body = { ...stage(), batch, state: null, batches: 0, views: list };
  const answer = await post("train", body, () => mine === asked);
  if (answer?.refused?.unanswered) looked = null; // asked again with the next action
  if (answer?.views && mine === asked && !state.pass.live) take(answer);
}

/** @param {number[][]} counts @param {string[]} names */
function rowsOf(counts, names) {
  /** @param {number} k */
  const named = (k) => String(names[k] ?? k);
  const head = make("tr", {}, make("td"), ...counts.map((_, k) => make("th", { scope: "col" }, named(k))));
  return [head, ...counts.map((row, i) => {
    const total = row.reduce((sum, n) => sum + n, 0) || 1;
    const cells = row.map((n, k) => {
      const title = render(message("confusion.cell", { n, total, is: named(i), taken: named(k) }));
      const cell = make("td", { class: i === k ? "right" : n ? "wrong" : "", title }, String(n));
      return styled(cell, { "--share": `${((100 * n) / total).toFixed(0)}%` });
    });
    return make("tr", {}, make("th", { scope: "row" }, named(i)), ...cells);
  })];
}

function drawConfusion() {
  const { confusion } = views;
  const host = by("confusion");
  if (!confusion) return host.replaceChildren(make("p", { class: "muted" }, render(message("confusion.none"))));
  const caption = make("caption", {}, render(message(`confusion.${confusion.part}`)));
  const rows = rowsOf(confusion.counts, classes());
  return host.replaceChildren(make("table", {}, caption, make("tbody", {}, ...rows)));
}

/** @param {{ low: number, high: number, counts: number[] }} given @param {string} symbol @param {string} layer */
function bars({ low, high, counts }, symbol, layer) {
  const most = Math.max(1, ...counts);
  const rects = counts.map((n, i) => {
    const height = (30 * n) / most;
    return drawn("rect", { x: i * 5, y: 30 - height, width: 4.4, height });
  });
  const ends = [low, high].map((value) => make("span", {}, typographic(shown(value, 2))));
  return make("figure", {},
    make("figcaption", {}, symbol, make("sup", {}, layer)),
    drawn("svg", { viewBox: "0 0 100 30", preserveAspectRatio: "none", "aria-hidden": "true" }, ...rects),
    make("div", { class: "ends" }, ...ends));
}

function drawHistograms() {
  const layers = Object.entries(views.histograms?.layers || {});
  by("histograms").replaceChildren(...layers.map(([l, { a, w, idle }]) => {
    const told = make("p", { class: "idle" }, idle ? render(idleWords(idle)) : "");
    return make("div", { class: "histogram-row" }, bars(a, "a", l), bars(w, "w", l), told);
  }));
}

/** @type {Record<string, () => void>} */
const DRAW = {
  loss: () => {},
  data: () => drawPicture(views.boundary),
  layers: () => drawLayers(state, () => visible("layers")),
  histograms: drawHistograms,
  confusion: drawConfusion,
};

export function draw() {
  for (const name of TABS.filter(visible)) DRAW[name]();
  drawMaps(state, views.maps);
  const flow = views.layers?.flow;
  attribute(by("plot-words"), "aria-live", state.training ? "off" : "polite");
  text(by("plot-words"), flow ? words(flowWords(flow)) : "");
}

/** @param {string} name */
function choose(name) {
  tab = name;
  by("plots").dataset.tab = name;
  select(by("plot-tabs"), `plot-${name}`);
  refresh(true);
  draw();
}

/** @param {State} state */
export function show(state) {
  const changedHands = followRoom(state);
  showLoss(state);
  // In a run `take` draws them, as soon as they have come.
  if (!state.training) drawMaps(state, views.maps);
  refresh(changedHands);
  if (changedHands) draw();
}

export function connect() {
  connectTabs(by("plot-tabs"));
  by("layers-kind").addEventListener("change", draw);
  by("maps").addEventListener("change", () => {
    refresh(true);
    announce("changed");
  });
  const sizes = new ResizeObserver(() => state.pass && draw());
  for (const id of ["plots", "boundary"]) sizes.observe(by(id));
  choose("loss");
}

/** @param {any} figures */
export function open(figures) {
  openLayers(figures.layers);
}

// What a neuron that is pointed at sees.
/** @param {any} found */
export const pictureOf = (found) => enlarge(state, views.maps, found);

export const shownViews = () => views;
export const clicks = Object.fromEntries(TABS.map((name) => [`plot-${name}`, () => choose(name)]));
