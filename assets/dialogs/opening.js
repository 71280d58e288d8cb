// Files brought to the page, chosen or dropped: each kind goes to what reads it.

import { render } from "../core/messages.js";
import { read as readSession } from "../core/session_file.js";
import { visible } from "../core/visible.js";
import { by } from "../kit/dom.js";
import { choose, named } from "../kit/files.js";
import { say } from "../kit/message.js";
import { press } from "../walk/queue.js";
import { state } from "../walk/state.js";
import { read as readExample } from "./examples.js";

const LARGEST = 64e6;
// Where the person looks: in the dialog while it is open, else on the page.
/** @param {string} text */
function refuse(text) {
  if (by("export-dialog").open) by("export-told").textContent = text;
  else say(text, "error");
}

/** @param {string} text */
function parsed(text) {
  try {
    return { content: JSON.parse(text) };
  } catch (/** @type {any} */ error) {
    return { flaw: `This is not JSON (${visible(error.message)})` };
  }
}

/** @param {File} file @param {any} content */
async function session(file, content) {
  const { flaw, session: read, own, told } = readSession(content);
  if (flaw) return refuse(`${file.name}: ${render(flaw)}. What was on the stage has stayed.`);
  state.playing = false;
  const words = [`${file.name} is on the stage; Undo takes you back.`, ...(told || [])];
  const refused = await press("bring", read, words, own);
  if (refused) return refuse(`${file.name}: ${render(refused)} What was on the stage has stayed.`);
  return by("export-dialog").close();
}

/** @param {File} file */
async function json(file) {
  const { content, flaw } = parsed(await file.text());
  if (flaw) return refuse(`${file.name}: ${flaw}. What was on the stage has stayed.`);
  if (!Array.isArray(content)) return session(file, content);
  by("export-dialog").close();
  return readExample(file);
}

// By the ending of the file's name: what reads it.
/** @type {Record<string, (file: File) => unknown>} */
const READERS = { json };

/** @param {File} file */
async function open(file) {
  const ending = (file.name.split(".").pop() || "").toLowerCase();
  const reader = Object.hasOwn(READERS, ending) && READERS[ending];
  const known = Object.keys(READERS).map((name) => `.${name}`).join(", ");
  if (!reader) return refuse(`${file.name} cannot be opened here. Allowed: ${known}.`);
  if (file.size > LARGEST) {
    return refuse(`${file.name}: ${(file.size / 1e6).toFixed(1)} MB. Allowed: at most ${LARGEST / 1e6} MB.`);
  }
  try {
    return await reader(file);
  } catch (/** @type {any} */ error) {
    return refuse(`${file.name} could not be read (${error.message}).`);
  }
}

// Anywhere that nothing else has taken the file: a browser would leave the page for it.
/** @param {any} event */
function drag(event) {
  if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  if (event.type === "drop" && state.pass) open(named(event.dataTransfer.files[0]));
}

export function listen() {
  addEventListener("dragover", drag);
  addEventListener("drop", drag);
}

export const clicks = { "file-open": () => choose(Object.keys(READERS).map((name) => `.${name}`).join(), open) };
