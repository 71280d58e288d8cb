// The sections of the settings: what a first visit does not need is folded, what the reader unfolds stays so.

import { by } from "../kit/dom.js";
import { remember, remembered } from "./remembered.js";

const KEPT = "sections";

/** @returns {any[]} */
const sections = () => [...document.querySelectorAll("[data-section]")];

function unfolded() {
  return sections().filter(({ open }) => open).map((section) => section.dataset.section);
}

// As they were left, before anything is drawn.
export function open() {
  const kept = remembered(KEPT)?.split(",");
  if (kept) for (const section of sections()) section.open = kept.includes(section.dataset.section);
  by("controls").addEventListener("toggle", () => remember(KEPT, unfolded().join()), true);
}

// The conventions that hold, wherever the panel was scrolled to.
function showConventions() {
  const section = by("convention");
  section.open = true;
  section.scrollIntoView({ block: "start" });
  section.querySelector("summary").focus();
}

export const clicks = { "convention-open": showConventions };
