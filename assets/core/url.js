// The configuration in the address: the texts of the fields as a flat query.

/** @param {any} query @param {Fields} defaults */
export function readQuery(query, defaults) {
  /** @type {Fields} */
  const asked = {};
  for (const [name, text] of new URLSearchParams(query)) {
    if (Object.hasOwn(defaults, name)) asked[name] = text;
  }
  return asked;
}

// The fields that differ from the defaults; samples of a data set that is picked are implied by it.
/** @param {Fields} fields @param {Fields} defaults @returns {Fields} */
export function differing(fields, defaults) {
  const picked = fields["dataset"] !== "by_hand";
  return Object.fromEntries(Object.entries(fields).filter(([name, text]) =>
    text !== defaults[name] && !(picked && (name === "sample-x" || name === "sample-y"))));
}

// What the address says beside the fields, which stays in it.
const VIEWS = ["present", "edges"];

// Only what differs from the defaults, so that the first visit has a bare address; `before` is the query until now.
/** @param {Fields} fields @param {Fields} defaults @param {string} [language]  chosen @param {string} [before] */
export function queryOf(fields, defaults, language = "", before = "") {
  const query = new URLSearchParams(differing(fields, defaults));
  if (language) query.set("lang", language);
  const asked = new URLSearchParams(before);
  for (const name of VIEWS) if (asked.has(name)) query.set(name, asked.get(name) || "");
  const search = query.toString();
  return search ? `?${search}` : "";
}

// Whether a session has the configuration that the URL asks for.
/** @param {Session} session @param {Fields} asked @param {Fields} defaults */
export function belongs(session, asked, defaults) {
  const picked = session.fields["dataset"] !== "by_hand";
  return Object.keys(defaults).every((name) =>
    session.fields[name] === (asked[name] ?? defaults[name]) ||
    (picked && (name === "sample-x" || name === "sample-y")));
}
