// A typeset formula with all its glyphs in one path: what is drawn is the same, and a page with a few elements is
// styled and laid out in a fraction of the time that it takes with hundreds.

const WORD = /[A-Za-z]|-?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?/g;
const ABSOLUTE = /^[MLHVCSQTZ]$/;
const MOVED = /(\w{1,20})\(([^()]*)\)/g;

/** @typedef {{ x: number, y: number, scale: number }} Outermost */

// A place that others are given in: shifted, and scaled by one factor across and down.
/** @param {Outermost} place @param {any} transform */
function within(place, transform) {
  return [...(transform || "").matchAll(MOVED)].reduce(({ x, y, scale }, [all, kind, numbers]) => {
    const [first, second] = numbers.split(/[,\s]+/).map(Number);
    if (kind === "translate") return { x: x + scale * first, y: y + scale * (second || 0), scale };
    if (kind === "scale" && second === undefined) return { x, y, scale: scale * first };
    throw new RangeError(`neither a shift nor a scale: ${all}`);
  }, place);
}

// The commands of a path with the numbers they have in the outermost place.
/** @param {Outermost} given @param {string} d */
function outline({ x, y, scale }, d) {
  let command = "";
  let nth = 0;
  return d.replace(WORD, (word) => {
    if (/[A-Za-z]/.test(word)) {
      if (!ABSOLUTE.test(word)) throw new RangeError(`no absolute command: ${word}`);
      [command, nth] = [word, 0];
      return word;
    }
    const down = command === "V" || (command !== "H" && nth % 2 === 1);
    nth++;
    return ` ${((down ? y : x) + scale * Number(word)).toFixed(1)}`;
  });
}

/** @param {Outermost} place @param {any} element */
function bar(place, element) {
  const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(element.getAttribute(name)));
  return outline(place, `M${x} ${y}H${x + width}V${y + height}H${x}Z`);
}

/** @param {any} element @param {Outermost} place @returns {string} */
function outlines(element, place) {
  const here = within(place, element.getAttribute("transform"));
  if (element.tagName === "path") return outline(here, element.getAttribute("d"));
  if (element.tagName === "rect" && element.dataset.frame === undefined) return bar(here, element);
  if (element.tagName !== "g" || element.dataset.mmlNode === "merror") {
    throw new RangeError(`no outline: ${element.tagName}`);
  }
  return [...element.children].map((child) => outlines(child, here)).join("");
}

// Puts one path in the place of all; a drawing with anything else in it (text, a cut-off brace) stays as it is.
/** @param {any} drawing */
export function merge(drawing) {
  const root = drawing.querySelector("g");
  const all = document.createElementNS(drawing.namespaceURI, "path");
  try {
    const children = [...root.children].map((child) => outlines(child, { x: 0, y: 0, scale: 1 }));
    all.setAttribute("d", children.join(""));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return drawing;
  }
  root.replaceChildren(all);
  return drawing;
}
