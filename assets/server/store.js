// What the browser keeps beyond a reload: values by key on a few shelves of IndexedDB.

const NAME = "deltaflow";
const VERSION = 1;
const SHELVES = ["tabs", "sessions", "chunks"];
const LONGEST_WAIT = 3000; // some browsers never answer where storage is forbidden
let opened = null;

function connect(done, fail) {
  setTimeout(() => fail(new Error("it does not answer")), LONGEST_WAIT);
  const asked = indexedDB.open(NAME, VERSION);
  asked.onupgradeneeded = () => SHELVES.forEach((shelf) => asked.result.createObjectStore(shelf));
  asked.onerror = () => fail(asked.error);
  asked.onsuccess = () => {
    const database = asked.result;
    database.onversionchange = () => database.close();
    database.onclose = database.onversionchange;
    done(database);
  };
}

// Each failure is told to who asked; the next one tries anew.
function open() {
  opened = opened || new Promise(connect);
  opened.catch(() => { opened = null; });
  return opened;
}

async function transaction(shelves, mode, work) {
  const database = await open();
  return new Promise((done, fail) => {
    const change = database.transaction(shelves, mode, { durability: "relaxed" });
    const found = work(change);
    change.oncomplete = () => done(found?.result);
    change.onabort = () => fail(change.error || new Error("it was interrupted"));
  });
}

export const read = (shelf, key) => transaction([shelf], "readonly", (t) => t.objectStore(shelf).get(key));
export const keys = (shelf, range) => transaction([shelf], "readonly", (t) => t.objectStore(shelf).getAllKeys(range));
export const values = (shelf, range) => transaction([shelf], "readonly", (t) => t.objectStore(shelf).getAll(range));

// All of these edits {shelf, key, value} or none; without a value the key is removed.
export function change(edits) {
  const shelves = [...new Set(edits.map(({ shelf }) => shelf))];
  if (!shelves.length) return Promise.resolve();
  return transaction(shelves, "readwrite", (t) => {
    for (const { shelf, key, value } of edits) {
      if (value === undefined) t.objectStore(shelf).delete(key);
      else t.objectStore(shelf).put(value, key);
    }
  });
}
