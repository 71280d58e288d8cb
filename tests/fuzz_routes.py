"""Every route asked what no page asks: real questions, bent in every way that comes to mind.

    python -m tests.fuzz_routes 10000 [seed]

Says how many answers had which status, how long the slowest took and what memory was gained; ends
with status 1 where one was 5xx, left a traceback in the log, or was not ended at the time limit.
"""

import io
import json
import logging
import random
import sys
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psutil
from flask.testing import FlaskClient

from app import create_app
from components import ids
from components.requests.routes import ROUTES, TRAIN
from components.serving.settings import Settings

__all__ = ["Seen", "fuzz", "seeds"]

TEXTS = (
    *("", " ", "\0", "3-3-2", "-1", "1e999", "nan", "Infinity", "0x10", "１２", "９-９", "٣"),
    *("\ud800", "\udfff\ud800", "‮3-3", "<img src=x onerror=alert(1)>", "'; drop table x"),
    *("__proto__", "constructor", "__class__", "../../etc/passwd", "%00", "a" * 10_000),
    *("9" * 5000, "1," * 5000, "-" * 3000, "[1 2]" + " " * 500 + "!", "relu", "softmax", "all"),
)
NUMBERS = (0, -1, 1, 2**31, 2**53 + 1, 10**30, 0.5, -0.0, 1e308, 5e-324)
VALUES = (None, True, False, [], {}, [[]], [None], {"a": 1}, {"": {"": []}})
METHODS = ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "X" * 40)
KINDS = ("text/plain", "", "application/json; charset=utf-16", "multipart/form-data", "\xff")
SALT = "0123456789abcdef" * 2
# Seconds from the end of a question to its answer on a busy machine.
ENDING = 1.0
RAW = ('{"a":NaN}', "1e999", "[" * 5000, '{"a":' * 3000, '{"fields":{},"fields":[]}', '"\\ud800"')


@dataclass
class Seen:
    """What the answers were: how many of each status, the slowest, what went wrong."""

    statuses: Counter[int] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    wrong: list[str] = field(default_factory=list)
    gained: float = 0.0


def seeds(client: FlaskClient) -> dict[str, dict[str, Any]]:
    """A real question of each route."""
    fields = {ids.LAYER_SIZES: "3-4-2", ids.SAMPLE_X: "1, 0.5, -0.5", ids.SAMPLE_Y: "1, 0"}
    stage = {"fields": fields, "changed": ids.LAYER_SIZES, "iteration": 3}
    file = client.post("/weights/write", json={**stage, "format": "npz"}).json
    assert file is not None
    text = "x1,x2,y\n0,0,a\n0,1,b\n1,0,b\n1,1,a\n"
    own = client.post("/data/read", json={"text": text, "use": True, "salt": SALT}).json
    assert own is not None
    example = client.post("/example/file", json={"fields": fields}).json
    assert example is not None
    mine = {ids.DATASET: "own", ids.LAYER_SIZES: "2-3-1"}
    return {
        "/pass": {**stage, "focus": {"mode": "one", "layer": 2, "neuron": 1, "sample": 1}},
        "/check": stage,
        "/export": {**stage, "format": "markdown", "solutions": True, "digits": 4},
        "/amend": {**stage, "symbol": "w", "layer": 2, "row": 1, "col": 1, "text": "0.5"},
        "/data": {"fields": mine, "own": own["own"]},
        "/data/read": {"text": text, "separator": "comma", "header": True, "roles": None},
        "/data/add": {
            "fields": {ids.DATASET: "moons"},
            "point": [0.5, 0.5],
            "label": 1,
            "salt": SALT,
        },
        "/weights/write": {**stage, "format": "safetensors"},
        "/weights/read": {**stage, "name": "a.npz", "content": file["content"]},
        "/derivation": {"fields": fields},
        "/lessons": {"language": "zh"},
        "/lesson": {"name": "01-neuron", "language": "en"},
        "/qr": {"text": "https://example.org/#place=1.AbCd"},
        "/example": {"name": "mazur-2015", "whole": False},
        "/example/read": {"text": example["text"], "whole": False},
        "/example/file": stage,
        TRAIN: {"fields": mine, "own": own["own"], "batches": 3, "views": ["layers"]},
    }


def _any(rng: random.Random) -> Any:
    return rng.choice(rng.choice((TEXTS, NUMBERS, VALUES)))


def _bent(rng: random.Random, value: Any, depth: int = 0) -> Any:
    """The same with one part changed, removed, added or nested."""
    if isinstance(value, dict) and value and depth < 6 and rng.random() < 0.9:
        key, bent = rng.choice(list(value)), dict(value)
        what = rng.random()
        if what < 0.1:
            del bent[key]
        elif what < 0.2:
            bent[rng.choice(TEXTS)] = _any(rng)
        else:
            bent[key] = _bent(rng, value[key], depth + 1)
        return bent
    if isinstance(value, list) and value and rng.random() < 0.5:
        return [_bent(rng, part, depth + 1) if rng.random() < 0.5 else part for part in value]
    if isinstance(value, str) and value and rng.random() < 0.6:
        return _bent_text(rng, value)
    return [value] * rng.choice((1, 500)) if rng.random() < 0.1 else _any(rng)


def _bent_text(rng: random.Random, text: str) -> str:
    at, end = sorted(rng.randrange(len(text) + 1) for _ in range(2))
    return rng.choice(
        (
            text[:at] + text[end:],
            text[:at] + rng.choice(TEXTS)[:200] + text[at:],
            text[:at] + text[at:end] * rng.choice((2, 50)) + text[end:],
            text + text[::-1],
            b64encode(rng.randbytes(rng.randrange(300))).decode(),
        )
    )[:200_000]


def _written(rng: random.Random, body: Any) -> bytes:
    """The bytes of a body, now and then none that a JSON writer makes."""
    text = json.dumps(body)
    what = rng.random()
    if what < 0.9:
        return text.encode()
    if what < 0.92:
        return text[: rng.randrange(len(text))].encode()
    if what < 0.94:
        return rng.choice((text.encode("utf-16"), b"\xef\xbb\xbf" + text.encode(), b"\xff\xfe"))
    if what < 0.97:
        raw = bytearray(text.encode())
        raw[rng.randrange(len(raw))] = rng.randrange(256)
        return bytes(raw)
    return rng.choice((rng.choice(RAW), text.replace("0.5", "1e999"), text + text)).encode()


def fuzz(count: int, seed: int = 1, say: Callable[[str], object] = lambda _: None) -> Seen:
    """Ask so many bent questions of all routes and tell what the answers were."""
    rng, seen, log = random.Random(seed), Seen(), io.StringIO()
    server = create_app(Settings()).server
    handler = logging.StreamHandler(log)
    server.logger.addHandler(handler)
    client, process = server.test_client(), psutil.Process()
    real = seeds(client)
    assert set(real) == {*ROUTES, TRAIN}
    for path, body in real.items():
        answer = client.post(path, json=body).json
        assert answer and not {"error", "refused", "missing"} & set(answer), (path, answer)
    before = process.memory_info().rss
    for number in range(count):
        path = rng.choice(list(real))
        body = real[path]
        for _ in range(rng.choice((1, 1, 1, 1, 2, 4))):
            body = _bent(rng, body)
        raw = _written(rng, body)
        method = "POST" if rng.random() < 0.97 else rng.choice(METHODS)
        kind = "application/json" if rng.random() < 0.97 else rng.choice(KINDS)
        began = time.monotonic()
        answer = client.open(path, method=method, data=raw, content_type=kind)
        took = time.monotonic() - began
        seen.statuses[answer.status_code] += 1
        seen.slowest = max(seen.slowest, (took, f"{path} {raw[:200]!r}"))
        if answer.status_code >= 500 or "Traceback" in log.getvalue():
            seen.wrong.append(
                f"{answer.status_code} {method} {path} {raw[:500]!r} {log.getvalue()}"
            )
            log.seek(0)
            log.truncate()
        if (number + 1) % 1000 == 0:
            say(f"{number + 1}: {dict(seen.statuses)}")
    server.logger.removeHandler(handler)
    seen.gained = (process.memory_info().rss - before) / 1e6
    return seen


def main() -> None:
    count, seed = (int(word) for word in [*sys.argv[1:], "1000", "1"][:2])
    seen = fuzz(count, seed, print)
    for wrong in seen.wrong:
        print(wrong)
    took, what = seen.slowest
    print(f"{count:,} questions: {dict(seen.statuses)}, {len(seen.wrong)} wrong")
    print(f"slowest {took:.2f} s: {what}")
    print(f"memory gained {seen.gained:.0f} MB")
    sys.exit(bool(seen.wrong) or took > Settings().time_limit + ENDING)


if __name__ == "__main__":
    main()
