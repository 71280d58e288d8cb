// The focus stays with the keyboard: nothing that is disabled or written anew throws it to the top of the page.

import { attribute } from "./rewriting.js";

/** @param {any} control */
const isHeld = (control) => control.getAttribute("aria-disabled") === "true";

/** @param {any} event */
function letGo({ target }) {
  if (isHeld(target)) target.disabled = true;
  target.removeAttribute("aria-disabled");
}

// What has the focus is only said to be disabled, and is so once the focus has gone on.
/** @param {any} control @param {boolean} can */
export function enable(control, can) {
  const held = !can && control === document.activeElement;
  control.disabled = !can && !held;
  if (!held) return control.removeAttribute("aria-disabled");
  attribute(control, "aria-disabled", "true");
  return control.addEventListener("blur", letGo, { once: true });
}

// Whether a button does nothing though the focus lets it be pressed.
/** @param {Element} control */
export const isIdle = (control) => isHeld(control);

/** @param {any} element */
const nameOf = ({ id, tagName, dataset }) => id || JSON.stringify([tagName, { ...dataset }]);

// In place of what had the focus comes what has the same name or the same data, and has it.
/** @param {Element} host @param {...(Node | string)} children */
export function replace(host, ...children) {
  const focused = host.contains(document.activeElement) && document.activeElement !== host && document.activeElement;
  host.replaceChildren(...children);
  if (!focused) return;
  const successor = [...host.querySelectorAll("*")].find((one) => nameOf(one) === nameOf(focused));
  /** @type {any} */ (successor)?.focus({ preventScroll: true });
}
