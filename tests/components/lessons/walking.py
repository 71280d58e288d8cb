"""The stations of the lessons, each with the pass that the page shows there."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from components.config.texts import make_network, read_config
from components.lessons.files import LESSONS, built_in
from components.lessons.lesson import Station
from components.messages import LANGUAGES
from components.requests.passes import answer_pass
from components.requests.train import answer_turn
from components.wire import write_weights

__all__ = ["Stop", "position_of", "stops", "texts_of"]

MOST_BATCHES = 2000


@dataclass(frozen=True)
class Stop:
    """A station, the answer of its pass, and the metrics of the training before it."""

    lesson: str
    number: int
    station: Station
    answer: dict[str, Any]
    metrics: dict[str, Any]

    @property
    def built(self) -> dict[str, Any]:
        return self.answer["pass"]

    def at(self, name: str) -> int:
        return position_of(self.built, name)


def position_of(built: dict[str, Any], name: str) -> int:
    """Where a position of this name is, as assets/core/place.js finds it; it has to be there."""
    names = [
        "-".join(str(p[k]) for k in ("kind", "layer", "neuron") if p[k] is not None)
        for p in built["positions"]
    ]
    found = [n for n, one in enumerate(names) if one == name or one.split("-")[0] == name]
    assert found, (name, names)
    return found[0]


@cache
def _trained(fields: tuple[tuple[str, str], ...], batches: int) -> dict[str, Any]:
    config, _ = read_config(dict(fields))
    net = make_network(config)
    given = {"weights": write_weights(net.w, net.b), "iteration": 0}
    asked = {"batch": 0, "state": None, "views": []}
    answer: dict[str, Any] = {**given, **asked, "metrics": {}}
    while answer["batch"] < batches:
        now = {name: answer[name] for name in ("weights", "iteration", "batch", "state")}
        more = min(MOST_BATCHES, batches - answer["batch"])
        answer = answer_turn({"fields": dict(fields), **now, "batches": more})
        assert answer["stopped"] is None
    return answer


def _stop(lesson: str, number: int, station: Station) -> Stop:
    place = station.place
    fields = dict(place.fields)
    assert read_config(fields)[1] == [], (lesson, station.title)
    body: dict[str, Any] = {"fields": fields, "focus": {"neuron": 1, **place.focus}}
    metrics = {}
    if place.batches:
        done = _trained(tuple(fields.items()), place.batches)
        metrics = done["metrics"]
        body |= {"weights": done["weights"], "iteration": done["iteration"]}
    answer = answer_pass(body)
    assert answer["notices"] == []
    return Stop(lesson, number, station, answer, metrics)


@cache
def stops(language: str = "en") -> tuple[Stop, ...]:
    """Every station of every lesson in its order."""
    assert language in LANGUAGES
    return tuple(
        _stop(name, number, station)
        for name in LESSONS
        for number, station in enumerate(built_in(name, language).stations)
    )


def texts_of(stop: Stop) -> list[tuple[str, str, int]]:
    """All that a station says, as (kind, text, position whose numbers it has)."""
    station = stop.station
    first, last = stop.at(station.place.at), stop.at(station.place.to)
    found: list[tuple[str, str, int]] = [("text", station.title, first)]

    def add(blocks: Any, position: int) -> None:
        for block in blocks:
            if "tex" in block:
                found.append(("tex", block["tex"], position))
            for pieces in block.get("items", [block.get("text", [])]):
                found.extend((kind, text, position) for kind, text in pieces)

    add(station.blocks, first)
    add([{"text": note} for note in station.notes], first)
    if station.question:
        add([{"text": part} for part in (station.question.ask, *station.question.choices)], first)
        add(station.question.answer, last)
    return found
