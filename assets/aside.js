// What was kept of a session and cannot be read: set aside, told, and offered as a file.
"use strict";
window.deltaflow = window.deltaflow || {};

(function (deltaflow) {
  const ASIDE = "aside-"; // before the names of what is set aside
  const MOST = 3; // of them
  let last = null; // what this page has set aside: {why, at, found}

  // sessionStorage by key, which may be forbidden or full; null removes.
  function mark(key, text) {
    try {
      if (text === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, text);
    } catch { /* remembered for this visit only */ }
  }

  function marked(key) {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  }

  // The newest few stay; where IndexedDB does not take it, it stays in memory as long as the page.
  async function put(found, why) {
    last = { why, at: Date.now(), found };
    try {
      const range = IDBKeyRange.bound(ASIDE, `${ASIDE}\uffff`);
      const old = (await deltaflow.store.keys("sessions", range)).slice(0, 1 - MOST);
      await deltaflow.store.change([
        ...old.map((key) => ({ shelf: "sessions", key })),
        { shelf: "sessions", key: `${ASIDE}${last.at}`, value: last },
      ]);
    } catch { /* it can still be saved as a file */ }
  }

  // As JSON whatever it is: what JSON has no word for becomes a text.
  function written(value) {
    const plain = (_, part) => (typeof part === "bigint" || typeof part === "function" ? String(part) : part);
    try {
      return JSON.stringify(value, plain, 1);
    } catch {
      return String(value);
    }
  }

  function save() {
    const file = new Blob([written({ kind: "deltaflow unreadable session", ...last })], { type: "application/json" });
    deltaflow.export.download("deltaflow-unreadable-session.json", file);
  }

  // Once, beside what the page has to say anyway.
  function tell() {
    if (!last || last.told) return;
    last.told = true;
    const said = document.getElementById("message").textContent;
    const words = `What this tab had kept of its session could not be read (${last.why}). It is set aside, nothing is deleted.`;
    deltaflow.page.say([words, said].filter(Boolean).join(" "), "error", [["Save it as a file", save]]);
  }

  deltaflow.aside = { mark, marked, put, tell };
})(window.deltaflow);
