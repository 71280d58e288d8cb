// The line in which the page says what has happened, or why something could not be done.

import { message, render } from "../core/messages.js";
import { words } from "../core/pass.js";
import { by } from "../kit/dom.js";
import { make } from "./dom.js";
import { attribute } from "./rewriting.js";

const box = () => by("message");

/** @type {() => void} */
let again = () => {};
/** @type {(string | Message)[]} */
let said = [];

// `actions` are buttons beside the words: [label, what it does].
/** @param {Told} told @param {string} [kind] @param {[Told, () => unknown][]} [actions] */
export function say(told, kind = "note", actions = []) {
  const line = box();
  const text = words(told);
  const buttons = actions.map(([label, act]) => {
    const button = make("button", { type: "button", class: "quiet" }, render(label));
    button.addEventListener("click", act);
    return button;
  });
  const closing = { type: "button", class: "message-close", "aria-label": render(message("dialog.close")) };
  line.replaceChildren(...(text ? [text, ...buttons, make("button", closing)] : []));
  attribute(line, "title", text ? render(message("message.close")) : "");
  line.className = `message ${kind}`;
  line.hidden = !text;
  said = text ? [told].flat() : [];
  again = () => say(told, kind, actions);
}

// The same in the language and with the digits that are now in force.
export const sayAgain = () => again();

// What stands in the line now.
export const saying = () => said;

// A note has been read by the time the next thing is done; an error stays until it is mended.
export function hush() {
  if (by("message").classList.contains("note")) say("");
}
