// The page within a page of another site: the stage and what explains it, kept by nobody.

import { by } from "../kit/dom.js";
import { address } from "../places/linked.js";

export const embedded = () => new URLSearchParams(location.search).has("embed");

export function setOut() {
  by("page").classList.toggle("embed", embedded());
}

const whole = async () => void open(await address(), "_blank", "noopener");

export const clicks = { "embed-open": whole };
