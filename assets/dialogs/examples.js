// Worked examples: the menu, the drawer with printed against computed values, a person's own files.

import { name as symbolOf, shown, typographic, words } from "../core/format.js";
import { read as readValue } from "../core/pass.js";
import { by, make } from "../kit/dom.js";
import { choose, download, named } from "../kit/files.js";
import { say } from "../kit/message.js";
import { post } from "../server/exchange.js";
import { press } from "../walk/queue.js";
import { stage as stageNow, state } from "../walk/state.js";
import { comparisonRow, head, link, mistakeRow, table, tally, when } from "./example_tables.js";

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
  const told = `Every δ has to be taken before any weight moves. With ${w} moved first, ${d} comes out wrong,` +
    ` and ${count} of the printed errata come${count > 1 ? "" : "s"} out exactly as printed.`;
  const there = "The weights after one step in the wrong order are on the stage. Undo takes you back.";
  const put = () => load(weights, there);
  return make("section", {}, make("h3", {}, "The famous mistake"), make("p", {}, told),
    table(["", "right order", "wrong order", ""], [...delta, ...rows], (row) => mistakeRow(row, go)),
    make("p", {}, link("Put the wrongly moved weights on the stage", put)));
}

/** @param {any[]} states */
function further(states) {
  const depth = answer.fields["layer-sizes"].split("-").length;
  const rows = states.map((state) => {
    const row = { ...state, symbol: "J", layer: depth, row: 1, col: 1, kind: "loss" };
    const steps = link(state.steps.toLocaleString("en"), () => go(row));
    const J = typographic(shown(state.value, 6));
    return make("tr", {}, make("th", { scope: "row" }, steps), make("td", { title: String(state.value) }, J));
  });
  return make("section", {}, make("h3", {}, "Further steps"),
    make("table", {}, head("steps", "J"), make("tbody", {}, ...rows)));
}

function draw() {
  /** @param {string} text */
  const small = (text) => (text ? make("p", { class: "muted" }, text) : null);
  const { title, source, rows, exact, more } = answer;
  const rate = state.fields["learning-rate"];
  const note = answer.fields["learning-rate"] ? null : `No step was printed: η stays ${words(Number(rate), 17)}.`;
  const again = link("Load it again", () => load(answer.states[0], `${title} is on the stage again.`));
  const parts = [
    make("p", { id: "example-away", class: "away", role: "status", hidden: "" },
      "The stage has left this example: what is compared below is the example, not the stage. ", again),
    make("p", { class: "title" }, make("strong", {}, title), make("br", {}), make("small", {}, source)),
    note && make("p", {}, note),
    ...(rows.length ? [make("p", {}, tally(rows)), table(["", "printed", "computed", ""], rows, compared)] : []),
    answer.mistake && mistake(answer.mistake),
    answer.further.length > 1 ? further(answer.further) : null,
    small(answer.late || (more ? "The states after more steps are being computed…" : "")), small(exact),
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

/** @param {Weights} weights @param {string} [told] */
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
  if (!isOnStage(weights)) await load(weights, `The weights ${when({ steps: row.state })} are on the stage.`);
  const at = state.pass.positions.findIndex(({ kind }, cursor) => kind === row.kind &&
    readValue(state.pass, cursor, row.symbol, row.layer, row.row, row.col) !== undefined);
  if (at < 0) return;
  press("timeline", at);
  press("pick", row.layer);
}

// An example on the stage and in the drawer at once; what takes longer to compute comes after.
/** @param {string} path @param {any} body @param {any} [from] */
async function show(path, body, from = "") {
  const mine = ++asked;
  const wanted = () => mine === asked;
  const first = await post(path, body, wanted);
  if (!first || !wanted()) return;
  if (first.refused) return void say(from + first.refused.text, "error");
  answer = first;
  draw();
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
    return say(`${file.name}: ${(file.size / 1e6).toFixed(1)} MB. Allowed: at most ${LARGEST / 1e6} MB.`, "error");
  }
  return show("example/read", { text: await file.text() }, `${file.name}: `);
}

async function save() {
  const saved = await post("example/file", stageNow());
  if (saved.refused) return say(saved.refused.text, "error");
  download(saved.name, new Blob([saved.text], { type: "application/json" }));
  return say(`${saved.name} is saved.`);
}

/** @param {any} event */
function click(event) {
  const menu = by("examples-menu");
  if (!menu) return;
  const item = event.target.closest("[data-example]");
  if (item && state.pass) {
    show("example", { name: item.dataset.example });
    // By key, the reader goes on to what has opened; by mouse, the walk's keys stay at hand.
    if (event.detail === 0) by("examples").querySelector("h2").focus();
  }
  if (!menu.contains(event.target) || event.target.closest(".menu-items button")) menu.open = false;
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

// The drawer as it stands, in other digits.
export function write() {
  if (!by("examples").hidden) draw();
}

export function listen() {
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
