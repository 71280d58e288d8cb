"""Deltaflow: walk through the forward and the backward pass of a neural network in the browser."""

import os
from pathlib import Path

from dash import Dash
from flask import Flask
from flask_bootstrap import Bootstrap5
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from components import callbacks
from components.delivery.bundle import make_bundle, serve_bundle
from components.delivery.compressed import Delivery, cache_folder
from components.delivery.static_paths import answer_only_known, page_links, static_paths
from components.delivery.version import make_version, tell_version
from components.page.layout import INDEX, build_layout
from components.serving.policy import guard
from components.serving.settings import Settings, read_settings

__all__ = ["create_app", "prepare", "server"]

ASSETS = Path(__file__).parent / "assets"


def create_app(settings: Settings | None = None) -> Dash:
    """Make the Dash app; any number of them can live in one process.

    Without `settings` they are those of the environment; raises ValueError where one is wrong.
    """
    settings = settings or read_settings(os.environ)
    prefix = settings.prefix
    # No static folder of its own, but Bootstrap-Flask puts its files below this path.
    flask = Flask("deltaflow", static_folder=None, static_url_path="/static")
    guard(flask, settings)
    bundles = scripts, styles = make_bundle(ASSETS, "js"), make_bundle(ASSETS, "css")
    for bundle in bundles:
        serve_bundle(flask, bundle)
    # The themes of dash-bootstrap-components are links to a CDN; this package serves the same file.
    Bootstrap5(flask)
    app = Dash(
        "deltaflow",
        server=flask,
        routes_pathname_prefix="/",
        requests_pathname_prefix=prefix,
        title="Deltaflow",
        update_title="",
        assets_folder=str(ASSETS),
        assets_ignore=r".*\.(js|css)$",
        external_scripts=[prefix.rstrip("/") + scripts.path],
        external_stylesheets=[
            f"{prefix}bootstrap/static/css/bootstrap.min.css",
            prefix.rstrip("/") + styles.path,
        ],
        index_string=INDEX,
        serve_locally=True,
        compress=False,
        use_async=False,
    )
    version = make_version(bundles)
    tell_version(flask, version)
    app.layout = build_layout(version)
    callbacks.register(app, settings.time_limit)
    answer_only_known(flask)
    links = page_links(app, prefix)
    paths = static_paths(app, ASSETS, bundles)
    flask.extensions["delivery"] = Delivery(flask, cache_folder(), paths, links)
    if prefix != "/":
        # A proxy may take the prefix off or leave it; the routes know nothing of it.
        flask.wsgi_app = DispatcherMiddleware(flask.wsgi_app, {prefix[:-1]: flask.wsgi_app})  # type: ignore[method-assign]
    return app


server = create_app().server


def prepare() -> None:
    """Read the static files in ahead of the first visitor; takes about a second."""
    server.extensions["delivery"].prepare()
