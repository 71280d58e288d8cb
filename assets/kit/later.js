// Parts of the page that a first visit does not need: one script has them all, brought when one is asked for.

import { by } from "./dom.js";
import { bring } from "./scripts.js";

/** @type {Record<string, any>} */
const parts = {};

// What the later script has, by its name.
/** @param {string} name @param {any} part */
export function offer(name, part) {
  parts[name] = part;
}

/** @param {string} name @returns {Promise<any>} */
export async function later(name) {
  await bring(by("later-script").getAttribute("href"));
  return parts[name];
}

/** @type {Record<string, string[]>} */
const BUTTONS = {
  lessons: ["lessons", "lesson-close", "lesson-all", "lesson-next", "lesson-back", "lesson-return"],
  sharing: ["share", "share-copy", "share-frame-copy", "share-file"],
};

// What the buttons of a part do, by their ids, once it has come.
/** @param {string} name @returns {Clicks} */
export const laterClicks = (name) =>
  Object.fromEntries(BUTTONS[name].map((id) => [id, async () => (await later(name)).clicks[id]()]));
