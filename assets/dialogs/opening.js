// Files brought to the page, chosen or dropped: each kind goes to what reads it.

import { message } from "../core/messages.js";
import { read as readSession } from "../core/session_file.js";
import { visible } from "../core/visible.js";
import { by } from "../kit/dom.js";
import { choose, named, tooLarge } from "../kit/files.js";
import { say } from "../kit/message.js";
import { put } from "../kit/words.js";
import { press } from "../walk/queue.js";
import { state } from "../walk/state.js";
import { read as readExample } from "./examples.js";
import { ENDINGS, open as weights } from "./weights.js";

const LARGEST = 64e6;
// Where the person looks: in the dialog while it is open, else on the page.
/** @param {Told} told */
function refuse(told) {
  if (by("export-dialog").open) put(by("export-told"), told);
  else say(told, "error");
}

/** @param {string} text */
function parsed(text) {
  try {
    return { content: JSON.parse(text) };
  } catch (/** @type {any} */ error) {
    return { flaw: message("file.no_json", { flaw: visible(error.message) }) };
  }
}

/** @param {File} file @param {any} content */
async function session(file, content) {
  const { flaw, session: read, own, told } = readSession(content);
  if (flaw) return refuse(message("file.flawed", { name: file.name, flaw }));
  state.playing = false;
  const words = [message("file.on_stage", { name: file.name }), ...(told || [])];
  const refused = await press("bring", read, words, own);
  if (refused) return refuse(message("file.refused", { name: file.name, refused }));
  return by("export-dialog").close();
}

/** @param {File} file */
async function json(file) {
  const { content, flaw } = parsed(await file.text());
  if (flaw) return refuse(message("file.flawed", { name: file.name, flaw }));
  if (!Array.isArray(content)) return session(file, content);
  by("export-dialog").close();
  return readExample(file);
}

// By the ending of the file's name: what reads it.
/** @type {Record<string, (file: File) => unknown>} */
const READERS = { json, ...Object.fromEntries(ENDINGS.map((ending) => [ending.slice(1), weights])) };
const TOLD = [".json", ...ENDINGS.slice(0, 2)].join(", ");

/** @param {File} file */
async function open(file) {
  const ending = (file.name.split(".").pop() || "").toLowerCase();
  const reader = Object.hasOwn(READERS, ending) && READERS[ending];
  if (!reader) return refuse(message("file.unknown", { name: file.name, known: TOLD }));
  if (file.size > LARGEST) return refuse(tooLarge(file, LARGEST));
  try {
    return await reader(file);
  } catch (/** @type {any} */ error) {
    return refuse(message("file.unreadable_as", { name: file.name, error: error.message }));
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

export const clicks = { "file-open": () => choose(".json", open) };
