"""Deltaflow: walk through the forward and the backward pass of a neural network in the browser."""

from pathlib import Path

from dash import Dash
from flask import Flask
from flask_bootstrap import Bootstrap5

from components import callbacks
from components.bundle import make_bundle, serve_bundle
from components.delivery import Delivery, cache_folder
from components.layout import INDEX, build_layout

__all__ = ["create_app", "prepare", "server"]

ASSETS = Path(__file__).parent / "assets"


def create_app() -> Dash:
    """Make the Dash app; any number of them can live in one process."""
    flask = Flask("deltaflow")
    flask.extensions["delivery"] = Delivery(flask, cache_folder())
    scripts, styles = make_bundle(ASSETS, "js"), make_bundle(ASSETS, "css")
    for bundle in (scripts, styles):
        serve_bundle(flask, bundle)
    # The themes of dash-bootstrap-components are links to a CDN; this package serves the same file.
    Bootstrap5(flask)
    app = Dash(
        "deltaflow",
        server=flask,
        title="Deltaflow",
        update_title="",
        assets_folder=str(ASSETS),
        assets_ignore=r".*\.(js|css)$",
        external_scripts=[scripts.url],
        external_stylesheets=["/bootstrap/static/css/bootstrap.min.css", styles.url],
        index_string=INDEX,
        serve_locally=True,
        compress=False,
        use_async=False,
    )
    app.layout = build_layout()
    callbacks.register(app)
    return app


server = create_app().server


def prepare() -> None:
    """Read the static files in ahead of the first visitor; takes about a second."""
    server.extensions["delivery"].prepare()
