"""The dialog of files: the training step on the stage saved, a session saved and opened."""

from collections.abc import Iterable
from typing import Any, Final

import dash_bootstrap_components as dbc
from dash import html

from components import ids
from components.export.formats import FORMATS
from components.messages import message, render

__all__ = ["build_export", "build_export_button"]

DIGITS: Final = ("3", "4", "6", "8", "17")
WEIGHTS: Final = (
    (ids.WEIGHTS_NPZ, "NPZ"),
    (ids.WEIGHTS_SAFETENSORS, "SafeTensors"),
    (ids.WEIGHTS_OPEN, "Open…"),
)
DRAWINGS: Final = ((ids.EXPORT_SVG, "SVG"), (ids.EXPORT_PNG, "PNG"))
FILES: Final = (
    (
        "Session",
        "settings, weights, the run with its history",
        (ids.SESSION_SAVE, "JSON"),
    ),
    (
        "Open",
        "a session or a worked example; or drop it on the page",
        (ids.FILE_OPEN, "File…"),
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


def _button(name: str, label: str, **more: str) -> html.Button:
    return html.Button(label, id=name, type="button", **more)


def _row(kind: str, what: Any, buttons: Iterable[html.Button]) -> html.Tr:
    return html.Tr([html.Th(kind, scope="row"), html.Td(what), html.Td(list(buttons))])


def _texts(group: str) -> list[html.Button]:
    """The buttons of the formats of a group; the page asks for what `data-text-format` names."""
    return [
        _button(
            ids.of_format(name),
            render(message(f"format.{name}")),
            **{"data-text-format": name},
        )
        for name, row in FORMATS.items()
        if row.group == group
    ]


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
    whole, weights = "every one of this step, whole", (_button(*one) for one in WEIGHTS)
    rows = [
        _row("Worksheet", _worksheet_choices(), _texts("worksheet")),
        _row("Numbers", whole, _texts("numbers")),
        _row("Weights", "w and b whole; of PyTorch and Keras too, as .safetensors", weights),
        _row("Drawing", "as it stands on the stage", (_button(*one) for one in DRAWINGS)),
        _row("Program", "with these weights, prints J and its gradients", _texts("program")),
    ]
    files = [_row(kind, what, [_button(*one)]) for kind, what, one in FILES]
    head = html.Tr(html.Th("Save or open a session", colSpan=3, scope="colgroup"))
    return html.Dialog(
        [
            html.H2("Save this training step"),
            html.Table([html.Tbody(rows), html.Tbody([head, *files])]),
            html.P(id=ids.EXPORT_TOLD, role="status"),
            html.Div(id=ids.WEIGHTS_CHOICES, role="group", **{"aria-label": "The order of layers"}),
            html.Form(html.Button("Close"), method="dialog"),
        ],
        id=ids.EXPORT_DIALOG,
        className="panel-dialog export",
    )
