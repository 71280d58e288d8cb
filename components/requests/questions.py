"""A question on its way: weighed, let in or sent away, computed within the time limit, answered."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from time import perf_counter
from typing import Any, Final, TypeAlias

import orjson
from flask import Flask, Response, g, request
from werkzeug.exceptions import RequestEntityTooLarge

from components.cache import ContentCache
from components.data.own import MissingDataError
from components.messages import message
from components.refusal import RefusalError, RequestError, refusal
from components.requests.compression import choose_encoding, compress
from components.requests.kept_weights import MissingWeightsError
from components.requests.question_size import QuestionSize, size_of
from components.requests.reading import read_body
from components.requests.train import MOST_BATCHES
from components.serving.gate import Gate
from components.serving.patience import AFTER
from components.serving.time_limit import TimeLimit, TimeLimitError
from components.serving.work_gate import BusyError, Claim, WorkGate

__all__ = ["MOST_BYTES", "Route", "count_answering", "question_view", "write_json"]

Encoded: TypeAlias = tuple[bytes, str | None]

# Own data at their largest, as base64, with weights and the state of an optimiser.
MOST_BYTES: Final = 16 * 2**20
KEPT_BYTES: Final = 8 * 2**20
MOST_KEPT: Final = KEPT_BYTES // 8


@dataclass(frozen=True)
class Route:
    """What answers the JSON object of a request, and the keys that it knows.

    `kept`: whether answers are kept by the bytes of their request; `turns`: whether it has a gate
    and a time limit of its own; `limited`: whether the time limit ends it.
    """

    answer: Callable[[dict[str, Any]], Any]
    known: tuple[str, ...]
    kept: bool = False
    turns: bool = False
    limited: bool = True


def write_json(content: Any, status: int = 200) -> Response:
    """The content as an answer."""
    return Response(orjson.dumps(content), status, mimetype="application/json")


class TooLongError(RefusalError):
    """A question that was ended; what is told is what was too large."""


def _computed(path: str, route: Route, raw: bytes, claim: Claim, limit: TimeLimit) -> bytes:
    body = read_body(raw, route.known)
    size = size_of(path, len(raw), body)
    try:
        if route.turns:
            answer = route.answer(body)
            if "busy" in answer:
                raise BusyError(**answer["busy"])
            return orjson.dumps(answer)
        claim.ask(size.milliseconds)
        if not route.limited:
            return orjson.dumps(route.answer(body))
        return limit.within(lambda: orjson.dumps(route.answer(body)))
    except TimeLimitError as error:
        told = message("refusal.too_long", seconds=f"{error.seconds:g}", question=size.told)
        raise TooLongError(told) from None


def _read(path: str, claim: Claim) -> bytes:
    """The bytes of the request; many of them are read only where there is room for their answer."""
    length = request.content_length or 0
    if length > MOST_BYTES:
        raise RequestEntityTooLarge
    claim.ask(QuestionSize(path, length).milliseconds)
    return request.get_data()


def _refusal(error: Exception) -> Response | None:
    """What is told of a question that cannot be answered: 200 where a person may have asked it."""
    if isinstance(error, BusyError):
        busy = {"after": error.after, "batches": error.batches or MOST_BATCHES}
        answer = write_json({"busy": busy})
        answer.headers[AFTER] = str(error.after)
        return answer
    if isinstance(error, MissingDataError | MissingWeightsError):
        return write_json({"missing": error.name})
    if isinstance(error, RequestError):
        return write_json({"error": error.told}, 400)
    if isinstance(error, RefusalError):
        return write_json({"refused": {"field": error.field, "text": error.told}})
    if isinstance(error, RequestEntityTooLarge):
        what = message("refusal.request.large", most=MOST_BYTES // 2**20)
        return write_json({"error": refusal(what, "request")}, 413)
    return None


def question_view(
    path: str, route: Route, gate: WorkGate, limit: TimeLimit
) -> Callable[[], Response]:
    """A view that answers typed text with 200 and what is wrong with it, a bad request with 400."""
    kept: ContentCache[Encoded] = ContentCache(KEPT_BYTES if route.kept else 0)

    def answer(encoding: str | None) -> Encoded:
        with gate.claim() as claim:
            raw = _read(path, claim)
            key = (encoding, sha256(raw).digest()) if route.kept else None
            if (found := kept.get(key)) is not None:
                return found
            made = compress(_computed(path, route, raw, claim, limit), encoding)
            size = len(made[0])
            # One that alone is large would drop many.
            return kept.put(key, made, size) if size <= MOST_KEPT else made

    def view() -> Response:
        began = perf_counter()
        try:
            content, encoding = answer(choose_encoding(request.accept_encodings))
        except Exception as error:
            if (told := _refusal(error)) is None:
                raise
            return told
        headers = {"Server-Timing": f"answer;dur={1000 * (perf_counter() - began):.2f}"}
        if encoding:
            headers |= {"Content-Encoding": encoding, "Vary": "Accept-Encoding"}
        return Response(content, mimetype="application/json", headers=headers)

    return view


def count_answering(server: Flask, gate: Gate, but: str) -> None:
    """Tell the gate of turns of every POST that is being answered, `but` those that train."""

    @server.before_request
    def enter() -> None:
        if request.method == "POST" and request.path != but:
            gate.enter()
            g.counted = True

    @server.teardown_request
    def leave(_: BaseException | None) -> None:
        if g.pop("counted", False):
            gate.leave()
