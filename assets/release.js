// The version of the server: where it is another than the page came with, a reload is offered that loses nothing.
"use strict";
window.deltaflow = window.deltaflow || {};

(function (deltaflow) {
  const NEWER = "The server was updated: this page is of an older version. Reloading loses nothing. ";
  let mine = null; // the version that this page came with

  async function reload(event) {
    event.target.disabled = true;
    await deltaflow.keeping.saveAll();
    location.reload();
  }

  function tell() {
    const { make } = deltaflow.dom;
    const button = make("button", { type: "button" }, "Reload");
    button.addEventListener("click", reload);
    const notice = document.getElementById("release");
    notice.replaceChildren(NEWER, button);
    notice.hidden = false;
  }

  // Each answer may say which version it comes from; it is told once.
  function heard(version) {
    if (!mine || !version || version === mine) return;
    mine = null;
    tell();
  }

  function open(version) {
    mine = version || null;
  }

  deltaflow.release = { open, heard };
})(window.deltaflow);
