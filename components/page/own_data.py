"""The dialog that brings own data to the stage; the browser fills its preview."""

from typing import Any, Final

import dash_bootstrap_components as dbc
from dash import html

from components import ids
from components.data.decoding import ENCODINGS, MOST_BYTES
from components.data.own import MOST_COLUMNS, MOST_ROWS
from components.page.parts import button, options
from components.page.words import choices, label, text

__all__ = ["build_own_data", "build_own_data_button"]

FORM: Final = (
    (ids.OWN_ENCODING, "encoding", ("auto", *ENCODINGS)),
    (ids.OWN_SEPARATOR, "separator", ("auto", "comma", "semicolon", "tab", "pipe", "blank")),
    (ids.OWN_HEADER, "header", ("auto", "yes", "no")),
    (ids.OWN_DECIMAL, "decimal", ("auto", "no", "yes")),
    (ids.OWN_KIND, "kind", ("classes", "regression")),
)


def build_own_data_button() -> html.Button:
    """The button that opens the dialog."""
    return button("own.open", ids.OWN_OPEN, "own-open")


def _select(name: str, key: str, values: tuple[str, ...]) -> html.Label:
    prefix = f"own.{key}."
    called = html.Span(**text(f"own.{key}"))
    listed = dbc.Select(id=name, options=options(prefix, values), value=values[0], size="sm")
    return html.Label([called, listed], **choices(prefix))


def build_own_data() -> html.Dialog:
    """The dialog: bring a text, say how to read it, choose the targets, use it."""
    limits = text("own.bring", megabytes=MOST_BYTES // 10**6, rows=MOST_ROWS, columns=MOST_COLUMNS)
    bring: list[Any] = [
        html.Button(**text("own.file"), id=ids.OWN_FILE, type="button"),
        html.P(**limits, className="muted"),
    ]
    table = html.Textarea(
        id=ids.OWN_TEXT, rows=5, wrap="off", spellCheck="false", **label("own.text")
    )
    use, softmax = text("own.use"), text("own.use_softmax")
    buttons = [
        html.Button(**text("dialog.cancel"), id=ids.OWN_CANCEL, type="button"),
        html.Button(**softmax, id=ids.OWN_USE_SOFTMAX, type="button", hidden=True),
        html.Button(**use, id=ids.OWN_USE, type="button", className="update", disabled=True),
    ]
    read = html.Ul(
        id=ids.OWN_PROPOSALS, className="own-proposals", tabIndex=0, **label("own.proposals")
    )
    return html.Dialog(
        [
            html.H2(**text("own.heading")),
            html.Div(bring, className="own-bring"),
            table,
            html.Div([_select(*row) for row in FORM], className="own-form"),
            read,
            html.Div(id=ids.OWN_PREVIEW, className="own-preview"),
            html.Ul(id=ids.OWN_PROBLEMS, className="own-problems"),
            html.P(id=ids.OWN_TOLD, role="status"),
            html.Div(buttons, className="own-buttons"),
        ],
        id=ids.OWN_DIALOG,
        className="panel-dialog own",
        **label("own.heading"),
    )
