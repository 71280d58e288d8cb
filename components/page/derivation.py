"""The derivation on the page: the button in the header and the dialog that the browser fills."""

from dash import html

from components import ids

__all__ = ["build_derivation_button", "build_derivation_dialog"]


def build_derivation_button() -> html.Button:
    """The button that opens the derivation."""
    return html.Button(
        "Derivation",
        id=ids.DERIVATION,
        type="button",
        title="The argument behind every formula, with the numbers of this network",
        className="quiet",
    )


def build_derivation_dialog() -> html.Dialog:
    """The dialog: a list of the sections, and their text."""
    title = html.H2("Derivation of the backward pass", id=ids.DERIVATION_TITLE)
    close = html.Form(
        html.Button("Close", className="quiet", title="Close (Escape)"), method="dialog"
    )
    contents = html.Nav(id=ids.DERIVATION_CONTENTS, **{"aria-label": "Sections"})
    text = html.Article(id=ids.DERIVATION_TEXT, tabIndex=0)
    return html.Dialog(
        [html.Div([title, close], className="panel-head"), contents, text],
        id=ids.DERIVATION_DIALOG,
        className="panel-dialog derivation",
        **{"aria-labelledby": ids.DERIVATION_TITLE},
    )
