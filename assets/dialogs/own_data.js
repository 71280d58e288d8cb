// The dialog of own data: a table dropped, chosen or pasted, looked at, and put to use.

import { decimal } from "../core/format.js";
import { message } from "../core/messages.js";
import { by, make } from "../kit/dom.js";
import { choose, named, tooLarge } from "../kit/files.js";
import { put, worded } from "../kit/words.js";
import { post } from "../server/exchange.js";
import { salt } from "../server/own_data.js";
import { use as useOwn } from "../walk/own_data.js";
import { state } from "../walk/state.js";

const LARGEST = 5e6;
const MOST_SHOWN = 20000; // characters that the text field shows; more is read, not shown
const ROLES = ["input", "target", "ignored"];
let text = ""; // what is read
/** @type {any} */
let answer = null; // what the server made of it
let asked = 0; // only the newest question is shown
/** @type {{ roles: string[] | null, kind: string | null }} */
let chosen = { roles: null, kind: null };

/** @param {Told} told @param {boolean} [wrong] */
function tell(told, wrong = false) {
  put(by("own-told"), told);
  by("own-told").classList.toggle("refused", wrong);
}

/** @param {number} k */
function roleOf(k) {
  const select = make("select");
  put(select, message("own.role", { k: k + 1 }), "label");
  for (const value of ROLES) select.append(worded("option", { value }, message(`own.role.${value}`)));
  select.value = answer.roles[k];
  select.addEventListener("change", () => {
    /** @type {string[]} */
    const roles = [...answer.roles];
    roles[k] = select.value;
    chosen.roles = roles;
    if (roles.filter((role) => role === "target").length > 1) chosen.kind = "regression";
    read();
  });
  return make("td", {}, select);
}

function draw() {
  /** @type {{ names: string[], rows: string[][] }} */
  const { names: named, rows: read } = answer;
  const names = named.map((name) => make("th", { scope: "col", title: name }, name));
  const rows = read.map((cells) => make("tr", {}, ...cells.map((cell) => make("td", { title: cell }, cell))));
  const head = make("thead", {}, make("tr", {}, ...names), make("tr", {}, ...named.map((_, k) => roleOf(k))));
  by("own-preview").replaceChildren(make("table", {}, head, make("tbody", {}, ...rows)));
  const more = answer.count - answer.rows.length;
  if (more > 0) by("own-preview").append(worded("p", { class: "muted" }, message("own.more_rows", { count: more })));
  by("own-kind").value = answer.kind;
  const left = answer.problem_count - answer.problems.length;
  /** @type {Told[]} */
  const items = [...answer.problems, ...(left ? [message("own.more_problems", { n: left })] : [])];
  by("own-problems").replaceChildren(...items.map((item) => worded("li", {}, item)));
  tell(answer.told || message("own.unread"), !answer.told);
  by("own-use").disabled = !answer.told;
}

function clear() {
  answer = null;
  by("own-preview").replaceChildren();
  by("own-problems").replaceChildren();
  by("own-use").disabled = true;
}

/** @param {string} id */
const choice = (id) => (by(id).value === "auto" ? null : by(id).value);
/** @param {string} id */
const flag = (id) => new Map([["yes", true], ["no", false]]).get(by(id).value) ?? null;
const body = () => ({
  text, separator: choice("own-separator"), header: flag("own-header"), decimal_comma: flag("own-decimal"), ...chosen,
});

/** @param {number} mine */
const isAwaited = (mine) => () => mine === asked && by("own-dialog").open;

async function read() {
  const mine = ++asked;
  if (!text.trim()) {
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
  return draw();
}

/** @param {string} content @param {string} [name] */
function take(content, name = "") {
  text = content;
  chosen = { roles: null, kind: null };
  const long = content.length > MOST_SHOWN;
  by("own-text").value = long ? "" : content;
  const size = decimal((content.length / 1e6).toFixed(1));
  put(by("own-text"), long ? message("own.too_long", { name, size }) : "", "placeholder");
  read();
}

// As spreadsheets save them: UTF-8, UTF-16 with its mark, or else the old encoding of Windows.
/** @param {ArrayBuffer} bytes */
function decode(bytes) {
  const [a, b] = new Uint8Array(bytes.slice(0, 2));
  if (a === 0xff && b === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** @param {File} file */
async function open(file) {
  if (file.size > LARGEST) {
    return tell(tooLarge(file, LARGEST), true);
  }
  try {
    const content = decode(await file.arrayBuffer());
    if (!content.trim()) return tell(message("own.empty", { name: file.name }), true);
    return take(content, file.name);
  } catch {
    return tell(message("file.unreadable", { name: file.name }), true);
  }
}

async function use() {
  const mine = ++asked;
  by("own-use").disabled = true;
  const got = await post("data/read", { ...body(), use: true, salt: salt() }, isAwaited(mine));
  if (!got || mine !== asked) {
    by("own-use").disabled = !answer?.told;
    return;
  }
  if (!got.own) {
    by("own-use").disabled = false;
    tell(got.refused?.text || message("own.unusable"), true);
    return;
  }
  const flaw = await useOwn(got.own, got.told);
  if (!flaw) {
    by("own-dialog").close();
    return;
  }
  by("own-use").disabled = false;
  tell(flaw, true);
}

function show() {
  if (!by("own-dialog").open) by("own-dialog").showModal();
  by("own-text").focus();
}

// Own data are picked from the list where there are some; else they are asked for.
/** @param {any} event */
function picked(event) {
  if (event.target.id === "dataset" && event.target.value === "own" && !state.fields["own-data"]) show();
  if (["own-separator", "own-header", "own-decimal"].includes(event.target.id)) {
    chosen = { roles: null, kind: null };
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
  text = event.target.value;
  setTimeout(() => mine === asked && take(text), 300);
}

/** @param {any} event */
function drag(event) {
  const zone = event.target.closest?.("#own-dialog");
  if (!zone) return;
  event.preventDefault();
  zone.classList.toggle("dropping", event.type === "dragover");
  if (event.type === "drop") {
    if (event.dataTransfer.files[0]) open(named(event.dataTransfer.files[0]));
    else take(event.dataTransfer.getData("text/plain"));
  }
}

export function listen() {
  document.addEventListener("change", picked);
  document.addEventListener("input", typed);
  for (const kind of ["dragover", "dragleave", "drop"]) document.addEventListener(kind, drag);
}

export const clicks = {
  "own-open": show,
  "own-file": () => choose(".csv,.tsv,.txt,text/csv,text/plain", open),
  "own-use": use,
  "own-cancel": () => by("own-dialog").close(),
};
