// The one place where others reach in: the callbacks that Dash calls by name, and a small door for tests.

import { read } from "./core/pass.js";
import { stands } from "./kit/frame.js";
import { subscribe } from "./walk/announce.js";
import { saveAll, saveNow } from "./walk/keeping.js";
import { press } from "./walk/queue.js";
import { current } from "./walk/samples.js";
import { stage, state } from "./walk/state.js";
import { neurons, under } from "./drawing/network.js";
import { drawnPlaces } from "./plots/picture.js";
import { shownViews } from "./plots/plots.js";
import { state as runs } from "./compare/runs.js";
import { open as release } from "./page/release.js";
import { open } from "./main.js";

const door = {
  state, press, stage, subscribe, saveNow, saveAll, read, neurons, under, runs, release,
  samples: current, places: drawnPlaces, views: shownViews,
};

// Dash calls what is below the names of its callbacks.
const called = { deltaflow: { stands } };

Object.assign(window, { dash_clientside: called, deltaflow: door });
open();
