// Weights as files: saved from the stage, opened onto it.

import { message } from "../core/messages.js";
import { bytes } from "../core/pass.js";
import { by, make, whileOpen } from "../kit/dom.js";
import { asBase64, choose, download, tooLarge } from "../kit/files.js";
import { put } from "../kit/words.js";
import { post } from "../server/exchange.js";
import { press } from "../walk/queue.js";
import { stage, state } from "../walk/state.js";

const LARGEST = 5e6;
let newest = 0; // what was asked for before is not put on the stage any more
export const ENDINGS = [
  ...[".npz", ".safetensors", ".pt", ".pth", ".bin", ".ckpt", ".keras", ".h5", ".hdf5"],
  ...[".onnx", ".joblib", ".pkl", ".npy", ".mat"],
];
/** @param {Told} told */
const tell = (told) => put(by("export-told"), told);

// Why a file is not taken, in the dialog; for one of another kind the lines that convert it.
/** @param {{ text: Told, lines?: string[] }} given */
function refuse({ text, lines }) {
  if (!by("export-dialog").open) by("export-dialog").showModal();
  tell(text);
  if (lines) by("weights-choices").replaceChildren(make("pre", { tabindex: 0 }, lines.join("\n")));
}

/** @param {string} format */
async function write(format) {
  const answer = await post("weights/write", { ...stage(), format }, whileOpen("export-dialog"));
  if (!answer) return undefined;
  if (answer.refused) return tell(answer.refused.text);
  const content = new Blob([bytes(answer.content)], { type: "application/octet-stream" });
  download(answer.name, content);
  return tell(message("file.is_saved", { name: answer.name }));
}

// What the file does not tell is asked: each order that its layers may have is a button.
/** @param {{ name: string, content: string }} asked @param {{ text: Told, choices: any[] }} given */
function ask(asked, { text, choices }) {
  if (!by("export-dialog").open) by("export-dialog").showModal();
  tell(text);
  const buttons = choices.map(({ text: words, order, columns }) => {
    const button = make("button", { type: "button" });
    put(button, words);
    button.addEventListener("click", () => use({ ...asked, chosen: { order, columns } }));
    return button;
  });
  by("weights-choices").replaceChildren(...buttons);
  buttons[0].focus();
}

// What is refused is told in the dialog; what is read replaces the stage, and Undo takes it back.
/** @param {{ name: string, content: string, chosen?: any }} asked */
async function use(asked) {
  by("weights-choices").replaceChildren();
  const mine = ++newest;
  const open = whileOpen("export-dialog");
  const wanted = () => mine === newest && open();
  const answer = await post("weights/read", { ...stage(), ...asked }, wanted);
  if (!answer || !wanted()) return undefined;
  if (answer.refused) return refuse(answer.refused);
  if (answer.question) return ask(asked, answer.question);
  tell("");
  by("export-dialog").close();
  state.playing = false;
  return press("load", { fields: answer.fields, weights: answer.weights }, answer.told);
}

/** @param {File} file */
export async function open(file) {
  by("weights-choices").replaceChildren();
  if (file.size > LARGEST) {
    return refuse({ text: tooLarge(file, LARGEST) });
  }
  const content = await asBase64(file).catch(() => null);
  if (content === null) return refuse({ text: message("file.unreadable", { name: file.name }) });
  return use({ name: file.name, content });
}

// A question left open is not answered later, over another stage.
/** @param {any} given */
function close({ target }) {
  if (target.id !== "export-dialog") return;
  newest++;
  by("weights-choices").replaceChildren();
}

export function listen() {
  document.addEventListener("close", close, true);
}

export const clicks = {
  "weights-npz": () => write("npz"),
  "weights-safetensors": () => write("safetensors"),
  "weights-open": () => choose(ENDINGS.join(), open),
};
