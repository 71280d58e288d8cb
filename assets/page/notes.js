// What the lecturer alone sees, in a window of its own: this position, the next one and a clock. Both windows hear
// each other by a channel, so that either may be loaded again.

import { message, render } from "../core/messages.js";
import { words } from "../core/pass.js";
import { by, make } from "../kit/dom.js";
import { attribute, text } from "../kit/rewriting.js";
import { worded } from "../kit/words.js";
import { subscribe } from "../walk/announce.js";
import { mark, marked } from "../walk/aside.js";
import { press } from "../walk/queue.js";
import { state } from "../walk/state.js";

const CHANNEL = "deltaflow-notes"; // where a tab keeps the name of its channel
const ASKED = "notes";
/** @type {Record<string, string>} */
const KEYS = { PageDown: "next", ArrowRight: "next", " ": "next", PageUp: "back", ArrowLeft: "back" };
/** @type {BroadcastChannel | null} */
let channel = null;

// What stands on the stage, in words.
function told() {
  const { pass, cursor } = state;
  const { done, next } = pass.positions[cursor].caption;
  const coming = pass.positions[cursor + 1];
  return {
    now: words(done, pass, cursor),
    next: coming ? words(coming.caption.done, pass, cursor + 1) : words(pass.stopped || next, pass, cursor),
    phase: pass.positions[cursor].kind, place: by("position").textContent,
  };
}

function send() {
  if (state.pass) channel?.postMessage(told());
}

/** @param {string} name */
function listen(name) {
  channel ||= new BroadcastChannel(name);
  channel.onmessage = ({ data }) => {
    if (Object.values(KEYS).includes(data?.press)) {
      state.playing = false;
      press(data.press);
    } else send();
  };
}

// The window of this tab, opened or brought to the front.
export function open() {
  const name = marked(CHANNEL) || crypto.randomUUID?.() || String(Date.now());
  mark(CHANNEL, name);
  listen(name);
  const query = new URLSearchParams({ [ASKED]: name, ...(state.language && { lang: state.language }) });
  window.open(`?${query}`, name, "popup,width=760,height=600");
}

export function connect() {
  const name = marked(CHANNEL);
  if (name) listen(name);
  subscribe("changed", send);
}

// Whether this window is one of notes.
export const asked = () => new URLSearchParams(location.search).get(ASKED);

/** @param {(action: string) => void} ask */
function hearKeys(ask) {
  document.addEventListener("keydown", (event) => {
    const action = KEYS[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    ask(action);
  });
}

/** @param {number} from */
function clock(from) {
  const gone = Math.floor((Date.now() - from) / 1000);
  const [minutes, seconds] = [Math.floor(gone / 60), gone % 60].map((part) => String(part).padStart(2, "0"));
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
  return { time, gone: `${minutes}:${seconds}` };
}

/** @param {HTMLElement[]} buttons */
function layOut(buttons) {
  const [now, next, place, time] = ["now", "next", "place", "time"].map((kind) =>
    make("p", { class: `notes-${kind}` }));
  attribute(now, "role", "status");
  const head = make("div", { class: "notes-head" }, worded("h1", {}, message("present.notes.heading")), place, time);
  const coming = worded("h2", {}, message("present.notes.next"));
  const foot = make("div", { class: "notes-foot" }, ...buttons);
  document.body.replaceChildren(make("main", { class: "notes" }, head, now, coming, next, foot));
  document.title = render(message("present.notes.heading"));
  return { now, next, place, time };
}

// The window itself; it asks what stands on the stage and is told with every step.
export function show() {
  const to = new BroadcastChannel(String(asked()));
  /** @param {string} action */
  const ask = (action) => to.postMessage({ press: action });
  const buttons = ["back", "next"].map((action) => {
    const button = worded("button", { type: "button" }, message(`player.${action}`));
    button.addEventListener("click", () => ask(action));
    return button;
  });
  const { now, next, place, time } = layOut(buttons);
  to.onmessage = ({ data }) => {
    if (typeof data?.now !== "string") return;
    text(now, data.now);
    text(next, data.next);
    text(place, data.place);
    attribute(now, "data-phase", data.phase);
  };
  hearKeys(ask);
  to.postMessage({});
  const from = Date.now();
  const tick = () => text(time, render(message("present.notes.clock", clock(from))));
  tick();
  setInterval(tick, 1000);
}
