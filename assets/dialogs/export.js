// Saving the training step on the stage: texts come from the server, the drawing from the page.

import { language, message } from "../core/messages.js";
import { write as writeSession } from "../core/session_file.js";
import { by } from "../kit/dom.js";
import { download } from "../kit/files.js";
import { put } from "../kit/words.js";
import { post } from "../server/exchange.js";
import { find } from "../server/own_data.js";
import { snapshot, stage, state } from "../walk/state.js";
import { drawing, pixels } from "../drawing/standalone.js";

/** @param {Told} what */
const told = (what) => put(by("export-told"), what);

/** @param {string} format */
async function saveText(format) {
  told("…");
  const answer = await post("export", {
    ...stage(), format, language: language(),
    solutions: by("export-solutions").checked, digits: Number(by("export-digits").value),
  }, () => by("export-dialog").open);
  if (!answer) return undefined;
  if (answer.refused) return told(answer.refused.text);
  download(answer.name, new Blob([answer.text], { type: "text/plain;charset=utf-8" }));
  return told(message("file.saved", { name: answer.name }));
}

/** @type {Record<string, () => Promise<Blob | null>>} */
const BLOBS = {
  svg: async () => new Blob([drawing().text], { type: "image/svg+xml" }),
  png: () => pixels(drawing()),
};

/** @param {string} format */
async function saveDrawing(format) {
  const { pass, cursor } = state;
  const { kind, layer } = pass.positions[cursor];
  const name = `deltaflow-${pass.sizes.join("-")}-step${pass.iteration + 1}-${kind}${layer ?? ""}.${format}`;
  const blob = await BLOBS[format]();
  if (blob) download(name, blob);
  told(message("file.saved", { name: name }));
}

async function saveSession() {
  told("…");
  const { pass, run } = state;
  const name = `deltaflow-session-${pass.sizes.join("-")}-batch${run.batch}.json`;
  const session = snapshot();
  const own = session.fields["dataset"] === "own" ? await find(session.fields["own-data"]) : null;
  const text = writeSession(session, own);
  download(name, new Blob([text], { type: "application/json" }));
  told(message("file.saved", { name: name }));
}

function open() {
  told("");
  by("export-dialog").showModal();
}

export const clicks = {
  export: open,
  "session-save": saveSession,
  ...Object.fromEntries(Object.keys(BLOBS).map((format) => [`export-${format}`, () => saveDrawing(format)])),
};

// The buttons of texts say themselves which format they are for.
export function listen() {
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("[data-text-format]");
    if (button instanceof HTMLElement && button.dataset.textFormat) saveText(button.dataset.textFormat);
  });
}
