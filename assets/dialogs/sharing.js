// The link to where the page is: copied, as a QR code, and as a frame for another page.

import { message } from "../core/messages.js";
import { MOST_LETTERS } from "../core/place.js";
import { by, draw, make } from "../kit/dom.js";
import { put } from "../kit/words.js";
import { post } from "../server/exchange.js";
import { state } from "../walk/state.js";
import { address } from "../places/linked.js";

const MOST_QR = 2953; // bytes, of the largest code
const QUIET = 4; // modules around it, as its norm asks

const ownData = () => state.fields["dataset"] === "own";
const isOpen = () => by("share-dialog").open;

/** @param {Told} told */
const tell = (told) => put(by("share-told"), told);

/** @param {string} id @param {Told} told */
async function copy(id, told) {
  try {
    await navigator.clipboard.writeText(by(id).value);
    tell(told);
  } catch {
    by(id).select();
    tell(message("sharing.by_hand"));
  }
}

/** @param {{ size: number, path: string }} code */
function picture({ size, path }) {
  const side = size + 2 * QUIET;
  const ground = draw("rect", { x: -QUIET, y: -QUIET, width: side, height: side, fill: "#fff" });
  const dark = draw("path", { d: path, fill: "#000" });
  const viewBox = `${-QUIET} ${-QUIET} ${side} ${side}`;
  return draw("svg", { viewBox, "shape-rendering": "crispEdges", "aria-hidden": "true" }, ground, dark);
}

// None of a link that is too long for one.
/** @param {string} link */
async function code(link) {
  by("share-qr").hidden = link.length > MOST_QR;
  if (link.length > MOST_QR) return;
  const answer = await post("qr", { text: link }, isOpen);
  if (answer?.path && isOpen() && by("share-link").value === link) by("share-qr").replaceChildren(picture(answer));
}

// As text: the element itself is never in the page.
/** @param {string} link */
function frame(link) {
  const element = make("iframe", { src: link, width: 960, height: 640, loading: "lazy", title: "Deltaflow" });
  return new XMLSerializer().serializeToString(element).replace(/ xmlns="[^"]*"/, "");
}

let made = ""; // the address of the place, without what it is opened in

/** @param {Record<string, string>} views */
function opened(views) {
  const link = new URL(made);
  for (const [name, value] of Object.entries(views)) link.searchParams.set(name, value);
  return link.href;
}

function offer() {
  const link = opened(by("share-present").checked ? { present: "1" } : {});
  const long = new URL(link).hash.length > MOST_LETTERS;
  by("share-file").hidden = !long && !ownData();
  for (const id of ["share-copy", "share-frame-copy", "share-present"]) by(id).disabled = long;
  if (long) return tell(message("sharing.long", { letters: link.length, most: MOST_LETTERS }));
  by("share-link").value = link;
  by("share-frame").value = frame(opened({ embed: "1" }));
  code(link);
  return copy("share-link", copied());
}

const copied = () => message(ownData() ? "sharing.copied.own" : "sharing.copied");

async function open() {
  state.playing = false;
  for (const id of ["share-link", "share-frame"]) by(id).value = "";
  by("share-qr").replaceChildren();
  tell(message("sharing.moment"));
  by("share-dialog").showModal();
  by("share-present").checked = by("page").classList.contains("presenting");
  by("share-present").onchange = offer;
  made = await address();
  if (isOpen()) offer();
}

export const clicks = {
  share: open,
  "share-copy": () => copy("share-link", copied()),
  "share-frame-copy": () => copy("share-frame", message("sharing.frame.copied")),
  "share-file": () => by("session-save").click(),
};
