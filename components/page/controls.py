"""The panel of fields: one labelled row for each field of the table, with its help."""

from typing import Any, Final

import dash_bootstrap_components as dbc
from dash import html

from components import ids
from components.config.fields import FIELDS
from components.config.method_laws import LAWS
from components.data.samples import DATA_FIELDS
from components.messages import render
from components.page.own_data import build_own_data_button

__all__ = ["build_controls"]

HELP: Final = {
    ids.LAYER_SIZES: "2 to 10 layers of 1 to 128 neurons, at most 50,000 weights",
    ids.LEARNING_RATE: "0.000001 to 1000",
    ids.SEED: "0 to 4294967295",
    ids.POINTS: "10 to 2000",
    ids.CLASSES: "2 to 4",
    ids.NOISE: "0 to 1: the deviation of normal noise on x₁ and x₂ of circles, moons, blobs and "
    "spirals, on y alone of sine and plane",
    ids.TRAIN_SHARE: "10 to 100 percent; the rest is for testing",
    ids.DATA_SEED: "0 to 4294967295",
    ids.SAMPLE_X: "one number for each input neuron, within ±1000000",
    ids.SAMPLE_Y: "one number for each output neuron",
    ids.BATCH_SIZE: "1 to 10000 samples in each update, or all",
    ids.L1: "0 to 10; adds λ₁ sign(w) to ∂J/∂w, J stays without it",
    ids.L2: "0 to 10; adds λ₂ w to ∂J/∂w, J stays without it",
    ids.EPOCHS: "1 to 1000000; Train stops there",
    ids.TARGET_LOSS: "empty, or 0 to 1000000; Train stops at the first such epoch",
}
# Until the browser knows the data set; the key of own data is never typed.
HIDDEN: Final = (ids.OWN_DATA, *DATA_FIELDS)
SECTIONS: Final = (
    (
        "Network",
        (ids.LAYER_SIZES, ids.HIDDEN_ACTIVATION, ids.OUTPUT_ACTIVATION, ids.INIT, ids.SEED),
    ),
    (
        "Data",
        (
            *(ids.DATASET, ids.OWN_DATA, ids.POINTS, ids.CLASSES, ids.NOISE, ids.TRAIN_SHARE),
            *(ids.DATA_SEED, ids.STANDARDISE, ids.SAMPLE, ids.SAMPLE_X, ids.SAMPLE_Y),
        ),
    ),
    ("Loss and update", (ids.LOSS, ids.LEARNING_RATE, ids.UPDATE_BIASES, ids.GRANULARITY)),
    (
        "Train",
        (ids.BATCH_SIZE, ids.OPTIMISER, ids.L1, ids.L2, ids.EPOCHS, ids.TARGET_LOSS),
    ),
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
    options = [{"label": str(label), "value": value} for value, label in field.choices.items()]
    return dbc.Select(id=name, options=options, value=field.default, size="sm")


def _sample_number() -> list[Any]:
    """Where a sample beyond those of the list is picked by its number."""
    label = html.Label("Its number", htmlFor=ids.SAMPLE_NUMBER, className="visually-hidden")
    typed = dbc.Input(
        id=ids.SAMPLE_NUMBER, type="text", debounce=True, size="sm", autocomplete="off"
    )
    return [label, html.Div(typed, className="sample-number", hidden=True)]


def _laws(name: str) -> html.Details:
    """The formulas behind the choices of a field, folded."""
    said, rows = LAWS[name]
    terms = [part for label, law in rows for part in (html.Dt(str(label)), html.Dd(render(law)))]
    parts = [html.Summary("Formulas"), html.P(str(said)), html.Dl(terms)]
    return html.Details(parts, className="field-laws")


def _row(name: str) -> html.Div:
    field = FIELDS[name]
    parts = [html.Label(str(field.label), htmlFor=name, title=str(field.allowed)), _input(name)]
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
    if name == ids.SAMPLE:
        parts += _sample_number()
    if name in LAWS:
        parts.append(_laws(name))
    if name in HELP:
        parts.append(html.Small(HELP[name], className="field-help"))
    return html.Div(parts, className="field", hidden=name in HIDDEN)


def _rows(title: str, names: tuple[str, ...]) -> list[Any]:
    rows: list[Any] = [_row(name) for name in names]
    return [rows[0], build_own_data_button(), *rows[1:]] if title == "Data" else rows


def build_controls() -> html.Div:
    """The folding panel with every field, in the sections Network, Data and Training."""
    sections = [
        html.Details([html.Summary(title), *_rows(title, names)], open=True)
        for title, names in SECTIONS
    ]
    convention = html.Details(html.Summary("Conventions"), id=ids.CONVENTION, open=True)
    return html.Div([*sections, convention], id=ids.CONTROLS, className="controls")
