// Worked examples: the menu, the drawer with printed against computed values, a person's own files.

import { name as symbolOf, shown, typographic } from "../core/format.js";
import { message, render } from "../core/messages.js";
import { read as readValue, words } from "../core/pass.js";
import { by, make } from "../kit/dom.js";
import { choose, download, named, tooLarge } from "../kit/files.js";
import { connect } from "../kit/menu.js";
import { say } from "../kit/message.js";
import { post } from "../server/exchange.js";
import { press } from "../walk/queue.js";
import { stage as stageNow, state } from "../walk/state.js";
import { comparisonRow, grouped, head, link, mistakeRow, table, tally, when } from "./example_tables.js";

const LARGEST = 2e6;
/** @type {any} */
let answer = null; // what the drawer shows
let asked = 0; // only the newest question fills the drawer

/** @param {any} row */
const compared = (row) => comparisonRow(row, go);

// The wrong order of update, computed, beside the right one.
/** @param {any} given */
function mistake({ delta, rows, weights }) {
  const hidden = delta[0].layer;
  const [w, d] = [symbolOf("w", hidden + 1), symbolOf("delta", hidden)];
  const count = rows.filter((/** @type {any} */ row) => row.reproduced).length;
  const told = message("example.mistake.told", { w, delta: d, count });
  const put = () => load(weights, message("example.mistake.there"));
  const orders = ["", message("example.mistake.right"), message("example.mistake.wrong"), ""];
  return make("section", {}, make("h3", {}, render(message("example.mistake"))), make("p", {}, render(told)),
    table(orders, [...delta, ...rows], (row) => mistakeRow(row, go)),
    make("p", {}, link(render(message("example.mistake.put")), put)));
}

/** @param {any[]} states */
function further(states) {
  const depth = answer.fields["layer-sizes"].split("-").length;
  const rows = states.map((state) => {
    const row = { ...state, symbol: "J", layer: depth, row: 1, col: 1, kind: "loss" };
    const steps = link(grouped(state.steps), () => go(row));
    const J = typographic(shown(state.value, 6));
    return make("tr", {}, make("th", { scope: "row" }, steps), make("td", { title: String(state.value) }, J));
  });
  return make("section", {}, make("h3", {}, render(message("example.further"))),
    make("table", {}, head(message("example.steps"), "J"), make("tbody", {}, ...rows)));
}

// What the drawer says when the stage is no more the example, and the way back.
function away() {
  const { title: example, states } = answer;
  const again = () => load(states[0], message("example.again.told", { example }));
  return make("p", { id: "example-away", class: "away", role: "status", hidden: "" },
    render(message("example.away")), " ", link(render(message("example.again")), again));
}

/** @param {Told | null} told @param {Record<string, string>} [attributes] */
const line = (told, attributes = {}) => (told ? make("p", attributes, words(told)) : null);

// What is still computed, or why it could not be.
const later = () => answer.late || (answer.more ? message("example.later") : null);

function draw() {
  const { title, source, rows, exact, fields } = answer;
  const muted = { class: "muted" };
  const rate = fields["learning-rate"] ? null : `⟦!:${Number(state.fields["learning-rate"])}⟧`;
  const names = ["", message("example.printed"), message("example.computed"), ""];
  const parts = [
    away(),
    make("p", { class: "title" }, make("strong", {}, render(title)), make("br", {}), make("small", {}, render(source))),
    line(rate && message("example.no_step", { rate })),
    ...(rows.length ? [line(tally(rows)), table(names, rows, compared)] : []),
    answer.mistake && mistake(answer.mistake),
    answer.further.length > 1 ? further(answer.further) : null,
    line(later(), muted), line(exact, muted),
  ];
  by("examples-content").replaceChildren(...parts.filter(Boolean));
  by("examples").hidden = false;
  follow(state);
}

// Whether the walk on the stage began at one of the example's states, and nothing was changed since.
/** @param {State} state */
function beganHere(state) {
  const { fields, states } = answer;
  if (state.amended || !Object.entries(fields).every(([field, text]) => state.fields[field] === text)) return false;
  const start = JSON.stringify(state.start);
  return Object.values(states).some((weights) => JSON.stringify(weights) === start);
}

/** @param {State} state */
export function follow(state) {
  if (!answer || by("examples").hidden) return;
  by("example-away").hidden = beganHere(state);
}

/** @param {Weights} weights @param {Told} [told] */
function load(weights, told) {
  state.playing = false;
  return press("load", { fields: { ...state.fields, ...answer.fields }, weights }, told);
}

/** @param {Weights} weights */
function isOnStage(weights) {
  const stage = stageNow();
  const same = Object.entries(answer.fields).every(([field, text]) => stage.fields[field] === text);
  return same && JSON.stringify(stage.weights) === JSON.stringify(weights);
}

// The stage at the position where a number becomes known, its layer in the table.
/** @param {any} row */
async function go(row) {
  const weights = answer.states[row.state];
  if (!weights) return;
  if (!isOnStage(weights)) await load(weights, when("weights", row.state));
  const at = state.pass.positions.findIndex(({ kind }, cursor) => kind === row.kind &&
    readValue(state.pass, cursor, row.symbol, row.layer, row.row, row.col) !== undefined);
  if (at < 0) return;
  press("timeline", at);
  press("pick", row.layer);
}

// Why a file could not be used, with its name before the first sentence.
/** @param {string} file @param {Told} told @returns {Told} */
function ofFile(file, told) {
  const [first, ...rest] = Array.isArray(told) ? told : [told];
  return [message("example.file.refused", { file, why: first }), ...rest];
}

// Of a file with several examples the drawer has their titles to choose from.
/** @param {string[]} menu @param {(at: number) => unknown} use */
function offer(menu, use) {
  answer = null;
  const items = menu.map((title, i) => make("li", {}, link(title, () => use(i + 1))));
  by("examples-content").replaceChildren(
    make("p", {}, render(message("example.several", { count: menu.length }))), make("ol", {}, ...items));
  by("examples").hidden = false;
}

// An example on the stage and in the drawer at once; what takes longer to compute comes after.
/** @param {string} path @param {any} body @param {string} [file]  its name @param {boolean} [byKey] */
async function show(path, body, file = "", byKey = false) {
  const mine = ++asked;
  const wanted = () => mine === asked;
  const first = await post(path, body, wanted);
  if (!first || !wanted()) return;
  if (first.refused) {
    const { text } = first.refused;
    return void say(file ? ofFile(file, text) : text, "error");
  }
  if (first.menu) return void offer(first.menu, (at) => show(path, { ...body, at }, file));
  answer = first;
  draw();
  // By key, the reader goes on to what has opened; by mouse, the walk's keys stay at hand.
  if (byKey) by("examples").querySelector("h2").focus();
  load(answer.states[0]);
  if (!first.more) return;
  const whole = await post(path, { ...body, whole: true }, wanted);
  if (!whole || !wanted()) return;
  answer = whole.refused ? { ...first, more: false, late: whole.refused.text } : whole;
  if (!by("examples").hidden) draw();
}

function close() {
  const inside = by("examples").contains(document.activeElement);
  by("examples").hidden = true;
  asked++; // what is still being computed for it is not waited for
  if (inside) by("examples-menu").querySelector("summary").focus();
}

/** @param {File} file */
export async function read(file) {
  if (file.size > LARGEST) {
    return say(tooLarge(file, LARGEST), "error");
  }
  return show("example/read", { text: await file.text() }, file.name);
}

async function save() {
  const saved = await post("example/file", { ...stageNow(), language: by("language").value });
  if (saved.refused) return say(saved.refused.text, "error");
  download(saved.name, new Blob([saved.text], { type: "application/json" }));
  return say(message("file.is_saved", { name: saved.name }));
}

/** @param {any} event */
function click(event) {
  const menu = by("examples-menu");
  if (!menu) return;
  const item = event.target.closest("[data-example]");
  if (item && state.pass) show("example", { name: item.dataset.example }, "", event.detail === 0);
  const chosen = event.target.closest(".menu-items button");
  if (chosen && event.detail === 0) menu.querySelector("summary").focus();
  if (chosen || !menu.contains(event.target)) menu.open = false;
}

/** @param {any} event */
function key(event) {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const menu = by("examples-menu");
  if (menu?.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (!event.target.closest("input, textarea, select")) close();
}

/** @param {any} event */
function drag(event) {
  if (!event.target.closest?.("#examples, #examples-menu")) return;
  event.preventDefault();
  if (event.type === "drop" && event.dataTransfer.files[0]) read(named(event.dataTransfer.files[0]));
}

// The drawer as it stands, in other digits or in another language.
export function write() {
  if (answer && !by("examples").hidden) draw();
}

function connectMenu() {
  const menu = by("examples-menu");
  connect(menu, {
    isOpen: () => menu.open,
    open: () => { menu.open = true; },
    close: () => { menu.open = false; },
    items: () => [...menu.querySelectorAll(".menu-items button")],
  });
}

export function listen() {
  connectMenu();
  document.addEventListener("click", click);
  document.addEventListener("keydown", key);
  document.addEventListener("dragover", drag);
  document.addEventListener("drop", drag);
}

export const clicks = {
  "examples-open": () => choose(".json,application/json", read),
  "examples-save": save,
  "examples-close": close,
};
