"""The derivation on the page: the button in the header and the dialog that the browser fills."""

from dash import html

from components import ids
from components.page.words import label, text, title

__all__ = ["build_derivation_button", "build_derivation_dialog"]


def build_derivation_button() -> html.Button:
    """The button that opens the derivation."""
    return html.Button(
        **text("header.derivation"),
        **title("header.derivation.title"),
        id=ids.DERIVATION,
        type="button",
        className="quiet",
    )


def build_derivation_dialog() -> html.Dialog:
    """The dialog: a list of the sections, and their text."""
    heading = html.H2(**text("derivation.heading"), id=ids.DERIVATION_TITLE)
    close = html.Form(
        html.Button(**text("dialog.close"), **title("dialog.close.title"), className="quiet"),
        method="dialog",
    )
    contents = html.Nav(**label("derivation.contents"), id=ids.DERIVATION_CONTENTS)
    article = html.Article(id=ids.DERIVATION_TEXT, tabIndex=0)
    return html.Dialog(
        [html.Div([heading, close], className="panel-head"), contents, article],
        id=ids.DERIVATION_DIALOG,
        className="panel-dialog derivation",
        **{"aria-labelledby": ids.DERIVATION_TITLE},
    )
