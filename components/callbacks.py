"""What connects the page: browser functions to elements, and the routes to the builders."""

from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any, Final

import orjson
from dash import ClientsideFunction, Dash, Input, Output
from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from components import ids
from components.amending import AMEND, answer_amend
from components.answers import KeptAnswers
from components.check import answer_check
from components.data_answers import ADD, READ, answer_add, answer_data, answer_read
from components.derivation import answer_derivation
from components.example_answers import (
    answer_example,
    answer_example_file,
    answer_example_text,
)
from components.exchange import STAGE, RequestError, answer_pass, read_body
from components.export import EXPORT, answer_export
from components.fields import FieldError
from components.gate import Gate
from components.own_data import MissingDataError
from components.turns import TURN, through
from components.weight_answers import READ as WEIGHTS_READ
from components.weight_answers import WRITE as WEIGHTS_WRITE
from components.weight_answers import answer_weights_read, answer_weights_write

__all__ = ["register"]


# Own data at their largest, as base64, with weights and the state of an optimiser.
MOST_BYTES: Final = 16 * 2**20
KEPT_BYTES: Final = 8 * 2**20
TRAIN: Final = "/train"

# Each route answers a JSON object with a JSON object; it names the keys that it knows.
ROUTES: Final[Mapping[str, tuple[Callable[[dict[str, Any]], Any], tuple[str, ...]]]] = {
    "/pass": (answer_pass, (*STAGE, "focus")),
    "/check": (answer_check, STAGE),
    "/export": (answer_export, (*STAGE, *EXPORT)),
    "/amend": (answer_amend, (*STAGE, *AMEND)),
    "/data": (answer_data, STAGE),
    "/data/read": (answer_read, READ),
    "/data/add": (answer_add, (*STAGE, *ADD)),
    "/weights/write": (answer_weights_write, (*STAGE, *WEIGHTS_WRITE)),
    "/weights/read": (answer_weights_read, (*STAGE, *WEIGHTS_READ)),
    "/derivation": (answer_derivation, ("fields", "own")),
    "/example": (answer_example, ("name", "whole")),
    "/example/read": (answer_example_text, ("text", "whole")),
    "/example/file": (answer_example_file, STAGE),
}


def _json(content: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(content), status, mimetype="application/json")


def _route(
    answer: Callable[[dict[str, Any]], Any], known: tuple[str, ...], kept: KeptAnswers | None
) -> Callable[[], Response]:
    """A view that answers typed text with 200 and what is wrong with it, a bad request with 400."""

    def make(raw: bytes) -> bytes:
        return orjson.dumps(answer(read_body(raw, known)))

    def view() -> Response:
        began = perf_counter()
        try:
            raw = request.get_data()
            content = kept.answer(raw, make) if kept else make(raw)
            took = 1000 * (perf_counter() - began)
            timing = {"Server-Timing": f"answer;dur={took:.2f}"}
            return Response(content, mimetype="application/json", headers=timing)
        except FieldError as error:
            return _json({"refused": {"field": error.field, "text": str(error)}})
        except MissingDataError as error:
            return _json({"missing": error.name})
        except RequestError as error:
            return _json({"error": str(error)}, 400)
        except RequestEntityTooLarge:
            most = f"{MOST_BYTES // 2**20} MB"
            return _json({"error": f"request: it is larger than {most}, the most allowed."}, 413)

    return view


def _watch(server: Flask, gate: Gate) -> None:
    """Tell the gate of every POST that is being answered, but of those that train."""

    @server.before_request
    def enter() -> None:
        if request.method == "POST" and request.path != TRAIN:
            gate.enter()
            g.counted = True

    @server.teardown_request
    def leave(_: BaseException | None) -> None:
        if g.pop("counted", False):
            gate.leave()


def _register_routes(server: Flask) -> None:
    server.config["MAX_CONTENT_LENGTH"] = MOST_BYTES

    @server.get("/health")
    def health() -> Response:
        return Response("OK", mimetype="text/plain")

    gate = Gate()
    _watch(server, gate)
    routes = {**ROUTES, TRAIN: (through(gate), (*STAGE, *TURN))}
    for path, (answer, known) in routes.items():
        kept = KeptAnswers(KEPT_BYTES) if path == "/pass" else None
        server.add_url_rule(path, path, _route(answer, known, kept), methods=["POST"])

    @server.errorhandler(Exception)
    def refuse(error: Exception) -> Any:
        if isinstance(error, HTTPException):
            return error
        if request.path.endswith("/_dash-update-component"):
            # Every callback of ours runs in the browser: such a call is not one the page makes.
            return _json({"error": "request: no such callback."}, 400)
        server.logger.exception("%s %s", request.method, request.path)
        return _json({"error": "The server could not answer; its log says why."}, 500)


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


def register(app: Dash) -> None:
    """Register all routes and callbacks of the page on `app`."""
    _register_routes(app.server)
    _register_browser(app)
