// The line in which the page says what has happened, or why something could not be done.

import { words } from "../core/pass.js";

const box = () => document.getElementById("message");

export function say(text, kind = "note") {
  const line = box();
  line.textContent = words(text);
  line.title = "Click to close";
  line.className = `message ${kind}`;
  line.hidden = !text;
}

// A note has been read by the time the next thing is done; an error stays until it is mended.
export function hush() {
  if (box().classList.contains("note")) say("");
}
