"""The dialog that brings own data to the stage; the browser fills its preview."""

from typing import Any, Final

import dash_bootstrap_components as dbc
from dash import html

from components import ids

__all__ = ["build_own_data", "build_own_data_button"]

AUTO: Final = ("auto", "found out")
FORM: Final = (
    (
        ids.OWN_SEPARATOR,
        "Separator",
        (AUTO, ("comma", "comma"), ("semicolon", "semicolon"), ("tab", "tab")),
    ),
    (ids.OWN_HEADER, "First row", (AUTO, ("yes", "names"), ("no", "data"))),
    (ids.OWN_DECIMAL, "Decimals", (AUTO, ("no", "point"), ("yes", "comma"))),
    (ids.OWN_KIND, "Targets are", (("classes", "classes"), ("regression", "numbers"))),
)


def build_own_data_button() -> html.Button:
    """The button that opens the dialog."""
    return html.Button(
        "Own data…",
        id=ids.OWN_OPEN,
        type="button",
        title="Bring a table of your own: CSV, dropped, chosen or pasted",
        className="own-open",
    )


def _select(name: str, label: str, choices: tuple[tuple[str, str], ...]) -> html.Label:
    options = [{"value": value, "label": words} for value, words in choices]
    return html.Label([label, dbc.Select(id=name, options=options, value=choices[0][0], size="sm")])


def build_own_data() -> html.Dialog:
    """The dialog: bring a text, say how to read it, choose the targets, use it."""
    bring: list[Any] = [
        html.Button("Choose a file…", id=ids.OWN_FILE, type="button"),
        html.P(
            "or drop one here, or paste a table below: at most 5 MB, 10,000 rows, 100 columns. "
            "It stays in this browser.",
            className="muted",
        ),
    ]
    text = html.Textarea(
        id=ids.OWN_TEXT, rows=5, wrap="off", spellCheck="false", **{"aria-label": "Table as text"}
    )
    return html.Dialog(
        [
            html.H2("Own data"),
            html.Div(bring, className="own-bring"),
            text,
            html.Div([_select(*row) for row in FORM], className="own-form"),
            html.Div(id=ids.OWN_PREVIEW, className="own-preview"),
            html.Ul(id=ids.OWN_PROBLEMS, className="own-problems"),
            html.P(id=ids.OWN_TOLD, role="status"),
            html.Div(
                [
                    html.Button("Cancel", id=ids.OWN_CANCEL, type="button"),
                    html.Button(
                        "Use this data",
                        id=ids.OWN_USE,
                        type="button",
                        className="update",
                        disabled=True,
                    ),
                ],
                className="own-buttons",
            ),
        ],
        id=ids.OWN_DIALOG,
        className="panel-dialog own",
        **{"aria-label": "Own data"},
    )
