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

// What buttons do, by their ids, once the part that they belong to has come.
/** @param {string} name @param {string[]} ids @returns {Clicks} */
export const laterClicks = (name, ids) =>
  Object.fromEntries(ids.map((id) => [id, async () => (await later(name)).clicks[id]()]));
