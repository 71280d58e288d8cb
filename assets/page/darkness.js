// A dark screen: everybody looks at who speaks. Any key or click brings the page back, and does nothing else.

import { message, render } from "../core/messages.js";
import { make } from "../kit/dom.js";

/** @type {HTMLElement | null} */
let dark = null;

export const isDark = () => Boolean(dark);

export function wake() {
  dark?.remove();
  dark = null;
}

export function darken() {
  if (dark) return;
  const label = render(message("present.dark"));
  dark = make("button", { type: "button", class: "darkened", "aria-label": label });
  // Not that of the document, which would hear it as a click on the page.
  dark?.addEventListener("click", (/** @type {any} */ event) => {
    event.stopPropagation();
    wake();
  });
  document.body.append(/** @type {any} */ (dark));
}

// Every key is for the dark screen alone; those that only change others do nothing.
/** @param {any} event */
function hear(event) {
  if (!dark || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  wake();
}

export const connect = () => document.addEventListener("keydown", hear, true);
