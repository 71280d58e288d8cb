// What was made of a table, line by line, each with the other ways as buttons; questions stand first.

import { by, make } from "../kit/dom.js";
import { put, worded } from "../kit/words.js";

/** @typedef {{ value: string, told: Told }} Choice */
/** @typedef {{ name: string, told: Told[], choices: Choice[], chosen: string | null }} Proposal */
/** @typedef {(name: string, value: string) => void} Take */

let pressed = ""; // what the focus comes back to when the list is drawn anew

/** @param {Proposal} proposal @param {Choice} choice @param {Take} take */
function buttonOf({ name, chosen }, { value, told }, take) {
  const button = worded("button", { type: "button", "aria-pressed": String(value === chosen) }, told);
  button.dataset.choice = `${name} ${value}`;
  button.addEventListener("click", () => {
    pressed = button.dataset.choice;
    if (value !== chosen) take(name, value);
  });
  return button;
}

/** @param {Proposal} proposal @param {Take} take */
function lineOf(proposal, take) {
  const told = make("span");
  put(told, /** @type {any} */ (proposal.told));
  const buttons = proposal.choices.map((choice) => buttonOf(proposal, choice, take));
  const group = buttons.length ? make("span", { class: "own-choices" }, ...buttons) : null;
  return make("li", { class: proposal.chosen === null ? "own-question" : null }, told, group);
}

/** @param {Proposal[]} proposals @param {Take} take */
export function show(proposals, take) {
  const list = by("own-proposals");
  const had = list.contains(document.activeElement);
  list.replaceChildren(...proposals.map((proposal) => lineOf(proposal, take)));
  if (had) (list.querySelector(`[data-choice="${CSS.escape(pressed)}"]`) ?? list).focus();
}

/** @param {Proposal[]} proposals */
export const open = (proposals) => proposals.some(({ chosen }) => chosen === null);
