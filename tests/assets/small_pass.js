// A pass of a 1-1 network as the server sends it, and its values: w = 0.5, b = 0, x = 2, linear, J = ½(a − y)².

export const encode = (...values) => Buffer.from(new Float64Array(values).buffer).toString("base64");

const value = (symbol, layer, number, from, to = null) =>
  ({ symbol, layer, rows: 1, cols: 1, from, to, data: encode(number) });

const button = (enabled) => ({ enabled, label: "a label" });
const position = (kind, layer, forward, backward, update) => ({
  kind, layer, neuron: null, caption: { done: kind, next: "" }, formula: [], matrices: 0, flow: null,
  buttons: { "step-forward": button(forward), "step-backward": button(backward), "apply-update": button(update) },
});

export const POSITIONS = [
  position("input", 1, true, false, false),
  position("forward", 2, true, false, false),
  position("loss", 2, false, true, false),
  position("backward", 2, false, false, true),
  position("update", 2, true, false, false),
];

// `w` before and after the step; y = 0 and η = 0.5, so that δ = a and ∂J/∂w = 2a.
export function smallPass({ fields = {}, iteration = 0, w = 0.5, b = 0 } = {}) {
  const a = 2 * w + b;
  return {
    fields: { "layer-sizes": "1-1", dataset: "by_hand", "sample-x": "2", "sample-y": "0", seed: "7", ...fields },
    sizes: [1, 1], iteration, positions: POSITIONS, summary: "1-1", stopped: null, convention: { now: "", others: [] },
    matrices: [[]], data: {}, scene: { layers: [], scale: { a: 1, delta: 1, w: 1, b: 1, norm: 1 } },
    values: [
      value("x", 1, 2, 0), value("y", 2, 0, 0),
      value("w", 2, w, 0, 3), value("b", 2, b, 0, 3), value("w", 2, w - a, 4), value("b", 2, b - a / 2, 4),
      value("z", 2, a, 1, 3), value("a", 2, a, 1, 3), value("J", 2, (a * a) / 2, 2, 3),
      value("delta", 2, a, 3), value("dw", 2, 2 * a, 3), value("db", 2, a, 3),
    ],
  };
}

export const decoded = (text) => [...new Float64Array(Uint8Array.from(Buffer.from(text, "base64")).buffer)];
