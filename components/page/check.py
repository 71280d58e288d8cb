"""The dialog that holds the gradient of the backward pass against a numerical one."""

from dash import html

from components import ids
from components.config.check_limits import MOST_WORK, THRESHOLD

__all__ = ["build_check", "build_check_button"]

REASON = (
    "Numerical means (J(θ+h) − J(θ−h)) / 2h for every weight and bias θ, the mean over samples. "
    "θ multiplies an a, so h = u/|a| lets z move by a u of its own size: from max(1, |z|)/16 on, "
    "each u a quarter of the one before, and from these the value at u = 0 is extrapolated. "
    "The difference is taken relative to the larger of the two gradients, or to a million times "
    "what rounding can do where that is more. A right gradient keeps an error of about 10⁻⁶ at "
    "most, a wrong formula has far more: the limit between them is "
    f"{f'{THRESHOLD:.0e}'.replace('e-0', 'e−')}. Every network can be checked with one sample; a "
    f"large one with many samples is refused above {MOST_WORK // 10**9}·10⁹ products, about 2 s."
)


def build_check_button() -> html.Button:
    """The button that opens the dialog and runs the check."""
    return html.Button(
        "Check ∇",
        id=ids.CHECK,
        type="button",
        title="Check the gradient of this step against a numerical one",
        className="quiet",
    )


def build_check() -> html.Dialog:
    """The dialog: the verdict, its reason, every parameter on demand."""
    head = ["parameter", "analytic", "numerical", "relative error"]
    table = html.Table(
        [
            html.Thead(html.Tr([html.Th(name, scope="col") for name in head])),
            html.Tbody(id=ids.CHECK_ROWS),
        ]
    )
    every = [
        html.Summary("Every parameter", id=ids.CHECK_COUNT),
        html.Div(table, className="check-table", tabIndex=0),
        html.Button("Save all as CSV", id=ids.CHECK_SAVE, type="button", className="quiet"),
    ]
    return html.Dialog(
        [
            html.H2("Gradient check"),
            html.P(id=ids.CHECK_VERDICT, role="status"),
            html.P(id=ids.CHECK_KINKS),
            html.Small(REASON),
            html.Details(every, id=ids.CHECK_EVERY, hidden=True),
            html.Form(html.Button("Close"), method="dialog"),
        ],
        id=ids.CHECK_DIALOG,
        className="panel-dialog check",
    )
