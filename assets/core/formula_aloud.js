// A formula in words, read from its TeX: what stands in braces above a symbol is its layer, a bare 2 is a square.

import { split, symbol } from "./aloud.js";
import { message, render } from "./messages.js";

/** @param {string} key @param {Record<string, string>} [places] */
const said = (key, places) => render(message(`aloud.${key}`, places));

const TOKEN = /\\[A-Za-z]+|\\.|\d+(?:\.\d+|\{,\}\d+)?|[A-Za-z]|\S/g;
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
/** @param {string} token whether a number, symbol, function or bracket begins with it */
const begins = (token) => /^(\d|[A-Za-z]$)/.test(token) || OPENING.includes(token) || OTHERS.includes(token) ||
  Object.hasOwn(LETTERS, token) || Object.hasOwn(FUNCTIONS, token);
/** What changes how a formula looks and not what it says. */
const LOOKS = /^\\([;!:]|(big|Big)[lr]?|left|right|textstyle|displaystyle)$/;

class Reader {
  /** @param {string} tex */
  constructor(tex) {
    /** @type {string[]} */
    this.tokens = (tex.match(TOKEN) || []).filter((token) => !LOOKS.test(token));
    this.at = 0;
    this.cases = 0; // how many definitions by cases are open
  }

  /** @returns {string} nothing at the end */
  get next() {
    return this.tokens[this.at] || "";
  }

  /** @param {string[]} ends what the words go to, without it */
  until(...ends) {
    /** @type {string[]} */
    const words = [];
    while (this.at < this.tokens.length && !ends.includes(this.next)) this.one(words);
    this.at++;
    return words.filter(Boolean).join(" ").replace(/ ([,;])/g, "$1");
  }

  // What stands in braces, or one token without them.
  argument() {
    const token = this.tokens[this.at++];
    if (token === "{") return this.until("}");
    if (/^\d{2,}$/.test(token)) { // \tfrac12
      this.tokens.splice(this.at, 0, token.slice(1));
      return token[0];
    }
    const inner = new Reader("");
    inner.tokens = [token];
    return inner.until();
  }

  raw() {
    const first = this.tokens[this.at++];
    if (first !== "{") return first;
    const end = this.tokens.indexOf("}", this.at);
    const text = this.tokens.slice(this.at, end).join("");
    this.at = end + 1;
    return text;
  }

  /** @param {string[]} words */
  one(words) {
    const token = this.tokens[this.at++];
    if (token === "\\begin" || token === "\\end") return this.environment(token);
    if (token === "\\\\") return this.line(words);
    if (token === "&") return void (this.cases && words.push(said("if")));
    if (token === "\\,") return void (begins(this.next) && this.times(words));
    if (token === "\\quad" || token === "\\ ") return undefined;
    if (token === "{") return void words.push(this.until("}"));
    if (token === "\\text" || token === "\\mathrm") return void words.push(this.raw());
    if (token === "^") return void words.push(this.power());
    if (token === "_") return void this.raw();
    if (Object.hasOwn(SIGNS, token)) return void words.push(said(SIGNS[token]));
    if (OPENING.includes(token)) return this.bracket(words, OPENING.indexOf(token));
    words.push(this.value(token));
    if (begins(this.next) && token !== "," && token !== "\\sum") this.times(words);
    return undefined;
  }

  /** @param {string[]} words */
  times(words) {
    if (words.length) words.push(said("times"));
  }

  /** @param {string} token */
  environment(token) {
    const name = this.raw();
    if (name === "cases") this.cases += token === "\\begin" ? 1 : -1;
    if (name === "array" && token === "\\begin") this.raw();
  }

  /** @param {string[]} words */
  line(words) {
    if (this.next === "[") while (this.tokens[this.at++] !== "]");
    words.push(";");
  }

  /** @param {string[]} words @param {number} kind */
  bracket(words, kind) {
    const from = this.at;
    const inner = this.until(CLOSING[kind]);
    const inside = this.tokens.slice(from + 1, this.at - 1); // a sign in front makes no sum
    const single = !inside.some((token) => Object.hasOwn(SIGNS, token) || OPENING.includes(token));
    words.push(kind < 2 && single ? inner : said(AROUND[kind], { inner }));
    if (begins(this.next)) this.times(words);
  }

  power() {
    if (this.next !== "{") {
      const token = this.tokens[this.at++];
      return token === "2" ? said("squared") : token === "3" ? said("cubed") : said("transposed");
    }
    this.at++;
    if (["T", "\\top"].includes(this.next) && this.tokens[this.at + 1] === "}") {
      this.at += 2;
      return said("transposed");
    }
    return said("power", { exponent: this.until("}") });
  }

  // Indices below and what is above, in whatever order.
  /** @param {boolean} braced whether only what is in braces is above the symbol */
  scripts(braced) {
    let [below, above] = ["", ""];
    while (this.next === "_" || (this.next === "^" && (!braced || this.tokens[this.at + 1] === "{"))) {
      const sign = this.tokens[this.at++];
      if (sign === "_") below = this.raw();
      else above = this.raw();
    }
    return { below, above };
  }

  /** @param {string} token nothing at the end of a formula @returns {string} */
  value(token = "") {
    if (token === "\\sum") return this.sum();
    if (/^\\[td]?frac$/.test(token)) return said("fraction", { above: this.argument(), below: this.argument() });
    if (token === "\\sqrt") return said("root", { inner: this.argument() });
    if (token === "\\partial") return this.derivative();
    if (Object.hasOwn(FUNCTIONS, token)) return this.applied(token);
    if (token === "e" && this.next === "^") {
      this.at++;
      return said("exponential", { exponent: this.argument() });
    }
    if (Object.hasOwn(LETTERS, token) || /^[A-Za-z]$/.test(token)) return this.named(LETTERS[token] || token);
    if (token.startsWith("\\")) return "";
    return token.replace("{,}", ",");
  }

  sum() {
    const { below, above } = this.scripts(false);
    const [over, from] = below.split("=");
    return above ? said("sum", { over, from, to: above }) : said("sum_over", { over });
  }

  derivative() {
    const of = this.value(this.tokens[this.at++]);
    if (this.next === "/") this.at++;
    if (this.next === "\\partial") this.at++;
    return said("derivative", { of, by: this.value(this.tokens[this.at++]) });
  }

  /** @param {string} token */
  applied(token) {
    const slope = this.next === "'";
    if (slope) this.at++;
    const { above } = this.next === "^" ? { above: (this.at++, this.raw()) } : { above: "" };
    const called = said(slope ? "slope" : FUNCTIONS[token]) + (above === "2" ? ` ${said("squared")}` : "");
    if (this.next === "(") {
      this.at++;
      return said("applied", { function: called, inner: this.until(")") });
    }
    if (!begins(this.next)) return called;
    return said("applied", { function: called, inner: this.value(this.tokens[this.at++]) });
  }

  /** @param {string} name */
  named(name) {
    const { below, above } = this.scripts(true);
    if (name.length > 1) return said(name);
    return symbol(name, above, split(below));
  }
}

// The whole formula; lines are told apart by a semicolon.
/** @param {string} tex */
export const formulaAloud = (tex) => new Reader(tex).until();
