// What each neuron sees: a_j^l over the plane of the inputs, or the weights of an 8×8 picture, inside its circle.
"use strict";
window.deltaflow = window.deltaflow || {};

(function (deltaflow) {
  const by = (id) => document.getElementById(id);
  const PIXELS = 8;
  let tile = null; // one canvas that every small picture passes through
  let image = null;
  let colours = null; // of the theme in force

  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

  function rgb(name) {
    const probe = document.createElement("canvas").getContext("2d");
    probe.fillStyle = deltaflow.loss.colour(name);
    const hex = probe.fillStyle;
    return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  }

  // A colour as the canvas keeps it, one number for each pixel.
  const packed = ([red, green, blue]) => (255 << 24 | blue << 16 | green << 8 | red) >>> 0;

  // 256 colours from − over neutral to +, for the theme in force: {mixed, pixels}.
  function palette() {
    const theme = document.documentElement.dataset.bsTheme;
    if (colours?.theme === theme) return colours;
    const [minus, neutral, plus] = ["--minus", "--neutral", "--plus"].map(rgb);
    const mixed = Array.from({ length: 256 }, (_, i) => {
      const share = (i - 127.5) / 127.5;
      const end = share < 0 ? minus : plus;
      const strength = Math.min(1, Math.abs(share)) * 0.85;
      return neutral.map((value, c) => Math.round(value + (end[c] - value) * strength));
    });
    colours = { theme, mixed, pixels: Uint32Array.from(mixed, packed) };
    return colours;
  }

  // A picture of `size`² bytes as a small canvas, each byte the place of its colour.
  function paint(values, size, pixels) {
    if (tile?.width !== size) {
      tile = document.createElement("canvas");
      tile.width = tile.height = size;
      image = tile.getContext("2d").createImageData(size, size);
    }
    const target = new Uint32Array(image.data.buffer);
    for (let i = 0; i < target.length; i++) target[i] = pixels[values[i]];
    tile.getContext("2d").putImageData(image, 0, 0);
    return tile;
  }

  const isImage = (pass) => pass.sizes[0] === PIXELS * PIXELS;

  // Shown at the input, where nothing of the pass hides behind them.
  function on({ pass }) {
    return by("maps").checked && deltaflow.picture.known() && (pass.sizes[0] === 2 || isImage(pass));
  }

  // The weights into one neuron of layer 2 as bytes around 127.5.
  function weightsOf(pass, row) {
    const w = deltaflow.arrays.find(pass, 0, "w", 2);
    const line = w.array.subarray((row - 1) * w.cols, row * w.cols);
    const most = line.reduce((reach, value) => Math.max(reach, Math.abs(value)), 0) || 1;
    return Uint8Array.from(line, (value) => Math.round(127.5 + (127.5 * value) / most));
  }

  function pictures(pass, maps) {
    if (isImage(pass)) return (layer, row) => (layer === 2 ? [weightsOf(pass, row), PIXELS] : null);
    // Those of a network with fewer neurons stay until the new ones have come.
    return (layer, row) => {
      const seen = maps?.layers[layer]?.[row - 1];
      return seen ? [bytes(seen), maps.size] : null;
    };
  }

  function draw(state, maps) {
    const { pass, cursor } = state;
    const canvas = by("maps-canvas");
    const visible = on(state) && pass.positions[cursor].kind === "input";
    by("network").classList.toggle("mapped", visible && Boolean(isImage(pass) || maps));
    by("maps-switch").hidden = !deltaflow.picture.known() || !(pass.sizes[0] === 2 || isImage(pass));
    if (!visible) return void (canvas.hidden = true);
    canvas.hidden = false;
    const box = by("network").getBoundingClientRect();
    const ratio = devicePixelRatio || 1;
    if (canvas.width !== Math.round(box.width * ratio) || canvas.height !== Math.round(box.height * ratio)) {
      canvas.width = Math.round(box.width * ratio);
      canvas.height = Math.round(box.height * ratio);
    }
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, box.width, box.height);
    const find = pictures(pass, maps);
    const { pixels } = palette();
    for (const { layer, row, x, y, radius } of deltaflow.network.neurons()) {
      const found = find(layer, row);
      if (!found) continue;
      const r = radius - 1;
      context.save();
      context.beginPath();
      context.arc(x, y, r, 0, 2 * Math.PI);
      context.clip();
      context.imageSmoothingEnabled = found[1] !== PIXELS;
      // An 8×8 picture is drawn whole inside its circle, a plane fills it.
      const half = found[1] === PIXELS ? r / Math.SQRT2 : r;
      context.drawImage(paint(found[0], found[1], pixels), x - half, y - half, 2 * half, 2 * half);
      context.restore();
    }
  }

  function connect() {
    by("maps").addEventListener("change", () => {
      deltaflow.plots.refresh(true);
      deltaflow.page.show();
    });
  }

  deltaflow.maps = { on, draw, connect, palette, packed, paint, bytes, rgb };
})(window.deltaflow);
