"""What connects the page: browser functions to elements, and the routes to the builders."""

from dash import ClientsideFunction, Dash, Input

from components import ids
from components.requests.routes import register_routes
from components.serving.time_limit import TimeLimit

__all__ = ["register"]


def _register_browser(app: Dash) -> None:
    # All else on the page hears its elements by itself: it is there before Dash is.
    app.clientside_callback(ClientsideFunction("deltaflow", "stands"), Input(ids.FRAME, "id"))


def register(app: Dash, time_limit: float) -> None:
    """Register all routes and callbacks of the page on `app`; `time_limit` in seconds."""
    register_routes(app.server, TimeLimit(time_limit))
    _register_browser(app)
