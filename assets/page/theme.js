// Light or dark: as the person chose, else as the system says.

import { message } from "../core/messages.js";
import { by } from "../kit/dom.js";
import { put } from "../kit/words.js";
import { state } from "../walk/state.js";
import { show as showLoss } from "../plots/loss.js";
import { draw as drawPlots } from "../plots/plots.js";

/** @param {boolean} dark */
function wear(dark) {
  document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
  put(by("theme"), message(dark ? "header.light" : "header.dark"));
  showLoss(state, true);
  if (state.pass) drawPlots();
}

function toggleTheme() {
  const dark = document.documentElement.dataset.bsTheme !== "dark";
  wear(dark);
  try {
    localStorage.setItem("deltaflow-theme", dark ? "dark" : "light");
  } catch { /* remembered for this visit only */ }
}

const system = matchMedia("(prefers-color-scheme: dark)");

function wantsDark() {
  try {
    const kept = localStorage.getItem("deltaflow-theme");
    if (kept) return kept === "dark";
  } catch { /* follow the system */ }
  return system.matches;
}

// Before anything is drawn, so that a dark room is not lit up first.
export function setOut() {
  document.documentElement.dataset.bsTheme = wantsDark() ? "dark" : "light";
}

export function connect() {
  wear(wantsDark());
  system.addEventListener("change", () => wear(wantsDark()));
}

export const clicks = { theme: toggleTheme };
