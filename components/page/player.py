"""The player: the buttons that move the cursor, the timeline and the speed."""

from typing import Final

import dash_bootstrap_components as dbc
from dash import html

from components import ids
from components.page.parts import button, explained, hidden_label, named_select
from components.page.words import label

__all__ = ["KEYS", "build_player"]

# What has a key on the keyboard, as the list of keys tells it.
KEYS: Final = (
    *("next", "back", "play", "home", "update", "reset", "train", "epoch", "batch"),
    *("undo", "redo", "enter", "arrows", "formulas", "help"),
    *("present", "leave", "dark", "spot", "table", "notes", "other"),
)
# Milliseconds between two positions.
SPEEDS: Final = ("2000", "1000", "500", "200", "50", "0")


def _of_present() -> html.Span:
    """What Present alone has: the table on demand, the lecturer's window, the way out."""
    table = button("present.table", ids.PRESENT_TABLE, **{"aria-pressed": "false"})
    way_out = button("present.leave", ids.PRESENT_LEAVE, **label("present.leave.title"))
    rest = [button("present.notes", ids.PRESENT_NOTES), way_out]
    return html.Span([table, *rest], className="present-only")


def build_player() -> html.Div:
    """The row of buttons above the row with the timeline."""
    steps = html.Div(
        [
            button("player.step_forward", ids.STEP_FORWARD, "forward"),
            button("player.step_backward", ids.STEP_BACKWARD, "backward"),
            button("player.update", ids.APPLY_UPDATE, "update"),
            html.Span(className="gap"),
            button("player.undo", ids.UNDO),
            button("player.redo", ids.REDO),
            button("player.reset", ids.RESET),
        ],
        className="player-row",
    )
    timeline = dbc.Input(
        id=ids.TIMELINE, type="range", min=0, max=1, step=1, value=0, class_name="form-range"
    )
    line = html.Div(
        [
            button("player.back", ids.BACK),
            button("player.next", ids.NEXT),
            button("player.play", ids.PLAY),
            *named_select(ids.SPEED, "player.speed", "speed.", SPEEDS, "1000"),
            hidden_label("player.timeline", ids.TIMELINE),
            explained("player.timeline", timeline),
            html.Span(id=ids.POSITION, className="position"),
            _of_present(),
        ],
        className="player-row",
    )
    return html.Div(
        [steps, line], id=ids.PLAYER, className="player", role="group", **label("player.label")
    )
