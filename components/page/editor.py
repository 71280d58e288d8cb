"""The parts of the page that numbers are changed with: buttons, a small field, a dialog."""

from typing import Any

from dash import html

from components import ids

__all__ = ["build_editing_buttons", "build_editor"]


def build_editing_buttons() -> list[Any]:
    """The two buttons at the head of the numbers: change one of them, paste many."""
    return [
        html.Button(
            "Change",
            id=ids.EDIT,
            type="button",
            title="Change a w, b, x or y: double-click it in the table or on the drawing "
            "(or hold it, or move to it with the arrow keys and press Enter)",
            className="quiet",
        ),
        html.Button(
            "Paste…",
            id=ids.PASTE,
            type="button",
            title="Put in a whole w, b, x or y of this layer (or Ctrl+V in the table)",
            className="quiet",
        ),
    ]


def _cell_editor() -> html.Div:
    # The browser puts the field itself in: Dash has none but its own controlled one.
    return html.Div(
        html.Span(id=ids.CELL_EDITOR_NAME, **{"aria-hidden": "true"}),
        id=ids.CELL_EDITOR,
        className="cell-editor",
        title="Enter keeps, Escape gives up",
        hidden=True,
    )


def _paste_dialog() -> html.Dialog:
    return html.Dialog(
        [
            html.H2("Paste numbers"),
            html.Div(id=ids.PASTE_SYMBOL, className="paste-symbol", role="group"),
            html.Textarea(id=ids.PASTE_TEXT, rows=8, wrap="off", spellCheck="false"),
            html.P(
                "Rows on lines of their own or after semicolons; spaces, tabs or commas between "
                "numbers. MATLAB [1 2; 3 4], NumPy array([[1., 2.], [3., 4.]]), JSON "
                "[[1, 2], [3, 4]] and CSV (0,5;1,5) are read as they are.",
                className="muted",
            ),
            html.P(id=ids.PASTE_REFUSED, className="paste-refused", role="alert"),
            html.Div(
                [
                    html.Button("Cancel", id=ids.PASTE_CANCEL, type="button"),
                    html.Button("Put in", id=ids.PASTE_KEEP, type="button", className="update"),
                ],
                className="paste-buttons",
            ),
        ],
        id=ids.PASTE_DIALOG,
        className="panel-dialog",
        **{"aria-label": "Paste numbers"},
    )


def build_editor() -> list[Any]:
    """The small field that lies over a number, and the dialog that a matrix is pasted into."""
    return [_cell_editor(), _paste_dialog()]
