// A lesson: its stations one after the other, each with its place on the stage, and the way back to it.

import { settings } from "../core/format.js";
import { language, message, render } from "../core/messages.js";
import { weights as weightsOf } from "../core/pass.js";
import { find } from "../core/place.js";
import { by, make } from "../kit/dom.js";
import { say } from "../kit/message.js";
import { put } from "../kit/words.js";
import { insist, post } from "../server/exchange.js";
import { subscribe } from "../walk/announce.js";
import { ask } from "../walk/passes.js";
import { press } from "../walk/queue.js";
import { stage, state } from "../walk/state.js";
import { ready } from "../explanation/mathjax.js";
import { look } from "../places/linked.js";
import { lead } from "../page/keys.js";
import { build as buildQuestion } from "./question.js";
import { blocks, inline } from "./text.js";

const MOST_BATCHES = 2000; // of one request

/** @type {any} */
let lesson = null; // with its name
let at = 0; // the station
/** @type {any} */
let there = null; // what the station was shown with: {pass, cursor, home}
/** @type {any} */
let question = null;
let answered = true;
let pointed = "";
let turn = Promise.resolve(); // one move after the other

const frame = () => new Promise((go) => requestAnimationFrame(go));
const station = () => lesson.stations[at];
const homeOf = () => JSON.stringify([state.fields["layer-sizes"], stage().weights]);
const last = () => lesson.stations.length - 1;

/** @type {{ pass: Pass | null, away: boolean }} */
let compared = { pass: null, away: false };

// Whether the stage has other numbers than the station's: looked at once for each pass.
function wandered() {
  if (compared.pass !== state.pass) compared = { pass: state.pass, away: homeOf() !== there.home };
  return compared.away;
}

// The weights after so many batches of training from those of the seed: the same on every machine.
/** @param {any} place @param {Fields} fields @returns {Promise<any>} */
async function trained({ batches }, fields) {
  if (!batches) return {};
  const made = await ask({ fields });
  let now = { weights: weightsOf(made.pass, "before"), iteration: 0, batch: 0, state: null };
  while (now.batch < batches) {
    const more = Math.min(MOST_BATCHES, batches - now.batch);
    const body = { fields: made.pass.fields, ...now, batches: more, measured: false, views: [] };
    const answer = await insist("train", body);
    if (answer.refused || answer.batch === now.batch) return answer;
    now = { weights: answer.weights, iteration: answer.iteration, batch: answer.batch, state: answer.state };
  }
  return { weights: now.weights, iteration: now.iteration, run: { batch: now.batch, state: now.state } };
}

// What was on the stage is had back by Undo, unless it is the station before.
/** @param {number} to */
async function go(to) {
  at = Math.max(0, Math.min(last(), to));
  const { place } = station();
  const fields = { ...state.defaults, ...place.fields };
  const { refused, ...from } = await trained(place, fields);
  const whole = { ...place, picked: place.table, fields, ...from, ...settings };
  const why = refused?.text || (await press("arrive", whole, !there || wandered()));
  if (why) return say(why, "error");
  look(whole);
  there = { pass: state.pass, cursor: state.cursor, home: homeOf() };
  compared = { pass: state.pass, away: false };
  return write();
}

/** @param {Focus} focus */
const spot = ({ layer, neuron }) => `${layer}-${neuron}`;

// What only the lecturer reads.
/** @param {any[]} notes */
function asides(notes) {
  if (!notes.length) return null;
  const head = make("summary", {}, render(message("lesson.notes")));
  return make("details", { class: "lesson-notes" }, head, ...notes.map((one) => make("p", {}, ...inline(one, there))));
}

// The station in the language and with the digits in force.
async function write() {
  while (!ready()) await frame();
  const { title, blocks: told, notes, question: asked, place } = station();
  const after = { pass: there.pass, cursor: find(there.pass, place.to) };
  answered = !asked;
  pointed = spot(state.focus);
  question = asked && buildQuestion(asked, there, after, () => { answered = true; });
  const parts = [make("h3", {}, title), ...blocks(told, there), question?.element, asides(notes)];
  by("lesson-content").replaceChildren(...parts.filter(Boolean));
  by("lesson-content").scrollTop = 0;
  by("lesson-title").textContent = lesson.title;
  follow();
}

// What follows the walk: the way back, what is lit up, and what was pointed at.
function follow() {
  if (!lesson || !there || by("lesson").hidden || !state.pass) return;
  const away = wandered();
  by("lesson-return").hidden = !away;
  put(by("lesson-place"), message("lesson.place", { n: String(at + 1), of: String(last() + 1) }));
  by("lesson-back").disabled = at === 0 && !away;
  by("lesson-next").disabled = at === last() && !away && answered;
  for (const cell of document.querySelectorAll("#numbers .lit")) cell.classList.remove("lit");
  if (!away) station().light.forEach(light);
  if (question && !answered && spot(state.focus) !== pointed) {
    pointed = spot(state.focus);
    question.point(state.focus);
  }
}

/** @param {string} reference */
function light(reference) {
  const [symbol, layer, row, col] = reference.split(":");
  const column = col ? `[data-col="${col}"]` : "";
  const named = `[data-symbol="${symbol}"][data-layer="${layer}"][data-row="${row}"]${column}`;
  document.querySelector(`#numbers ${named}`)?.classList.add("lit");
}

// On: back from elsewhere, the answer, the next position, the next station.
async function next() {
  if (wandered()) return go(at);
  if (!answered) return question.reveal();
  if (state.cursor < find(state.pass, station().place.to)) return press("next");
  return at < last() ? go(at + 1) : undefined;
}

async function back() {
  if (wandered()) return go(at);
  if (state.cursor > there.cursor) return press("back");
  return at > 0 ? go(at - 1) : undefined;
}

/** @param {() => Promise<unknown>} move */
function move(move) {
  state.playing = false;
  turn = turn.then(async () => {
    if (lesson && there) await move();
  });
  return turn;
}

const [on, off] = [() => void move(next), () => void move(back)];
// The arrows too, where they are a clicker's.
const LEADING = { PageDown: on, ArrowRight: on, PageUp: off, ArrowLeft: off };

/** @param {string} name @param {number} [to] */
async function begin(name, to = 0) {
  const answer = await post("lesson", { name, language: language() });
  if (answer.refused) return say(answer.refused.text, "error");
  there = null;
  lesson = { ...answer, name };
  lead(LEADING);
  by("lesson").classList.add("begun");
  return go(to);
}

async function menu() {
  lesson = there = null;
  lead(null);
  by("lesson").classList.remove("begun");
  put(by("lesson-title"), message("lesson.menu"));
  const answer = await post("lessons", { language: language() });
  if (answer.refused) return say(answer.refused.text, "error");
  const items = answer.lessons.map((/** @type {{ name: string, title: string }} */ { name, title }) => {
    const button = make("button", { type: "button", class: "quiet", "data-lesson": name }, title);
    button.addEventListener("click", () => begin(name));
    return make("li", {}, button);
  });
  return by("lesson-content").replaceChildren(make("ol", { class: "lesson-list" }, ...items));
}

/** @param {boolean} open */
function show(open) {
  by("lesson").hidden = !open;
  by("page").classList.toggle("lesson-open", open);
}

async function toggle() {
  const opens = by("lesson").hidden;
  show(opens);
  if (!opens) lead(null);
  else if (lesson) lead(LEADING);
  else await menu();
  if (opens) by("lesson-title").focus();
  follow();
}

// In another language it is the same station of the same lesson, and the stage stays as it is.
async function rewrite() {
  if (by("lesson").hidden) return undefined;
  if (!lesson) return menu();
  const answer = await post("lesson", { name: lesson.name, language: language() });
  if (!answer.stations) return undefined;
  lesson = { ...answer, name: lesson.name };
  return there && write();
}

subscribe("changed", follow);
subscribe("rewritten", rewrite);

export const clicks = {
  lessons: toggle,
  "lesson-close": toggle,
  "lesson-all": menu,
  "lesson-next": () => move(next),
  "lesson-back": () => move(back),
  "lesson-return": () => move(() => go(at)),
};
