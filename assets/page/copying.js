// What can be taken along from the page: its address, and the table with every digit.

import { say } from "../kit/message.js";
import { state } from "../walk/state.js";
import { copy as numbersAsText, selected } from "../explanation/numbers.js";

async function share() {
  try {
    await navigator.clipboard.writeText(location.href);
    say("The link to this configuration is copied. It starts from the seed, not from moved weights.");
  } catch {
    say(`The link to this configuration: ${location.href}`);
  }
}

async function copyNumbers() {
  try {
    await navigator.clipboard.writeText(numbersAsText(state));
    say(`Layer ${selected(state)} is copied, every digit.`);
  } catch {
    say("The browser did not allow copying; select the table and copy it by hand.", "error");
  }
}

export const clicks = { share, "numbers-copy": copyNumbers };
