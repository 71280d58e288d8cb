// A large dot that follows the pointer, to be seen from the back row.

import { make, styled } from "../kit/dom.js";

/** @type {any} */
let spot = null;
let at = { x: 0, y: 0 };

/** @param {{ clientX: number, clientY: number }} event */
function follow({ clientX, clientY }) {
  at = { x: clientX, y: clientY };
  if (spot) styled(spot, { transform: `translate(${at.x}px, ${at.y}px)` });
}

export function hide() {
  spot?.remove();
  spot = null;
  document.documentElement.classList.remove("spotted");
}

export function toggle() {
  if (spot) return void hide();
  spot = make("div", { class: "spot", "aria-hidden": "true" });
  document.body.append(spot);
  document.documentElement.classList.add("spotted");
  if (!at.x && !at.y) at = { x: innerWidth / 2, y: innerHeight / 2 };
  return void follow({ clientX: at.x, clientY: at.y });
}

export const connect = () => document.addEventListener("pointermove", follow, { passive: true });
