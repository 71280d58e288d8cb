// The version of the server: where it is another than the page came with, a reload is offered that loses nothing.

import { by, make } from "../kit/dom.js";
import { saveAll } from "../walk/keeping.js";

const NEWER = "The server was updated: this page is of an older version. Reloading loses nothing. ";
/** @type {string | null} */
let mine = null; // the version that this page came with

/** @param {any} event */
async function reload(event) {
  event.target.disabled = true;
  await saveAll();
  location.reload();
}

function tell() {
  const button = make("button", { type: "button" }, "Reload");
  button.addEventListener("click", reload);
  const notice = by("release");
  notice.replaceChildren(NEWER, button);
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
