// The first pass of the page: the one that the tab had kept, or what the address asks for, or why there is none.
"use strict";
window.deltaflow = window.deltaflow || {};

(function (deltaflow) {
  // What the tab had kept, where it is what the URL asks for; what cannot be used of it is kept aside.
  async function resume(asked) {
    const kept = await deltaflow.keeping.load();
    if (!kept || !deltaflow.keeper.belongs(kept, asked, deltaflow.player.state.defaults)) return;
    const { refused } = await deltaflow.sessions.resume(kept);
    if (!refused) deltaflow.player.state.undo = kept.undo || [];
    else if (!refused.givenUp && [undefined, 400].includes(refused.status)) await deltaflow.keeping.putAside(refused.text);
  }

  // What the URL asks for, without those of its fields that cannot be used; null where nothing can be had.
  async function askedFor(fields, told) {
    const answer = await deltaflow.player.patiently(deltaflow.exchange.ask({ fields }));
    if (answer.pass) return answer;
    told.push(answer.refused.text);
    const names = Object.keys(fields);
    const left = names.filter((name) => name !== answer.refused.field);
    if (!names.length) return null;
    // Without a word on which field it is, none of them can be kept.
    const kept = left.length < names.length ? left : [];
    return askedFor(Object.fromEntries(kept.map((name) => [name, fields[name]])), told);
  }

  async function begin(asked) {
    const told = [];
    const answer = await askedFor(asked, told);
    if (!answer) return deltaflow.page.say(told.at(-1), "error", [["Try again", () => location.reload()]]);
    deltaflow.sessions.begin(answer.pass);
    deltaflow.player.take(answer.pass, 0);
    deltaflow.page.accept(null, answer.notices);
    if (told.length) deltaflow.page.say([...told, ...answer.notices].join(" "), "error");
    return undefined;
  }

  // Nothing can be done before there is a pass: what looks as if it could is disabled until then.
  function hold() {
    const held = [...document.querySelectorAll("#page :is(button, input, select, textarea)")].filter(({ disabled }) => !disabled);
    for (const control of held) control.disabled = true;
    return () => held.forEach((control) => { control.disabled = false; });
  }

  // The kept one, else what the URL asks for; whether there is one.
  async function firstPass(asked) {
    const { state } = deltaflow.player;
    const release = hold();
    await resume(asked);
    if (!state.pass) await begin(asked);
    if (!state.pass) return false;
    release();
    deltaflow.page.show();
    deltaflow.keeping.tellAside();
    return true;
  }

  deltaflow.firstPass = firstPass;
})(window.deltaflow);
