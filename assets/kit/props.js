// What the page tells the components of Dash.

// Its own door, which is there once its scripts have run.
export const dashClientside = () => /** @type {any} */ (window).dash_clientside;

/** @param {string} id @param {Record<string, unknown>} props */
export const setProps = (id, props) => dashClientside().set_props(id, props);
