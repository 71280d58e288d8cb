"""The panel beside the stage: the run with its second timeline, and the plots under their tabs."""

from typing import Any, Final

import dash_bootstrap_components as dbc
from dash import html

from components import ids
from components.page.beginning import build_beginning
from components.page.curves import build_curves_button
from components.page.parts import (
    button,
    explained,
    heading,
    hidden_label,
    named_select,
    panel,
    switch,
    tabs,
)
from components.page.words import label, text, title

__all__ = ["build_legend_row", "build_plots"]

TABS: Final = (
    (ids.PLOT_LOSS, "loss", ids.LOSS_PANEL),
    (ids.PLOT_DATA, "data", ids.DATA_PANEL),
    (ids.PLOT_LAYERS, "layers", ids.LAYERS_PANEL),
    (ids.PLOT_HISTOGRAMS, "histograms", ids.HISTOGRAMS),
    (ids.PLOT_CONFUSION, "confusion", ids.CONFUSION),
)

# What the edges of the drawing can show.
EDGES: Final = ("w", "dw", "step")

# How many epochs lie between two pictures; 0 for as many as there is time for.
SPEEDS: Final = ("0", "10", "1", "batch")


# Rewritten many times a second in a run, of which is told apart what is worth it.
SILENT: Final = {"aria-live": "off"}


def _numbers() -> html.Div:
    """J of both parts, and the share of samples that are right."""
    parts = (("train.loss", ids.TRAIN_LOSS), ("train.test_loss", ids.TEST_LOSS))
    return html.Div(
        [
            *(
                html.Span([html.Span(**text(key)), " ", html.Output("–", id=name, **SILENT)])
                for key, name in parts
            ),
            html.Span(id=ids.SCORES, **title("train.scores.title", function="r2_score")),
        ],
        className="train-numbers",
    )


def _rewind() -> html.Div:
    """The timeline of the epochs."""
    return html.Div(
        [
            html.Label(**text("train.rewind"), htmlFor=ids.EPOCH_TIMELINE, className="muted"),
            dbc.Input(
                id=ids.EPOCH_TIMELINE,
                type="range",
                min=0,
                max=1,
                step=1,
                value=0,
                disabled=True,
                class_name="form-range",
            ),
            html.Span(
                [
                    html.Span(**text("train.epoch_reached")),
                    " ",
                    html.Output("0", id=ids.EPOCH, **SILENT),
                ],
                className="train-epoch",
            ),
            build_curves_button(),
        ],
        className="train-row rewind-row",
        **title("train.rewind.title"),
    )


def _run() -> list[Any]:
    """Train and its numbers, progress, and the timeline of the epochs."""
    buttons = [
        button("train.run", ids.TRAIN, ""),
        button("train.epoch", ids.TRAIN_EPOCH),
        button("train.batch", ids.TRAIN_BATCH),
    ]
    progress = [
        html.Progress(id=ids.TRAIN_PROGRESS, max="1000", value="0", **label("train.progress")),
        html.Span(id=ids.TRAIN_RATE, className="muted"),
        *named_select(ids.TRAIN_SPEED, "train.speed", "train_speed.", SPEEDS, "0"),
    ]
    return [
        html.Div(buttons, className="train-row"),
        _numbers(),
        html.Div(progress, className="train-row"),
        _rewind(),
    ]


def _loss() -> html.Div:
    options = [
        *named_select(ids.LOSS_KIND, "plots.curves", "curves.", ("loss", "score"), "loss"),
        switch("plots.log", ids.LOSS_LOG, value=False),
        switch("plots.smooth", ids.LOSS_SMOOTH, value=False),
    ]
    empty = html.P(**text("plots.no_loss", line="\n"), id=ids.LOSS_EMPTY, className="muted")
    return html.Div(
        [
            html.Div(options, className="plot-options"),
            html.Div(empty, id=ids.LOSS_PLOT, className="empty"),
        ],
        className="plot plot-loss",
        **panel(ids.PLOT_LOSS, ids.LOSS_PANEL),
    )


def _data() -> html.Div:
    def empty_select(name: str, key: str) -> list[Any]:
        listed = dbc.Select(id=name, options=[], size="sm")
        return [hidden_label(key, name), explained(key, listed)]

    options = html.Div(
        [
            *empty_select(ids.DATA_CLASS, "plots.click"),
            *empty_select(ids.DATA_ACROSS, "plots.across"),
            *empty_select(ids.DATA_UP, "plots.up"),
        ],
        className="plot-options",
    )
    picture = html.Div(
        [
            html.Canvas(id=ids.BOUNDARY_CANVAS, role="img", **label("plots.picture")),
            html.P(**text("plots.no_data"), id=ids.DATA_EMPTY, className="muted"),
        ],
        id=ids.BOUNDARY,
        className="boundary",
    )
    legend = html.Ul(id=ids.DATA_LEGEND, className="data-legend")
    return html.Div(
        [options, picture, legend],
        className="plot plot-data",
        **panel(ids.PLOT_DATA, ids.DATA_PANEL),
    )


def _layers() -> html.Div:
    kinds = ("delta", "dw")
    choice = named_select(ids.LAYERS_KIND, "plots.of_layers", "of_layers.", kinds, "delta")
    names = html.Div(id=ids.LAYERS_NAMES, className="layers-names", **{"aria-hidden": "true"})
    return html.Div(
        [
            html.Div(choice, className="plot-options"),
            html.Div([html.Div(id=ids.LAYERS_PLOT), names], className="layers-box"),
        ],
        className="plot plot-layers",
        **panel(ids.PLOT_LAYERS, ids.LAYERS_PANEL),
    )


def build_plots() -> html.Section:
    """The panel with everything about a run of training."""
    rows = [(f"plots.{key}", name, shown) for name, key, shown in TABS]
    return html.Section(
        [
            heading("plots.heading"),
            *_run(),
            html.P(id=ids.RUN_ALOUD, className="visually-hidden", role="status"),
            tabs(ids.PLOT_TABS, "plots.tabs", rows),
            build_beginning(),
            _loss(),
            _data(),
            _layers(),
            html.Div(
                className="plot plot-histograms", **panel(ids.PLOT_HISTOGRAMS, ids.HISTOGRAMS)
            ),
            html.Div(className="plot plot-confusion", **panel(ids.PLOT_CONFUSION, ids.CONFUSION)),
            html.P(id=ids.PLOT_WORDS, className="plot-words", role="status"),
        ],
        id=ids.PLOTS,
        className="plots",
        **{"data-tab": "loss", **label("plots.heading")},
    )


def build_legend_row() -> html.Div:
    """The legend of the drawing, and the switch for what each neuron sees."""
    return html.Div(
        [
            html.Div(id=ids.LEGEND, className="legend"),
            html.Div(
                named_select(ids.EDGES, "legend.edges", "edges_of.", EDGES, "w"),
                **title("legend.edges.title"),
            ),
            html.Div(
                switch("plots.maps", ids.MAPS, value=True),
                id=ids.MAPS_SWITCH,
                hidden=True,
            ),
        ],
        className="legend-row",
    )
