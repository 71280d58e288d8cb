// Texts that others wrote, with nothing in them that hides, reverses or refers to something.

const SHOWN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u2060\u2066-\u2069\u202a-\u202e\ufeff⟦]/gu;

/** @param {string} character */
function shown(character) {
  const code = /** @type {number} */ (character.codePointAt(0));
  return code < 32 ? String.fromCharCode(0x2400 + code) : `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

// As components/visible.py has it: control characters, marks of direction and ⟦, which begins a reference.
/** @param {string} text */
export const visible = (text) => text.replace(SHOWN, shown);
