// The place that the address names, shown; and the address of the place that the page is at.

import { settings } from "../core/format.js";
import { language, message } from "../core/messages.js";
import { weights as weightsOf } from "../core/pass.js";
import { isPlace, nameOf, read, write } from "../core/place.js";
import { differing } from "../core/url.js";
import { by } from "../kit/dom.js";
import { say } from "../kit/message.js";
import { ask } from "../walk/passes.js";
import { press } from "../walk/queue.js";
import { FOLLOWING, alike, position, stage, state } from "../walk/state.js";
import { join } from "../walk/training.js";

/** @type {any} */
let opened = null; // the place that the page was opened at

// What the fragment has, or null: {place}, or {flaw}.
export async function linked() {
  if (!isPlace(location.hash)) return null;
  const link = await read(location.hash, state.defaults);
  opened = link.place;
  return link;
}

/** @param {Told} why */
export const unusable = (why) => message("link.unusable", { why });

/** @param {string} id @param {any} value */
function choose(id, value) {
  const select = by(id);
  if (select.value === value || ![...select.options].some((option) => option.value === value)) return;
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

// What a place says of how it is looked at.
/** @param {any} place */
export function look({ tab = "formula", plot = "loss", digits = 4, comma = false, run }) {
  choose("digits", String(digits));
  choose("decimal", comma ? "comma" : "point");
  for (const id of [`${tab}-tab`, `plot-${plot}`]) by(id)?.click();
  if (run?.batch) join();
}

// The page goes to a place; what cannot be used of it is told, and then all stays as it was.
/** @param {any} place @param {Told} told */
export async function go(place, told) {
  state.playing = false;
  const refused = await press("arrive", place);
  if (refused) return refused;
  look(place);
  if (told) say(told);
  return null;
}

async function follow() {
  const link = await linked();
  if (!link) return;
  // The address keeps it no longer: a reload goes on where the page was left.
  history.replaceState(history.state, "", location.pathname + location.search);
  const refused = link.flaw || (await go(link.place, message("link.on_stage")));
  if (refused) say(unusable(refused), "error");
}

export function connect() {
  if (opened) look(opened);
  addEventListener("hashchange", follow);
}

// What differs from the weights that the seed makes, if anything does.
async function moved() {
  const { fields, weights, iteration } = stage();
  const made = await ask({ fields });
  const same = made.pass && alike(weightsOf(made.pass, "before"), weights);
  return same && !iteration && !state.run.batch ? {} : { weights, iteration };
}

/** @param {Focus} focus */
const aside = (focus) => Object.fromEntries(Object.entries(focus)
  .filter(([name, value]) => value !== FOLLOWING[/** @type {keyof Focus} */ (name)]));

// All that the page shows, as a link carries it; what is as on a first visit is left out.
export async function place() {
  await press("settle");
  const { fields, focus, picked, run, defaults } = state;
  const seen = aside(focus);
  const tab = by("explanation").classList.contains("show-matrices") ? "matrices" : null;
  const { tab: plot } = by("plots").dataset;
  return {
    fields: differing(fields, defaults), ...(await moved()), run: run.batch ? run : null,
    at: state.cursor ? nameOf(position()) : null, focus: Object.keys(seen).length ? seen : null, picked,
    tab, plot: plot === "loss" ? null : plot,
    digits: settings.digits === 4 ? null : settings.digits, comma: settings.comma || null,
  };
}

// The link to it, in the language that the page speaks.
export async function address() {
  const query = new URLSearchParams({ lang: language() });
  return `${location.origin}${location.pathname}?${query}#${await write(await place())}`;
}
