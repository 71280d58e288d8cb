// The first pass of the page: the one that the tab had kept, or what the address asks for, or why there is none.

import { message } from "../core/messages.js";
import { belongs } from "../core/url.js";
import { by } from "../kit/dom.js";
import { say, saying } from "../kit/message.js";
import { ask } from "../server/exchange.js";
import { announce } from "../walk/announce.js";
import { load as loadKept, putAside } from "../walk/keeping.js";
import { patiently, take as takePass } from "../walk/passes.js";
import {
  askFor as askForSession, askForPlace, begin as beginSession, resume as resumeSession, takePlace,
} from "../walk/sessions.js";
import { state } from "../walk/state.js";
import { tell } from "./aside.js";
import { embedded } from "./embed.js";
import { accept } from "./fields.js";
import { linked, unusable } from "../places/linked.js";

// Asked for before there are words to say anything in: the place of a link, else what the tab had kept, where
// that is what the URL asks for, else what the URL asks for.
/** @param {Fields} asked */
export async function setOut(asked) {
  const [link, found] = await Promise.all([linked(), embedded() ? null : loadKept()]);
  const kept = found && (link || belongs(found, asked, state.defaults)) ? found : null;
  if (link) return { link, kept, answer: link.place && askForPlace(link.place) };
  return { link, kept, answer: kept ? askForSession(kept) : ask({ fields: asked }) };
}

// The place of a link, and what the tab had kept behind it; what is told of that.
/** @param {any} link @param {any} kept @param {Promise<Answer>} answer @returns {Promise<Told>} */
async function arrive({ place, flaw }, kept, answer) {
  const refused = flaw || (await takePlace(place, answer));
  if (refused) return unusable(refused);
  if (!kept) return "";
  state.undo = [...(kept.undo || []), kept];
  return message("link.on_stage");
}

// What cannot be used of what was kept is set aside.
/** @param {any} kept @param {Promise<Answer>} answer */
async function resume(kept, answer) {
  const { refused } = await resumeSession(kept, answer);
  if (!refused) state.undo = kept.undo || [];
  else if (!refused.givenUp && [undefined, 400].includes(refused.status)) await putAside(refused.text);
}

// What the URL asks for, without those of its fields that cannot be used; null where nothing can be had.
/** @param {Fields} fields @param {Told[]} told @param {Promise<Answer>} first @returns {Promise<PassAnswer>} */
async function askedFor(fields, told, first) {
  const answer = await patiently(first);
  if (answer.pass) return answer;
  told.push(answer.refused.text);
  const names = Object.keys(fields);
  const left = names.filter((name) => name !== answer.refused.field);
  if (!names.length) return null;
  // Without a word on which field it is, none of them can be kept.
  const kept = left.length < names.length ? left : [];
  const rest = Object.fromEntries(kept.map((name) => [name, fields[name]]));
  return askedFor(rest, told, ask({ fields: rest }));
}

/** @param {Fields} asked @param {Promise<Answer>} first */
async function beginAnew(asked, first) {
  /** @type {Told[]} */
  const told = [];
  const answer = await askedFor(asked, told, first);
  if (!answer) return say(told[told.length - 1], "error", [[message("opening.again"), () => location.reload()]]);
  beginSession(answer.pass);
  takePass(answer.pass, 0);
  accept(null, answer.notices);
  if (told.length) say([...told, ...answer.notices].flat(), "error");
  return undefined;
}

// Nothing can be done before there is a pass: what looks as if it could comes disabled with the page.
function release() {
  for (const control of by("page").querySelectorAll("[data-held]")) {
    control.disabled = false;
    delete control.dataset.held;
  }
}

// The kept one, else what the URL asks for; whether there is one.
/** @param {Fields} asked @param {ReturnType<typeof setOut>} first */
export async function firstPass(asked, first) {
  const { link, kept, answer } = await first;
  const told = link ? await arrive(link, kept, answer) : "";
  const arrived = Boolean(link && state.pass);
  if (kept && !state.pass) await resume(kept, link ? askForSession(kept) : answer);
  if (!state.pass) await beginAnew(asked, kept || link ? ask({ fields: asked }) : answer);
  if (!state.pass) return false;
  release();
  announce("changed");
  if (told) say([told, ...saying()].flat(), arrived ? "note" : "error");
  tell();
  return true;
}
