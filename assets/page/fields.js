// The fields of the page: what is in force stands in them, and what could not be used is marked.

import { message, render } from "../core/messages.js";
import { queryOf } from "../core/url.js";
import { by } from "../kit/dom.js";
import { say } from "../kit/message.js";
import { setProps } from "../kit/props.js";
import { put } from "../kit/words.js";
import { press } from "../walk/queue.js";
import { state } from "../walk/state.js";

/** @type {Map<string, Told>} */
const refused = new Map(); // the fields that hold a text that cannot be used, and why

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
  if (by(field).tagName === "SELECT") setProps(field, { value: fields[field] });
  else mark(field, text);
}

/** @param {string} field @param {string} text */
const asProp = (field, text) => (field === "update-biases" ? text === "true" : text);

// The fields show what is in force, in its canonical form.
/** @param {string | null} field @param {Told[]} [notices] */
export function accept(field, notices = []) {
  for (const name of field ? [field] : [...refused.keys()]) mark(name, null);
  showData(state.pass.data, state.fields);
  for (const [name, text] of Object.entries(state.fields)) {
    if (!refused.has(name)) setProps(name, { value: asProp(name, text) });
  }
  setProps("learning-rate-slider", { value: Math.log10(Number(state.fields["learning-rate"])) });
  history.replaceState(null, "", location.pathname + queryOf(state.fields, state.defaults, state.language));
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
  setProps("sample-number", { value: "" });
}

/** @param {{ train: number, all: boolean }} given @param {Fields} fields */
function listSamples({ train, all }, fields) {
  const listed = Array.from({ length: Math.max(1, Math.min(train, MOST_LISTED)) }, (_, i) => String(i + 1));
  const beyond = Number(fields["sample"]) > listed.length ? [fields["sample"]] : [];
  const options = [...listed, ...beyond].map((value) => ({ label: value, value }));
  const every = { label: render(message("controls.sample.all")), value: "all" };
  setProps("sample", { options: all ? [...options, every] : options });
}

// What the fields offer in the language in force; what is being typed stays.
export function rewrite() {
  if (state.pass) listSamples(state.pass.data, state.fields);
}

/** @param {any} event */
function slideLearningRate(event) {
  const rate = String(Number((10 ** Number(event.target.value)).toPrecision(2)));
  setProps("learning-rate", { value: rate });
}

// What dash's inputs cannot be given on the server: their help, read out with them.
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
  by("sample-number").addEventListener("change", (/** @type {any} */ event) => {
    const typed = event.target.value.trim();
    if (typed) press("edit", "sample", typed);
  });
  by("learning-rate-slider").addEventListener("change", slideLearningRate);
}

/** @param {string} field */
export const isRefused = (field) => refused.has(field);
