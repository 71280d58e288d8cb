// The table with every digit, to be taken along.

import { message } from "../core/messages.js";
import { say } from "../kit/message.js";
import { state } from "../walk/state.js";
import { copy as numbersAsText, selected } from "../explanation/numbers.js";

async function copyNumbers() {
  try {
    await navigator.clipboard.writeText(numbersAsText(state));
    say(message("copying.copied", { layer: selected(state) }));
  } catch {
    say(message("copying.refused"), "error");
  }
}

export const clicks = { "numbers-copy": copyNumbers };
