"""The README's facts, held against the code."""

import re
from pathlib import Path

import pytest

import engine
from benchmarks import ONE_THREAD, hall, proxy
from components import fields, ids
from components.method_laws import ELSEWHERE, constants
from components.player import KEYS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    section = README.split(f"## {heading}")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line[:1] == "|"]
    return rows[2:]


def test_the_keys_are_those_of_the_page():
    assert [(key.split(), what) for key, what in table("Keys")] == [
        (key.split(), what) for key, what in KEYS
    ]


def test_every_field_is_listed():
    named = [
        name for row in table("What can be set") for name in re.findall(r"`([a-z0-9-]+)`", row[0])
    ]
    assert sorted(named) == sorted(ids.FIELDS)


@pytest.mark.parametrize("row", table("What can be set"), ids=lambda row: row[0])
def test_choices_are_the_fields_choices(row):
    for name in re.findall(r"`([a-z0-9-]+)`", row[0]):
        for choice in fields.FIELDS[name].choices or {}:
            assert choice in row[1]


def test_the_laws_are_those_of_the_engine_and_of_the_page():
    rows = table("Optimisers and first weights")
    first = [row for row in rows if row[0] in engine.OPTIMISERS]
    assert first == [
        [name, rule.formula, constants(rule.formula) or "–", ELSEWHERE.get(name, "–")]
        for name, rule in engine.OPTIMISERS.items()
    ]
    assert [row for row in rows if row[0] in engine.INITIALISATIONS] == [
        [name, law.formula] for name, law in engine.INITIALISATIONS.items()
    ]


def test_limits_are_the_engines():
    sizes = dict(table("What can be set"))["`layer-sizes`"]
    assert f"{engine.MIN_LAYERS} to {engine.MAX_LAYERS} layers" in sizes
    assert f"1 to {engine.MAX_NEURONS} neurons" in sizes
    assert f"{engine.MAX_WEIGHTS:,} weights" in sizes
    assert dict(table("What can be set"))["`seed`"] == f"0 to {engine.MAX_SEED}"


def test_the_activations_losses_and_inits_are_the_engines():
    for name in [*engine.ACTIVATIONS, *engine.LOSSES, *engine.INITIALISATIONS]:
        assert name in README


def test_the_example_runs_and_prints_what_it_says(capsys):
    code = README.split("```python\n")[1].split("```")[0]
    exec(code, {})
    assert capsys.readouterr().out.startswith(
        re.search(r"# ([\d.]+)…", code)[1]  # type: ignore[index]
    )


def test_what_is_named_exists():
    for folder in re.findall(r"^\| `([a-z]+/)` \|", README, re.MULTILINE):
        assert (ROOT / folder).is_dir()
    for target in re.findall(r"\]\(([^):]+)\)", README):
        assert (ROOT / target).is_file()
    makefile = (ROOT / "Makefile").read_text()
    for rule in re.findall(r"`?make (\w+)", README):
        assert re.search(rf"^{rule}:", makefile, re.MULTILINE)


def test_hosting_is_what_the_benchmark_runs():
    section = README.split("## Hosting")[1].split("\n## ")[0]
    commands = section.split("```sh\n")[1].split("```")[0]
    ports = re.findall(r"PORT=(\d+) \.venv/bin/python serve\.py", commands)
    assert hall.WAITRESS.endswith("serve.py")
    for name, value in re.findall(r"(\w+_NUM_THREADS)=(\d+)", commands):
        assert name in ONE_THREAD and value == "1"
    assert "deploy/nginx.conf" in commands and proxy.SITE == ROOT / "deploy/nginx.conf"
    site = proxy.SITE.read_text(encoding="utf-8")
    assert re.findall(r"^ *server 127\.0\.0\.1:(\d+) ", site, re.MULTILINE) == ports
    assert re.findall(r"^ *listen (\d+) ", site, re.MULTILINE) == re.findall(
        r"at port (\d+)", section
    )
