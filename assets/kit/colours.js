// The colours of the theme in force, and small pictures painted with them.

/** @type {HTMLCanvasElement | null} */
let tile = null; // one canvas that every small picture passes through
/** @type {ImageData | null} */
let image = null;
/** @typedef {{ theme: string | undefined, mixed: number[][], pixels: Uint32Array }} Palette */
/** @type {Palette | null} */
let colours = null; // of the theme in force

/** @param {HTMLCanvasElement} canvas */
const contextOf = (canvas) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));

/** @param {string} name */
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** @param {string} name */
export function rgb(name) {
  const probe = contextOf(document.createElement("canvas"));
  probe.fillStyle = colour(name);
  const hex = probe.fillStyle;
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

// A colour as the canvas keeps it, one number for each pixel.
/** @param {any} given */
export const packed = ([red, green, blue]) => (255 << 24 | blue << 16 | green << 8 | red) >>> 0;

// 256 colours from − over neutral to +, for the theme in force: {mixed, pixels}.
/** @returns {Palette} */
export function palette() {
  const theme = document.documentElement.dataset.bsTheme;
  if (colours && colours.theme === theme) return colours;
  const [minus, neutral, plus] = ["--minus", "--neutral", "--plus"].map(rgb);
  const mixed = Array.from({ length: 256 }, (_, i) => {
    const share = (i - 127.5) / 127.5;
    const end = share < 0 ? minus : plus;
    const strength = Math.min(1, Math.abs(share)) * 0.85;
    return neutral.map((value, c) => Math.round(value + (end[c] - value) * strength));
  });
  const made = { theme, mixed, pixels: Uint32Array.from(mixed, packed) };
  colours = made;
  return made;
}

// A picture of `size`² bytes as a small canvas, each byte the place of its colour.
/** @param {ArrayLike<number>} values @param {number} size @param {ArrayLike<number>} pixels */
export function paint(values, size, pixels) {
  if (!tile || !image || tile.width !== size) {
    tile = document.createElement("canvas");
    tile.width = tile.height = size;
    image = contextOf(tile).createImageData(size, size);
  }
  const target = new Uint32Array(image.data.buffer);
  for (let i = 0; i < target.length; i++) target[i] = pixels[values[i]];
  contextOf(tile).putImageData(image, 0, 0);
  return tile;
}
