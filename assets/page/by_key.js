// What the keyboard has beside the walk: the way past the header, and Escape for what lies over the page.

import { by } from "../kit/dom.js";
import { say } from "../kit/message.js";

const WALK = ["step-forward", "step-backward", "apply-update", "next", "back"];
/** @type {any} */
let before = null; // what had the focus before it went into the line of messages

const toWalk = () => WALK.map(by).find(({ disabled }) => !disabled)?.focus();

/** @param {Event} event */
function skip(event) {
  event.preventDefault();
  toWalk();
}

// The line is gone; who was in it is back where they came from.
function dismiss() {
  const inside = by("message").contains(document.activeElement);
  say("");
  if (!inside) return;
  if (before?.isConnected && !before.disabled) before.focus();
  else toWalk();
}

/** @param {KeyboardEvent} event */
function escape(event) {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const [tooltip, message] = ["tooltip", "message"].map(by);
  if (tooltip.hidden && message.hidden) return;
  event.preventDefault();
  if (tooltip.hidden) dismiss();
  tooltip.hidden = true;
}

export function connect() {
  by("skip").addEventListener("click", skip);
  by("message").addEventListener("click", dismiss);
  by("message").addEventListener("focusin", (/** @type {FocusEvent} */ { relatedTarget }) => {
    if (!by("message").contains(/** @type {Node} */ (relatedTarget))) before = relatedTarget;
  });
  document.addEventListener("keydown", escape);
}
