"""The dialog that trains up to six runs side by side: its fixed parts; the browser adds rows."""

from typing import Any, Final

import dash_bootstrap_components as dbc
from dash import html

from components import ids
from components.config.fields import FIELDS
from components.messages import message
from components.page import compare_ids
from components.page.compare_presets import MOST_RUNS, PRESETS, write_presets
from components.page.figures import build_curve_figure
from components.page.parts import button, named_select, switch
from components.page.words import sent, text, title

__all__ = ["COLUMNS", "build_compare", "build_compare_button", "write_choices"]

# What may differ between the runs, each with a column.
COLUMNS: Final = (
    *(ids.LEARNING_RATE, ids.HIDDEN_ACTIVATION, ids.INIT, ids.OPTIMISER, ids.L2),
    *(ids.LAYER_SIZES, ids.BATCH_SIZE, ids.SEED),
)
RESULTS: Final = (("epoch", ""), ("train", ""), ("test", ""), ("score", "score"), ("words", ""))


def build_compare_button() -> html.Button:
    """The button that opens the dialog."""
    return button("header.compare", compare_ids.COMPARE)


def write_choices() -> dict[str, Any]:
    """What the browser makes rows of: the columns with their choices, and the presets."""
    columns = [
        {
            "field": name,
            "heading": message(f"compare.column.{name}"),
            "label": FIELDS[name].label,
            "allowed": FIELDS[name].allowed,
            "choices": FIELDS[name].choices,
        }
        for name in COLUMNS
    ]
    names = {
        name: {"label": field.label, "choices": field.choices or {}}
        for name, field in FIELDS.items()
    }
    choices = {"columns": columns, "presets": write_presets(), "most": MOST_RUNS, "names": names}
    return sent({**choices, "figure": build_curve_figure("J")})  # type: ignore[no-any-return]


def _head() -> html.Div:
    begin = ("none", "stage", *PRESETS)
    close = html.Button(**text("dialog.close"), **title("compare.close.title"), className="quiet")
    return html.Div(
        [
            html.H2(**text("compare.heading"), id=compare_ids.COMPARE_TITLE),
            *named_select(compare_ids.COMPARE_PRESET, "compare.begin", "preset.", begin, "none"),
            html.Span(id=compare_ids.COMPARE_DATA, className="muted"),
            html.Form(close, method="dialog"),
        ],
        className="panel-head",
    )


def _result(name: str) -> dict[str, Any]:
    """What a column of results is called; that of words, which say it themselves, is heard only."""
    called = text(f"compare.result.{name}")
    if name == "words":
        return {"children": html.Span(**called, className="visually-hidden")}
    return called


def _table() -> html.Div:
    settings = []
    for name in COLUMNS:
        field = FIELDS[name]
        told = title("compare.column", field=field.label, allowed=field.allowed)
        settings.append(html.Th(**text(f"compare.column.{name}"), **told, scope="col"))
    results = [
        html.Th(
            **_result(name),
            **title(f"compare.result.{name}.title"),
            scope="col",
            className=f"result {kind}",
        )
        for name, kind in RESULTS
    ]
    run = html.Span(**text("compare.run"), className="visually-hidden")
    head = html.Tr([html.Th(run, scope="col"), *settings, *results, html.Td()])
    table = html.Table([html.Thead(head), html.Tbody(id=compare_ids.COMPARE_TABLE)])
    return html.Div(table, className="compare-rows", tabIndex=0)


def _bar() -> html.Div:
    add = {**text("compare.add"), **title("compare.add.title", most=MOST_RUNS)}
    epochs = html.Label(
        **text("compare.epochs"), htmlFor=compare_ids.COMPARE_EPOCHS, className="muted"
    )
    return html.Div(
        [
            button("compare.train", compare_ids.COMPARE_TRAIN, None),
            epochs,
            dbc.Input(
                id=compare_ids.COMPARE_EPOCHS,
                type="text",
                value=FIELDS[ids.EPOCHS].default,
                autocomplete="off",
                size="sm",
            ),
            html.Progress(id=compare_ids.COMPARE_PROGRESS, max="1", value="0"),
            button("compare.reset", compare_ids.COMPARE_RESET),
            html.Button(**add, id=compare_ids.COMPARE_ADD, type="button", className="quiet"),
            button("compare.undo", compare_ids.COMPARE_UNDO),
            html.Span(className="gap"),
            switch("compare.log", compare_ids.COMPARE_LOG, value=True),
            switch("compare.test", compare_ids.COMPARE_TEST, value=False),
        ],
        className="compare-bar",
    )


def build_compare() -> html.Dialog:
    """The dialog: a row of settings and results for each run, and one plot with all curves."""
    return html.Dialog(
        [
            _head(),
            html.P(id=compare_ids.COMPARE_LOOK, className="compare-look"),
            _table(),
            html.P(id=compare_ids.COMPARE_TOLD, className="compare-told", role="status"),
            _bar(),
            html.Div(id=compare_ids.COMPARE_PLOT, className="compare-plot"),
        ],
        id=compare_ids.COMPARE_DIALOG,
        className="panel-dialog compare",
        **{"aria-labelledby": compare_ids.COMPARE_TITLE},
    )
