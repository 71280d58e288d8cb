// What keeps a network from learning, in words: neurons that stand still, and a δ that is lost on its way back.

import { message } from "./messages.js";

// How many neurons of a layer are dead or saturated.
/** @param {Idle} idle */
export const idleWords = ({ kind, count, of }) => message(`idle.${kind}`, { count, of });

// That δ ends at a layer, or vanishes or explodes and how far.
/** @param {Flow} flow */
export const flowWords = ({ kind, ratio, layer }) =>
  message(`flow.${kind}`, layer ? { layer } : { ratio: `⟦#:${ratio}⟧` });
