// The gradient check: the server compares, the dialog tells.

import { shown, typographic } from "../core/format.js";
import { message, render } from "../core/messages.js";
import { resolve } from "../core/pass.js";
import { by } from "../kit/dom.js";
import { download } from "../kit/files.js";
import { put } from "../kit/words.js";
import { post } from "../server/exchange.js";
import { stage, state as walk } from "../walk/state.js";

/** @param {number} value @param {number} digits */
const written = (value, digits) => typographic(shown(value, digits));
/** @type {any} */
let checked = null;

/** @param {string} tag @param {string} text @param {unknown} [title] */
function cell(tag, text, title) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (title !== undefined) made.title = String(title);
  return made;
}

/** @param {number} value @param {number} digits */
const number = (value, digits) => (value === null ? cell("td", "—") : cell("td", written(value, digits), value));

/** @param {any} given */
function row([name, analytic, numerical, error]) {
  const made = document.createElement("tr");
  made.append(cell("th", name), number(analytic, 8), number(numerical, 8), number(error, 2));
  return made;
}

/** @param {Told} told @param {string} state @param {Told} [kinks] */
function tell(told, state, kinks = "") {
  put(by("check-verdict"), told);
  by("check-verdict").className = state;
  put(by("check-kinks"), kinks);
  by("check-every").hidden = !checked;
}

// With the numbers in it, in the language and with the digits in force.
export function writeVerdict() {
  if (!checked) return;
  const { pass, cursor } = walk;
  const verdict = resolve(pass, cursor, render(checked.verdict), (value) => written(value, 2));
  tell(`${checked.agree ? "✓" : "✗"} ${verdict}`, checked.agree ? "agree" : "disagree", checked.kinks);
}

/** @param {any} answer */
function show(answer) {
  checked = answer;
  writeVerdict();
  const all = answer.rows.length === answer.count;
  const shown = { n: String(answer.rows.length), count: String(answer.count) };
  put(by("check-count"), message(all ? "check.all" : "check.worst", shown));
  by("check-rows").replaceChildren(...answer.rows.map(row));
}

async function run() {
  checked = null;
  by("check-every").open = false;
  tell(message("check.running"), "");
  if (!by("check-dialog").open) by("check-dialog").showModal();
  const answer = await post("check", stage(), () => by("check-dialog").open);
  if (answer?.refused) tell(answer.refused.text, "disagree");
  else if (answer) show(answer);
}

const save = () => download(checked.name, new Blob([checked.text], { type: "text/csv;charset=utf-8" }));

export const clicks = { check: run, "check-save": save };
