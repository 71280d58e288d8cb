// The language of the page: as the address says, else as the person chose, else as the browser prefers.

import { speak } from "../core/messages.js";
import { queryOf } from "../core/url.js";
import { by } from "../kit/dom.js";
import { write } from "../kit/words.js";
import { announce } from "../walk/announce.js";
import { state } from "../walk/state.js";

const KEPT = "deltaflow-language";
const PAUSE = 500; // before a catalog is asked for again
const PATIENCE = 1500; // after which it is said that there is none yet
/** @typedef {HTMLLinkElement} Link */

/** @returns {Link[]} */
const offered = () => [...document.querySelectorAll("link[hreflang]")].map((link) => /** @type {Link} */ (link));

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

/** @param {string} tag */
const main = (tag) => tag.toLowerCase().split("-")[0];

// The first of the wishes that there is a catalog for, else the first catalog.
/** @param {(string | null)[]} wishes */
function best(wishes) {
  const links = offered();
  const fitting = wishes.map((wish) => wish && links.find(({ hreflang }) => main(hreflang) === main(wish)));
  return fitting.find(Boolean) || links[0];
}

/** @param {Link} link */
async function bring(link) {
  for (;;) {
    try {
      const answer = await fetch(link.href);
      if (answer.ok) return await answer.json();
    } catch { /* asked for again */ }
    await new Promise((go) => setTimeout(go, PAUSE));
  }
}

/** @type {Promise<Catalog>} */
let first;

// Asked for at once: nothing can be said before it has come.
export function setOut() {
  const asked = new URLSearchParams(location.search).get("lang") || "";
  const known = offered().find(({ hreflang }) => main(hreflang) === main(asked));
  state.language = known?.hreflang ?? "";
  first = bring(known || best([kept(), ...navigator.languages]));
}

// The page comes in the language that it says it is in.
/** @param {Catalog} catalog */
function use(catalog) {
  speak(catalog);
  const written = document.documentElement.lang === main(catalog["language.tag"]);
  document.documentElement.lang = catalog["language.tag"];
  if (!written) write(document);
  by("language").value = main(catalog["language.tag"]);
}

// The page speaks when this is done; until then an element that is made for it says what it waits for.
export async function open() {
  const slow = setTimeout(() => { by("wordless").hidden = false; }, PATIENCE);
  use(await first);
  clearTimeout(slow);
  by("wordless").hidden = true;
}

// Nothing is asked of the server but the words; what stands on the stage is written again.
/** @param {string} language */
async function change(language) {
  const catalog = await bring(best([language]));
  if (by("language").value !== language) return;
  state.language = language;
  const query = queryOf(state.fields, state.defaults, language, location.search);
  history.replaceState(history.state, "", location.pathname + query + location.hash);
  try {
    localStorage.setItem(KEPT, language);
  } catch { /* remembered for this visit only */ }
  use(catalog);
  announce("rewritten");
  announce("changed");
}

export function connect() {
  by("language").addEventListener("change", (/** @type {any} */ event) => change(event.target.value));
}
