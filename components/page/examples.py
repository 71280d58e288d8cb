"""Worked examples on the page: the menu in the header, and the drawer over the plots."""

from typing import Any

from dash import html

from components import ids
from components.examples.files import published
from components.page.words import label, text, title

__all__ = ["build_examples", "build_examples_menu"]


def _published(name: str) -> html.Button:
    words = [html.Span(**text(f"published.{name}.title"))]
    words.append(html.Small(**text(f"published.{name}.source")))
    shown: dict[str, Any] = {**title("example.put.title"), "data-example": name}
    return html.Button(words, type="button", **shown)


def build_examples_menu() -> html.Details:
    """The menu: every published example with its source, then opening and saving one's own."""
    opened = {**text("example.open"), **title("example.open.title"), "id": ids.EXAMPLES_OPEN}
    saved = {**text("example.save"), **title("example.save.title"), "id": ids.EXAMPLES_SAVE}
    own = [html.Button(**properties, type="button") for properties in (opened, saved)]
    items = [*map(_published, published()), html.Hr(), *own]
    return html.Details(
        [
            html.Summary(**text("example.menu"), **title("example.menu.title")),
            html.Div(items, className="menu-items"),
        ],
        id=ids.EXAMPLES_MENU,
        className="menu",
    )


def build_examples() -> html.Aside:
    """The drawer with printed against computed values; the browser fills and opens it."""
    close = html.Button(
        **text("dialog.close"),
        **title("dialog.close.title"),
        id=ids.EXAMPLES_CLOSE,
        type="button",
        className="quiet",
    )
    heading = html.H2(**text("example.heading"), tabIndex=-1)
    return html.Aside(
        [
            html.Div([heading, close], className="panel-head"),
            html.Div(id=ids.EXAMPLES_CONTENT),
            html.P(**text("example.drop"), className="muted"),
        ],
        **label("example.label"),
        id=ids.EXAMPLES,
        className="examples",
        hidden=True,
    )
