// The version of the server: where it is another than the page came with, a reload is offered that loses nothing.

import { message } from "../core/messages.js";
import { by, make } from "../kit/dom.js";
import { put } from "../kit/words.js";
import { saveAll } from "../walk/keeping.js";

/** @type {string | null} */
let mine = null; // the version that this page came with

/** @param {any} event */
async function reload(event) {
  event.target.disabled = true;
  await saveAll();
  location.reload();
}

function tell() {
  const words = make("span");
  const button = make("button", { type: "button" });
  put(words, message("release.newer"));
  put(button, message("release.reload"));
  button.addEventListener("click", reload);
  const notice = by("release");
  notice.replaceChildren(words, button);
  notice.hidden = false;
}

// Each answer may say which version it comes from; it is told once.
/** @param {string | null} version */
export function heard(version) {
  if (!mine || !version || version === mine) return;
  mine = null;
  tell();
}

/** @param {string | null} version */
export function open(version) {
  mine = version || null;
}
