"""The player: the buttons that move the cursor, the timeline and the speed."""

from typing import Final

import dash_bootstrap_components as dbc
from dash import html

from components import ids

__all__ = ["KEYS", "build_player"]

KEYS: Final = (
    ("→  PageDown", "Next: one position on"),
    ("←  PageUp", "Back: one position back, across updates too"),
    ("Space", "Play or pause"),
    ("Home", "To the input of this step"),
    ("U", "Update"),
    ("R", "Reset to the start"),
    ("T", "Train, or pause the run"),
    ("E", "Train to the end of this epoch"),
    ("B", "Train one batch"),
    ("Ctrl+Z", "Undo the last reset or change"),
    ("Ctrl+Shift+Z", "Redo what was undone"),
    ("Enter", "In the table: to its cells; on w, b, x or y: change it; on others: as F"),
    ("↑ ↓ ← →", "In the table: from cell to cell; Escape leaves them"),
    ("F", "In the table: formulas of that neuron or weight; again: let go"),
    ("?", "This list"),
)
SPEEDS: Final = (
    ("×½", "2000"),
    ("×1", "1000"),
    ("×2", "500"),
    ("×5", "200"),
    ("×20", "50"),
    ("fastest", "0"),
)


def _button(label: str, name: str, title: str, kind: str = "") -> html.Button:
    return html.Button(label, id=name, type="button", title=title, className=kind)


def build_player() -> html.Div:
    """The row of buttons above the row with the timeline."""
    steps = html.Div(
        [
            _button(
                "Step forward", ids.STEP_FORWARD, "The next position of the forward pass", "forward"
            ),
            _button(
                "Step backward",
                ids.STEP_BACKWARD,
                "The next position of the backward pass",
                "backward",
            ),
            _button("Update", ids.APPLY_UPDATE, "Move the weights (U)", "update"),
            html.Span(className="gap"),
            _button("Undo", ids.UNDO, "Take the last reset or change back (Ctrl+Z)", "quiet"),
            _button("Redo", ids.REDO, "Do again what was undone (Ctrl+Shift+Z)", "quiet"),
            _button("Reset", ids.RESET, "Back to the start of this walk (R)", "quiet"),
        ],
        className="player-row",
    )
    line = html.Div(
        [
            _button("‹ Back", ids.BACK, "One position back (←)", "quiet"),
            _button("Next ›", ids.NEXT, "One position on (→)", "quiet"),
            _button("▶ Play", ids.PLAY, "Next at the chosen speed (Space)", "quiet"),
            html.Label("Speed", htmlFor=ids.SPEED, className="visually-hidden"),
            dbc.Select(
                id=ids.SPEED,
                options=[{"label": label, "value": value} for label, value in SPEEDS],
                value="1000",
                size="sm",
            ),
            html.Label("Timeline of this step", htmlFor=ids.TIMELINE, className="visually-hidden"),
            dbc.Input(
                id=ids.TIMELINE,
                type="range",
                min=0,
                max=1,
                step=1,
                value=0,
                class_name="form-range",
            ),
            html.Span(id=ids.POSITION, className="position"),
        ],
        className="player-row",
    )
    return html.Div([steps, line], className="player")
