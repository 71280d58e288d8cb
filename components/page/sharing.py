"""The dialog of links: to copy, to photograph, to put into another page."""

import dash_bootstrap_components as dbc
from dash import html

from components import ids, place_ids
from components.page.parts import button, close_form, switch
from components.page.words import label, text

__all__ = ["build_embed_button", "build_share_button", "build_sharing"]


def build_share_button() -> html.Button:
    """The button that opens the dialog."""
    return button("header.share", ids.SHARE)


def build_embed_button() -> html.Button:
    """What opens the whole page, where it is shown within another one."""
    return button("embed.open", place_ids.EMBED_OPEN, "quiet embed-open")


def _row(name: str, key: str, copies: str) -> html.Div:
    """A line that can be copied, after what it is."""
    line = dbc.Input(id=name, type="text", value="", size="sm")
    called = html.Label(**text(key), htmlFor=name)
    copy = html.Button(**text("sharing.copy"), id=copies, type="button")
    return html.Div([called, html.Div([line, copy], className="share-line")])


def build_sharing() -> html.Dialog:
    """The dialog: the link, its QR code, and the frame for a page of a course."""
    told = html.P(id=place_ids.SHARE_TOLD, role="status")
    file = html.Button(**text("sharing.file"), id=place_ids.SHARE_FILE, type="button", hidden=True)
    rows = [
        _row(place_ids.SHARE_LINK, "sharing.link", place_ids.SHARE_COPY),
        _row(place_ids.SHARE_FRAME, "sharing.frame", place_ids.SHARE_FRAME_COPY),
    ]
    presents = switch("sharing.present", place_ids.SHARE_PRESENT, value=False)
    code = html.Div(id=place_ids.SHARE_QR, role="img", **label("sharing.qr"))
    words = html.Div(
        [html.P(**text("sharing.what"), className="muted"), *rows, presents, told, file]
    )
    return html.Dialog(
        [html.H2(**text("sharing.heading")), html.Div([words, code]), close_form()],
        id=place_ids.SHARE_DIALOG,
        className="panel-dialog sharing",
    )
