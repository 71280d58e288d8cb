// The gradient check: the server compares, the dialog tells.

import { shown, typographic } from "../core/format.js";
import { resolve } from "../core/pass.js";
import { by } from "../kit/dom.js";
import { download } from "../kit/files.js";
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

/** @param {string} text @param {string} state @param {string} [kinks] */
function tell(text, state, kinks = "") {
  by("check-verdict").textContent = text;
  by("check-verdict").className = state;
  by("check-kinks").textContent = kinks;
  by("check-every").hidden = !checked;
}

/** @param {any} answer */
function show(answer) {
  const { pass, cursor } = walk;
  checked = answer;
  const verdict = resolve(pass, cursor, answer.verdict, (value) => written(value, 2));
  tell(`${answer.agree ? "✓" : "✗"} ${verdict}`, answer.agree ? "agree" : "disagree", answer.kinks);
  const all = answer.rows.length === answer.count;
  const which = all ? `All ${answer.count}` : `The ${answer.rows.length} worst of ${answer.count}`;
  by("check-count").textContent = `${which} parameters`;
  by("check-rows").replaceChildren(...answer.rows.map(row));
}

async function run() {
  checked = null;
  by("check-every").open = false;
  tell("Checking every weight and bias…", "");
  if (!by("check-dialog").open) by("check-dialog").showModal();
  const answer = await post("check", stage(), () => by("check-dialog").open);
  if (answer?.refused) tell(answer.refused.text, "disagree");
  else if (answer) show(answer);
}

const save = () => download(checked.name, new Blob([checked.text], { type: "text/csv;charset=utf-8" }));

export const clicks = { check: run, "check-save": save };
