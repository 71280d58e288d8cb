// Files to and from the person's disk.

import { decimal } from "../core/format.js";
import { message } from "../core/messages.js";
import { visible } from "../core/visible.js";

/** @param {string} name @param {any} blob */
export function download(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** @param {number} size */
const megabytes = (size) => decimal((size / 1e6).toFixed(1));

// Why a file is not taken: its size, and what is allowed, in bytes.
/** @param {File} file @param {number} largest */
export const tooLarge = ({ name, size }, largest) =>
  message("file.too_large", { name, size: megabytes(size), largest: String(largest / 1e6) });

// A file whose name can be told as it is.
/** @param {File} file */
export const named = (file) => Object.defineProperty(file, "name", { value: visible(file.name) });

// The file that the person chooses, if any, goes to `use`; the input stays in the page until the next choice.
/** @param {any} accept @param {(file: File) => unknown} use */
export function choose(accept, use) {
  document.querySelector(".chosen-file")?.remove();
  const input = document.createElement("input");
  Object.assign(input, { type: "file", accept, className: "chosen-file", hidden: true });
  input.addEventListener("change", () => input.files?.[0] && use(named(input.files[0])));
  document.body.append(input);
  input.click();
}

// The bytes of a file as they travel.
/** @param {File} file @returns {Promise<string>} */
export const asBase64 = (file) => new Promise((done, fail) => {
  const reader = new FileReader();
  reader.onload = () => done(/** @type {string} */ (reader.result).split(",")[1] || "");
  reader.onerror = () => fail(reader.error);
  reader.readAsDataURL(file);
});
