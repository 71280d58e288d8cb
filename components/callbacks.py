"""What connects the page: browser functions to elements, and the routes to the builders."""

from dash import ClientsideFunction, Dash, Input, Output

from components import ids
from components.requests.routes import register_routes
from components.serving.time_limit import TimeLimit

__all__ = ["register"]


def _register_browser(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("deltaflow", "open"),
        Input(ids.DEFAULTS, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("deltaflowCompare", "take"),
        Input(ids.COMPARE_CHOICES, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("deltaflow", "edit"),
        [Input(name, "value") for name in ids.FIELDS],
        prevent_initial_call=True,
    )
    # MathJax and plotly.js, two thirds of all bytes, are asked for when the first picture stands.
    for place, bring in (
        (ids.MATHJAX, "bringMathJax"),
        (ids.LOSS_PLOT, "bringLossPlot"),
        (ids.COMPARE_PLOT, "bringComparePlot"),
    ):
        app.clientside_callback(
            ClientsideFunction("deltaflow", bring),
            Output(place, "children"),
            Input(ids.DEFAULTS, "data"),
        )
    app.clientside_callback(
        ClientsideFunction("deltaflow", "scaleLoss"),
        Input(ids.LOSS_LOG, "value"),
        Input(ids.LOSS_SMOOTH, "value"),
        Input(ids.LOSS_KIND, "value"),
        prevent_initial_call=True,
    )


def register(app: Dash, time_limit: float) -> None:
    """Register all routes and callbacks of the page on `app`; `time_limit` in seconds."""
    register_routes(app.server, TimeLimit(time_limit))
    _register_browser(app)
