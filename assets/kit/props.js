// What the page tells the components of Dash.

export const setProps = (id, props) => window.dash_clientside.set_props(id, props);
