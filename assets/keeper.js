// The configuration in the URL.
"use strict";
window.deltaflow = window.deltaflow || {};

(function (deltaflow) {
  function readUrl(defaults) {
    const asked = {};
    for (const [name, text] of new URLSearchParams(location.search)) {
      if (Object.hasOwn(defaults, name)) asked[name] = text;
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

  // Whether a session has the configuration that the URL asks for.
  function belongs(session, asked, defaults) {
    const picked = session.fields["dataset"] !== "by_hand";
    return Object.keys(defaults).every((name) =>
      session.fields[name] === (asked[name] ?? defaults[name]) ||
      (picked && (name === "sample-x" || name === "sample-y")));
  }

  deltaflow.keeper = { readUrl, writeUrl, belongs };
})(window.deltaflow);
