// The dialog that trains runs side by side: opened from the stage, and left for it with one of them.

import { message } from "../core/messages.js";
import { words } from "../core/pass.js";
import { by } from "../kit/dom.js";
import { put as putWords, worded, written } from "../kit/words.js";
import { press } from "../walk/queue.js";
import { stage as stageNow, state } from "../walk/state.js";
import { open as openComparePlot, show as showComparePlot } from "./plot.js";
import { add, edit, pause, put, remove, reset, setEpochs, train, undo } from "./changes.js";
import { connect as connectRuns, epochOf, fieldsOf, start, state as runs } from "./runs.js";
import { label, open as openTable, show as showTable, style, verdict } from "./table.js";

const isOpen = () => Boolean(by("compare-dialog")?.open);
/** @typedef {{ name: string, common: Fields, rows: Fields[], test: boolean }} Preset */
/**
 * @typedef {object} Choices
 * @property {Preset[]} presets
 * @property {Column[]} columns
 * @property {Record<string, { choices: Record<string, Told> }>} names
 * @property {number} most
 * @property {any} figure
 */
/** @type {Choices} */
let choices = /** @type {any} */ (null); // what the server has to say on them, once
/** @type {string | null} */
let looks = null; // the preset whose sentence is shown

/** @param {Fields} common @param {Fields} cells @returns {Fields} */
const fill = (common, cells) => {
  const all = { ...state.defaults, ...common, ...cells };
  return Object.fromEntries(choices.columns.map(({ field }) => [field, all[field]]));
};

function fromStage() {
  const { fields } = stageNow();
  put(fields, [fill(fields, {})], "stage");
}

/** @param {string} name */
function fromPreset(name) {
  const { common, rows, test } = /** @type {Preset} */ (choices.presets.find((preset) => preset.name === name));
  const { granularity } = state.fields;
  put({ granularity, ...common }, rows.map((row) => fill(common, row)), name);
  by("compare-test").checked = test;
}

// The list goes back to its heading, so that the same choice can be made again.
/** @param {string} name */
function begin(name) {
  if (name === "none") return;
  if (name === "stage") fromStage();
  else fromPreset(name);
  by("compare-preset").value = "none";
}

/** @param {Comparison} given */
function showLook({ preset }) {
  if (looks === preset) return;
  looks = preset;
  const known = choices.presets.some(({ name }) => name === preset);
  const title = known ? [worded("strong", {}, message("compare.preset", { title: message(`preset.${preset}`) }))] : [];
  const look = worded("span", {}, message(known ? `preset.${preset}.look` : "compare.own"));
  by("compare-look").replaceChildren(...title, look);
}

/** @param {Comparison} given */
function showData({ common }) {
  const { names } = choices;
  /** @param {string} field */
  const said = (field) => names[field].choices[common[field] ?? state.defaults[field]];
  putWords(by("compare-data"), message("compare.data", { data: said("dataset"), loss: said("loss") }));
}

// What was refused, by the name of its run, what has blown up, and after the run what did not move.
/** @param {Comparison} given */
function showTold({ rows, told, running, epochsRefused }) {
  /** @param {CompareRow} row @param {Told} text */
  const of = (row, text) => message("compare.of_run", { run: style(row.slot).letter, told: words(text) });
  const refused = rows.flatMap((row) => (row.refused ? [of(row, row.refused.text)] : []));
  const stopped = rows.flatMap((row) => (row.stopped ? [of(row, sentences(row.stopped))] : []));
  const trouble = rows.filter((row) => !running && !row.stopped && row.weights)
    .map((row) => ({ row, said: verdict(row, running) }))
    .filter(({ said }) => said.trouble).map(({ row, said }) => of(row, said.full));
  const all = words([told, epochsRefused?.text || "", ...refused, ...stopped, ...trouble].flat());
  if (by("compare-told").textContent !== all) by("compare-told").textContent = all;
  by("compare-told").classList.toggle("refused", refused.length > 0 || Boolean(epochsRefused));
}

// Of the sentences on a run that stopped, those that do not speak of the stage.
/** @param {Message[]} told  what happened, what is on the stage, and what helps */
const sentences = ([what, , advice]) => [what, advice];

/** @param {Comparison} given */
function showBar({ rows, common, running, goal, undo, epochsRefused, epochsWish }) {
  /** @param {CompareRow} row */
  const stands = (row) => row.stopped || row.reached || !row.weights;
  putWords(by("compare-train"), message(running ? "player.pause" : "compare.train"));
  by("compare-train").setAttribute("aria-pressed", String(running));
  by("compare-train").disabled = rows.every((row) => stands(row) && !row.wish);
  by("compare-add").disabled = rows.length >= choices.most;
  by("compare-undo").disabled = !undo.length;
  by("compare-reset").disabled = !rows.some((row) => epochOf(row) > 0);
  const progress = by("compare-progress");
  progress.max = Math.max(1, goal * rows.length);
  progress.value = rows.reduce((sum, row) => sum + (stands(row) ? goal : Math.min(goal, epochOf(row))), 0);
  const least = String(Math.round(Math.min(...rows.map(epochOf))));
  putWords(progress, message("compare.progress", { epoch: least, goal: String(goal) }), "title");
  const input = by("compare-epochs");
  const typed = epochsWish ?? epochsRefused?.typed ?? common.epochs ?? state.defaults.epochs;
  if (input !== document.activeElement && input.value !== typed) input.value = typed;
  input.classList.toggle("is-invalid", Boolean(epochsRefused));
  input.setAttribute("aria-invalid", String(Boolean(epochsRefused)));
}

function show(again = false) {
  if (!isOpen()) return;
  showLook(runs);
  showData(runs);
  showBar(runs);
  showTable(runs);
  showTold(runs);
  showComparePlot(runs, again);
}

/** @param {number} slot */
async function toStage(slot) {
  const row = runs.rows.find((other) => other.slot === slot);
  if (!row) return;
  const { weights, start, iteration, run, history } = row;
  pause();
  by("compare-dialog").close();
  const name = label(row, runs.rows);
  const epoch = Number(epochOf(row).toFixed(1));
  await press("load", { ...runs.rest, fields: fieldsOf(row), weights, start, iteration, run, history },
    message("compare.put", { name, epoch: String(epoch) }));
}

/** @param {any} event */
function click(event) {
  const button = event.target.closest("[data-act]");
  if (!button) return;
  const slot = Number(button.closest("tr").dataset.slot);
  if (button.dataset.act === "stage") return void toStage(slot);
  remove(slot);
  by("compare-add").focus(); // the button that had the keyboard is gone
}

/** @param {any} given */
function change({ target }) {
  if (target.id === "compare-preset") begin(target.value);
  else if (target.id === "compare-epochs") setEpochs(target.value);
  else if (target.matches("#compare-log, #compare-test")) show(true);
  else if (target.dataset.field) edit(Number(target.closest("tr").dataset.slot), target.dataset.field, target.value);
}

function connect() {
  const dialog = by("compare-dialog");
  connectRuns(isOpen, show);
  dialog.addEventListener("click", click);
  dialog.addEventListener("change", change);
  dialog.addEventListener("close", () => pause());
  new ResizeObserver(() => show(true)).observe(by("compare-plot"));
}

// What the server has to say on presets and columns stands in the page: read when they are first wanted.
function take() {
  choices = JSON.parse(by("compare-choices").textContent);
  openTable(choices.columns);
  connect();
}

// The run of the stage stops: its weights are what the runs are compared beside.
function open() {
  Object.assign(state, { training: false, playing: false });
  by("compare-dialog").showModal();
  if (!choices) take();
  write();
  if (runs.rows.length) start();
  else fromStage();
  show(true);
}

// In the language in force.
export function write() {
  if (!choices || !isOpen()) return;
  openComparePlot(written(choices.figure));
  show(true);
}

export const clicks = {
  compare: open,
  "compare-train": () => train(),
  "compare-reset": () => reset(),
  "compare-add": () => add(choices.most),
  "compare-undo": () => undo(),
};
