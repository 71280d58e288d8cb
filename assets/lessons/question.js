// A question of a station, asked before its answer is shown.

import { message, render } from "../core/messages.js";
import { read } from "../core/pass.js";
import { make } from "../kit/dom.js";
import { put, worded } from "../kit/words.js";
import { blocks, inline } from "./text.js";

/** @typedef {import("./text.js").Moment} Moment */

// Right as far as it is given, to half a unit of its last digit; a bare zero gives nothing of another number.
/** @param {string} text @param {number} value */
export function fits(text, value) {
  const typed = text.trim().replace("−", "-").replace(",", ".");
  const match = /^[+-]?\d{0,20}(?:\.(\d{0,20}))?(?:e([+-]?\d{1,3}))?$/i.exec(typed);
  if (!match || !/\d/.test(typed)) return null;
  const last = Number(match[2] || 0) - (match[1] || "").length;
  if (!Number(typed)) return value === 0;
  return Math.abs(Number(typed) - value) <= 0.5000001 * 10 ** last;
}

/** @param {string} reference @param {Moment} moment */
function valueAt(reference, { pass, cursor }) {
  const [symbol, ...places] = reference.split(":");
  const [layer, row, col] = places.map(Number);
  return /** @type {number} */ (read(pass, cursor, symbol, layer, row, col));
}

/** @param {any} question @param {Moment} moment @param {(right: boolean) => void} judge */
function choices({ choices: given, right }, moment, judge) {
  const buttons = given.map((/** @type {any} */ pieces, /** @type {number} */ n) => {
    const button = make("button", { type: "button" }, ...inline(pieces, moment));
    button.addEventListener("click", () => {
      button.classList.add(n === right ? "right" : "wrong");
      judge(n === right);
    });
    return button;
  });
  return make("div", { class: "lesson-choices" }, ...buttons);
}

/** @param {any} question @param {Moment} answered @param {(right: boolean | null) => void} judge */
function number({ right }, answered, judge) {
  const field = make("input", { type: "text", class: "form-control form-control-sm", autocomplete: "off" });
  field.setAttribute("aria-label", render(message("lesson.number")));
  const form = make("form", { class: "lesson-number" }, field,
    worded("button", { type: "submit" }, message("lesson.check")));
  form.addEventListener("submit", (/** @type {any} */ event) => {
    event.preventDefault();
    judge(fits(field.value, valueAt(right, answered)));
  });
  return form;
}

const VERDICTS = new Map([[true, "lesson.right"], [false, "lesson.wrong"], [null, "lesson.unreadable"]]);

// The element of a question; `reveal` shows its answer, `point` hears which neuron was pointed at.
/** @param {any} question @param {Moment} asked @param {Moment} answered @param {() => void} revealed */
export function build(question, asked, answered, revealed) {
  const told = make("p", { class: "lesson-verdict", role: "status" });
  const answer = make("div", { class: "lesson-answer", hidden: "" }, ...blocks(question.answer, answered));
  const show = worded("button", { type: "button", class: "quiet" }, message("lesson.reveal"));
  const reveal = () => {
    if (!answer.hidden) return;
    answer.hidden = false;
    show.hidden = true;
    revealed();
  };
  show.addEventListener("click", reveal);
  /** @param {boolean | null} right */
  const judge = (right) => {
    put(told, message(VERDICTS.get(right) || ""));
    told.className = `lesson-verdict ${right ? "right" : "wrong"}`;
    if (right) reveal();
  };
  const way = question.kind === "choice" ? choices(question, asked, judge)
    : question.kind === "number" ? number(question, answered, judge) : null;
  /** @param {Focus} focus */
  const point = ({ layer, neuron }) => {
    if (question.kind === "point" && layer) judge(layer === question.right[0] && neuron === question.right[1]);
  };
  const ask = make("p", {}, ...inline(question.ask, asked));
  return { element: make("section", { class: "lesson-question" }, ask, way, told, show, answer), reveal, point };
}
