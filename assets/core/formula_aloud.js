// A formula in words, read from its TeX: above a symbol stands its layer, a bare 2 is a square.

import { split, symbol } from "./aloud.js";
import { message, render } from "./messages.js";

/** @param {string} key @param {Record<string, string>} [places] */
const said = (key, places) => render(message(`aloud.${key}`, places));

const TOKEN = /\\(?:text|operatorname|mathrm)\{[^{}]*\}|\\[A-Za-z]+|\\.|\d+(?:\.\d+|\{,\}\d+)?|[A-Za-z]|\S/g;
const WORDS = /^\\(?:text|operatorname|mathrm)\{([^{}]*)\}$/;
// What changes how a formula looks and not what it says.
const LOOKS = /^\\([;!:]|(big|Big)[lr]?|left|right|textstyle|displaystyle|mathsf|mathbf|ddots)$/;
/** @type {Record<string, string>} */
const SIGNS = {
  "+": "plus", "-": "minus", "=": "equals", "/": "over", ">": "greater", "<": "less", "\\le": "at_most",
  "\\approx": "about", "\\leftarrow": "becomes", "\\cdot": "times", "\\times": "times", "\\odot": "elementwise",
  "\\cdots": "and_so_on", "\\dots": "and_so_on", "\\ldots": "and_so_on", "\\vdots": "and_so_on",
};
/** @type {Record<string, string>} */
const FUNCTIONS = {
  "\\ln": "ln", "\\tanh": "tanh", "\\cosh": "cosh", "\\max": "max", "\\min": "min", "\\sigma": "sigma",
  "\\exp": "exp", H: "huber",
};
/** @type {Record<string, string>} */
const LETTERS = {
  "\\delta": "δ", "\\eta": "eta", "\\lambda": "lambda", "\\pi": "pi", "\\alpha": "alpha", "\\beta": "beta",
};
const OPENING = ["(", "[", "\\lvert", "\\lVert"];
const CLOSING = [")", "]", "\\rvert", "\\rVert"];
const AROUND = ["parenthesis", "parenthesis", "size", "norm"];
const OTHERS = ["\\frac", "\\tfrac", "\\dfrac", "\\sqrt", "\\sum", "\\partial"];
const MATRICES = ["bmatrix", "pmatrix", "matrix"];

// Whether a number, symbol, function or bracket begins with it.
/** @param {string} token */
const begins = (token) => /^(\d|[A-Za-z]$)/.test(token) || OPENING.includes(token) || OTHERS.includes(token) ||
  Object.hasOwn(LETTERS, token) || Object.hasOwn(FUNCTIONS, token);

/** @param {string[]} tokens */
const words = (tokens) => new Reader(tokens).until();

// `w_{12}` has two indices, so has w_{1n_{l-1}}; what is in parentheses is one.
/** @param {string[]} tokens */
function indices(tokens) {
  const text = tokens.join("");
  if (/^[\dA-Za-z,]*$/.test(text)) return split(text);
  return tokens[0] === "(" ? [words(tokens)] : [tokens[0], words(tokens.slice(1))];
}

class Reader {
  /** @param {string[]} tokens */
  constructor(tokens) {
    this.tokens = tokens;
    this.at = 0;
    this.between = ""; // what a mark between columns says, by the innermost environment
  }

  /** @returns {string} nothing at the end */
  get next() {
    return this.tokens[this.at] || "";
  }

  take() {
    return this.tokens[this.at++] || "";
  }

  /** @param {string[]} ends what the words go to, without it */
  until(...ends) {
    /** @type {string[]} */
    const found = [];
    while (this.at < this.tokens.length && !ends.includes(this.next)) this.one(found);
    this.at++;
    return found.filter(Boolean).join(" ").replace(/ ([,;])/g, "$1");
  }

  // What stands in braces, or one token without them; of \tfrac12 one digit.
  group() {
    const token = this.take();
    if (/^\d{2,}$/.test(token)) {
      this.tokens = [...this.tokens.slice(0, this.at), token.slice(1), ...this.tokens.slice(this.at)];
      return [token[0]];
    }
    if (token !== "{") return [token];
    const from = this.at;
    for (let depth = 1; depth && this.at < this.tokens.length; this.at++) {
      depth += Number(this.next === "{") - Number(this.next === "}");
    }
    return this.tokens.slice(from, this.at - 1);
  }

  /** @param {string[]} found */
  one(found) {
    const token = this.take();
    const text = WORDS.exec(token);
    if (text) found.push(text[1].trim());
    else if (token === "\\begin") found.push(this.environment());
    else if (token === "\\\\") found.push(this.line());
    else if (token === "&") found.push(this.between);
    else if (token === "\\,") this.times(found);
    else if (token === "^") found.push(this.power());
    else if (token === "_" || token === "\\underset") this.group();
    else if (token === "{") found.push(this.until("}"));
    else if (Object.hasOwn(SIGNS, token)) found.push(said(SIGNS[token]));
    else if (OPENING.includes(token)) this.bracket(found, OPENING.indexOf(token));
    else {
      found.push(this.value(token));
      if (token !== "," && token !== "\\sum") this.times(found);
    }
  }

  // Two values side by side are a product.
  /** @param {string[]} found */
  times(found) {
    if (found.length && begins(this.next)) found.push(said("times"));
  }

  environment() {
    const name = this.group().join("");
    if (name === "array") this.group();
    const outer = this.between;
    this.between = name === "cases" ? said("if") : MATRICES.includes(name) ? "," : "";
    const inner = this.until("\\end");
    this.group();
    this.between = outer;
    return MATRICES.includes(name) ? said("matrix", { inner }) : inner;
  }

  line() {
    if (this.next === "[") while (this.take() !== "]" && this.next);
    return ";";
  }

  /** @param {string[]} found @param {number} kind */
  bracket(found, kind) {
    const from = this.at;
    const inner = this.until(CLOSING[kind]);
    const inside = this.tokens.slice(from + 1, this.at - 1); // a sign in front makes no sum
    const single = !inside.some((token) => Object.hasOwn(SIGNS, token) || OPENING.includes(token));
    found.push(kind < 2 && single ? inner : said(AROUND[kind], { inner }));
    this.times(found);
  }

  power() {
    const group = this.group();
    const text = group.join("");
    if (text === "2") return said("squared");
    if (text === "3") return said("cubed");
    return ["T", "\\top"].includes(text) ? said("transposed") : said("power", { exponent: words(group) });
  }

  // Indices below and the layer above, in whatever order; without braces only a letter is a layer.
  scripts() {
    /** @type {string[][]} */
    let [below, above] = [[], []];
    while (this.next === "_" || (this.next === "^" && /^[{lL]$/.test(this.tokens[this.at + 1] || ""))) {
      const [, second, third] = this.tokens.slice(this.at);
      if (this.next === "^" && second === "{" && ["T", "\\top"].includes(third)) break;
      if (this.take() === "_") below = this.group();
      else above = this.group();
    }
    return { below, above };
  }

  /** @param {string} token nothing at the end of a formula @returns {string} */
  value(token) {
    if (token === "\\sum") return this.sum();
    if (/^\\[td]?frac$/.test(token)) return this.fraction();
    if (token === "\\sqrt") return said("root", { inner: words(this.group()) });
    if (token === "\\partial") return this.derivative();
    if (Object.hasOwn(FUNCTIONS, token)) return this.applied(token);
    if (token === "e" && this.next === "^") {
      this.at++;
      return said("exponential", { exponent: words(this.group()) });
    }
    if (Object.hasOwn(LETTERS, token) || /^[A-Za-z]$/.test(token)) return this.named(LETTERS[token] || token);
    return token.startsWith("\\") || token === "'" ? "" : token.replace("{,}", ",");
  }

  sum() {
    /** @param {string} sign @returns {string[]} */
    const after = (sign) => (this.next === sign ? (this.at++, this.group()) : []);
    const [[over, , from], above] = [after("_"), after("^")];
    return above.length ? said("sum", { over, from, to: words(above) }) : said("sum_over", { over });
  }

  fraction() {
    const [above, below] = [this.group(), this.group()];
    if (above[0] === "\\partial" && below[0] === "\\partial") {
      return said("derivative", { of: words(above.slice(1)), by: words(below.slice(1)) });
    }
    return said("fraction", { above: words(above), below: words(below) });
  }

  derivative() {
    const of = this.value(this.take());
    if (this.next === "/") this.at++;
    if (this.next === "\\partial") this.at++;
    return said("derivative", { of, by: this.value(this.take()) });
  }

  /** @param {string} token */
  applied(token) {
    const slope = this.next === "'";
    if (slope) this.at++;
    const squared = this.next === "^";
    if (squared) this.at += 2;
    const called = said(slope ? "slope" : FUNCTIONS[token]) + (squared ? ` ${said("squared")}` : "");
    if (this.next === "(") {
      this.at++;
      return said("applied", { function: called, inner: this.until(")") });
    }
    return begins(this.next) ? said("applied", { function: called, inner: this.value(this.take()) }) : called;
  }

  /** @param {string} name */
  named(name) {
    const prime = this.next === "'";
    if (prime) this.at++;
    const { below, above } = this.scripts();
    if (name.length > 1) return said(name);
    const called = symbol(name, words(above), indices(below));
    return prime ? `${called} ${said("prime")}` : called;
  }
}

// The whole formula; lines are told apart by a semicolon.
/** @param {string} tex */
export const formulaAloud = (tex) => words((tex.match(TOKEN) || []).filter((token) => !LOOKS.test(token)));
