"""What explains a position: the caption, the formulas, the matrices, and what they look at."""

from typing import Any, Final

import dash_bootstrap_components as dbc
from dash import html

from components import ids
from components.notation import SHOWN_DIGITS

__all__ = ["build_caption", "build_explanation"]

MODES: Final = (("one neuron", "one"), ("all of this position", "all"), ("only on click", "click"))
DIGITS: Final = tuple((f"{n} digits", str(n)) for n in SHOWN_DIGITS)
POINTS: Final = (("0.5", "point"), ("0,5", "comma"))


def _select(name: str, label: str, options: tuple[tuple[str, str], ...], value: str) -> list[Any]:
    choices = [{"label": text, "value": key} for text, key in options]
    return [
        html.Label(label, htmlFor=name, className="visually-hidden"),
        dbc.Select(id=name, options=choices, value=value, size="sm"),
    ]


def _head() -> html.Div:
    tabs = [
        html.Button(text, id=name, type="button", className="quiet tab", title=title)
        for text, name, title in (
            ("Formula", ids.FORMULA_TAB, "Symbols, numbers, value"),
            ("Matrices", ids.MATRICES_TAB, "The same as matrices with their shapes"),
        )
    ]
    return html.Div(
        [
            *tabs,
            *_select(ids.FOCUS_MODE, "Formulas of", MODES, "one"),
            *_select(ids.FOCUS_SAMPLE, "Sample in the formulas", (("sample 1", "1"),), "1"),
            *_select(ids.DIGITS, "Digits", DIGITS, "4"),
            *_select(ids.DECIMAL, "Decimal sign", POINTS, "point"),
            html.Button(
                "all terms",
                id=ids.ALL_TERMS,
                type="button",
                className="quiet",
                title="Write long sums out",
            ),
            html.Button(
                "follow",
                id=ids.FOLLOW,
                type="button",
                className="quiet",
                title="Let go of what was clicked: formulas and table follow the walk again",
            ),
            html.Span(className="spacer"),
            html.Button(
                "⤢",
                id=ids.LARGER,
                type="button",
                className="quiet",
                title="More of the window for formulas, matrices and numbers; again: less",
                **{"aria-pressed": "false", "aria-label": "Larger explanation"},
            ),
        ],
        className="panel-head explain-head",
    )


def build_caption() -> html.P:
    """The sentence on what was just computed and on what the next click does, as live text."""
    return html.P(
        [html.Span(id=ids.CAPTION_DONE), " ", html.Span(id=ids.CAPTION_NEXT, className="next")],
        id=ids.CAPTION,
        role="status",
        **{"aria-live": "polite"},
    )


def build_explanation() -> html.Section:
    """The head with its choices, the formulas and the matrices."""
    panels = html.Div(
        [
            html.Div(id=ids.FORMULA, className="formula"),
            html.Div(id=ids.MATRICES, className="matrices"),
        ],
        id=ids.EXPLANATION,
        className="explanation show-formula",
    )
    focused = html.Span(
        id=ids.FOCUSED, className="visually-hidden", role="status", **{"aria-live": "polite"}
    )
    return html.Section([_head(), focused, panels], className="words")
