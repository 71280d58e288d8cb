"""Deltaflow: walk through the forward and the backward pass of a neural network in the browser."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from dash import Dash
from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from components import callbacks
from components.delivery.bundle import (
    make_bootstrap,
    make_catalogs,
    make_plotly,
    make_scripts,
    make_styles,
    serve_bundle,
)
from components.delivery.compressed import Delivery
from components.delivery.dash_scripts import mathjax_link, plotly_path
from components.delivery.folder import cache_folder
from components.delivery.static_paths import (
    answer_only_known,
    page_links,
    static_paths,
    write_page,
)
from components.delivery.version import make_version
from components.page.index import Addresses, build_index
from components.page.layout import build_frame
from components.serving.policy import Application, guarded, inline_scripts
from components.serving.settings import Settings, read_settings

__all__ = ["create_app", "prepare", "server"]

ASSETS = Path(__file__).parent / "assets"
# Of Dash's scripts: its table, and those of the components that the page is written with and that
# go out as HTML.
UNUSED: Final = ("/dash/dash_table/", "/dash_bootstrap_components/")


class _Page(Dash):  # type: ignore[misc]
    """Dash whose page leaves out the scripts that nothing here uses."""

    def interpolate_index(self, **kwargs: Any) -> str:
        tags = kwargs["scripts"].splitlines()
        used = (tag for tag in tags if not any(name in tag for name in UNUSED))
        return str(super().interpolate_index(**{**kwargs, "scripts": "\n".join(used)}))


def _make_dash(flask: Flask, styles: Iterable[str], index: str, prefix: str) -> Dash:
    return _Page(
        "deltaflow",
        server=flask,
        routes_pathname_prefix="/",
        requests_pathname_prefix=prefix,
        title="Deltaflow",
        update_title="",
        assets_folder=str(ASSETS),
        assets_ignore=r".*\.(js|css)$",
        external_stylesheets=list(styles),
        index_string=index,
        serve_locally=True,
        compress=False,
        use_async=False,
    )


def create_app(settings: Settings | None = None) -> Dash:
    """Make the Dash app; any number of them can live in one process.

    Without `settings` they are those of the environment; raises ValueError where one is wrong.
    """
    settings = settings or read_settings(os.environ)
    prefix = settings.prefix
    flask = Flask("deltaflow", static_folder=None)
    (script, later), styles = make_scripts(ASSETS), (make_bootstrap(), make_styles(ASSETS))
    catalogs = make_catalogs()
    plotly = make_plotly(cache_folder())
    files = (script, later, *styles, *catalogs.values(), *([plotly] if plotly else []))
    for bundle in files:
        serve_bundle(flask, bundle)
    below, version = prefix.rstrip("/"), make_version(files)
    addresses = Addresses(
        script=below + script.path,
        catalogs={name: below + one.path for name, one in catalogs.items()},
        later=below + later.path,
        plotly=below + (plotly.path if plotly else plotly_path()),
        mathjax=mathjax_link(below),
    )
    index = build_index(addresses, version)
    app = _make_dash(flask, (below + style.path for style in styles), index, prefix)
    app.layout = build_frame()
    callbacks.register(app, settings.time_limit)
    answer_only_known(flask)
    page = write_page(app)
    links, paths = page_links(page, prefix), static_paths(app, ASSETS, files)
    flask.extensions["delivery"] = Delivery(flask, cache_folder(), paths, links)
    application: Application = flask.wsgi_app
    if prefix != "/":
        # A proxy may take the prefix off or leave it; the routes know nothing of it.
        application = DispatcherMiddleware(application, {prefix[:-1]: application})
    flask.wsgi_app = guarded(application, settings, inline_scripts(page), version)  # type: ignore[method-assign, assignment]
    return app


server = create_app().server


def prepare() -> None:
    """Read the static files in ahead of the first visitor; takes about a second."""
    server.extensions["delivery"].prepare()
