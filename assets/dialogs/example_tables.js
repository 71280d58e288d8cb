// The tables of the drawer: printed against computed values, and the famous mistake beside the right order.

import { decimal, name as symbolOf, shown, typographic } from "../core/format.js";
import { message, pieces, render } from "../core/messages.js";
import { make } from "../kit/dom.js";
import { symbols } from "../kit/symbols.js";

const MATRICES = ["w", "dw"];

/** @param {Place} given */
function name({ symbol, layer, row, col }) {
  if (symbol === "J") return "J";
  return symbolOf(symbol, layer, ...(MATRICES.includes(symbol) ? [row, col] : [row]));
}

// With the digits in groups, as a list of numbers that grow is read.
/** @param {number} n */
export const grouped = (n) => n.toLocaleString(document.documentElement.lang);

// After how many steps something holds: told of a moment, or of the weights.
/** @param {"moment" | "weights"} what @param {number} steps */
export function when(what, steps) {
  if (steps === 0) return message(`example.${what}.step`);
  if (steps === 1) return message(`example.${what}.update`);
  return message(`example.${what}.steps`, { steps: grouped(steps) });
}

// Two more digits than were printed, written as the source writes.
/** @param {string} printed @param {any} value */
function beside(printed, value) {
  if (value === null) return render(message("example.not_finite"));
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
  const title = render(message("example.show.title"));
  const button = make("button", { type: "button", class: "link", title }, ...symbols(text));
  button.addEventListener("click", go);
  return button;
};
/** @param {any} row @param {(row: any) => void} go */
const symbolCell = (row, go) => make("th", { scope: "row" }, link(name(row), () => go(row)));

// What does not agree is told in the line below, so that the digits have the width.
/** @param {any} row @param {(row: any) => void} go */
export function comparisonRow(row, go) {
  const { verdict, why } = row;
  const called = render(message(`example.verdict.${verdict}`));
  const printed = make("td", {}, typographic(decimal(row.printed)));
  const mark = make("td", { class: verdict, title: called }, verdict === "agrees" ? "✓" : "✗");
  const value = number(row.printed, row.value);
  const cells = make("tr", { "data-verdict": verdict }, symbolCell(row, go), printed, value, mark);
  if (verdict === "agrees") return [cells];
  const marked = make("span", { class: verdict }, called);
  const reason = why ? pieces(message("example.reason", { why }), { verdict: marked }) : [marked];
  return [cells, make("tr", { class: "why" }, make("td", { colspan: 4 }, ...reason))];
}

/** @param {...Told} names */
export function head(...names) {
  const cells = names.map((name) => (name ? make("th", { scope: "col" }, render(name)) : make("td")));
  return make("thead", {}, make("tr", {}, ...cells));
}

// In the order of the source, headed anew where the moment changes.
/** @param {Told[]} names @param {any[]} rows @param {(row: any) => Node[]} cells */
export function table(names, rows, cells) {
  const body = make("tbody", {});
  rows.forEach((row, i) => {
    if (i === 0 || rows[i - 1].steps !== row.steps) {
      const moment = render(when("moment", row.steps));
      body.append(make("tr", { class: "moment" }, make("th", { colspan: 4, scope: "colgroup" }, moment)));
    }
    body.append(...cells(row));
  });
  return make("table", {}, head(...names), body);
}

/** @param {{ verdict: string }[]} rows @returns {Message} */
export function tally(rows) {
  /** @param {string} verdict */
  const count = (verdict) => rows.filter((row) => row.verdict === verdict).length;
  const given = { agree: count("agrees"), all: rows.length };
  const errata = message("example.tally.errata", { count: count("erratum") });
  const differ = message("example.tally.differ", { count: count("differs") });
  const others = [errata, differ].filter((told) => told.arguments.count);
  if (others.length === 2) return message("example.tally.with_both", { ...given, errata, differ });
  if (others.length === 0) return message("example.tally", given);
  return message("example.tally.with", { ...given, others: others[0] });
}

// A number in the right and in the wrong order.
/** @param {any} row @param {(row: any) => void} go */
export function mistakeRow(row, go) {
  const digits = row.printed || "0.123456789";
  const cells = [symbolCell(row, go), number(digits, row.value), number(digits, row.wrong)];
  const same = row.reproduced ? render(message("example.mistake.as_printed")) : "";
  return [make("tr", {}, ...cells, make("td", { class: "agrees" }, same))];
}
