// The drawing on the stage as a file: everything that style sheets say is written into it.

import { by, draw } from "../kit/dom.js";

const SVG = "http://www.w3.org/2000/svg";
const PAINTS = ["fill", "stroke"];
const STYLES = [
  "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "paint-order", "opacity", "r",
  "font-family", "font-size", "font-style", "font-weight", "text-anchor", "dominant-baseline",
];
const OF_TEXT = /^(font|text|dominant)/;

// One pixel of a canvas turns any colour that CSS knows into one that every program does.
function paints() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const pixel = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  const known = new Map([["none", "none"]]);
  return (/** @type {string} */ color) => {
    if (!known.has(color)) {
      pixel.fillStyle = color;
      pixel.fillRect(0, 0, 1, 1);
      const [r, g, b] = pixel.getImageData(0, 0, 1, 1).data;
      known.set(color, `#${[r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("")}`);
    }
    return known.get(color);
  };
}

// Everything that the page's style sheets say about an element, written onto its copy.
/** @param {any} live @param {any} copy @param {any} paint */
function inline(live, copy, paint) {
  const style = getComputedStyle(live);
  copy.removeAttribute("class");
  copy.removeAttribute("style");
  for (const name of PAINTS) copy.setAttribute(name, paint(style.getPropertyValue(name)));
  for (const name of STYLES) {
    if (OF_TEXT.test(name) && live.tagName !== "text") continue;
    if (name === "r" && live.tagName !== "circle") continue;
    copy.setAttribute(name, style.getPropertyValue(name));
  }
}

/** @param {SVGSVGElement} sheet @param {any} paint */
function copied(sheet, paint) {
  const copy = /** @type {SVGSVGElement} */ (sheet.cloneNode(true));
  const copies = copy.querySelectorAll("*");
  sheet.querySelectorAll("*").forEach((element, i) => {
    if (element.tagName === "g") copies[i].removeAttribute("class");
    else inline(element, copies[i], paint);
  });
  return [...copy.childNodes];
}

// The drawing on the stage as an SVG that stands alone: its sheets as one.
export function drawing() {
  const sheets = /** @type {SVGSVGElement[]} */ ([...document.querySelectorAll("#network svg:not(.leaving)")]);
  const { width, height } = sheets[0].viewBox.baseVal;
  const copy = draw("svg", { viewBox: `0 0 ${width} ${height}` });
  const paint = paints();
  copy.append(...sheets.filter((sheet) => !sheet.closest("[hidden]")).flatMap((sheet) => copied(sheet, paint)));
  const ground = document.createElementNS(SVG, "rect");
  const title = document.createElementNS(SVG, "title");
  const background = getComputedStyle(document.body).backgroundColor;
  for (const [name, value] of Object.entries({ width, height, fill: paint(background) })) {
    ground.setAttribute(name, String(value));
  }
  title.textContent = by("network").getAttribute("aria-label");
  for (const [name, value] of Object.entries({ width, height, role: "img" })) copy.setAttribute(name, String(value));
  copy.prepend(title, ground);
  return { width, height, text: new XMLSerializer().serializeToString(copy) };
}

// The same as a picture, twice as large in each direction.
/** @param {{ width: number, height: number, text: string }} given @returns {Promise<Blob | null>} */
export async function pixels({ width, height, text }) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((made) => canvas.toBlob(made, "image/png"));
}
