"""The dialog that trains up to six runs side by side: its fixed parts; the browser adds rows."""

from typing import Any, Final

import dash_bootstrap_components as dbc
from dash import dcc, html

from components import ids
from components.config.fields import FIELDS
from components.page.compare_presets import MOST_RUNS, PRESETS, write_presets
from components.page.figures import build_curve_figure

__all__ = ["COLUMNS", "build_compare", "build_compare_button"]

# What may differ between the runs, with the heading of its column.
COLUMNS: Final = {
    ids.LEARNING_RATE: "η",
    ids.HIDDEN_ACTIVATION: "hidden",
    ids.INIT: "initial w",
    ids.OPTIMISER: "optimiser",
    ids.L2: "L2 λ₂",
    ids.LAYER_SIZES: "layers",
    ids.BATCH_SIZE: "batch",
    ids.SEED: "seed",
}
RESULTS: Final = (
    ("epoch", "Epochs done", ""),
    ("J train", "J of the train part", ""),
    ("J test", "J of the test part", ""),
    ("right", "Share of right classes, or R² (mean over outputs), of train and test part", "score"),
    ("", "What there is to say about the run", ""),
)


def build_compare_button() -> html.Button:
    """The button that opens the dialog."""
    return html.Button(
        "Compare",
        id=ids.COMPARE,
        type="button",
        title="Train up to six runs side by side: learning rates, activations, optimisers …",
        className="quiet",
    )


def english(choices: Any) -> dict[str, str]:
    return {name: str(label) for name, label in (choices or {}).items()}


def _choices() -> dict[str, Any]:
    """What the browser makes rows of: the columns with their choices, and the presets."""
    columns = [
        {
            "field": name,
            "heading": heading,
            "label": str(FIELDS[name].label),
            "allowed": str(FIELDS[name].allowed),
            "choices": english(FIELDS[name].choices) or None,
        }
        for name, heading in COLUMNS.items()
    ]
    return {
        "columns": columns,
        "presets": write_presets(),
        "most": MOST_RUNS,
        "figure": build_curve_figure("J"),
        "names": {
            name: {"label": str(field.label), "choices": english(field.choices)}
            for name, field in FIELDS.items()
        },
    }


def _head() -> html.Div:
    options = [
        {"label": "Begin with …", "value": "none"},
        {"label": "The settings of the stage", "value": "stage"},
    ]
    options += [{"label": preset.title, "value": name} for name, preset in PRESETS.items()]
    return html.Div(
        [
            html.H2("Compare runs", id=ids.COMPARE_TITLE),
            html.Label("Begin with", htmlFor=ids.COMPARE_PRESET, className="visually-hidden"),
            dbc.Select(id=ids.COMPARE_PRESET, options=options, value="none", size="sm"),
            html.Span(id=ids.COMPARE_DATA, className="muted"),
            html.Form(
                html.Button("Close", className="quiet", title="Pause and close (Escape)"),
                method="dialog",
            ),
        ],
        className="panel-head",
    )


def _table() -> html.Div:
    settings = [
        html.Th(heading, scope="col", title=f"{FIELDS[name].label}: {FIELDS[name].allowed}")
        for name, heading in COLUMNS.items()
    ]
    results = [
        html.Th(heading, scope="col", title=title, className=f"result {name}")
        for heading, title, name in RESULTS
    ]
    corner = html.Th(html.Span("run", className="visually-hidden"), scope="col")
    head = html.Tr([corner, *settings, *results, html.Th()])
    table = html.Table([html.Thead(head), html.Tbody(id=ids.COMPARE_TABLE)])
    return html.Div(table, className="compare-rows", tabIndex=0)


def _button(label: str, name: str, title: str) -> html.Button:
    return html.Button(label, id=name, type="button", title=title, className="quiet")


def _bar() -> html.Div:
    train = html.Button(
        "▶ Train all",
        id=ids.COMPARE_TRAIN,
        type="button",
        title="Train every run to the same epoch, turn by turn; again: pause",
    )
    return html.Div(
        [
            train,
            html.Label("epochs", htmlFor=ids.COMPARE_EPOCHS, className="muted"),
            dbc.Input(
                id=ids.COMPARE_EPOCHS,
                type="text",
                value=FIELDS[ids.EPOCHS].default,
                debounce=True,
                autocomplete="off",
                size="sm",
            ),
            html.Progress(id=ids.COMPARE_PROGRESS, max="1", value="0"),
            _button("Reset all", ids.COMPARE_RESET, "Every run back to its initial w"),
            _button("+ run", ids.COMPARE_ADD, f"One more run, at most {MOST_RUNS}"),
            _button("Undo", ids.COMPARE_UNDO, "The runs as they were before the last change"),
            html.Span(className="gap"),
            dbc.Switch(id=ids.COMPARE_LOG, label="log axis", value=True),
            dbc.Switch(id=ids.COMPARE_TEST, label="test J", value=False),
        ],
        className="compare-bar",
    )


def build_compare() -> html.Dialog:
    """The dialog: a row of settings and results for each run, and one plot with all curves."""
    return html.Dialog(
        [
            _head(),
            html.P(id=ids.COMPARE_LOOK, className="compare-look"),
            _table(),
            html.P(id=ids.COMPARE_TOLD, className="compare-told", role="status"),
            _bar(),
            html.Div(id=ids.COMPARE_PLOT, className="compare-plot"),
            dcc.Store(id=ids.COMPARE_CHOICES, data=_choices()),
        ],
        id=ids.COMPARE_DIALOG,
        className="panel-dialog compare",
        **{"aria-labelledby": ids.COMPARE_TITLE},
    )
