// A menu in the manner of the ARIA authoring practices: arrows go through what it offers, leaving it closes it.

/** @type {Record<string, (at: number, n: number) => number>} */
const WAYS = {
  ArrowDown: (at, n) => (at + 1) % n, ArrowUp: (at, n) => (Math.max(at, 0) + n - 1) % n,
  Home: () => 0, End: (_, n) => n - 1,
};

/** @typedef {{ isOpen: () => boolean, open: () => void, close: () => void, items: () => HTMLElement[] }} Menu */

// `host` holds the button that opens the menu and all that it offers; lists and fields keep their own keys.
/** @param {HTMLElement} host @param {Menu} menu */
export function connect(host, { isOpen, open, close, items }) {
  host.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (!Object.hasOwn(WAYS, event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.matches("select, input") || (!isOpen() && event.key !== "ArrowDown")) return;
    event.preventDefault();
    event.stopPropagation();
    if (!isOpen()) open();
    const all = items();
    all[WAYS[event.key](all.indexOf(/** @type {HTMLElement} */ (target)), all.length)]?.focus();
  });
  host.addEventListener("focusout", ({ relatedTarget }) => {
    if (isOpen() && relatedTarget && !host.contains(/** @type {Node} */ (relatedTarget))) close();
  });
}
