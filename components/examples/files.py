"""Worked examples as JSON files, each a list: the published ones, and a person's own."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson

import engine
from components.config.texts import Config
from components.examples.comparison import Example, exact_values, flattened
from components.examples.reading import read_example
from components.examples.values import ExampleError
from components.json_reading import JsonError, read_json
from components.messages import DEFAULT, message, render
from components.refusal import refusal
from components.visible import visible

__all__ = ["MOST_EXAMPLES", "published", "read_examples", "read_file", "titles", "write_file"]

PUBLISHED: Final = Path(__file__).parents[2] / "examples" / "worked_examples.json"
MOST_EXAMPLES: Final = 100
MOST_TITLE: Final = 120
MOST_CHARACTERS: Final = 2_000_000
MOST_WEIGHTS_WITH_EXACT: Final = 5_000


def read_examples(text: str) -> list[Any]:
    """What a file's text holds, one example or a list of them, not yet read one by one.

    Raises `ExampleError`.
    """
    if len(text) > MOST_CHARACTERS:
        raise ExampleError(message("refusal.file.large", most=MOST_CHARACTERS // 1_000_000))
    try:
        data = read_json(text)
    except JsonError as error:
        raise ExampleError(refusal(error.told, message("place.unreadable_file"))) from None
    if isinstance(data, dict) and data:
        return [data]
    if not isinstance(data, list) or not 1 <= len(data) <= MOST_EXAMPLES:
        what = message("refusal.file.no_list")
        if isinstance(data, list):
            what = message("refusal.file.list", entries=len(data))
        allowed = message("allowed.examples", most=MOST_EXAMPLES)
        raise ExampleError(refusal(what, allowed=allowed))
    return data


def titles(entries: list[Any]) -> list[str]:
    """The titles of examples, each with its number where it has none that can be shown."""
    named = [entry.get("title") if isinstance(entry, dict) else None for entry in entries]
    return [
        visible(title[:MOST_TITLE]) if isinstance(title, str) and title.strip() else str(i)
        for i, title in enumerate(named, start=1)
    ]


def read_file(text: str, at: int = 0) -> Example:
    """An example of a file's text by its place; `ExampleError` says what is wrong and where."""
    return read_example(read_examples(text)[at])


def _in_any_language(name: str, example: Example) -> Example:
    """The same with the words of its file, which are English, as messages."""
    errata = count(1)
    printed = tuple(
        replace(entry, why=message(f"published.{name}.erratum.{next(errata)}"))
        if entry.why
        else entry
        for entry in example.printed
    )
    title, source = message(f"published.{name}.title"), message(f"published.{name}.source")
    return replace(example, title=title, source=source, printed=printed)


@lru_cache(maxsize=1)
def published() -> Mapping[str, Example]:
    """The published examples by their names, with words in every language."""
    files = orjson.loads(PUBLISHED.read_bytes())
    return {data["id"]: _in_any_language(data["id"], read_example(data)) for data in files}


def write_file(config: Config, net: engine.Network, language: str = DEFAULT) -> str:
    """The text of a file with what is on the stage as its one example, exact values included.

    They are left out where they overflow and for more than 5,000 weights.
    """
    x, y = config.columns()
    sizes = "-".join(str(n) for n in net.sizes)
    rate, biases = config.learning_rate, config.update_biases
    called = message(
        "example.own.title", sizes=sizes, activations=list(dict.fromkeys(net.activations))
    )
    title, source = render(called, language), render(message("example.own.source"), language)
    example = Example(title, source, net, x, y, rate, biases, (), {})
    small = sum(array.size for array in net.w.values()) <= MOST_WEIGHTS_WITH_EXACT
    data = {
        "id": f"own-{sizes}",
        "title": title,
        "source": source,
        "activations": list(net.activations),
        "loss": net.loss,
        "learning_rate": rate,
        "biases_updated": biases,
        "w": [array.tolist() for array in net.w.values()],
        "b": [array[:, 0].tolist() for array in net.b.values()],
        "x": config.x[0] if len(config.x) == 1 else config.x,
        "y": config.y[0] if len(config.y) == 1 else config.y,
        "printed": [],
        "exact": _finite_exact(example) if small else {},
    }
    return orjson.dumps([data], option=orjson.OPT_INDENT_2).decode()


def _finite_exact(example: Example) -> dict[str, Any]:
    try:
        exact = exact_values(example)
    except engine.NonFiniteError:
        return {}
    return exact if all(np.isfinite(flattened(value)).all() for value in exact.values()) else {}
