// The line in which the page says what has happened, or why something could not be done.

import { words } from "../core/pass.js";
import { by } from "../kit/dom.js";
import { make } from "./dom.js";

const box = () => by("message");

// `actions` are buttons beside the words: [label, what it does].
/** @param {string} text @param {string} [kind] @param {[string, () => unknown][]} [actions] */
export function say(text, kind = "note", actions = []) {
  const line = box();
  const buttons = actions.map(([label, act]) => {
    const button = make("button", { type: "button", class: "quiet" }, label);
    button.addEventListener("click", act);
    return button;
  });
  line.replaceChildren(words(text), ...buttons);
  line.title = "Click to close";
  line.className = `message ${kind}`;
  line.hidden = !text;
}

// A note has been read by the time the next thing is done; an error stays until it is mended.
export function hush() {
  if (by("message").classList.contains("note")) say("");
}
