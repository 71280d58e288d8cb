"""What explains a position: the caption, the formulas, the matrices, and what they look at."""

from typing import Any, Final

from dash import html

from components import ids
from components.notation import SHOWN_DIGITS
from components.page.parts import button, heading, named_select, panel, tabs
from components.page.words import label, title

__all__ = ["build_caption", "build_explanation"]

MODES: Final = ("one", "all", "click")
DIGITS: Final = tuple(map(str, SHOWN_DIGITS))
TABS: Final = (
    ("explanation.formula", ids.FORMULA_TAB, ids.FORMULA),
    ("explanation.matrices", ids.MATRICES_TAB, ids.MATRICES),
)
POINTS: Final = ("point", "comma")


def _choices() -> list[Any]:
    return [
        *named_select(ids.FOCUS_MODE, "explanation.formulas_of", "focus.", MODES, "one"),
        *named_select(ids.FOCUS_SAMPLE, "explanation.sample", "explanation.sample_of", "1", "1"),
        *named_select(ids.DIGITS, "explanation.digits", "explanation.digits_of", DIGITS, "4"),
        *named_select(ids.DECIMAL, "explanation.decimal", "decimal.", POINTS, "point"),
    ]


def _head() -> html.Div:
    larger = html.Button(
        "⤢",
        id=ids.LARGER,
        type="button",
        className="quiet",
        **title("explanation.larger.title"),
        **label("explanation.larger"),
        **{"aria-pressed": "false"},
    )
    return html.Div(
        [
            tabs(ids.EXPLANATION_TABS, "explanation.tabs", TABS),
            *_choices(),
            button("explanation.all_terms", ids.ALL_TERMS),
            button("explanation.follow", ids.FOLLOW),
            html.Span(className="spacer"),
            larger,
        ],
        className="panel-head explain-head",
    )


def build_caption() -> html.Div:
    """What was just computed and what the next click does: as is seen, and live as is heard."""
    seen = html.P(
        [html.Span(id=ids.CAPTION_DONE), " ", html.Span(id=ids.CAPTION_NEXT, className="next")],
        id=ids.CAPTION,
        **{"aria-hidden": "true"},
    )
    heard = html.P(id=ids.CAPTION_ALOUD, className="visually-hidden", role="status")
    return html.Div([seen, heard])


def build_explanation() -> html.Section:
    """The head with its choices, the formulas and the matrices."""
    panels = html.Div(
        [
            html.Div(className="formula", **panel(ids.FORMULA_TAB, ids.FORMULA)),
            html.Div(className="matrices", **panel(ids.MATRICES_TAB, ids.MATRICES)),
        ],
        id=ids.EXPLANATION,
        className="explanation show-formula",
        tabIndex=0,
        role="group",
        **label("explanation.heading"),
    )
    focused = html.Span(
        id=ids.FOCUSED, className="visually-hidden", role="status", **{"aria-live": "polite"}
    )
    return html.Section(
        [heading("explanation.heading"), _head(), focused, panels],
        className="words",
        **label("explanation.heading"),
    )
