// The picture of the data: points, the curve or the plane that the network makes of them, digits as images.

import { settings } from "../core/format.js";
import { message, render } from "../core/messages.js";
import { colour as themeColour, packed, paint as paintImage } from "../kit/colours.js";
import { by } from "../kit/dom.js";
import { attribute } from "../kit/rewriting.js";
import { addPoint } from "../walk/own_data.js";
import { press } from "../walk/queue.js";
import { classes, current, isClasses, known } from "../walk/samples.js";
import { state } from "../walk/state.js";
import { clear, frame, reach, squared } from "./board.js";
import { show as showLegend } from "./data_legend.js";
import { clear as clearGround, paintCurves, paintPlane, placeCurves, placePlane } from "./ground.js";

/** @type {any} */
let data = null; // what is drawn
/** @type {any} */
let latest = null; // the boundary drawn last
/** @type {any} */
let axes = null; // from data to pixels, for clicks
/** @type {((boundary: any) => void) | null} */
let paint = null; // what the network says, into the picture as it is
let drawnFor = "";
/** @type {[number, number, number][]} */
let places = []; // [x, y, sample] of what is drawn

/** @param {number} label */
const nameOf = (label) => (classes().length > 2 ? `--class-${label % 10}` : label ? "--plus" : "--minus");
/** @param {number} label */
const colourOf = (label) => themeColour(nameOf(label));

const isPlane = () => data?.rows === 2 && isClasses();
const isCurve = () => data?.rows === 1 && !isClasses();

// What a click into the picture does, and which features it shows where there are many.
export function showChoices() {
  data = current();
  /** @type {[string, number][]} */
  const adds = isPlane()
    ? classes().map((name, i) => [render(message("picture.add_to", { name })), i])
    : isCurve() ? [[render(message("picture.add")), 0]] : [];
  /** @type {[string, string]} */
  const picks = [render(message("picture.pick")), "pick"];
  offer("data-class", data && !data.images ? [picks, ...adds] : [], 0);
  /** @type {[string, number][]} */
  const many = data && data.rows > 2 && !data.images
    ? data.features.map((/** @type {string} */ name, /** @type {number} */ i) => [name, i])
    : [];
  offer("data-across", many, 0);
  offer("data-up", many, 1);
}

/** @param {string} id @param {[string, string | number][]} choices @param {number} first */
function offer(id, choices, first) {
  const select = by(id);
  select.hidden = !choices.length;
  const there = [...select.options].map((/** @type {HTMLOptionElement} */ { text }) => text);
  if (String(there) === String(choices.map(([text]) => text))) return;
  const values = choices.map(([, value]) => String(value));
  // The same choices in another language: what was chosen stays.
  const same = String([...select.options].map(({ value }) => value)) === String(values);
  const chosen = same ? select.selectedIndex : Math.min(first, choices.length - 1);
  select.replaceChildren(...choices.map(([text], i) => new Option(text, values[i])));
  select.selectedIndex = chosen;
}

/** @param {number} row @param {number} i */
const value = (row, i) => data.x[row * data.count + i];

// Every sample at its place: rings are the test part, and the one on the stage has a circle around it.
/** @param {CanvasRenderingContext2D} context @param {Spot} place @param {(i: number) => string} colour */
function scatter(context, place, colour) {
  const ground = themeColour("--bg");
  const picked = Number(state.fields.sample);
  places = [];
  for (let i = 0; i < data.count; i++) {
    const [x, y] = place(i);
    const test = data.sample[i] === 0;
    places.push([x, y, data.sample[i]]);
    context.beginPath();
    context.arc(x, y, test ? 3 : 3.5, 0, 2 * Math.PI);
    context.lineWidth = test ? 1.5 : 1;
    context.strokeStyle = test ? colour(i) : ground;
    context.fillStyle = test ? ground : colour(i);
    context.fill();
    context.stroke();
    if (data.sample[i] !== picked || test) continue;
    context.beginPath();
    context.arc(x, y, 7, 0, 2 * Math.PI);
    context.strokeStyle = themeColour("--text");
    context.stroke();
  }
}

// The colours of all samples, each looked up once.
/** @returns {(i: number) => string} */
function inks() {
  const [plus, minus] = [themeColour("--plus"), themeColour("--minus")];
  if (!isClasses()) return (i) => (data.y[i] > 0 ? plus : minus);
  const all = classes().map((_, label) => colourOf(label));
  return (i) => all[data.labels[i]];
}

/** @param {Board} board @param {any} boundary */
function plane(board, boundary) {
  const { x, count } = data;
  const box = boundary?.box || [...reach(x.subarray(0, count)), ...reach(x.subarray(count, 2 * count))];
  axes = frame(squared(board), box.slice(0, 2), box.slice(2), data.features);
  scatter(board.context, (i) => [axes.x(value(0, i)), axes.y(value(1, i))], inks());
  // What came last may still be of other data, which have no plane.
  if (!boundary?.box) return;
  placePlane(axes.inner);
  paint = (given) => paintPlane(given, classes().map((_, i) => nameOf(i)));
}

/** @param {Board} board @param {any} boundary */
function curve(board, boundary) {
  const targets = data.y.subarray(0, data.count);
  const names = [data.features[0], data.outputs[0] || "y"];
  axes = frame(board, reach(data.x.subarray(0, data.count)), reach(targets), names);
  const ink = themeColour("--plus");
  scatter(board.context, (i) => [axes.x(value(0, i)), axes.y(targets[i])], isClasses() ? inks() : () => ink);
  if (!boundary?.curves) return;
  placeCurves(board);
  paint = (given) => paintCurves(board, axes, given);
}

/** @param {Board} given */
function images({ context, width, height }) {
  axes = null;
  const { pixels, side: n, brightest, labels } = data.images;
  const side = Math.max(18, Math.sqrt((width * height) / labels.length) * 0.9);
  const columns = Math.max(1, Math.floor(width / side));
  const grey = Uint32Array.from({ length: 256 }, (_, i) => packed([255 - i, 255 - i, 255 - i]));
  context.imageSmoothingEnabled = false;
  context.font = "10px sans-serif";
  labels.forEach((/** @type {number} */ label, /** @type {number} */ i) => {
    const [x, y] = [(i % columns) * side, Math.floor(i / columns) * side];
    const image = pixels.subarray(i * n * n, (i + 1) * n * n);
    const tile = paintImage(Uint8Array.from(image, (v) => (255 * v) / brightest), n, grey);
    context.drawImage(tile, x + 2, y + 2, side - 5, side - 5);
    context.fillStyle = themeColour("--plus");
    context.textAlign = "left";
    context.fillText(classes()[label], x + 3, y + 11);
  });
}

// What the points and their axes are drawn of: while it stays, only what the network says is drawn again.
/** @param {any} boundary */
const groundOf = (boundary) => JSON.stringify([
  boundary?.box, boundary?.size, Boolean(boundary?.curves), state.fields.sample, settings,
  document.documentElement.lang, document.documentElement.dataset.bsTheme,
]);

/** @param {any} boundary */
export function draw(boundary) {
  const before = data;
  [data, latest] = [current(), boundary];
  attribute(by("plots"), "data-picture", pictured());
  const ground = groundOf(boundary);
  if (!paint || before !== data || ground !== drawnFor) drawAll(boundary);
  drawnFor = ground;
  if (paint) paint(boundary);
}

// Whether there is anything to see, and whether it is as wide as high.
function pictured() {
  if (!data) return "none";
  return data.images || data.rows === 1 ? "wide" : "square";
}

function legend() {
  const picked = Number(state.fields.sample);
  showLegend(data, isClasses() ? classes().map((_, i) => colourOf(i)) : [], data?.sample.includes(picked));
}

/** @param {any} boundary */
function drawAll(boundary) {
  paint = null;
  const panel = by("boundary");
  if (!panel.offsetParent) return;
  by("data-empty").hidden = known();
  legend();
  const board = clear();
  clearGround();
  axes = null;
  if (!data) return;
  if (data.images) images(board);
  else if (data.rows === 1) curve(board, boundary);
  else if (data.rows === 2) plane(board, boundary);
  else {
    const [across, up] = [Number(by("data-across").value), Number(by("data-up").value)];
    /** @param {number} r */
    const row = (r) => data.x.subarray(r * data.count, (r + 1) * data.count);
    axes = frame(squared(board), reach(row(across)), reach(row(up)), [data.features[across], data.features[up]]);
    scatter(board.context, (i) => [axes.x(value(across, i)), axes.y(value(up, i))], inks());
  }
}

// A click puts the nearest train sample on the stage, or a point of the chosen class into the data,
// which are then one's own.
/** @param {any} event */
function click(event) {
  if (!axes) return;
  const box = by("boundary-canvas").getBoundingClientRect();
  const [px, py] = [event.clientX - box.left, event.clientY - box.top];
  const chosen = by("data-class").value;
  if (chosen === "pick") pick(px, py);
  else if (axes.holds(px, py)) {
    addPoint(axes.backX(px), axes.backY(py), Number(chosen));
  }
}

export function redraw() {
  paint = null;
  draw(latest);
}
export const drawnPlaces = () => places;

/** @param {number} px @param {number} py */
function pick(px, py) {
  let [best, least] = [0, 12];
  for (const [x, y, sample] of places) {
    const away = Math.hypot(x - px, y - py);
    if (sample && away < least) [best, least] = [sample, away];
  }
  if (best) press("edit", "sample", String(best)).then(redraw);
}

export function connect() {
  by("boundary-canvas").addEventListener("click", click);
  new ResizeObserver(redraw).observe(by("boundary"));
  for (const id of ["data-across", "data-up"]) by(id).addEventListener("change", redraw);
}
