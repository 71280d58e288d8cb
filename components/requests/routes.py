"""The routes: which path answers what, and what is said where there is none."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from components.messages import message
from components.refusal import refusal
from components.requests.amend import AMEND, answer_amend
from components.requests.check import answer_check
from components.requests.data import ADD, answer_add, answer_data
from components.requests.derivation import answer_derivation
from components.requests.examples import (
    answer_example,
    answer_example_file,
    answer_example_text,
)
from components.requests.export import EXPORT, answer_export
from components.requests.lessons import LESSON, answer_lesson, answer_lessons
from components.requests.own_table import READ, answer_read
from components.requests.passes import answer_pass
from components.requests.qr import answer_qr
from components.requests.questions import (
    MOST_BYTES,
    Route,
    count_answering,
    question_view,
    write_json,
)
from components.requests.reading import STAGE
from components.requests.train import TURN, through
from components.requests.weights import READ as WEIGHTS_READ
from components.requests.weights import WRITE as WEIGHTS_WRITE
from components.requests.weights import answer_weights_read, answer_weights_write
from components.serving.gate import Gate
from components.serving.time_limit import TimeLimit
from components.serving.work_gate import WorkGate

__all__ = ["ROUTES", "TRAIN", "register_routes"]

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
    "/lessons": Route(answer_lessons, ("language",)),
    "/lesson": Route(answer_lesson, LESSON),
    "/qr": Route(answer_qr, ("text",), kept=True),
    # The published ones are few and known; each is computed once, however slow the machine.
    "/example": Route(answer_example, ("name", "whole"), kept=True, limited=False),
    "/example/read": Route(answer_example_text, ("text", "whole", "at")),
    "/example/file": Route(answer_example_file, (*STAGE, "language")),
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


def register_routes(server: Flask, limit: TimeLimit) -> None:
    """Register every route of the page on `server`; `limit` ends what takes too long."""
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
            what = message("refusal.request.callback")
            return write_json({"error": refusal(what, "request")}, 400)
        server.logger.exception("%s %s", request.method, request.path)
        return write_json({"error": message("refusal.server")}, 500)
