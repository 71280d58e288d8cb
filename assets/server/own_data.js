// A person's own data: kept in this browser by the key of their content, sent when the server asks for them.

const MOST_KEPT = 24;
const MOST_LENGTH = 64e6; // characters of all that is kept
const near = new Map(); // what this tab has read, for browsers that keep nothing

const settled = (request) => new Promise((done, fail) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => fail(request.error);
});

async function store(mode) {
  const opening = indexedDB.open("deltaflow-own-data", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("own", { keyPath: "key" });
  return (await settled(opening)).transaction("own", mode).objectStore("own");
}

const lengthOf = ({ x, y, labels }) => x.length + (y || labels).length;

// The oldest go where the newest do not fit.
export async function keep(own) {
  near.set(own.key, own);
  try {
    const kept = await settled((await store("readonly")).getAll());
    const others = kept.filter(({ key }) => key !== own.key).sort((a, b) => b.at - a.at);
    const place = await store("readwrite");
    let room = MOST_LENGTH - lengthOf(own);
    others.forEach((entry, i) => {
      room -= lengthOf(entry.own);
      if (room < 0 || i >= MOST_KEPT - 1) place.delete(entry.key);
    });
    await settled(place.put({ key: own.key, own, at: Date.now() }));
  } catch { /* forbidden or full: kept until the tab is closed */ }
}

// The own data with this key, or null where this browser does not have them.
export async function find(key) {
  if (near.has(key)) return near.get(key);
  try {
    const entry = await settled((await store("readonly")).get(key));
    if (entry) near.set(key, entry.own);
    return entry?.own || null;
  } catch {
    return null;
  }
}

// Those of this key that this tab has read, if any.
export const nearby = (key) => near.get(key);
