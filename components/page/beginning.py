"""Three ways to begin, for who is here for the first time; the browser shows and remembers them."""

from dash import html

from components import ids
from components.page.words import label, text, title

__all__ = ["build_beginning"]

WAYS = ((ids.BEGIN_STEP, "step"), (ids.BEGIN_TRAIN, "train"), (ids.BEGIN_DATA, "data"))


def _way(name: str, key: str) -> html.Button:
    words = [html.Span(**text(f"begin.{key}")), html.Small(**text(f"begin.{key}.what"))]
    return html.Button(words, id=name, type="button", **title(f"begin.{key}.title"))


def build_beginning() -> html.Section:
    """What stands in the place of the plots while they have nothing to show."""
    close = html.Button(
        "×",
        id=ids.BEGIN_CLOSE,
        type="button",
        className="quiet",
        **title("begin.close.title"),
        **label("begin.close.label"),
    )
    head = html.Div(
        [html.H2(**text("begin.label"), className="visually-hidden"), close], className="panel-head"
    )
    purpose = html.P(**text("header.purpose"), className="begin-purpose")
    parts = [head, purpose, *(_way(*way) for way in WAYS)]
    named = label("begin.label")
    return html.Section(parts, id=ids.BEGIN, className="begin", hidden=True, **named)
