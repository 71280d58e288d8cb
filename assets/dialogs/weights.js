// Weights as files: saved from the stage, opened onto it.

import { bytes } from "../core/pass.js";
import { by } from "../kit/dom.js";
import { choose, download } from "../kit/files.js";
import { post } from "../server/exchange.js";
import { press } from "../walk/queue.js";
import { stage, state } from "../walk/state.js";

const LARGEST = 5e6;
const tell = (words) => { by("export-told").textContent = words; };

async function write(format) {
  const answer = await post("weights/write", { ...stage(), format });
  if (answer.refused) return tell(answer.refused.text);
  const content = new Blob([bytes(answer.content)], { type: "application/octet-stream" });
  download(answer.name, content);
  return tell(`${answer.name} is saved.`);
}

const asBase64 = (file) => new Promise((done, fail) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result.split(",")[1] || "");
  reader.onerror = () => fail(reader.error);
  reader.readAsDataURL(file);
});

// What is refused is told in the dialog; what is read replaces the stage, and Undo takes it back.
async function open(file) {
  if (file.size > LARGEST) {
    return tell(`${file.name}: ${(file.size / 1e6).toFixed(1)} MB. Allowed: at most ${LARGEST / 1e6} MB.`);
  }
  const content = await asBase64(file).catch(() => null);
  if (content === null) return tell(`${file.name} could not be read.`);
  const asked = { ...stage(), name: file.name, content };
  const answer = await post("weights/read", asked);
  if (answer.refused) return tell(answer.refused.text);
  by("export-dialog").close();
  state.playing = false;
  return press("load", { fields: answer.fields, weights: answer.weights }, answer.told);
}

export const clicks = {
  "weights-npz": () => write("npz"),
  "weights-safetensors": () => write("safetensors"),
  "weights-open": () => choose(".npz,.safetensors", open),
};
