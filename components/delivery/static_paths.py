"""Which paths there are: every static file by its one path, and nothing for all the others."""

import re
from pathlib import Path
from typing import Any, Final

from dash import Dash
from flask import Flask
from werkzeug.exceptions import MethodNotAllowed, NotFound

from components.delivery.bundle import Bundle
from components.delivery.compressed import SINGLE

__all__ = ["answer_only_known", "page_links", "static_paths", "write_page"]

# What Dash answers beside files, its layout and questions: any path, and what its tools ask for.
OTHERS: Final = ("/<path:path>", "/_reload-hash", "/_favicon.ico")
LINK: Final = re.compile(r"""(?:src|href)="(/[^"]+)\"""")


def write_page(app: Dash) -> str:
    """The page as it is answered: written once, for everybody.

    Writing it is also what lets Dash know of its components' files: a process that has not been
    asked for the page yet has to answer them too. Dash signs a token into each page that it writes,
    for callbacks that run in the background; there are none, so one page does for all.
    """
    with app.server.test_request_context("/"):
        page: str = app.index()
    for rule in app.server.url_map.iter_rules():
        if rule.rule == "/":
            app.server.view_functions[rule.endpoint] = lambda: page
    return page


def page_links(page: str, prefix: str) -> tuple[str, ...]:
    """The files that the page links, as paths below the prefix."""
    return tuple("/" + link.removeprefix(prefix) for link in LINK.findall(page))


def _below(root: Path, url: str) -> set[str]:
    return {
        f"{url}/{path.relative_to(root).as_posix()}" for path in root.rglob("*") if path.is_file()
    }


def static_paths(app: Dash, assets: Path, bundles: tuple[Bundle, ...]) -> frozenset[str]:
    """The path of every static file, without Dash's fingerprints."""
    suites = {
        f"/_dash-component-suites/{package}/{path}"
        for package, paths in app.registered_paths.items()
        for path in paths
    }
    own = {bundle.path for bundle in bundles}
    return frozenset(suites | _below(assets, "/assets") | own | set(SINGLE))


def answer_only_known(server: Flask) -> None:
    """Answer 404 where Dash would answer the page for whatever path is asked.

    A path that takes questions answers 405 to who wants to read it.
    """
    rules = tuple(server.url_map.iter_rules())
    questions = {rule.rule for rule in rules if "GET" not in (rule.methods or ())}

    def unknown(path: str = "") -> Any:
        if f"/{path}" in questions:
            raise MethodNotAllowed(["POST"])
        raise NotFound

    for rule in rules:
        if rule.rule in OTHERS:
            server.view_functions[rule.endpoint] = unknown
