"""What connects the page: browser functions to elements, and the routes to the builders."""

from collections.abc import Mapping
from typing import Any, Final

from dash import ClientsideFunction, Dash, Input, Output
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from components import ids
from components.amending import AMEND, answer_amend
from components.check import answer_check
from components.data_answers import ADD, READ, answer_add, answer_data, answer_read
from components.derivation import answer_derivation
from components.example_answers import (
    answer_example,
    answer_example_file,
    answer_example_text,
)
from components.exchange import STAGE, answer_pass
from components.export import EXPORT, answer_export
from components.gate import Gate
from components.questions import MOST_BYTES, Route, count_answering, question_view, write_json
from components.time_limit import TimeLimit
from components.turns import TURN, through
from components.weight_answers import READ as WEIGHTS_READ
from components.weight_answers import WRITE as WEIGHTS_WRITE
from components.weight_answers import answer_weights_read, answer_weights_write
from components.work_gate import WorkGate

__all__ = ["register"]


TRAIN: Final = "/train"

# Each route answers a JSON object with a JSON object; it names the keys that it knows.
ROUTES: Final[Mapping[str, Route]] = {
    "/pass": Route(answer_pass, (*STAGE, "focus"), kept=True),
    "/check": Route(answer_check, STAGE),
    "/export": Route(answer_export, (*STAGE, *EXPORT)),
    "/amend": Route(answer_amend, (*STAGE, *AMEND)),
    "/data": Route(answer_data, STAGE),
    "/data/read": Route(answer_read, READ),
    "/data/add": Route(answer_add, (*STAGE, *ADD)),
    "/weights/write": Route(answer_weights_write, (*STAGE, *WEIGHTS_WRITE)),
    "/weights/read": Route(answer_weights_read, (*STAGE, *WEIGHTS_READ)),
    "/derivation": Route(answer_derivation, ("fields", "own")),
    "/example": Route(answer_example, ("name", "whole"), kept=True),
    "/example/read": Route(answer_example_text, ("text", "whole")),
    "/example/file": Route(answer_example_file, STAGE),
}


def _plain(error: HTTPException) -> Response:
    """What went wrong with a request for a page or a file, in a sentence."""
    made = error.get_response(request.environ)
    answer = Response(made.get_data(), made.status_code, made.headers)
    if answer.status_code >= 400:
        sentence = "There is nothing at this address." if error.code == 404 else error.description
        answer.set_data(sentence or error.name)
        answer.mimetype = "text/plain"
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _register_routes(server: Flask, limit: TimeLimit) -> None:
    server.config["MAX_CONTENT_LENGTH"] = MOST_BYTES

    @server.get("/health")
    def health() -> Response:
        return Response("OK", mimetype="text/plain")

    @server.get("/favicon.ico")
    def icon() -> Response:
        # The page links its own; this is asked for /health and for what is refused.
        return Response(status=204)

    turns, work = Gate(), WorkGate()
    count_answering(server, turns, but=TRAIN)
    routes = {**ROUTES, TRAIN: Route(through(turns, limit), (*STAGE, *TURN), turns=True)}
    for path, route in routes.items():
        view = question_view(path, route, work, limit)
        server.add_url_rule(path, path, view, methods=["POST"])

    @server.errorhandler(Exception)
    def refuse(error: Exception) -> Any:
        if isinstance(error, HTTPException):
            return _plain(error)
        if request.path.endswith("/_dash-update-component"):
            # Every callback of ours runs in the browser: such a call is not one the page makes.
            return write_json({"error": "request: no such callback."}, 400)
        server.logger.exception("%s %s", request.method, request.path)
        return write_json({"error": "The server could not answer; its log says why."}, 500)


def _register_browser(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("deltaflow", "open"),
        Output(ids.PAGE, "lang"),
        Input(ids.DEFAULTS, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("deltaflowCompare", "take"),
        Output(ids.COMPARE_DIALOG, "lang"),
        Input(ids.COMPARE_CHOICES, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("deltaflow", "edit"),
        Output(ids.CONTROLS, "lang"),
        [Input(name, "value") for name in ids.FIELDS],
        prevent_initial_call=True,
    )
    # MathJax and plotly.js, two thirds of all bytes, are asked for when the first picture stands.
    for place, bring in (
        (ids.MATHJAX, "bringMathJax"),
        (ids.LOSS_PLOT, "bringLossPlot"),
        (ids.COMPARE_PLOT, "bringComparePlot"),
    ):
        app.clientside_callback(
            ClientsideFunction("deltaflow", bring),
            Output(place, "children"),
            Input(ids.DEFAULTS, "data"),
        )
    app.clientside_callback(
        ClientsideFunction("deltaflow", "scaleLoss"),
        Output(ids.LOSS_PLOT, "className"),
        Input(ids.LOSS_LOG, "value"),
        Input(ids.LOSS_SMOOTH, "value"),
        Input(ids.LOSS_KIND, "value"),
        prevent_initial_call=True,
    )


def register(app: Dash, time_limit: float) -> None:
    """Register all routes and callbacks of the page on `app`; `time_limit` in seconds."""
    _register_routes(app.server, TimeLimit(time_limit))
    _register_browser(app)
