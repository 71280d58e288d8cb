"""Deltaflow: walk through the forward and the backward pass of a neural network in the browser."""

from pathlib import Path

from dash import Dash
from flask import Flask
from flask_bootstrap import Bootstrap5

from components import callbacks
from components.layout import INDEX, build_layout

__all__ = ["create_app", "server"]


def create_app() -> Dash:
    """Make the Dash app; any number of them can live in one process."""
    flask = Flask("deltaflow")
    # The themes of dash-bootstrap-components are links to a CDN; this package serves the same file.
    Bootstrap5(flask)
    app = Dash(
        "deltaflow",
        server=flask,
        title="Deltaflow",
        update_title="",
        assets_folder=str(Path(__file__).parent / "assets"),
        external_stylesheets=["/bootstrap/static/css/bootstrap.min.css"],
        index_string=INDEX,
        serve_locally=True,
        compress=False,
        use_async=False,
    )
    app.layout = build_layout()
    callbacks.register(app)
    return app


server = create_app().server
