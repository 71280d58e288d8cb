// Weights as files: saved from the stage, opened onto it.
"use strict";
window.deltaflow = window.deltaflow || {};

(function (deltaflow) {
  const LARGEST = 5e6;
  const by = (id) => document.getElementById(id);
  let newest = 0; // what was asked for before is not put on the stage any more
  const tell = (words) => { by("export-told").textContent = words; };

  function save(blob, name) {
    const link = document.createElement("a");
    Object.assign(link, { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href));
  }

  async function write(format) {
    const answer = await deltaflow.exchange.post("weights/write", { ...deltaflow.player.stage(), format }, deltaflow.exchange.whileOpen("export-dialog"));
    if (!answer) return undefined;
    if (answer.refused) return tell(answer.refused.text);
    const bytes = Uint8Array.from(atob(answer.content), (character) => character.charCodeAt(0));
    save(new Blob([bytes], { type: "application/octet-stream" }), answer.name);
    return tell(`${answer.name} is saved.`);
  }

  const asBase64 = (file) => new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1] || "");
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(file);
  });

  // What the file does not tell is asked: each order that its layers may have is a button.
  function ask(asked, { text, choices }) {
    if (!by("export-dialog").open) by("export-dialog").showModal();
    tell(text);
    const buttons = choices.map(({ text: words, order, columns }) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
      button.addEventListener("click", () => put({ ...asked, chosen: { order, columns } }));
      return button;
    });
    by("weights-choices").replaceChildren(...buttons);
    buttons[0].focus();
  }

  // What is refused is told in the dialog; what is read replaces the stage, and Undo takes it back.
  async function put(asked) {
    by("weights-choices").replaceChildren();
    const mine = ++newest;
    const open = deltaflow.exchange.whileOpen("export-dialog");
    const wanted = () => mine === newest && open();
    const answer = await deltaflow.exchange.post("weights/read", { ...deltaflow.player.stage(), ...asked }, wanted);
    if (!answer || !wanted()) return undefined;
    if (answer.refused) return tell(answer.refused.text);
    if (answer.question) return ask(asked, answer.question);
    tell("");
    by("export-dialog").close();
    deltaflow.player.state.playing = false;
    return deltaflow.player.press("load", { fields: answer.fields, weights: answer.weights }, answer.told);
  }

  async function open(file) {
    by("weights-choices").replaceChildren();
    if (file.size > LARGEST) {
      return tell(`${file.name}: ${(file.size / 1e6).toFixed(1)} MB. Allowed: at most ${LARGEST / 1e6} MB.`);
    }
    const content = await asBase64(file).catch(() => null);
    if (content === null) return tell(`${file.name} could not be read.`);
    return put({ name: file.name, content });
  }

  // A question left open is not answered later, over another stage.
  document.addEventListener("close", ({ target }) => {
    if (target.id !== "export-dialog") return;
    newest++;
    by("weights-choices").replaceChildren();
  }, true);

  function choose() {
    const input = document.createElement("input");
    Object.assign(input, { type: "file", accept: ".npz,.safetensors" });
    input.addEventListener("change", () => input.files[0] && open(input.files[0]));
    input.click();
  }

  deltaflow.weights = { open };
  deltaflow.clicks = Object.assign(deltaflow.clicks || {}, {
    "weights-npz": () => write("npz"), "weights-safetensors": () => write("safetensors"), "weights-open": choose,
  });
})(window.deltaflow);
