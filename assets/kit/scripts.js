// Scripts that are brought when they are needed, each once.

import { make } from "./dom.js";

const PAUSE = 500; // before one is asked for again
/** @type {Map<string, Promise<void>>} */
const brought = new Map();

/** @param {string} src */
function load(src) {
  const script = make("script", { src });
  document.head.append(script);
  return new Promise((done, fail) => {
    script.onload = done;
    script.onerror = fail;
  });
}

/** @param {string} address */
async function insist(address) {
  for (;;) {
    try {
      return void await load(address);
    } catch {
      await new Promise((go) => setTimeout(go, PAUSE));
    }
  }
}

// Settles when the script has run; one that the server does not answer is asked for until it does.
/** @param {string} address */
export function bring(address) {
  const known = brought.get(address) || insist(address);
  brought.set(address, known);
  return known;
}

// These are on their way at once, to be run later one by one.
/** @param {string[]} addresses */
export function fetchAhead(addresses) {
  const links = [...document.head.querySelectorAll("link[rel=preload]")];
  const there = new Set([...brought.keys(), ...links.map((link) => link.getAttribute("href"))]);
  const missing = addresses.filter((href) => !there.has(href));
  document.head.append(...missing.map((href) => make("link", { rel: "preload", as: "script", href })));
}
