// What a run leaves behind: its curves, and weights to come back to, as values that never change.

const MOST_POINTS = 512;
const MOST_KEPT = 240;
const MOST_BYTES = 32e6;
const MOST_BRANCHES = 6;

export const START = Object.freeze({ batch: 0, state: null });

// A branch is { from: null or {branch, batch}, points, kept }; `at` is the batch on the stage.
export const empty = () => ({ branches: [], current: -1, at: 0 });

const sizeOf = (entry) => entry.size || (entry.size = JSON.stringify([entry.weights, entry.run.state]).length);

// Every second of the older ones goes as long as they are too many; first and last stay.
function thin(list, most) {
  let left = list;
  while (left.length > most) left = left.filter((_, i) => i % 2 === 0 || i >= left.length - 2);
  return left;
}

// All branches share the bytes; of each at least a few entries stay.
function within(branches, bytes) {
  return branches.map((branch) => {
    if (!branch.kept.length) return branch;
    const most = Math.max(4, Math.min(MOST_KEPT, Math.floor(bytes / branches.length / sizeOf(branch.kept[0]))));
    return branch.kept.length > most ? { ...branch, kept: thin(branch.kept, most) } : branch;
  });
}

export const branchOf = (history) => history.branches[history.current];
const last = (list) => list[list.length - 1];

function replace(history, branch) {
  return { ...history, branches: history.branches.map((b, i) => (i === history.current ? branch : b)) };
}

// A new branch from where the stage is, unless it is, with these weights, at the end of the current one.
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
export function record(history, point, entry, bytes = MOST_BYTES) {
  const branch = branchOf(history);
  const points = thin([...branch.points.filter(({ batch }) => batch < point.batch), point], MOST_POINTS);
  const kept = [...branch.kept.filter(({ batch }) => batch < point.batch), entry];
  const { branches } = replace(history, { ...branch, points, kept });
  return { ...history, branches: within(branches, bytes), at: point.batch };
}

// The current branch with what it grew out of, oldest first.
function lineage(history, list) {
  const found = [];
  let branch = branchOf(history);
  for (let end = Infinity; branch; ) {
    const limit = end;
    found.unshift(...branch[list].filter(({ batch }) => batch <= limit));
    const { from } = branch;
    if (!from) break;
    end = Math.min(from.batch, limit, (found[0]?.batch ?? Infinity) - 1);
    branch = history.branches.find(({ id }) => id === from.branch);
  }
  return found;
}

export const points = (history) => lineage(history, "points");
export const kept = (history) => lineage(history, "kept");

// The kept entry at, or last before, a batch.
export function entryAt(history, batch) {
  const all = kept(history);
  return all.findLast((entry) => entry.batch <= batch) || all[0];
}

export const visiting = (history, batch) => ({ ...history, at: batch });
export const rewound = (history) => visiting(history, 0);
