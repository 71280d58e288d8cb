// What has happened on the walk, told to whoever has asked to hear it: the walk knows none of them.

/** @type {Record<string, ((...details: any[]) => void)[]>} */
const listeners = {};

// Hear of one kind of happening, after those who asked earlier.
/** @param {string} what @param {(...details: any[]) => void} listener */
export function subscribe(what, listener) {
  listeners[what] = [...(listeners[what] || []), listener];
}

// Every listener has heard it when this returns.
/** @param {string} what @param {...any} details */
export function announce(what, ...details) {
  for (const listener of listeners[what] || []) listener(...details);
}

// Words for the person, with buttons beside them, [label, what it does]; an error stays until it is mended.
/** @param {Told} told @param {string} [kind] @param {[Told, () => unknown][]} [actions] */
export const tell = (told, kind = "note", actions = []) => announce("told", told, kind, actions);
