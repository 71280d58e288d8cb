// What outlives a reload: the configuration in the URL, the weights and the place in the walk in this tab.
"use strict";
window.deltaflow = window.deltaflow || {};

(function (deltaflow) {
  const KEY = "deltaflow-1"; // another number where what is kept changes its form

  function readUrl(defaults) {
    const asked = {};
    for (const [name, text] of new URLSearchParams(location.search)) {
      if (name in defaults) asked[name] = text;
    }
    return asked;
  }

  // Only what differs from the defaults, so that the first visit has a bare address.
  function writeUrl(fields, defaults) {
    const picked = fields["dataset"] !== "by_hand";
    const query = new URLSearchParams();
    for (const [name, text] of Object.entries(fields)) {
      const implied = picked && (name === "sample-x" || name === "sample-y");
      if (text !== defaults[name] && !implied) query.set(name, text);
    }
    const search = query.toString();
    history.replaceState(null, "", location.pathname + (search ? `?${search}` : ""));
  }

  function save(session) {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(session));
    } catch {
      sessionStorage.removeItem(KEY); // full or forbidden: the URL still carries the configuration
    }
  }

  // The session of this tab, if it belongs to the configuration that the URL asks for.
  function load(asked, defaults) {
    try {
      const session = JSON.parse(sessionStorage.getItem(KEY));
      const picked = session.fields["dataset"] !== "by_hand";
      const same = Object.keys(defaults).every((name) =>
        session.fields[name] === (asked[name] ?? defaults[name]) ||
        (picked && (name === "sample-x" || name === "sample-y")));
      return same ? session : null;
    } catch {
      return null;
    }
  }

  deltaflow.keeper = { readUrl, writeUrl, save, load };
})(window.deltaflow);
