// How a formula of TeX can be laid out otherwise: each of its blocks for itself, broken before a + of its sums, never
// within braces or brackets, or its value behind its numbers.

const MOST_ROWS = 3; // of a sum
const TERM = /\\left(?![a-z])|\\right(?![a-z])|[{}()]|\\\\| ?\+/g;
const OPENING = ["{", "(", "\\left"];
const CLOSING = ["}", ")", "\\right"];
const [BEGIN, END] = ["\\begin{aligned}", "\\end{aligned}"];

// The places of the sums of a formula, row by row.
/** @param {string} tex */
function sums(tex) {
  let depth = 0;
  /** @type {number[][]} */
  const rows = [[]];
  for (const { 0: found, index } of tex.matchAll(TERM)) {
    if (OPENING.includes(found)) depth++;
    else if (CLOSING.includes(found)) depth--;
    else if (found === "\\\\") rows.push([]);
    else if (!depth) rows[rows.length - 1].push(index);
  }
  return rows;
}

// How many terms the longest sum of a formula has.
/** @param {string} tex */
export const terms = (tex) => 1 + Math.max(...sums(tex).map(({ length }) => length));

// The formula with at most so many terms of a sum in a row.
/** @param {string} tex @param {number} most */
export function broken(tex, most) {
  const ends = sums(tex).flatMap((row) => row.filter((_, i) => (i + 1) % most === 0));
  return [0, ...ends].map((from, i) => tex.slice(from, ends[i])).join(" \\\\ & \\quad \\textstyle");
}

// The blocks of a formula: of some it has several.
/** @param {string} tex */
export function blocks(tex) {
  const found = tex.split(BEGIN).slice(1);
  return found.length ? found.map((block) => BEGIN + block.slice(0, block.indexOf(END)) + END) : [tex];
}

// The last row of every block behind the one above it.
/** @param {string} tex */
export const joined = (tex) => tex.split(END).map((block) => {
  const last = block.lastIndexOf(" \\\\ &");
  return last < 0 ? block : `${block.slice(0, last)} \\;${block.slice(last + 5)}`;
}).join(END);

// Each relation of a block in a row of its own.
/** @param {string} tex */
const apart = (tex) => tex.replace(/\\; ?(?==|\\approx)/g, " \\\\ & ");

// Ways to lay a formula out, the plainest first.
/** @param {string} tex */
export function layouts(tex) {
  const most = terms(tex);
  const rows = Array.from({ length: Math.min(most, MOST_ROWS) - 1 }, (_, i) =>
    broken(tex, Math.ceil(most / (i + 2))));
  const plain = [tex, apart(tex), ...rows];
  return [...new Set([...plain, ...plain.map(joined)])];
}
