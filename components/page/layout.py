"""The page as components: header, controls, stage, plots, caption, formula and numbers."""

from typing import Any, Final

import dash_bootstrap_components as dbc
from dash import html

from components import ids, messages
from components.messages import DEFAULT, message, render
from components.page import compare_ids
from components.page.check import build_check, build_check_button
from components.page.compare import build_compare, build_compare_button
from components.page.controls import build_controls
from components.page.curves import build_curves
from components.page.derivation import build_derivation_button, build_derivation_dialog
from components.page.editor import build_cell_editor, build_editing_buttons, build_paste_dialog
from components.page.examples import build_examples, build_examples_menu
from components.page.explanation import build_caption, build_explanation
from components.page.export import build_export, build_export_button
from components.page.lessons import build_lesson_panel, build_lessons_button
from components.page.own_data import build_own_data
from components.page.parts import button, close_form, heading, hidden_label, switch
from components.page.player import KEYS, build_player
from components.page.plots import build_legend_row, build_plots
from components.page.sharing import build_embed_button, build_share_button, build_sharing
from components.page.words import label, text, title

__all__ = ["build_frame", "build_page"]


def _languages() -> html.Div:
    """The choice of the language, each called by its own name."""
    named = message("language.name")
    offered = [{"label": render(named, name), "value": name} for name in messages.LANGUAGES]
    called = hidden_label("header.language", ids.LANGUAGE)
    chosen = dbc.Select(id=ids.LANGUAGE, options=offered, value=DEFAULT, size="sm")
    return html.Div([called, chosen], className="language", **title("header.language.title"))


def _name() -> html.Div:
    """What the page is called, what stands on it, and below it what it is for."""
    parts = [html.H1("Deltaflow"), html.Span(id=ids.SUMMARY, className="summary")]
    return html.Div(
        [*parts, html.P(**text("header.purpose"), className="purpose")], className="name"
    )


def _more() -> list[Any]:
    """What stands in the header beside the examples, and the button that shows it on a phone."""
    toggle = button(
        "header.more",
        ids.MORE_TOGGLE,
        **{"aria-expanded": "false", "aria-controls": ids.MORE},
    )
    offered = html.Div(
        [
            build_compare_button(),
            build_export_button(),
            build_check_button(),
            build_derivation_button(),
            button("header.present", ids.PRESENT),
            build_share_button(),
            button("header.dark", ids.THEME),
            button("header.keys", ids.HELP),
            _languages(),
        ],
        id=ids.MORE,
        className="more",
    )
    return [toggle, offered]


def _header() -> html.Header:
    return html.Header(
        [
            html.Button(
                "☰",
                id=ids.CONTROLS_TOGGLE,
                type="button",
                **title("header.controls"),
                **label("header.controls"),
                **{"aria-expanded": "true"},
                className="quiet",
            ),
            _name(),
            html.Span(
                **text("header.edited"),
                **title("header.edited.title"),
                id=ids.EDITED,
                className="edited",
                hidden=True,
            ),
            build_lessons_button(),
            build_examples_menu(),
            *_more(),
        ]
    )


def _stage() -> html.Section:
    return html.Section(
        [
            heading("stage.heading"),
            html.Div(id=ids.HEADINGS, className="headings"),
            html.Div(
                id=ids.NETWORK,
                className="network",
                role="img",
                **{"aria-describedby": ids.NETWORK_DESCRIBED},
                **label("stage.network"),
            ),
            html.P(id=ids.NETWORK_DESCRIBED, className="visually-hidden"),
            build_legend_row(),
            build_player(),
        ],
        id=ids.STAGE,
        className="stage",
        **label("stage.heading"),
    )


NAMED: Final = label("numbers.heading")


def _numbers() -> html.Section:
    head = [
        html.H2(**text("numbers.heading")),
        button("numbers.copy", ids.NUMBERS_COPY),
        *build_editing_buttons(),
    ]
    return html.Section(
        [
            html.Div(head, className="panel-head"),
            html.Div(id=ids.NUMBERS_LAYER, className="layer-pick"),
            html.Div(id=ids.NUMBERS, className="numbers", tabIndex=0, role="group", **NAMED),
        ],
        className="numbers-panel",
        **NAMED,
    )


def _keys() -> html.Dialog:
    rows = [
        html.Tr([html.Th(html.Kbd(**text(f"keys.{name}.press"))), html.Td(**text(f"keys.{name}"))])
        for name in KEYS
    ]
    head = html.H2(**text("keys.heading"))
    letters = switch("keys.letters", ids.LETTER_KEYS, True)
    parts = [head, html.Table(html.Tbody(rows)), letters, close_form()]
    return html.Dialog(parts, id=ids.KEYS, className="keys")


def _skip() -> html.A:
    """Past the header and the headings, to the buttons of the walk."""
    return html.A(**text("page.skip"), id=ids.SKIP, href=f"#{ids.PLAYER}", className="skip")


def build_page() -> html.Div:
    """The whole page; its content is filled in by the browser from the pass it is given."""
    line = html.Div(id=ids.MESSAGE, className="message", role="alert", hidden=True)
    shown = [_stage(), build_plots(), build_examples(), line]
    above = html.Div(shown, className="above")
    below = html.Div([build_explanation(), _numbers()], className="below")
    content = html.Div([above, build_caption(), below], className="content")
    tooltip = html.Div(id=ids.TOOLTIP, className="tooltip-box", hidden=True)
    beside = [build_controls(), build_lesson_panel(), build_cell_editor(), tooltip]
    main = html.Main([content, *beside])
    dialogs = [
        _keys(),
        build_own_data(),
        build_export(),
        build_check(),
        build_paste_dialog(),
        build_derivation_dialog(),
        build_compare(),
        build_curves(),
        build_sharing(),
    ]
    # Shown while there are no words, so in every language at once.
    waiting = " ".join(render(message("opening.wordless"), name) for name in messages.LANGUAGES)
    wordless = html.Div(waiting, id=ids.WORDLESS, className="message", role="status", hidden=True)
    release = html.Div(id=ids.RELEASE, className="release", role="status", hidden=True)
    shown = [_skip(), release, wordless, _header(), main, build_embed_button(), *dialogs]
    return html.Div(shown, id=ids.PAGE, className="page")


def build_frame() -> html.Div:
    """What Dash itself lays out once its scripts are brought: the places of what it draws.

    The browser moves each to where it stands on the page.
    """
    places = (ids.MATHJAX, ids.LOSS_PLACE, compare_ids.COMPARE_PLACE)
    return html.Div([html.Div(id=name) for name in places], id=ids.FRAME)
