// Tabs as the ARIA authoring practices have them: Tab reaches the one that is chosen, arrows choose the next.

import { attribute } from "./rewriting.js";

/** @param {Element} list @returns {HTMLElement[]} */
const tabsOf = (list) => [...list.querySelectorAll("[role=tab]")].map((tab) => /** @type {HTMLElement} */ (tab));

// Which tab of a list is chosen, by its id.
/** @param {Element} list @param {string} chosen */
export function select(list, chosen) {
  for (const tab of tabsOf(list)) {
    attribute(tab, "aria-selected", String(tab.id === chosen));
    tab.tabIndex = tab.id === chosen ? 0 : -1;
  }
}

/** @type {Record<string, (at: number, n: number) => number>} */
const WAYS = {
  ArrowRight: (at, n) => (at + 1) % n, ArrowLeft: (at, n) => (at + n - 1) % n, Home: () => 0, End: (_, n) => n - 1,
};

// The walk does not hear the keys that go from tab to tab.
/** @param {Element} list */
export function connect(list) {
  list.addEventListener("keydown", (/** @type {any} */ event) => {
    if (!Object.hasOwn(WAYS, event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    const seen = tabsOf(list).filter((tab) => tab.offsetParent);
    const at = seen.indexOf(event.target);
    if (at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = seen[WAYS[event.key](at, seen.length)];
    next.focus();
    next.click();
  });
}
