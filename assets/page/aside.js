// What was set aside of a session is told, and offered as a file.

import { message, render } from "../core/messages.js";
import { download } from "../kit/files.js";
import { say, saying } from "../kit/message.js";
import { untold } from "../walk/aside.js";

// As JSON whatever it is: what JSON has no word for becomes a text.
/** @param {any} value */
function written(value) {
  /** @param {any} _ @param {any} part */
  const plain = (_, part) => (typeof part === "bigint" || typeof part === "function" ? String(part) : part);
  try {
    return JSON.stringify(value, plain, 1);
  } catch {
    return String(value);
  }
}

/** @param {any} last */
function save(last) {
  const content = { kind: "deltaflow unreadable session", ...last, why: render(last.why) };
  const file = new Blob([written(content)], { type: "application/json" });
  download("deltaflow-unreadable-session.json", file);
}

// Once, beside what the page has to say anyway.
export function tell() {
  const last = untold();
  if (!last) return;
  const told = message("opening.set_aside", { why: last.why });
  say([told, ...saying()], "error", [[message("opening.set_aside.save"), () => save(last)]]);
}
