// What a run leaves behind: its curves, and weights to come back to, as values that never change.

const MOST_POINTS = 512;
const MOST_KEPT = 240;
const MOST_BYTES = 32e6;
const MOST_BRANCHES = 6;

// A run has at least so many points and entries, however quick it is.
const LEAST_POINTS = 100;

// How many batches lie between two points of a run of so many: whole epochs where there are enough of them.
/** @param {number} batches @param {number} perEpoch */
export function spacing(batches, perEpoch) {
  const epochs = batches / perEpoch;
  if (epochs >= LEAST_POINTS) return perEpoch * Math.floor(epochs / LEAST_POINTS);
  return Math.max(1, Math.floor(perEpoch / Math.ceil(LEAST_POINTS / epochs)));
}

/** @type {Run} */
export const START = Object.freeze({ batch: 0, state: null });

/** @returns {RunHistory} */
export const empty = () => ({ branches: [], current: -1, at: 0 });

/** @param {Entry} entry */
const sizeOf = (entry) => entry.size || (entry.size = JSON.stringify([entry.weights, entry.run.state]).length);

// Every second of the older ones goes as long as they are too many; first and last stay.
/** @param {any[]} list @param {number} most */
function thin(list, most) {
  let left = list;
  while (left.length > most) left = left.filter((_, i) => i % 2 === 0 || i >= left.length - 2);
  return left;
}

// All branches share the bytes; of each at least a few entries stay.
/** @param {Branch[]} branches @param {number} bytes */
function within(branches, bytes) {
  return branches.map((branch) => {
    if (!branch.kept.length) return branch;
    const most = Math.max(4, Math.min(MOST_KEPT, Math.floor(bytes / branches.length / sizeOf(branch.kept[0]))));
    return branch.kept.length > most ? { ...branch, kept: thin(branch.kept, most) } : branch;
  });
}

/** @param {RunHistory} history */
export const branchOf = (history) => history.branches[history.current];
/** @param {any[]} list */
const last = (list) => list[list.length - 1];

/** @param {RunHistory} history @param {Branch} branch */
function replace(history, branch) {
  return { ...history, branches: history.branches.map((b, i) => (i === history.current ? branch : b)) };
}

// A new branch from where the stage is, unless it is, with these weights, at the end of the current one.
/** @param {RunHistory} history @param {Weights} weights */
export function ready(history, weights) {
  const branch = branchOf(history);
  const end = branch && last(branch.kept);
  if (end?.batch === history.at && JSON.stringify(end.weights) === JSON.stringify(weights)) return history;
  const from = branch ? { branch: branch.id, batch: history.at } : null;
  const id = (last(history.branches)?.id ?? 0) + 1;
  const branches = [...history.branches, { id, from, points: [], kept: [] }].slice(-MOST_BRANCHES);
  return { ...history, branches, current: branches.length - 1 };
}

// One more point of the curves, and its weights to come back to, all of them within so many bytes.
/** @param {RunHistory} history @param {CurvePoint} point @param {Entry} entry @param {number} [bytes] */
export function record(history, point, entry, bytes = MOST_BYTES) {
  const branch = branchOf(history);
  const points = thin([...branch.points.filter(({ batch }) => batch < point.batch), point], MOST_POINTS);
  const kept = [...branch.kept.filter(({ batch }) => batch < point.batch), entry];
  const { branches } = replace(history, { ...branch, points, kept });
  return { ...history, branches: within(branches, bytes), at: point.batch };
}

// The current branch with what it grew out of, oldest first.
/**
 * @template {"points" | "kept"} L
 * @param {RunHistory} history
 * @param {L} list
 * @returns {Branch[L]}
 */
function lineage(history, list) {
  /** @type {any[]} */
  const found = [];
  /** @type {Branch | undefined} */
  let branch = branchOf(history);
  for (let end = Infinity; branch; ) {
    const limit = end;
    found.unshift(...branch[list].filter(({ batch }) => batch <= limit));
    /** @type {Branch["from"]} */
    const from = branch.from;
    if (!from) break;
    end = Math.min(from.batch, limit, (found[0]?.batch ?? Infinity) - 1);
    branch = history.branches.find(({ id }) => id === from.branch);
  }
  return found;
}

/** @param {RunHistory} history */
export const points = (history) => lineage(history, "points");
/** @param {RunHistory} history */
export const kept = (history) => lineage(history, "kept");

// The kept entry at, or last before, a batch.
/** @param {RunHistory} history @param {number} batch */
export function entryAt(history, batch) {
  const all = kept(history);
  return all.findLast((entry) => entry.batch <= batch) || all[0];
}

/** @param {RunHistory} history @param {number} batch */
export const visiting = (history, batch) => ({ ...history, at: batch });
/** @param {RunHistory} history */
export const rewound = (history) => visiting(history, 0);
