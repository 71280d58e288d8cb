// What can be taken along from the page: its address, and the table with every digit.

import { message } from "../core/messages.js";
import { say } from "../kit/message.js";
import { state } from "../walk/state.js";
import { copy as numbersAsText, selected } from "../explanation/numbers.js";

async function share() {
  try {
    await navigator.clipboard.writeText(location.href);
    say(message("sharing.copied"));
  } catch {
    say(message("sharing.link", { link: location.href }));
  }
}

async function copyNumbers() {
  try {
    await navigator.clipboard.writeText(numbersAsText(state));
    say(message("copying.copied", { layer: selected(state) }));
  } catch {
    say(message("copying.refused"), "error");
  }
}

export const clicks = { share, "numbers-copy": copyNumbers };
