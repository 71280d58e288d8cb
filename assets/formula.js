// The formula panel: TeX typeset once by the MathJax that Dash brings along, ahead of the step that shows it.
"use strict";
window.deltaflow = window.deltaflow || {};

(function (deltaflow) {
  const MOST_KEPT = 600;
  const typeset = new Map();
  let planned = 0;

  const ready = () => Boolean(window.MathJax && window.MathJax.tex2svg);

  function node(tex) {
    let made = typeset.get(tex);
    if (!made) {
      if (typeset.size >= MOST_KEPT) typeset.clear();
      made = window.MathJax.tex2svg(tex, { display: false });
      typeset.set(tex, made);
    }
    return made;
  }

  // The TeX with its numbers; ⟦=⟧ is = only where every number of the piece is shown whole.
  function withNumbers(pass, cursor, tex) {
    let exact = true;
    const shown = deltaflow.arrays.resolve(pass, cursor, tex, (value) => {
      const text = deltaflow.format.shown(value);
      if (Number(text) !== value) exact = false;
      return deltaflow.format.tex(value);
    });
    return shown.replaceAll("⟦=⟧", exact ? "=" : "\\approx ");
  }

  function lines(pass, cursor) {
    const made = [];
    for (const piece of pass.positions[cursor].formula) {
      made.push({ name: piece.name, tex: piece.symbols });
      if (piece.numbers) made.push({ name: "", tex: withNumbers(pass, cursor, piece.numbers) });
    }
    return made;
  }

  function show(pass, cursor) {
    const panel = document.getElementById("formula");
    const rows = lines(pass, cursor).map(({ name, tex }) => {
      const row = document.createElement("div");
      row.className = "formula-row";
      const label = document.createElement("span");
      label.className = "formula-name";
      label.textContent = name;
      row.append(label, ready() ? node(tex) : "");
      return row;
    });
    panel.replaceChildren(...rows);
  }

  // Typeset the whole pass while the browser has nothing else to do.
  function plan(pass, redraw) {
    const mine = ++planned;
    let cursor = 0;
    const idle = window.requestIdleCallback || ((work) => setTimeout(work, 30));
    function work() {
      if (mine !== planned) return;
      if (!ready()) return void setTimeout(work, 50);
      if (cursor === 0) redraw();
      if (cursor > Math.min(pass.last, 60)) return;
      lines(pass, cursor++).forEach(({ tex }) => node(tex));
      idle(work);
    }
    idle(work);
  }

  deltaflow.formula = { show, plan, node, withNumbers, ready };
})(window.deltaflow);
