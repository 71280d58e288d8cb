// A person's own data: kept in this browser by the key of their content, sent when the server asks for them.
"use strict";
window.deltaflow = window.deltaflow || {};

(function (deltaflow) {
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
  async function keep(own) {
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
  async function find(key) {
    if (near.has(key)) return near.get(key);
    try {
      const entry = await settled((await store("readonly")).get(key));
      if (entry) near.set(key, entry.own);
      return entry?.own || null;
    } catch {
      return null;
    }
  }

  // Put own data on the stage; what stood there can be had back by Undo.
  async function use(own, told) {
    await keep(own);
    const { state, press } = deltaflow.player;
    state.playing = false;
    const there = state.fields["dataset"] === "own";
    if (there) await press("edit", "own-data", own.key);
    else await press("edit", "dataset", "own", { "own-data": own.key });
    const said = document.getElementById("message").textContent;
    const done = state.fields["own-data"] === own.key && state.fields["dataset"] === "own";
    if (done && told) deltaflow.page.say([told, said].filter(Boolean).join(" "));
    return done;
  }

  // The own data on the stage, or null; only their key while this tab has not needed them.
  function own() {
    const { fields } = deltaflow.player.state;
    return fields["dataset"] === "own" ? near.get(fields["own-data"]) || { key: fields["own-data"] } : null;
  }

  // One more point in the picture of the data, which become own data by it; its label counts from 0.
  async function addPoint(x1, x2, label) {
    const asked = { ...deltaflow.player.stage(), point: [x1, x2], label };
    const answer = await deltaflow.exchange.post("data/add", asked);
    if (answer.refused) {
      deltaflow.page.say(answer.refused.text, "error");
      return false;
    }
    return use(answer.own, answer.told);
  }

  deltaflow.data = { own, find, keep, use, addPoint };
})(window.deltaflow);
