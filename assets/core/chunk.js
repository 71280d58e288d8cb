// A part of a bundle of webpack run without the rest of that bundle.

/** @typedef {Record<string, (module: any, exports: any, need: any) => void>} Modules */

// What module `entry` exports; `given` are the modules that stand elsewhere, by their numbers.
/** @param {Modules} modules @param {string} entry @param {Record<string, unknown>} given */
export function run(modules, entry, given) {
  /** @type {Map<string, { exports: any }>} */
  const made = new Map(Object.entries(given).map(([id, exports]) => [id, { exports }]));
  /** @param {string | number} number */
  function need(number) {
    const id = String(number);
    const known = made.get(id);
    if (known) return known.exports;
    if (!Object.hasOwn(modules, id)) throw new RangeError(`module ${id} is not in this part`);
    const module = { exports: {} };
    made.set(id, module);
    modules[id].call(module.exports, module, module.exports, need);
    return module.exports;
  }
  // It marks what was a module of ECMAScript; nobody asks.
  need.r = () => {};
  return need(entry);
}
