"""A pass as the browser gets it, read without the page: which number is known where."""

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from components.config.texts import Config, make_network, read_config
from components.formulas.focus import Focus
from components.walk.training_pass import build_pass

__all__ = ["REFERENCE", "array_of", "config_of", "entries", "numbers_in", "pass_of", "read"]

REFERENCE = re.compile(r"⟦([^:⟧]+)(?::([^⟧]*))?⟧")


def config_of(**fields: str) -> Config:
    """The configuration of fields given as layer_sizes="2-2"; no repair may be needed."""
    texts = {name.replace("_", "-"): text for name, text in fields.items()}
    config, said = read_config(texts)
    assert said == []
    return config


def pass_of(config: Config, focus: Focus | None = None) -> dict[str, Any]:
    return build_pass(config, make_network(config), 0, focus)


def entries(built: Mapping[str, Any], symbol: str, layer: int) -> list[dict[str, Any]]:
    return [v for v in built["values"] if v["symbol"] == symbol and v["layer"] == layer]


def array_of(entry: Mapping[str, Any]) -> np.ndarray:
    raw = np.frombuffer(b64decode(entry["data"]), dtype="<f8")
    return raw.reshape(entry["rows"], entry["cols"])


def read(
    built: Mapping[str, Any], position: int, symbol: str, layer: int, row: int, col: int = 1
) -> float | None:
    """One number at a position, or None while it is not known; rows and columns count from 1."""
    if symbol.endswith("_before"):
        first = entries(built, symbol.removesuffix("_before"), layer)[0]
        return float(array_of(first)[row - 1, col - 1])
    for entry in entries(built, symbol, layer):
        start = entry["from"][row - 1] if isinstance(entry["from"], list) else entry["from"]
        if start <= position and (entry["to"] is None or position <= entry["to"]):
            return float(array_of(entry)[row - 1, col - 1])
    return None


def numbers_in(part: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every number, and every None, of nested plain data with its path."""
    if isinstance(part, Mapping):
        for key, value in part.items():
            yield from numbers_in(value, f"{path}.{key}")
    elif isinstance(part, list | tuple):
        for i, value in enumerate(part):
            yield from numbers_in(value, f"{path}[{i}]")
    elif part is None or isinstance(part, float | int):
        yield path, part
