"""The dialog that has the curves of a run as a table: to be read, heard and copied."""

from dash import html

from components.page import curve_ids
from components.page.parts import button, close_form
from components.page.words import label, text

__all__ = ["build_curves", "build_curves_button"]


def build_curves_button() -> html.Button:
    """The button beside the curves that opens the dialog."""
    return button("curves_table.button", curve_ids.CURVES, **label("curves_table.heading"))


def build_curves() -> html.Dialog:
    """The dialog; the browser fills the table in when it is opened."""
    table = html.Table(id=curve_ids.CURVES_TABLE)
    named = label("curves_table.heading")
    return html.Dialog(
        [
            html.H2(**text("curves_table.heading")),
            html.Div(table, className="check-table", tabIndex=0, role="group", **named),
            close_form(),
        ],
        id=curve_ids.CURVES_DIALOG,
        className="panel-dialog",
    )
