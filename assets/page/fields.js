// The fields of the page: what is in force stands in them, and what could not be used is marked.

import { message } from "../core/messages.js";
import { queryOf } from "../core/url.js";
import { by, make } from "../kit/dom.js";
import { say } from "../kit/message.js";
import { painted } from "../kit/paint.js";
import { put, worded } from "../kit/words.js";
import { press } from "../walk/queue.js";
import { state } from "../walk/state.js";
import { embedded } from "./embed.js";

/** @type {Map<string, Told>} */
const refused = new Map(); // the fields that hold a text that cannot be used, and why
/** @type {Map<string, string>} */
const asked = new Map(); // the texts on their way: typing the old one again must count

/** @param {string} field @param {Told | null} why */
function mark(field, why) {
  const element = by(field);
  element.classList.toggle("is-invalid", Boolean(why));
  element.setAttribute("aria-invalid", String(Boolean(why)));
  if (why) refused.set(field, why);
  else refused.delete(field);
}

// A text that cannot be used stays in its field, marked; everything else stays as it was.
/** @param {Refused} given @param {Fields} fields */
export function refuse({ field, text }, fields) {
  say(text, "error");
  if (!field || !by(field)) return;
  if (by(field).tagName === "SELECT") fill(field, fields[field]);
  else mark(field, text);
}

/** @param {HTMLInputElement} element */
const textOf = ({ type, checked, value }) => (type === "checkbox" ? String(checked) : value);

/** @param {string} name @param {string} text */
function fill(name, text) {
  const element = by(name);
  if (element.type === "checkbox") element.checked = text === "true";
  else if (element.value !== text) element.value = text;
  element.dataset.shown = text;
}

// Whether somebody is about to change it: what they have typed stays.
/** @param {HTMLInputElement} element */
const isTypedInto = (element) => element === document.activeElement && textOf(element) !== element.dataset.shown;

// Milliseconds that no picture waits for. A page within another one opens there always at the same place.
function writeAddress() {
  if (embedded()) return;
  const address = location.pathname + queryOf(state.fields, state.defaults, state.language, location.search);
  if (address !== location.pathname + location.search + location.hash) history.replaceState(null, "", address);
}

// The fields show what is in force, in its canonical form.
/** @param {string | null} field @param {Told[]} [notices] */
export function accept(field, notices = []) {
  for (const name of field ? [field] : [...refused.keys()]) mark(name, null);
  showData(state.pass.data, state.fields);
  for (const [name, text] of Object.entries(state.fields)) {
    if (name !== field && (refused.has(name) || asked.has(name) || isTypedInto(by(name)))) continue;
    fill(name, text);
  }
  fill("learning-rate-slider", String(Math.log10(Number(state.fields["learning-rate"]))));
  painted().then(writeAddress);
  say([...notices, ...refused.values()].flat(), refused.size ? "error" : "note");
}

const MOST_LISTED = 100;

// The fields that this data set has, and its train samples: a list while it is short, else also by number.
/** @param {any} given @param {Fields} fields */
function showData({ train, all, hidden }, fields) {
  const names = ["points", "classes", "noise", "train-share", "data-seed", "standardise", "sample"];
  for (const name of names) by(name).closest(".field").hidden = hidden.includes(name);
  listSamples({ train, all }, fields);
  by("sample-number").closest("div.sample-number").hidden = train <= MOST_LISTED;
  put(by("sample-number"), message("controls.sample_number.range", { train: String(train) }), "placeholder");
  fill("sample-number", "");
}

/** @param {{ train: number, all: boolean }} given @param {Fields} fields */
function listSamples({ train, all }, fields) {
  const listed = Array.from({ length: Math.max(1, Math.min(train, MOST_LISTED)) }, (_, i) => String(i + 1));
  const beyond = Number(fields["sample"]) > listed.length ? [fields["sample"]] : [];
  const values = [...listed, ...beyond, ...(all ? ["all"] : [])];
  const select = by("sample");
  const there = [...select.options].map((/** @type {HTMLOptionElement} */ { value }) => value);
  if (String(there) === String(values)) return;
  const every = worded("option", { value: "all" }, message("controls.sample.all"));
  select.replaceChildren(...values.map((value) => (value === "all" ? every : make("option", { value }, value))));
}

// The text of a field, where it is another one than is in force or on its way.
/** @param {string} field @param {string} text */
function change(field, text) {
  if (text === (asked.get(field) ?? state.fields[field]) && !refused.has(field)) return;
  asked.set(field, text);
  press("edit", field, text).then(() => asked.get(field) === text && asked.delete(field));
}

/** @param {any} event */
function slideLearningRate(event) {
  const rate = String(Number((10 ** Number(event.target.value)).toPrecision(2)));
  fill("learning-rate", rate);
  change("learning-rate", rate);
}

// The help of a field is read out with it.
function describe() {
  for (const help of document.querySelectorAll(".field-help")) {
    const field = help.parentElement?.querySelector("input");
    if (!field) continue;
    help.id = `${field.id}-help`;
    field.setAttribute("aria-describedby", `${help.id} message`);
  }
}

export function connect() {
  describe();
  by("controls").addEventListener("change", (/** @type {any} */ { target }) => {
    if (Object.hasOwn(state.defaults, target.id)) change(target.id, textOf(target));
  });
  by("sample-number").addEventListener("change", (/** @type {any} */ event) => {
    const typed = event.target.value.trim();
    if (typed) press("edit", "sample", typed);
  });
  by("learning-rate-slider").addEventListener("change", slideLearningRate);
}
