"""The panel of fields: one labelled row for each field of the table, with its help."""

from typing import Any, Final

import dash_bootstrap_components as dbc
from dash import html

from components import ids
from components.fields import FIELDS

__all__ = ["build_controls"]

HELP: Final = {
    ids.LAYER_SIZES: "2 to 10 layers of 1 to 128 neurons, at most 50,000 weights",
    ids.LEARNING_RATE: "0.000001 to 1000",
    ids.SEED: "0 to 4294967295",
    ids.SAMPLE_X: "one number for each input neuron, within ±1000000",
    ids.SAMPLE_Y: "one number for each output neuron",
}
SECTIONS: Final = (
    (
        "Network",
        (ids.LAYER_SIZES, ids.HIDDEN_ACTIVATION, ids.OUTPUT_ACTIVATION, ids.INIT, ids.SEED),
    ),
    ("Data", (ids.DATASET, ids.SAMPLE, ids.SAMPLE_X, ids.SAMPLE_Y)),
    ("Training", (ids.LOSS, ids.LEARNING_RATE, ids.UPDATE_BIASES, ids.GRANULARITY)),
)


def _input(name: str) -> Any:
    field = FIELDS[name]
    if name == ids.UPDATE_BIASES:
        return dbc.Switch(id=name, value=field.default == "true")
    if name == ids.SAMPLE:
        return dbc.Select(id=name, options=[{"label": "1", "value": "1"}], value="1", size="sm")
    if field.choices is None:
        return dbc.Input(
            id=name,
            value=field.default,
            type="text",
            debounce=True,
            size="sm",
            autocomplete="off",
        )
    options = [{"label": label, "value": value} for value, label in field.choices.items()]
    return dbc.Select(id=name, options=options, value=field.default, size="sm")


def _row(name: str) -> html.Div:
    field = FIELDS[name]
    parts = [html.Label(field.label, htmlFor=name, title=field.allowed), _input(name)]
    if name == ids.LEARNING_RATE:
        hidden = html.Label(
            "Learning rate, on a logarithmic scale",
            htmlFor=ids.LEARNING_RATE_SLIDER,
            className="visually-hidden",
        )
        parts.append(hidden)
        parts.append(
            dbc.Input(
                id=ids.LEARNING_RATE_SLIDER,
                type="range",
                min=-4,
                max=1,
                step=0.05,
                value=-0.3,
                class_name="form-range",
            )
        )
    if name == ids.LAYER_SIZES:
        parts.append(
            html.Div(
                [
                    html.Button("− layer", id=ids.REMOVE_LAYER, type="button"),
                    html.Button("+ layer", id=ids.ADD_LAYER, type="button"),
                ],
                className="layer-buttons",
            )
        )
    if name in HELP:
        parts.append(html.Small(HELP[name], className="field-help"))
    return html.Div(parts, className="field")


def build_controls() -> html.Div:
    """The folding panel with every field, in the sections Network, Data and Training."""
    sections = [
        html.Details([html.Summary(title), *(_row(name) for name in names)], open=True)
        for title, names in SECTIONS
    ]
    convention = html.Details(html.Summary("Conventions"), id=ids.CONVENTION, open=True)
    return html.Div([*sections, convention], id=ids.CONTROLS, className="controls")
