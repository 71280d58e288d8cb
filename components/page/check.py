"""The dialog that holds the gradient of the backward pass against a numerical one."""

from typing import Final

from dash import html

from components import ids
from components.config.check_limits import MOST_WORK, THRESHOLD
from components.messages import message
from components.page.parts import button, close_form
from components.page.words import text

__all__ = ["build_check", "build_check_button"]

REASON: Final = message(
    "check.reason",
    limit=f"{THRESHOLD:.0e}".replace("e-0", "e−"),
    products=f"{MOST_WORK // 10**9}·10⁹",
)
COLUMNS: Final = ("parameter", "analytic", "numerical", "error")


def build_check_button() -> html.Button:
    """The button that opens the dialog and runs the check."""
    return button("header.check", ids.CHECK)


def build_check() -> html.Dialog:
    """The dialog: the verdict, its reason, every parameter on demand."""
    head = [html.Th(**text(f"check.column.{name}"), scope="col") for name in COLUMNS]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(id=ids.CHECK_ROWS)])
    save = text("check.save")
    every = [
        html.Summary(**text("check.every"), id=ids.CHECK_COUNT),
        html.Div(table, className="check-table", tabIndex=0),
        html.Button(**save, id=ids.CHECK_SAVE, type="button", className="quiet"),
    ]
    return html.Dialog(
        [
            html.H2(**text("check.heading")),
            html.P(id=ids.CHECK_VERDICT, role="status"),
            html.P(id=ids.CHECK_KINKS),
            html.Small(**text(REASON)),
            html.Details(every, id=ids.CHECK_EVERY, hidden=True),
            close_form(),
        ],
        id=ids.CHECK_DIALOG,
        className="panel-dialog check",
    )
