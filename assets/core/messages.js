// What the page says: messages by key with named places, in the catalog of the language in force.

const PLACE = /\{\{(\w{1,40})\}\}/g;

/** @type {Catalog} */
let catalog = {};
/** @type {Intl.PluralRules} */
let plurals;
// The first of these costs a browser as much as all of the first picture: each is made when it is needed.
/** @type {Intl.ListFormat | null} */
let lists = null;
/** @type {Intl.NumberFormat | null} */
let numbers = null;
const UNGROUPED = 10000; // a whole number below it has no more to it than its digits

/**
 * From here on the page speaks the language of this catalog.
 * @param {Catalog} given
 */
export function speak(given) {
  catalog = given;
  plurals = new Intl.PluralRules(given["language.tag"]);
  lists = numbers = null;
}

/** @param {string[]} parts */
function enumerated(parts) {
  lists = lists || new Intl.ListFormat(spoken());
  return lists.format(parts);
}

// From 10,000 on digits are grouped: a number of neurons is read as it is.
/** @param {number} value */
function grouped(value) {
  if (Number.isInteger(value) && value >= 0 && value < UNGROUPED) return String(value);
  numbers = numbers || new Intl.NumberFormat(spoken(), { useGrouping: /** @type {any} */ ("min2") });
  return numbers.format(value);
}

// The tag of the language in force.
export const spoken = () => catalog["language.tag"];

// The name of its catalog, by which the server knows it.
export const language = () => catalog["language.code"];

/**
 * The message of a key with its arguments by the name of their place.
 * @param {string} key
 * @param {Record<string, Argument>} given
 * @returns {Message}
 */
export const message = (key, given = {}) => ({ key, arguments: given });

/** @param {Message} told */
function form({ key, arguments: given }) {
  if (Object.hasOwn(catalog, key)) return catalog[key];
  const plural = "count" in given ? catalog[`${key}_${plurals.select(Number(given.count))}`] : undefined;
  return plural ?? catalog[`${key}_other`] ?? key;
}

/** @param {Argument} value @returns {string} */
function written(value) {
  if (typeof value === "number") return grouped(value);
  if (Array.isArray(value)) return enumerated(value.map(written));
  return render(value);
}

/**
 * A sentence in pieces, where elements of the page stand in some of its places.
 * @template T
 * @param {Message} told
 * @param {Record<string, T>} standing by the name of its place
 * @returns {(string | T)[]}
 */
export function pieces(told, standing) {
  // A text split at its places has their names at the odd ones.
  return form(told).split(PLACE).map((part, i) => {
    if (i % 2 === 0) return part;
    return Object.hasOwn(standing, part) ? standing[part] : written(told.arguments[part] ?? "");
  });
}

/**
 * What is told in the language in force: a text as it is, a list as one sentence after the other.
 * @param {Told} told
 * @returns {string}
 */
export function render(told) {
  if (typeof told === "string") return told;
  if (Array.isArray(told)) return told.map(render).filter(Boolean).join(catalog["sentences.between"]);
  return form(told).replace(PLACE, (_, place) => written(told.arguments[place] ?? ""));
}
