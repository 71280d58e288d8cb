"""The panel beside the stage: the run with its second timeline, and the plots under their tabs."""

from typing import Any, Final

import dash_bootstrap_components as dbc
from dash import html

from components import ids

__all__ = ["build_legend_row", "build_plots"]

TABS: Final = (
    (ids.PLOT_LOSS, "Loss", "J of the train and the test part over the epochs"),
    (ids.PLOT_DATA, "Data", "The data, and what the network makes of it"),
    (ids.PLOT_LAYERS, "‖δ‖", "How large δ and ∂J/∂w are in each layer, over all train samples"),
    (ids.PLOT_HISTOGRAMS, "a, w", "How activations and weights of each layer are distributed"),
    (ids.PLOT_CONFUSION, "Classes", "Which class is taken for which"),
)

SCORE: Final = (
    "right: the share of samples whose class is met. R²: 1 − Σ(a−y)² / Σ(y−ȳ)² of each output, "
    "and the mean of them, as scikit-learn's r2_score"
)
# How many epochs lie between two pictures; 0 for as many as there is time for.
SPEEDS: Final = (("fastest", "0"), ("10 epochs", "10"), ("1 epoch", "1"), ("1 batch", "batch"))


def _button(label: str, name: str, title: str, kind: str = "quiet") -> html.Button:
    return html.Button(label, id=name, type="button", title=title, className=kind)


def _hidden_label(text: str, name: str) -> html.Label:
    return html.Label(text, htmlFor=name, className="visually-hidden")


def _run() -> list[Any]:
    """Train and its numbers, progress, and the timeline of the epochs."""
    speeds = [{"label": label, "value": value} for label, value in SPEEDS]
    numbers = [
        html.Span(["J train ", html.Output("–", id=ids.TRAIN_LOSS)]),
        html.Span(["test ", html.Output("–", id=ids.TEST_LOSS)]),
        html.Span(id=ids.SCORES, title=SCORE),
    ]
    return [
        html.Div(
            [
                _button("▶ Train", ids.TRAIN, "Train until paused, or to the chosen epoch (T)", ""),
                _button("1 epoch", ids.TRAIN_EPOCH, "Train to the end of this epoch (E)"),
                _button("1 batch", ids.TRAIN_BATCH, "One update with the next batch (B)"),
            ],
            className="train-row",
        ),
        html.Div(numbers, className="train-numbers"),
        html.Div(
            [
                html.Progress(id=ids.TRAIN_PROGRESS, max="1000", value="0"),
                html.Span(id=ids.TRAIN_RATE, className="muted"),
                _hidden_label("How much is trained between two pictures", ids.TRAIN_SPEED),
                dbc.Select(id=ids.TRAIN_SPEED, options=speeds, value="0", size="sm"),
            ],
            className="train-row",
        ),
        html.Div(
            [
                html.Label("rewind", htmlFor=ids.EPOCH_TIMELINE, className="muted"),
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
                html.Span(["epoch ", html.Output("0", id=ids.EPOCH)], className="train-epoch"),
            ],
            className="train-row rewind-row",
            title="Back to an epoch of this run: network, plots and numbers of then",
        ),
    ]


def _loss() -> html.Div:
    kinds = [{"label": "J", "value": "loss"}, {"label": "right, R²", "value": "score"}]
    return html.Div(
        [
            html.Div(
                [
                    _hidden_label("What the curves show", ids.LOSS_KIND),
                    dbc.Select(id=ids.LOSS_KIND, options=kinds, value="loss", size="sm"),
                    dbc.Switch(id=ids.LOSS_LOG, label="log", value=False),
                    dbc.Switch(id=ids.LOSS_SMOOTH, label="smooth", value=False),
                ],
                className="plot-options",
            ),
            html.Div(id=ids.LOSS_PLOT),
        ],
        className="plot plot-loss",
    )


def _data() -> html.Div:
    def select(name: str, text: str) -> list[Any]:
        return [_hidden_label(text, name), dbc.Select(id=name, options=[], size="sm")]

    options = html.Div(
        [
            *select(ids.DATA_CLASS, "What a click into the picture does"),
            *select(ids.DATA_ACROSS, "Feature across"),
            *select(ids.DATA_UP, "Feature up"),
        ],
        className="plot-options",
    )
    picture = html.Div(
        [
            html.Canvas(id=ids.BOUNDARY_CANVAS, role="img", **{"aria-label": "The data"}),
            html.P("Choose a data set to see it here.", id=ids.DATA_EMPTY, className="muted"),
        ],
        id=ids.BOUNDARY,
        className="boundary",
    )
    return html.Div([options, picture], className="plot plot-data")


def _layers() -> html.Div:
    kinds = [
        {"label": "‖δ‖, root mean square over the train samples", "value": "delta"},
        {"label": "‖∂J/∂w‖ of the train J", "value": "dw"},
    ]
    choice = dbc.Select(id=ids.LAYERS_KIND, options=kinds, value="delta", size="sm")
    return html.Div(
        [
            html.Div(
                [_hidden_label("What of each layer", ids.LAYERS_KIND), choice],
                className="plot-options",
            ),
            html.Div(id=ids.LAYERS_PLOT),
        ],
        className="plot plot-layers",
    )


def build_plots() -> html.Section:
    """The panel with everything about a run of training."""
    tabs = [_button(label, name, title, "quiet tab") for name, label, title in TABS]
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
                dbc.Switch(id=ids.MAPS, label="maps of neurons", value=True),
                id=ids.MAPS_SWITCH,
                hidden=True,
                title="What each neuron sees: a over the plane of the inputs, or its weights",
            ),
        ],
        className="legend-row",
    )
