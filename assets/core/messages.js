// What the page says: messages by key with named places, in the catalog of the language in force.

/** @typedef {{ key: string, arguments: Record<string, Argument> }} Message */
/** @typedef {string | number | Message | (string | number | Message)[]} Argument */
/** @typedef {Record<string, string>} Catalog */

const PLACE = /\{\{(\w{1,40})\}\}/g;

/** @type {Catalog} */
let words = {};
/** @type {Intl.PluralRules} */
let plurals = new Intl.PluralRules("en");
/** @type {Intl.ListFormat} */
let lists = new Intl.ListFormat("en");
/** @type {Intl.NumberFormat} */
let numbers = new Intl.NumberFormat("en");

/**
 * From here on the page speaks the language of this catalog.
 * @param {Catalog} catalog
 */
export function speak(catalog) {
  words = catalog;
  const tag = catalog["language.tag"];
  plurals = new Intl.PluralRules(tag);
  lists = new Intl.ListFormat(tag);
  // From 10,000 on digits are grouped: a number of neurons is read as it is.
  numbers = new Intl.NumberFormat(tag, { useGrouping: /** @type {any} */ ("min2") });
}

/**
 * The message of a key with its arguments by the name of their place.
 * @param {string} key
 * @param {Record<string, Argument>} given
 * @returns {Message}
 */
export const message = (key, given = {}) => ({ key, arguments: given });

/** @param {Message} told */
function form({ key, arguments: given }) {
  if (Object.hasOwn(words, key)) return words[key];
  const plural = `${key}_${plurals.select(Number(given.count))}`;
  return words[plural] ?? words[`${key}_other`] ?? key;
}

/** @param {Argument} value @returns {string} */
function written(value) {
  if (typeof value === "number") return numbers.format(value);
  if (Array.isArray(value)) return lists.format(value.map(written));
  return say(value);
}

/**
 * The sentence of a message in the language in force; a text that is no message stays as it is.
 * @param {Message | string} told
 * @returns {string}
 */
export function say(told) {
  if (typeof told === "string") return told;
  return form(told).replace(PLACE, (_, place) => written(told.arguments[place] ?? ""));
}
