"""The panel beside the stage: the run with its second timeline, and the plots under their tabs."""

from typing import Any, Final

import dash_bootstrap_components as dbc
from dash import html

from components import ids
from components.page.parts import button, hidden_label, named_select, switch
from components.page.words import label, text, title

__all__ = ["build_legend_row", "build_plots"]

TABS: Final = (
    (ids.PLOT_LOSS, "loss"),
    (ids.PLOT_DATA, "data"),
    (ids.PLOT_LAYERS, "layers"),
    (ids.PLOT_HISTOGRAMS, "histograms"),
    (ids.PLOT_CONFUSION, "confusion"),
)

# What the edges of the drawing can show.
EDGES: Final = ("w", "dw", "step")

# How many epochs lie between two pictures; 0 for as many as there is time for.
SPEEDS: Final = ("0", "10", "1", "batch")


def _numbers() -> html.Div:
    """J of both parts, and the share of samples that are right."""
    parts = (("train.loss", ids.TRAIN_LOSS), ("train.test_loss", ids.TEST_LOSS))
    return html.Div(
        [
            *(
                html.Span([html.Span(**text(key)), " ", html.Output("–", id=name)])
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
                [html.Span(**text("train.epoch_reached")), " ", html.Output("0", id=ids.EPOCH)],
                className="train-epoch",
            ),
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
        html.Progress(id=ids.TRAIN_PROGRESS, max="1000", value="0"),
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
    )


def _data() -> html.Div:
    def empty_select(name: str, key: str) -> list[Any]:
        return [hidden_label(key, name), dbc.Select(id=name, options=[], size="sm")]

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
    return html.Div([options, picture], className="plot plot-data")


def _layers() -> html.Div:
    kinds = ("delta", "dw")
    choice = named_select(ids.LAYERS_KIND, "plots.of_layers", "of_layers.", kinds, "delta")
    return html.Div(
        [html.Div(choice, className="plot-options"), html.Div(id=ids.LAYERS_PLOT)],
        className="plot plot-layers",
    )


def build_plots() -> html.Section:
    """The panel with everything about a run of training."""
    tabs = [button(f"plots.{key}", name, "quiet panel-tab") for name, key in TABS]
    return html.Section(
        [
            *_run(),
            html.Div(tabs, className="plot-tabs"),
            _loss(),
            _data(),
            _layers(),
            html.Div(id=ids.HISTOGRAMS, className="plot plot-histograms"),
            html.Div(id=ids.CONFUSION, className="plot plot-confusion"),
            html.P(id=ids.PLOT_WORDS, className="plot-words", role="status"),
        ],
        id=ids.PLOTS,
        className="plots",
        **{"data-tab": "loss"},
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
                **title("plots.maps.title"),
            ),
        ],
        className="legend-row",
    )
