// Present: only the drawing, one formula, the caption and a thin timeline; leaving changes nothing.

import { message } from "../core/messages.js";
import { by } from "../kit/dom.js";
import { put } from "../kit/words.js";
import { announce } from "../walk/announce.js";
import { state } from "../walk/state.js";
import { showTab, shownTab, turnFormula } from "../explanation/explanation.js";
import { connect as connectDarkness, darken, wake } from "./darkness.js";
import { open as openNotes } from "./notes.js";
import { connect as connectSpot, hide as hideSpot, toggle as toggleSpot } from "./spot.js";

const SCROLLED = ["controls", "explanation", "numbers"];
/** @type {any} */
let before = null; // what leaving brings back
let full = false; // whether the screen is ours alone
let wanted = false; // whether it is still to be asked for: only a key or a click may

/** @param {boolean} on */
function address(on) {
  const query = new URLSearchParams(location.search);
  if (on) query.set("present", "1");
  else query.delete("present");
  const search = query.toString();
  history.replaceState(history.state, "", location.pathname + (search ? `?${search}` : "") + location.hash);
}

/** @param {boolean} on */
function wear(on) {
  state.present = on;
  by("page").classList.toggle("presenting", on);
}

// Where it is refused the window is enough.
async function fill() {
  wanted = false;
  try {
    await document.documentElement.requestFullscreen({ navigationUI: "hide" });
    full = true;
  } catch { /* not allowed here */ }
}

const places = () => SCROLLED.map((id) => [by(id), by(id).scrollTop, by(id).scrollLeft]);

function enter() {
  const { activeElement: focus } = document;
  before = { focus, scroll: [scrollX, scrollY], places: places(), tab: shownTab() };
  wear(true);
  address(true);
  fill();
  announce("changed");
  put(by("focused"), message("present.on"));
}

function leave() {
  if (!state.present) return;
  wake();
  hideSpot();
  wear(false);
  by("page").classList.remove("with-table");
  address(false);
  put(by("focused"), "");
  wanted = false;
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  full = false;
  if (before?.tab) showTab(before.tab);
  announce("changed");
  restore();
}

function restore() {
  if (!before) return;
  for (const [element, top, left] of before.places) Object.assign(element, { scrollTop: top, scrollLeft: left });
  scrollTo(.../** @type {[number, number]} */ (before.scroll));
  if (before.focus?.isConnected && before.focus !== document.body) before.focus.focus({ preventScroll: true });
  before = null;
}

const toggle = () => (state.present ? leave() : enter());

function toggleTable() {
  const shown = by("page").classList.toggle("with-table");
  by("present-table").setAttribute("aria-pressed", String(shown));
}

// What keys do beside those of the walk while this is on.
/** @type {Record<string, () => void>} */
export const KEYS = {
  Escape: leave, ".": darken, b: darken, s: toggleSpot, n: toggleTable, w: openNotes,
  ArrowDown: () => turnFormula(1), ArrowUp: () => turnFormula(-1),
};

// As the address says, before anything is drawn.
export function setOut() {
  const asked = new URLSearchParams(location.search).get("present");
  if (asked === null || asked === "0" || asked === "false") return;
  wear(true);
  wanted = true;
}

export function connect() {
  connectDarkness();
  connectSpot();
  for (const kind of ["keydown", "pointerup"]) {
    document.addEventListener(kind, () => wanted && state.present && fill());
  }
  document.addEventListener("fullscreenchange", () => {
    if (full && !document.fullscreenElement) leave();
  });
}

export const clicks = {
  present: toggle, "present-leave": leave, "present-table": toggleTable, "present-notes": openNotes,
};
