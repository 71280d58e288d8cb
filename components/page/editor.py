"""The parts of the page that numbers are changed with: buttons, a small field, a dialog."""

from typing import Any

from dash import html

from components import ids
from components.page.parts import button
from components.page.words import label, text, title

__all__ = ["build_cell_editor", "build_editing_buttons", "build_paste_dialog"]


def build_editing_buttons() -> list[Any]:
    """The two buttons at the head of the numbers: change one of them, paste many."""
    return [button("editing.change", ids.EDIT), button("editing.paste", ids.PASTE)]


def build_cell_editor() -> html.Div:
    """The small field that lies over a number."""
    # The browser puts the field itself in: Dash has none but its own controlled one.
    return html.Div(
        html.Span(id=ids.CELL_EDITOR_NAME, **{"aria-hidden": "true"}),
        id=ids.CELL_EDITOR,
        className="cell-editor",
        hidden=True,
        **title("editing.cell.title"),
    )


def build_paste_dialog() -> html.Dialog:
    """The dialog that a matrix is pasted into."""
    buttons = [
        html.Button(**text("dialog.cancel"), id=ids.PASTE_CANCEL, type="button"),
        html.Button(
            **text("pasting.transpose"),
            **title("pasting.transpose.title"),
            id=ids.PASTE_TRANSPOSE,
            type="button",
            **{"aria-pressed": "false"},
        ),
        html.Button(**text("pasting.keep"), id=ids.PASTE_KEEP, type="button", className="update"),
    ]
    forms = text(
        "pasting.forms",
        matlab="[1 2; 3 4]",
        numpy="array([[1., 2.], [3., 4.]])",
        json="[[1, 2], [3, 4]]",
        csv="0,5;1,5",
    )
    return html.Dialog(
        [
            html.H2(**text("pasting.heading")),
            html.Div(id=ids.PASTE_SYMBOL, className="paste-symbol", role="group"),
            html.P(id=ids.PASTE_WANTED, className="muted"),
            html.Textarea(id=ids.PASTE_TEXT, rows=8, wrap="off", spellCheck="false"),
            html.P(**forms, className="muted"),
            html.P(id=ids.PASTE_REFUSED, className="paste-refused", role="alert"),
            html.Div(buttons, className="paste-buttons"),
        ],
        id=ids.PASTE_DIALOG,
        className="panel-dialog",
        **label("pasting.heading"),
    )
