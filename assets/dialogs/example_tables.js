// The tables of the drawer: printed against computed values, and the famous mistake beside the right order.

import { decimal, name as symbolOf, shown, typographic } from "../core/format.js";
import { make } from "../kit/dom.js";

const MATRICES = ["w", "dw"];

/** @param {Place} given */
function name({ symbol, layer, row, col }) {
  if (symbol === "J") return "J";
  return symbolOf(symbol, layer, ...(MATRICES.includes(symbol) ? [row, col] : [row]));
}

/** @param {any} given */
export function when({ steps }) {
  if (steps === 0) return "in this step";
  return steps === 1 ? "after the update" : `after ${steps.toLocaleString("en")} steps`;
}

// Two more digits than were printed, written as the source writes.
/** @param {string} printed @param {any} value */
function beside(printed, value) {
  if (value === null) return "not finite";
  const decimals = (printed.split(".")[1] || "").length;
  const whole = String(value);
  const text = /e/i.test(printed + whole) ? shown(value, decimals + 2) : value.toFixed(decimals + 2);
  const short = text.length < whole.length ? text : whole;
  const alike = /^-?\./.test(printed) ? short.replace(/^(-?)0\./, "$1.") : short;
  return typographic(decimal(alike));
}

/** @param {string} printed @param {any} value */
const number = (printed, value) => make("td", { title: String(value) }, beside(printed, value));
/** @param {string} text @param {any} go */
export const link = (text, go) => {
  const button = make("button", { type: "button", class: "link", title: "Show this on the stage" }, text);
  button.addEventListener("click", go);
  return button;
};
/** @param {any} row @param {(row: any) => void} go */
const symbolCell = (row, go) => make("th", { scope: "row" }, link(name(row), () => go(row)));

// What does not agree is told in the line below, so that the digits have the width.
/** @param {any} row @param {(row: any) => void} go */
export function comparisonRow(row, go) {
  const { verdict, why } = row;
  const printed = make("td", {}, typographic(decimal(row.printed)));
  const mark = make("td", { class: verdict, title: verdict }, verdict === "agrees" ? "✓" : "✗");
  const value = number(row.printed, row.value);
  const cells = make("tr", { "data-verdict": verdict }, symbolCell(row, go), printed, value, mark);
  if (verdict === "agrees") return [cells];
  const reason = make("td", { colspan: 4 }, make("span", { class: verdict }, verdict), why ? `: ${why}` : "");
  return [cells, make("tr", { class: "why" }, reason)];
}

/** @param {...any} names */
export const head = (...names) =>
  make("thead", {}, make("tr", {}, ...names.map((text) => make("th", { scope: "col" }, text))));

// In the order of the source, headed anew where the moment changes.
/** @param {any} names @param {any[]} rows @param {(row: any) => Node[]} cells */
export function table(names, rows, cells) {
  const body = make("tbody", {});
  rows.forEach((row, i) => {
    if (i === 0 || rows[i - 1].steps !== row.steps) {
      body.append(make("tr", { class: "moment" }, make("th", { colspan: 4, scope: "colgroup" }, when(row))));
    }
    body.append(...cells(row));
  });
  return make("table", {}, head(...names), body);
}

/** @param {any[]} rows */
export function tally(rows) {
  /** @param {any} verdict */
  const count = (verdict) => rows.filter((row) => row.verdict === verdict).length;
  const errata = count("erratum");
  const differ = count("differs");
  return [
    `${count("agrees")} of ${rows.length} printed values agree to their last digit`,
    errata ? `, ${errata} ${errata > 1 ? "are errata" : "is an erratum"}` : "",
    differ ? `, ${differ} differ${differ > 1 ? "" : "s"}` : "", ".",
  ].join("");
}

// A number in the right and in the wrong order.
/** @param {any} row @param {(row: any) => void} go */
export function mistakeRow(row, go) {
  const digits = row.printed || "0.123456789";
  const cells = [symbolCell(row, go), number(digits, row.value), number(digits, row.wrong)];
  return [make("tr", {}, ...cells, make("td", { class: "agrees" }, row.reproduced ? "as printed" : ""))];
}
