// What this browser remembers of its reader from visit to visit, which may be forbidden.

/** @param {string} name @returns {string | null} */
export function remembered(name) {
  try {
    return localStorage.getItem(`deltaflow-${name}`);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string} text */
export function remember(name, text) {
  try {
    localStorage.setItem(`deltaflow-${name}`, text);
  } catch { /* remembered for this visit only */ }
}
