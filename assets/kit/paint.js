// What can wait until the person sees what they have done.

// Settles after the next picture, or soon where the page is not in sight and none is painted.
export const painted = () => new Promise((/** @type {(value?: any) => void} */ go) => {
  if (document.hidden) setTimeout(go);
  else requestAnimationFrame(() => setTimeout(go));
});
