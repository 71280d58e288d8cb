// The colours of the theme in force, and small pictures painted with them.

let tile = null; // one canvas that every small picture passes through
let image = null;
let colours = null; // of the theme in force

export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function rgb(name) {
  const probe = document.createElement("canvas").getContext("2d");
  probe.fillStyle = colour(name);
  const hex = probe.fillStyle;
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

// A colour as the canvas keeps it, one number for each pixel.
export const packed = ([red, green, blue]) => (255 << 24 | blue << 16 | green << 8 | red) >>> 0;

// 256 colours from − over neutral to +, for the theme in force: {mixed, pixels}.
export function palette() {
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
export function paint(values, size, pixels) {
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
