// The configuration in the address: the texts of the fields as a flat query.

export function readQuery(query, defaults) {
  const asked = {};
  for (const [name, text] of new URLSearchParams(query)) {
    if (Object.hasOwn(defaults, name)) asked[name] = text;
  }
  return asked;
}

// Only what differs from the defaults, so that the first visit has a bare address.
export function queryOf(fields, defaults) {
  const picked = fields["dataset"] !== "by_hand";
  const query = new URLSearchParams();
  for (const [name, text] of Object.entries(fields)) {
    const implied = picked && (name === "sample-x" || name === "sample-y");
    if (text !== defaults[name] && !implied) query.set(name, text);
  }
  const search = query.toString();
  return search ? `?${search}` : "";
}

// Whether a session has the configuration that the URL asks for.
export function belongs(session, asked, defaults) {
  const picked = session.fields["dataset"] !== "by_hand";
  return Object.keys(defaults).every((name) =>
    session.fields[name] === (asked[name] ?? defaults[name]) ||
    (picked && (name === "sample-x" || name === "sample-y")));
}
