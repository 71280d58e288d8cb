"""The dialog of files: the training step on the stage saved, a session saved and opened."""

from collections.abc import Iterable
from typing import Any, Final

import dash_bootstrap_components as dbc
from dash import html

from components import ids
from components.export.formats import FORMATS
from components.page.parts import button, close_form, explained, switch
from components.page.words import label, text

__all__ = ["build_export", "build_export_button"]

DIGITS: Final = ("3", "4", "6", "8", "17")
# The rows of the dialog that save what is on the stage: the buttons of each.
STAGE: Final = (
    ("numbers", ()),
    ("weights", ((ids.WEIGHTS_NPZ, "npz"), (ids.WEIGHTS_SAFETENSORS, "safetensors"),
                 (ids.WEIGHTS_OPEN, "open_weights"))),
    ("drawing", ((ids.EXPORT_SVG, "svg"), (ids.EXPORT_PNG, "png"))),
    ("program", ()),
)  # fmt: skip
FILES: Final = (
    ("session", ((ids.SESSION_SAVE, "session_json"),)),
    ("open", ((ids.FILE_OPEN, "open_file"),)),
)


def build_export_button() -> html.Button:
    """The button that opens the dialog."""
    return button("header.export", ids.EXPORT)


def _button(name: str, key: str, **more: str) -> html.Button:
    return html.Button(**text(key), id=name, type="button", **more)


def _row(kind: str, what: Any, buttons: Iterable[html.Button]) -> html.Tr:
    head = html.Th(**text(f"export.{kind}"), scope="row")
    return html.Tr([head, what, html.Td(list(buttons))])


def _texts(group: str) -> list[html.Button]:
    """The buttons of the formats of a group; the page asks for what `data-text-format` names."""
    return [
        _button(ids.of_format(name), f"format.{name}", **{"data-text-format": name})
        for name, row in FORMATS.items()
        if row.group == group
    ]


def _worksheet_choices() -> html.Td:
    counts = [{"label": n, "value": n} for n in DIGITS]
    digits = dbc.Select(id=ids.EXPORT_DIGITS, options=counts, value="6")
    choices = [
        switch("export.solutions", ids.EXPORT_SOLUTIONS, value=False, kind=dbc.Checkbox),
        explained("export.digits", html.Label([digits, " ", html.Span(**text("export.digits"))])),
    ]
    return html.Td(html.Div(choices, className="choices"))


def _files(kind: str, buttons: Iterable[tuple[str, str]]) -> html.Tr:
    told = html.Td(**text(f"export.{kind}.what"))
    return _row(kind, told, [*_texts(kind), *(_button(at, f"format.{key}") for at, key in buttons)])


def build_export() -> html.Dialog:
    """The dialog: a row for each kind of file, a button for each format."""
    rows = [
        _row("worksheet", _worksheet_choices(), _texts("worksheet")),
        *(_files(*one) for one in STAGE),
    ]
    head = html.Tr(html.Th(**text("export.session_or_open"), colSpan=3, scope="colgroup"))
    files = [_files(*one) for one in FILES]
    order = html.Div(id=ids.WEIGHTS_CHOICES, role="group", **label("export.order"))
    return html.Dialog(
        [
            html.H2(**text("export.heading")),
            html.Table([html.Tbody(rows), html.Tbody([head, *files])]),
            html.P(id=ids.EXPORT_TOLD, role="status"),
            order,
            close_form(),
        ],
        id=ids.EXPORT_DIALOG,
        className="panel-dialog export",
    )
