"""Plotly figures as plain dictionaries; the page fills in data, words and colours of its theme."""

from typing import Any

from components.messages import message

__all__ = ["build_curve_figure", "build_loss_figure"]

AXIS = {"automargin": True, "showline": True, "zeroline": False, "fixedrange": True}
LAYOUT = {
    "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "font": {"family": "inherit", "size": 12},
}


def build_curve_figure(title: str) -> dict[str, Any]:
    """Curves over the epochs, without data; the legend stands in the corner that they leave."""
    return {
        "data": [],
        "layout": {
            **LAYOUT,
            "hovermode": "x unified",
            # Points of a run may lie far apart: the nearest answers, wherever the curve is clicked.
            "hoverdistance": -1,
            "xaxis": {**AXIS, "title": {"text": message("plots.epoch")}, "rangemode": "tozero"},
            "yaxis": {**AXIS, "title": {"text": title}, "exponentformat": "power"},
            "showlegend": True,
            "legend": {"x": 1, "xanchor": "right", "y": 1, "yanchor": "top"},
        },
    }


def build_loss_figure() -> dict[str, Any]:
    """J against the number of the update, without data."""
    return {
        "data": [
            {
                "type": "scatter",
                "x": [],
                "y": [],
                "mode": "lines+markers",
                "line": {"width": 2},
                "marker": {"size": 5},
                # Plotly's own places and line break; what is said stands in the catalogs.
                "hovertemplate": message(
                    "plots.update_hover", update="%{x}", loss="<br>J = %{y}<extra></extra>"
                ),
                "showlegend": False,
            }
        ],
        "layout": {
            **LAYOUT,
            "hovermode": "x",
            "xaxis": {**AXIS, "title": {"text": message("plots.update")}, "tickformat": "d"},
            "yaxis": {**AXIS, "rangemode": "tozero"},
        },
    }
