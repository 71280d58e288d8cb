"""The panel of fields: one labelled row for each field of the table, with its help."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import dash_bootstrap_components as dbc
from dash import html

from components import ids
from components.config.fields import FIELDS
from components.config.method_laws import LAWS
from components.data.samples import DATA_FIELDS
from components.messages import message
from components.page.own_data import build_own_data_button
from components.page.parts import button, heading, hidden_label
from components.page.words import choices, label, text, title

__all__ = ["build_controls"]

# What is said below a field while it is filled, after what it is for; its limits are the field's.
HELP: Final = {
    name: message(f"field.{name}.help", **FIELDS[name].allowed.arguments)
    for name in (
        *(ids.LAYER_SIZES, ids.LEARNING_RATE, ids.SEED, ids.POINTS, ids.CLASSES, ids.NOISE),
        *(ids.TRAIN_SHARE, ids.DATA_SEED, ids.SAMPLE_X, ids.SAMPLE_Y, ids.BATCH_SIZE),
        *(ids.L1, ids.L2, ids.EPOCHS, ids.TARGET_LOSS),
    )
}
# Until the browser knows the data set; the key of own data is never typed.
HIDDEN: Final = (ids.OWN_DATA, *DATA_FIELDS)
SECTIONS: Final = {
    "network": (
        *(ids.LAYER_SIZES, ids.HIDDEN_ACTIVATION, ids.OUTPUT_ACTIVATION, ids.INIT, ids.SEED),
    ),
    "data": (
        *(ids.DATASET, ids.OWN_DATA, ids.POINTS, ids.CLASSES, ids.NOISE, ids.TRAIN_SHARE),
        *(ids.DATA_SEED, ids.STANDARDISE, ids.SAMPLE, ids.SAMPLE_X, ids.SAMPLE_Y),
    ),
    "update": (ids.LOSS, ids.LEARNING_RATE, ids.UPDATE_BIASES, ids.GRANULARITY),
    "train": (ids.BATCH_SIZE, ids.OPTIMISER, ids.L1, ids.L2, ids.EPOCHS, ids.TARGET_LOSS),
}
# What a first visit does not need; the browser remembers what was unfolded.
FOLDED: Final = ("train",)
# The row after which the button of own data stands.
BEFORE_OWN_DATA: Final = ids.DATASET


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
            size="sm",
            autocomplete="off",
        )
    listed = [{"label": str(label), "value": value} for value, label in field.choices.items()]
    return dbc.Select(id=name, options=listed, value=field.default, size="sm")


def _sample_number() -> list[Any]:
    """Where a sample beyond those of the list is picked by its number."""
    typed = dbc.Input(id=ids.SAMPLE_NUMBER, type="text", size="sm", autocomplete="off")
    return [
        hidden_label("controls.sample_number", ids.SAMPLE_NUMBER),
        html.Div(typed, className="sample-number", hidden=True),
    ]


def _laws(name: str) -> html.Details:
    """The formulas behind the choices of a field, folded."""
    said, rows = LAWS[name]
    terms = [part for label, law in rows for part in (html.Dt(**text(label)), html.Dd(**text(law)))]
    parts = [html.Summary(**text("controls.formulas")), html.P(**text(said)), html.Dl(terms)]
    return html.Details(parts, className="field-laws")


def _slider() -> list[Any]:
    scale = dbc.Input(
        id=ids.LEARNING_RATE_SLIDER,
        type="range",
        min=-4,
        max=1,
        step=0.05,
        value=-0.3,
        class_name="form-range",
    )
    return [hidden_label("controls.learning_rate_scale", ids.LEARNING_RATE_SLIDER), scale]


def _layer_buttons() -> list[Any]:
    remove = button("controls.remove_layer", ids.REMOVE_LAYER, None)
    add = button("controls.add_layer", ids.ADD_LAYER, None)
    return [html.Div([remove, add], className="layer-buttons")]


def _conventions_button() -> list[Any]:
    """The way to what the numbers would be with another factor, sum or mean."""
    return [button("controls.conventions.open", ids.CONVENTION_OPEN, "link")]


# What stands in the row of a field besides its label and the field itself.
MORE: Final[Mapping[str, Callable[[], list[Any]]]] = {
    ids.LEARNING_RATE: _slider,
    ids.LAYER_SIZES: _layer_buttons,
    ids.SAMPLE: _sample_number,
    ids.LOSS: _conventions_button,
}


def _row(name: str) -> html.Div:
    field = FIELDS[name]
    what = message(f"field.{name}.what")
    called = html.Label(**text(field.label), htmlFor=name)
    parts = [called, _input(name)]
    if name in MORE:
        parts += MORE[name]()
    if name in LAWS:
        parts.append(_laws(name))
    if name in HELP:
        parts.append(html.Small(**text((what, HELP[name])), className="field-help"))
    named = choices(field.prefix, a="a") if field.prefix else {}
    # A list says by itself what it allows.
    allowed = () if field.choices else (message("field.allowed", allowed=field.allowed),)
    told = title((what, *allowed))
    return html.Div(parts, className="field", hidden=name in HIDDEN, **named, **told)


def _rows(names: tuple[str, ...]) -> list[Any]:
    rows: list[Any] = []
    for name in names:
        rows.append(_row(name))
        if name == BEFORE_OWN_DATA:
            rows.append(build_own_data_button())
    return rows


def build_controls() -> html.Section:
    """The folding panel with every field, in the sections Network, Data and Training."""
    sections = [
        html.Details(
            [html.Summary(**text(f"controls.{name}")), *_rows(fields)],
            open=name not in FOLDED,
            **{"data-section": name},
        )
        for name, fields in SECTIONS.items()
    ]
    summary = html.Summary(**text("controls.conventions"))
    convention = html.Details(summary, id=ids.CONVENTION, **{"data-section": "conventions"})
    return html.Section(
        [heading("controls.heading"), *sections, convention],
        id=ids.CONTROLS,
        className="controls",
        tabIndex=-1,
        **label("controls.heading"),
    )
