// The loss plot, fed after the step has been painted and at most some times a second.
"use strict";
window.deltaflow = window.deltaflow || {};

(function (deltaflow) {
  const PAUSE = 100;
  let base = null;
  let shown = null;
  let timer = null;
  let logarithmic = false;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function figure(losses) {
    const [trace] = base.data;
    const axis = { gridcolor: colour("--line"), zerolinecolor: colour("--line"), linecolor: colour("--line") };
    return {
      data: [{
        ...trace,
        x: losses.map(([iteration]) => iteration),
        y: losses.map(([, loss]) => loss),
        mode: losses.length > 40 ? "lines" : "lines+markers",
        line: { ...trace.line, color: colour("--text") },
      }],
      layout: {
        ...base.layout,
        font: { ...base.layout.font, color: colour("--muted") },
        xaxis: { ...base.layout.xaxis, ...axis, visible: losses.length > 0, ...(losses.length < 9 && { dtick: 1 }) },
        yaxis: { ...base.layout.yaxis, ...axis, type: logarithmic ? "log" : "linear", visible: losses.length > 0 },
        annotations: losses.length ? [] : base.layout.annotations,
      },
    };
  }

  function draw() {
    // The plot comes after the first picture.
    timer = document.getElementById("loss-figure") ? null : setTimeout(draw, PAUSE);
    if (!timer) dash_clientside.set_props("loss-figure", { figure: figure(shown) });
  }

  const component = () => ({
    type: "Graph",
    namespace: "dash_core_components",
    props: { id: "loss-figure", figure: figure(shown || []), config: { displayModeBar: false }, responsive: true },
  });

  function show(losses, again = false) {
    if (!base || (losses === shown && !again)) return;
    shown = losses;
    timer = timer || setTimeout(draw, PAUSE);
  }

  function open(figureOfServer) {
    base = figureOfServer;
  }

  function scale(log) {
    logarithmic = log;
    if (shown) show(shown, true);
  }

  deltaflow.loss = { open, show, scale, component };
})(window.deltaflow);
