// A person's own data: kept in this browser by their name, sent when the server asks for them.
"use strict";
window.deltaflow = window.deltaflow || {};

(function (deltaflow) {
  const MOST_KEPT = 24;
  const MOST_LENGTH = 64e6; // characters of all that is kept
  const LONGEST_WAIT = 3000; // some browsers never answer where storage is forbidden
  const near = new Map(); // what this tab has read, for browsers that keep nothing

  // What makes the key of new data one that nobody guesses.
  const salt = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  const settled = (request) => new Promise((done, fail) => {
    setTimeout(() => fail(new Error("it does not answer")), LONGEST_WAIT);
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

  async function store(mode) {
    const opening = indexedDB.open("deltaflow-own-data", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("own", { keyPath: "key" });
    return (await settled(opening)).transaction("own", mode).objectStore("own");
  }

  const lengthOf = ({ x, y, labels }) => x.length + (y || labels).length;
  // What an earlier version kept has no name but its key.
  const nameOf = ({ name, key }) => name ?? key;

  // The oldest go where the newest do not fit.
  async function keep(own) {
    near.set(nameOf(own), own);
    try {
      const kept = await settled((await store("readonly")).getAll());
      const others = kept.filter(({ key }) => key !== nameOf(own)).sort((a, b) => b.at - a.at);
      const place = await store("readwrite");
      let room = MOST_LENGTH - lengthOf(own);
      others.forEach((entry, i) => {
        room -= lengthOf(entry.own);
        if (room < 0 || i >= MOST_KEPT - 1) place.delete(entry.key);
      });
      await settled(place.put({ key: nameOf(own), own, at: Date.now() }));
    } catch { /* forbidden or full: kept until the tab is closed */ }
  }

  // The own data with this name, or null where this browser does not have them.
  async function find(name) {
    if (near.has(name)) return near.get(name);
    try {
      const entry = await settled((await store("readonly")).get(name));
      if (entry) near.set(name, entry.own);
      return entry?.own || null;
    } catch {
      return null;
    }
  }

  // Data without a name get the one that the server has just called them by.
  async function baptise(own, answer) {
    const name = (answer?.pass || answer)?.fields?.["own-data"];
    if (!own.name && name) await keep({ ...own, name });
  }

  // Put own data on the stage; what stood there can be had back by Undo.
  async function use(own, told) {
    await keep(own);
    const { state, press } = deltaflow.player;
    state.playing = false;
    const there = state.fields["dataset"] === "own";
    if (there) await press("edit", "own-data", own.name);
    else await press("edit", "dataset", "own", { "own-data": own.name });
    const said = document.getElementById("message").textContent;
    const done = state.fields["own-data"] === own.name && state.fields["dataset"] === "own";
    if (done && told) deltaflow.page.say([told, said].filter(Boolean).join(" "));
    return done;
  }

  // One more point in the picture of the data, which become own data by it; its label counts from 0.
  async function addPoint(x1, x2, label) {
    const asked = { ...deltaflow.player.stage(), point: [x1, x2], label, salt: salt() };
    const answer = await deltaflow.exchange.post("data/add", asked);
    if (answer.refused) {
      deltaflow.page.say(answer.refused.text, "error");
      return false;
    }
    return use(answer.own, answer.told);
  }

  deltaflow.data = { find, keep, baptise, use, addPoint, salt };
})(window.deltaflow);
