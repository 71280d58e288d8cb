"""The dialog of files: the training step on the stage saved, a session saved and opened."""

from typing import Any, Final

import dash_bootstrap_components as dbc
from dash import html

from components import ids

__all__ = ["build_export", "build_export_button"]

DIGITS: Final = ("3", "4", "6", "8", "17")
WORKSHEETS: Final = ((ids.EXPORT_MARKDOWN, "Markdown"), (ids.EXPORT_LATEX, "LaTeX"))
ROWS: Final = (
    (
        "Numbers",
        "every one of this step, whole",
        ((ids.EXPORT_CSV, "CSV"), (ids.EXPORT_JSON, "JSON")),
    ),
    (
        "Weights",
        "w and b whole; of PyTorch and Keras too, as .safetensors",
        (
            (ids.WEIGHTS_NPZ, "NPZ"),
            (ids.WEIGHTS_SAFETENSORS, "SafeTensors"),
            (ids.WEIGHTS_OPEN, "Open…"),
        ),
    ),
    ("Drawing", "as it stands on the stage", ((ids.EXPORT_SVG, "SVG"), (ids.EXPORT_PNG, "PNG"))),
    (
        "Program",
        "with these weights, prints J and its gradients",
        ((ids.EXPORT_TORCH, "PyTorch"), (ids.EXPORT_NUMPY, "NumPy")),
    ),
)
FILES: Final = (
    (
        "Session",
        "settings, weights, the run with its history",
        ((ids.SESSION_SAVE, "JSON"),),
    ),
    (
        "Open",
        "a session or a worked example; or drop it on the page",
        ((ids.FILE_OPEN, "File…"),),
    ),
)


def build_export_button() -> html.Button:
    """The button that opens the dialog."""
    return html.Button(
        "Export",
        id=ids.EXPORT,
        type="button",
        title="Save this step or the session, or open a file",
        className="quiet",
    )


def _row(kind: str, what: Any, formats: tuple[tuple[str, str], ...]) -> html.Tr:
    buttons = [html.Button(label, id=name, type="button") for name, label in formats]
    return html.Tr([html.Th(kind, scope="row"), html.Td(what), html.Td(buttons)])


def _worksheet_choices() -> html.Div:
    digits = dbc.Select(
        id=ids.EXPORT_DIGITS, options=[{"label": n, "value": n} for n in DIGITS], value="6"
    )
    return html.Div(
        [
            dbc.Checkbox(id=ids.EXPORT_SOLUTIONS, label="with the solutions", value=False),
            html.Label([digits, " digits at most"]),
        ],
        className="choices",
    )


def build_export() -> html.Dialog:
    """The dialog: a row for each kind of file, a button for each format."""
    rows = [_row("Worksheet", _worksheet_choices(), WORKSHEETS), *(_row(*row) for row in ROWS)]
    head = html.Tr(html.Th("Save or open a session", colSpan=3, scope="colgroup"))
    return html.Dialog(
        [
            html.H2("Save this training step"),
            html.Table([html.Tbody(rows), html.Tbody([head, *(_row(*row) for row in FILES)])]),
            html.P(id=ids.EXPORT_TOLD, role="status"),
            html.Div(id=ids.WEIGHTS_CHOICES, role="group", **{"aria-label": "The order of layers"}),
            html.Form(html.Button("Close"), method="dialog"),
        ],
        id=ids.EXPORT_DIALOG,
        className="panel-dialog export",
    )
