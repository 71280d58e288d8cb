"""The page's parts: every id once, the engine's names in the selects, imports one way."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from dash.development.base_component import Component

import engine
from components import ids, place_ids
from components.config.fields import FIELDS
from components.export.formats import FORMATS
from components.messages import message
from components.page import compare_ids, curve_ids
from components.page.index import Addresses, build_index
from components.page.layout import build_frame, build_page

ROOT = Path(__file__).parents[3]
LAYOUT = build_page()
INDEX = build_index(
    Addresses("/own.js", {"en": "/en.json"}, "/later.js", "/plotly.js", {"href": "/mathjax.js"})
)
NAMES = [
    value
    for module in (ids, compare_ids, curve_ids, place_ids)
    for name, value in vars(module).items()
    if name.isupper() and isinstance(value, str)
]
DASH = {"dash", "dash_bootstrap_components", "flask", "plotly", "werkzeug"}
CONTRACT = {
    *("step-forward", "step-backward", "apply-update", "next", "back", "play", "timeline"),
    *("reset", "layer-sizes", "hidden-activation", "output-activation", "loss", "init"),
    *("dataset", "granularity", "learning-rate", "seed", "sample-x", "sample-y", "speed"),
    *("update-biases", "sample", "network", "caption", "formula", "numbers", "loss-plot"),
    "message",
}
SELECTS = {
    ids.HIDDEN_ACTIVATION: [n for n, row in engine.ACTIVATIONS.items() if row.derivative],
    ids.OUTPUT_ACTIVATION: list(engine.ACTIVATIONS),
    ids.LOSS: list(engine.LOSSES),
    ids.INIT: list(engine.INITIALISATIONS),
    ids.GRANULARITY: list(engine.GRANULARITIES),
}


def parts(component: object) -> Iterator[Component]:
    if isinstance(component, list | tuple):
        for child in component:
            yield from parts(child)
    elif isinstance(component, Component):
        yield component
        yield from parts(getattr(component, "children", None))


def part(name: str) -> Component:
    return next(p for p in parts(LAYOUT) if getattr(p, "id", None) == name)


def test_every_id_is_there_exactly_once_and_written_in_one_place():
    framed = [p.id for p in parts(build_frame()) if getattr(p, "id", None) is not None]
    found = Counter([*re.findall(r'\bid="([^"]*)"', INDEX), *framed])
    assert set(found.values()) == {1}
    assert set(found) <= {*NAMES, *map(ids.of_format, FORMATS)}
    assert len(set(NAMES)) == len(NAMES)
    scripts = "".join(path.read_text() for path in (ROOT / "assets").rglob("*.js"))
    for name in set(NAMES) - set(found):
        assert f'id: "{name}"' in scripts, f"{name}: neither the layout nor the browser makes it"
    assert set(found) >= CONTRACT


def test_fields_are_ids():
    assert set(ids.FIELDS) <= set(NAMES)
    assert len(set(ids.FIELDS)) == len(ids.FIELDS)


@pytest.mark.parametrize("name", SELECTS)
def test_a_select_offers_the_engines_names(name):
    assert {option["value"] for option in part(name).options} == set(SELECTS[name])


@pytest.mark.parametrize("name", ids.FIELDS)
def test_a_field_starts_with_its_default_and_has_a_label_that_names_its_limits(name):
    shown = part(name).value
    assert {True: "true", False: "false"}.get(shown, shown) == FIELDS[name].default
    (row,) = [p for p in parts(LAYOUT) if name in (getattr(c, "id", "") for c in inside(p))]
    (label,) = [p for p in parts(row) if getattr(p, "htmlFor", None) == name]
    assert label.children == str(FIELDS[name].label)
    assert row.title.startswith(str(message(f"field.{name}.what")))
    if FIELDS[name].choices is None:
        assert str(FIELDS[name].allowed) in row.title


def inside(component: object) -> list[Component]:
    children = getattr(component, "children", None)
    return children if isinstance(children, list) else []


# Dialogs that explain their fields by words beside them.
SPEAKING = {"own", "paste", "cell", "compare", "check", "close", "share"}


def test_every_control_says_what_it_does():
    silent = []

    def look(component: object, told: bool) -> None:
        if isinstance(component, list | tuple):
            for child in component:
                look(child, told)
        if not isinstance(component, Component):
            return
        kind = type(component).__name__
        # A row of a table is explained by its head.
        told = told or kind == "Tr" or bool(getattr(component, "title", None))
        name = getattr(component, "id", None) or ""
        if kind in ("Button", "Select", "Input", "Switch", "Checkbox") and not told:
            silent.append(name)
        look(getattr(component, "children", None), told)

    look(build_page(), False)
    assert [name for name in silent if name.split("-")[0] not in {*SPEAKING, ""}] == []


def test_callbacks_are_registered_on_the_app_alone():
    for path in (*(ROOT / "components").rglob("*.py"), ROOT / "app.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "dash":
                names = {alias.name for alias in node.names}
                assert not names & {"callback", "clientside_callback"}, path.name
