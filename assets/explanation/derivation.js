// The derivation: its sections with the numbers of the stage, in a dialog that can be opened at any of them.

import { settings } from "../core/format.js";
import { message, render, spoken } from "../core/messages.js";
import { by, make } from "../kit/dom.js";
import { post } from "../server/exchange.js";
import { press } from "../walk/queue.js";
import { state } from "../walk/state.js";
import { figure } from "./figure.js";
import { withNumbers } from "./formula.js";
import { ready } from "./mathjax.js";
import { copy as typesetCopy } from "./typesetting.js";

const frame = () => new Promise((go) => requestAnimationFrame(go));
/** @type {{ fields: Fields | null, sections: any }} */
let kept = { fields: null, sections: null }; // the newest answer
/** @type {{ pass?: Pass, written?: string }} */
let shown = {}; // what the dialog was filled for
let opened = 0; // only the newest opening fills the dialog

const written = () => JSON.stringify([settings, spoken()]);
/** @param {string} tex */
const typeset = (tex) => typesetCopy(tex);

// Words with TeX between dollar signs.
/** @param {Told} told @param {(tex: string) => string} show */
const words = (told, show) => render(told).split("$").map((piece, i) => (i % 2 ? typeset(show(piece)) : piece));

/** @param {Pass} pass @param {string} kind @param {number | null} [layer] */
const lastOf = (pass, kind, layer) =>
  pass.positions.findLastIndex((p) => p.kind === kind && (layer === undefined || p.layer === layer));

/** @param {{ kind: string, layer: number | null }} given */
function show({ kind, layer }) {
  press("timeline", lastOf(state.pass, kind, layer));
  by("derivation-dialog").close();
}

/** @param {Pass} pass @param {any} given */
function stageButton(pass, { stage, label }) {
  const button = make("button", { type: "button", class: "quiet" }, render(label));
  button.disabled = lastOf(pass, stage.kind, stage.layer) < 0;
  button.addEventListener("click", () => show(stage));
  return button;
}

/** @param {Told} tex @param {boolean} [wrong] */
function formula(tex, wrong) {
  const made = make("div", { class: wrong ? "derivation-formula wrong" : "derivation-formula" });
  if (wrong) made.append(make("span", { class: "visually-hidden" }, render(message("derivation.wrong"))));
  made.append(typeset(render(tex)));
  return made;
}

// A walk that stops early has no update; what else it does not know is shown as missing.
/** @param {Pass} pass @param {any} given */
function numbers(pass, { numbers: tex, position }) {
  const at = lastOf(pass, position);
  if (at < 0 && position === "update") return "";
  const made = formula(withNumbers(pass, at < 0 ? pass.last : at, render(tex)));
  made.classList.add("derivation-numbers");
  return made;
}

/** @param {[string, Told][]} pairs */
function terms(pairs) {
  const rows = pairs.flatMap(([tex, meaning]) =>
    [make("dt", {}, typeset(tex)), make("dd", {}, ...words(meaning, (plain) => plain))]);
  return make("dl", {}, ...rows);
}

/** @param {Pass} pass @param {any} content */
function block(pass, content) {
  if (content.numbers) return numbers(pass, content);
  if (content.tex) return formula(content.tex, content.wrong);
  if (content.terms) return terms(content.terms);
  if (content.stage) return stageButton(pass, content);
  const at = Math.max(lastOf(pass, "backward"), 0);
  const told = (/** @type {Told} */ text) => words(text, (tex) => withNumbers(pass, at, tex));
  return content.figure ? figure(content.figure, told(content.label)) : make("p", {}, ...told(content.text));
}

/** @param {{ id: string, title: Told }} given */
const empty = ({ id, title }) => make("section", { id }, make("h3", {}, render(title)));

/** @param {{ id: string, title: Told }[]} sections */
function contents(sections) {
  const items = sections.map(({ id, title }) => make("li", {}, make("a", { href: `#${id}` }, render(title))));
  // A list that opens and folds on a phone; beside the text it always stands open.
  const many = render(message("derivation.sections", { n: items.length }));
  return make("details", {}, make("summary", {}, many), make("ol", {}, ...items));
}

const narrow = () => matchMedia("(width <= 62.5em)").matches;

/** @param {any} open */
function unfold(open) {
  const list = /** @type {HTMLDetailsElement | null} */ (document.querySelector("#derivation-contents details"));
  if (list) list.open = open;
}

/** @param {Fields} fields */
async function fetchSections(fields) {
  if (JSON.stringify(kept.fields) === JSON.stringify(fields)) return kept.sections;
  const answer = await post("derivation", { fields }, () => by("derivation-dialog").open);
  if (answer?.sections) kept = { fields, sections: answer.sections };
  return answer?.refused ? answer : answer?.sections;
}

// What is wider than the column can be scrolled by key.
/** @param {Element} within */
function reach(within) {
  for (const wide of within.querySelectorAll(".derivation-formula")) {
    if (wide.scrollWidth > wide.clientWidth) wide.setAttribute("tabindex", "0");
    else wide.removeAttribute("tabindex");
  }
}

// Typesetting takes a while: what was asked for comes first, then a section at a time.
/** @param {Pass} pass @param {any[]} sections @param {number} first @param {Wanted} wanted */
async function fill(pass, sections, first, wanted) {
  const order = [...sections.slice(first), ...sections.slice(0, first)];
  for (const { id, blocks } of order) {
    if (!wanted()) return;
    by(id).append(...blocks.map((/** @type {any} */ content) => block(pass, content)));
    reach(by(id));
    if (id === sections[first].id && first > 0) by(id).scrollIntoView();
    await frame();
  }
  by("derivation-text").setAttribute("aria-busy", "false");
}

/** @param {Pass} pass @param {string} [anchor] */
async function prepare(pass, anchor) {
  const mine = ++opened;
  const text = by("derivation-text");
  text.setAttribute("aria-busy", "true");
  text.replaceChildren(make("p", { class: "muted" }, render(message("derivation.moment"))));
  by("derivation-contents").replaceChildren();
  shown = { pass, written: written() };
  const sections = await fetchSections(pass.fields);
  while (!ready()) await frame();
  if (mine !== opened) return;
  if (!sections || sections.refused) {
    shown = {}; // closed before there was an answer, or none to be had
    if (sections) text.replaceChildren(make("p", { class: "refused", role: "status" }, render(sections.refused.text)));
    return;
  }
  by("derivation-contents").replaceChildren(contents(sections));
  unfold(!narrow());
  text.replaceChildren(...sections.map(empty));
  text.scrollTop = 0;
  const first = Math.max(0, sections.findIndex((/** @type {{ id: string }} */ { id }) => id === anchor));
  await fill(pass, sections, first, () => mine === opened);
}

// The walk waits meanwhile: its numbers are the ones that are read here.
/** @param {string} [anchor] */
async function open(anchor) {
  state.playing = false;
  if (!by("derivation-dialog").open) by("derivation-dialog").showModal();
  unfold(!narrow());
  by("derivation-text").focus({ preventScroll: true });
  if (shown.pass !== state.pass || shown.written !== written()) await prepare(state.pass, anchor);
  else if (anchor) by(anchor)?.scrollIntoView();
}

/** @param {string} anchor */
const isAnchor = (anchor) => anchor.startsWith("derivation-");

// The section that the address asks for, as soon as the page is ready.
/** @param {string} asked */
async function openAsked(asked) {
  if (!isAnchor(asked)) return;
  while (!by("page")?.classList.contains("ready")) await frame();
  open(asked);
}

/** @param {any} event */
function follow(event) {
  const link = event.target.closest('a[href^="#derivation-"]');
  if (!link) return;
  event.preventDefault();
  unfold(!narrow());
  open(link.getAttribute("href").slice(1));
}

export function listen() {
  document.addEventListener("click", follow);
  addEventListener("resize", () => by("derivation-dialog").open && reach(by("derivation-text")));
  addEventListener("hashchange", () => isAnchor(location.hash.slice(1)) && open(location.hash.slice(1)));
  openAsked(location.hash.slice(1)); // read before the address is rewritten for the configuration
}

export const clicks = { derivation: () => open() };
