// What the header offers beside the examples: in a row where there is room, else behind a button.

import { by } from "../kit/dom.js";
import { connect as connectMenu } from "../kit/menu.js";

const isOpen = () => by("more").classList.contains("open");

/** @param {boolean} open */
function show(open) {
  by("more").classList.toggle("open", open);
  by("more-toggle").setAttribute("aria-expanded", String(open));
}

/** @param {any} event */
function click({ target }) {
  if (!isOpen() || target.closest("#more-toggle, select")) return;
  if (by("more").contains(document.activeElement)) by("more-toggle").focus();
  show(false);
}

/** @param {any} event */
function key(event) {
  if (event.key !== "Escape" || !isOpen()) return;
  event.preventDefault();
  show(false);
  by("more-toggle").focus();
}

export function connect() {
  const host = document.querySelector("header");
  const toggle = by("more-toggle");
  if (!host) return;
  const items = () => [...by("more").querySelectorAll("button, select")];
  for (const part of [toggle, by("more")]) {
    connectMenu(part, { isOpen, open: () => { if (toggle.offsetParent) show(true); }, close: () => {}, items });
    part.addEventListener("keydown", key);
  }
  host.addEventListener("focusout", (/** @type {FocusEvent} */ { relatedTarget }) => {
    const next = /** @type {Element | null} */ (relatedTarget);
    if (isOpen() && next && !next.closest("#more, #more-toggle")) show(false);
  });
  // Before what was chosen opens: a dialog gives the focus back to the button.
  document.addEventListener("click", click, true);
}

export const clicks = { "more-toggle": () => show(!isOpen()) };
