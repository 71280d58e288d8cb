"""Worked examples on the page: the menu in the header, and the drawer over the plots."""

from typing import Any, Final

from dash import html

from components import ids
from components.examples.files import published

__all__ = ["build_examples", "build_examples_menu"]

DROP: Final = "Drop an example file here to open it."


def _item(content: Any, title: str, **attributes: str) -> html.Button:
    return html.Button(content, type="button", title=title, **attributes)


def build_examples_menu() -> html.Details:
    """The menu: every published example with its source, then opening and saving one's own."""
    examples = [
        _item(
            [html.Span(example.title), html.Small(example.source)],
            "Put this example on the stage",
            **{"data-example": name},
        )
        for name, example in published().items()
    ]
    own = [
        _item("Open a file…", "An example saved before, as JSON", id=ids.EXAMPLES_OPEN),
        _item(
            "Save the stage as a file",
            "Network, weights, sample, loss and learning rate with their exact values, as JSON",
            id=ids.EXAMPLES_SAVE,
        ),
    ]
    items = html.Div([*examples, html.Hr(), *own], className="menu-items")
    return html.Details(
        [html.Summary("Examples ▾", title="Published examples to walk through"), items],
        id=ids.EXAMPLES_MENU,
        className="menu",
    )


def build_examples() -> html.Aside:
    """The drawer with printed against computed values; the browser fills and opens it."""
    close = html.Button(
        "Close", id=ids.EXAMPLES_CLOSE, type="button", title="Close (Escape)", className="quiet"
    )
    head = html.Div([html.H2("Worked example", tabIndex=-1), close], className="panel-head")
    content = html.Div(id=ids.EXAMPLES_CONTENT)
    drop = html.P(DROP, className="muted")
    return html.Aside(
        [head, content, drop],
        id=ids.EXAMPLES,
        className="examples",
        hidden=True,
        **{"aria-label": "Worked example: printed against computed values"},
    )
