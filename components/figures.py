"""Plotly figures as plain dictionaries; the page fills in the data and the colours of its theme."""

from typing import Any

__all__ = ["build_loss_figure"]


def build_loss_figure() -> dict[str, Any]:
    """The empty loss plot: J against the number of the update, and what to do to see it."""
    axis = {"automargin": True, "showline": True, "zeroline": False, "fixedrange": True}
    return {
        "data": [
            {
                "type": "scatter",
                "x": [],
                "y": [],
                "mode": "lines+markers",
                "line": {"width": 2},
                "marker": {"size": 5},
                "hovertemplate": "update %{x}<br>J = %{y}<extra></extra>",
                "showlegend": False,
            }
        ],
        "layout": {
            "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": "inherit", "size": 12},
            "hovermode": "x",
            "xaxis": {**axis, "visible": False, "title": {"text": "update"}, "tickformat": "d"},
            "yaxis": {**axis, "visible": False, "rangemode": "tozero"},
            "annotations": [
                {
                    "text": "Nothing yet: walk to Update,<br>and J before it appears here.",
                    "showarrow": False,
                    "xref": "paper",
                    "yref": "paper",
                    "x": 0.5,
                    "y": 0.5,
                }
            ],
        },
    }
