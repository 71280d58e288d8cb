// Play: Next at the chosen speed, until pressed again.

import { by } from "../kit/dom.js";
import { can } from "../walk/actions.js";
import { announce } from "../walk/announce.js";
import { press } from "../walk/queue.js";
import { state } from "../walk/state.js";

let run = 0; // a run of Play that was paused must not wake with the next one

export async function play() {
  const mine = ++run;
  state.playing = !state.playing;
  announce("changed");
  while (state.playing && mine === run && can("next")) {
    await press("next");
    const speed = Number(by("speed").value);
    await new Promise((go) => (speed ? setTimeout(go, speed) : requestAnimationFrame(() => setTimeout(go))));
  }
  if (mine !== run) return;
  state.playing = false;
  announce("changed");
}

export const clicks = { play };
