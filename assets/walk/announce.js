// What has happened on the walk, told to whoever has asked to hear it: the walk knows none of them.

const listeners = {};

// Hear of one kind of happening, after those who asked earlier.
export function subscribe(what, listener) {
  listeners[what] = [...(listeners[what] || []), listener];
}

// Every listener has heard it when this returns.
export function announce(what, ...details) {
  for (const listener of listeners[what] || []) listener(...details);
}

// Words for the person, with buttons beside them, [label, what it does]; an error stays until it is mended.
export const tell = (text, kind = "note", actions = []) => announce("told", text, kind, actions);
