// The dialog of own data: a table dropped, chosen or pasted, looked at, and put to use.

import { decimal } from "../core/format.js";
import { message } from "../core/messages.js";
import { by, make } from "../kit/dom.js";
import { asBase64, choose, named, tooLarge } from "../kit/files.js";
import { put, worded } from "../kit/words.js";
import { post } from "../server/exchange.js";
import { salt } from "../server/own_data.js";
import { use as useOwn } from "../walk/own_data.js";
import { state } from "../walk/state.js";
import { open, show } from "./proposals.js";

const LARGEST = 5e6;
const SHORT = 1000; // bytes of a file in which there may be nothing but blanks
const MOST_SHOWN = 20000; // characters that the text field shows; more is read, not shown
const FORM = ["own-encoding", "own-separator", "own-header", "own-decimal"];
const ROLES = ["input", "target", "ignored"];
let text = ""; // what is read, if no file is
let content = ""; // a file as base64, as long as its text is not edited
let file = { name: "", size: "" };
/** @type {any} */
let answer = null; // what the server made of it
let asked = 0; // only the newest question is shown
/** @type {{ roles: string[] | null, kind: string | null, answers: Record<string, string> }} */
let chosen = { roles: null, kind: null, answers: {} };
const forget = () => { chosen = { roles: null, kind: null, answers: {} }; };

/** @param {Told} told @param {boolean} [wrong] */
function tell(told, wrong = false) {
  put(by("own-told"), told);
  by("own-told").classList.toggle("refused", wrong);
}

/** @param {number} k @param {string} role */
function give(k, role) {
  chosen.roles = answer.roles.map((/** @type {string} */ given, /** @type {number} */ i) => (i === k ? role : given));
  chosen.kind = null;
}

// One of the ways that a proposal offers; some are those of a select.
/** @param {string} name @param {string} value */
function propose(name, value) {
  const [what, k] = name.split(":");
  if (FORM.includes(`own-${name}`)) by(`own-${name}`).value = value;
  else if (what === "role") give(Number(k), value);
  else if (name === "kind") chosen.kind = value;
  else chosen.answers[name] = value;
  if (name === "onehot") Object.assign(chosen, { roles: null, kind: null });
  read();
}

/** @param {number} k */
function roleOf(k) {
  const select = make("select");
  put(select, message("own.role", { k: k + 1 }), "label");
  for (const value of ROLES) select.append(worded("option", { value }, message(`own.role.${value}`)));
  select.value = answer.roles[k];
  select.addEventListener("change", () => {
    give(k, select.value);
    read();
  });
  return make("td", {}, select);
}

// A cell as it is written and, where that may be read in two ways, its number.
/** @param {string} cell @param {string} number */
function cellOf(cell, number) {
  const told = number ? make("span", { class: "own-read" }, ` → ${number}`) : null;
  return make("td", { title: cell }, cell, told);
}

function draw() {
  /** @type {{ names: string[], rows: string[][], read: string[][] }} */
  const { names: named, rows: written, read: numbers } = answer;
  const names = named.map((name) => make("th", { scope: "col", title: name }, name));
  const rows = written.map((cells, i) => make("tr", {}, ...cells.map((cell, k) => cellOf(cell, numbers[i][k]))));
  show(answer.proposals, propose);
  const head = make("thead", {}, make("tr", {}, ...names), make("tr", {}, ...named.map((_, k) => roleOf(k))));
  by("own-preview").replaceChildren(make("table", {}, head, make("tbody", {}, ...rows)));
  const more = answer.count - answer.rows.length;
  if (more > 0) by("own-preview").append(worded("p", { class: "muted" }, message("own.more_rows", { count: more })));
  by("own-kind").value = answer.kind;
  const left = answer.problem_count - answer.problems.length;
  /** @type {Told[]} */
  const items = [...answer.problems, ...(left ? [message("own.more_problems", { n: left })] : [])];
  by("own-problems").replaceChildren(...items.map((item) => worded("li", {}, item)));
  tell(answer.told || message(open(answer.proposals) ? "own.asked" : "own.unread"), !answer.told);
  offer();
}

// With classes, softmax and cross-entropy are one click away, unless they are there.
function offer() {
  const { "output-activation": output, loss } = state.fields;
  const there = output === "softmax" && loss === "cross_entropy";
  by("own-use-softmax").hidden = there || answer?.kind !== "classes";
  for (const id of ["own-use", "own-use-softmax"]) by(id).disabled = !answer?.told;
}

function clear() {
  answer = null;
  show([], propose);
  by("own-preview").replaceChildren();
  by("own-problems").replaceChildren();
  offer();
}

/** @param {string} id */
const choice = (id) => (by(id).value === "auto" ? null : by(id).value);
/** @param {string} id */
const flag = (id) => new Map([["yes", true], ["no", false]]).get(by(id).value) ?? null;
const body = () => ({
  ...(content ? { content, encoding: choice("own-encoding") } : { text }),
  separator: choice("own-separator"), header: flag("own-header"), decimal_comma: flag("own-decimal"), ...chosen,
});

/** @param {number} mine */
const isAwaited = (mine) => () => mine === asked && by("own-dialog").open;

async function read() {
  const mine = ++asked;
  by("own-encoding").parentElement.hidden = !content;
  if (!content && !text.trim()) {
    clear();
    return tell("");
  }
  const got = await post("data/read", body(), isAwaited(mine));
  if (!got || mine !== asked) return undefined;
  if (got.refused) {
    clear();
    return tell(got.refused.text, true);
  }
  answer = got;
  if (content) fill(got.text, got.text ? "" : message("own.too_long", file));
  return draw();
}

// The text that stands in the field, or why it does not.
/** @param {string} written @param {Told} instead */
function fill(written, instead) {
  by("own-text").value = written;
  put(by("own-text"), instead, "placeholder");
}

/** @param {string} given */
function take(given) {
  [text, content] = [given, ""];
  forget();
  const long = given.length > MOST_SHOWN;
  const size = decimal((given.length / 1e6).toFixed(1));
  fill(long ? "" : given, long ? message("own.too_long", { name: "", size }) : "");
  read();
}

/** @param {File} given */
async function opened(given) {
  if (given.size > LARGEST) return tell(tooLarge(given, LARGEST), true);
  const coded = await asBase64(given).catch(() => null);
  if (coded === null) return tell(message("file.unreadable", { name: given.name }), true);
  if (given.size < SHORT && !(await given.text()).trim()) return tell(message("own.empty", { name: given.name }), true);
  file = { name: given.name, size: decimal((given.size / 1e6).toFixed(1)) };
  content = coded;
  by("own-encoding").value = "auto";
  forget();
  return read();
}

/** @param {any} [more] fields beside the data */
async function use(more = {}) {
  const mine = ++asked;
  for (const id of ["own-use", "own-use-softmax"]) by(id).disabled = true;
  const got = await post("data/read", { ...body(), use: true, salt: salt() }, isAwaited(mine));
  if (!got || mine !== asked) {
    offer();
    return;
  }
  if (!got.own) {
    offer();
    tell(got.refused?.text || message("own.unusable"), true);
    return;
  }
  const flaw = await useOwn(got.own, got.told, more);
  if (!flaw) {
    by("own-dialog").close();
    return;
  }
  offer();
  tell(flaw, true);
}

function begin() {
  if (!by("own-dialog").open) by("own-dialog").showModal();
  by("own-text").focus();
}

// Own data are picked from the list where there are some; else they are asked for.
/** @param {any} event */
function picked(event) {
  if (event.target.id === "dataset" && event.target.value === "own" && !state.fields["own-data"]) begin();
  if (FORM.includes(event.target.id)) {
    if (event.target.id !== "own-decimal") forget();
    read();
  }
  if (event.target.id === "own-kind") {
    chosen.kind = event.target.value;
    read();
  }
}

/** @param {any} event */
function typed(event) {
  if (event.target.id !== "own-text") return;
  const mine = ++asked;
  [text, content] = [event.target.value, ""];
  setTimeout(() => mine === asked && take(text), 300);
}

/** @param {any} event */
function drag(event) {
  const zone = event.target.closest?.("#own-dialog");
  if (!zone) return;
  event.preventDefault();
  zone.classList.toggle("dropping", event.type === "dragover");
  if (event.type === "drop") {
    if (event.dataTransfer.files[0]) opened(named(event.dataTransfer.files[0]));
    else take(event.dataTransfer.getData("text/plain"));
  }
}

export function listen() {
  document.addEventListener("change", picked);
  document.addEventListener("input", typed);
  for (const kind of ["dragover", "dragleave", "drop"]) document.addEventListener(kind, drag);
}

export const clicks = {
  "own-open": begin,
  "own-file": () => choose(".csv,.tsv,.txt,text/csv,text/plain", opened),
  "own-use": () => use(),
  "own-use-softmax": () => use({ "output-activation": "softmax", loss: "cross_entropy" }),
  "own-cancel": () => by("own-dialog").close(),
};
