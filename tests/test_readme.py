"""The README's facts, held against the code."""

import re
from pathlib import Path

import pytest

import engine
import serve
from app import create_app
from benchmarks import ONE_THREAD, hall, proxy
from components import ids
from components.config import fields
from components.config.method_laws import ELSEWHERE, constants
from components.delivery.folder import cache_folder
from components.messages import message
from components.page.player import KEYS
from components.requests import questions
from components.serving import policy, settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    section = README.split(f"## {heading}")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line[:1] == "|"]
    return rows[2:]


def test_the_keys_are_those_of_the_page():
    assert [(key.split(), what) for key, what in table("Keys")] == [
        (str(message(f"keys.{key}.press")).split(), str(message(f"keys.{key}"))) for key in KEYS
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
        [name, rule.formula, constants(rule.formula) or "–", str(ELSEWHERE.get(name, "–"))]
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


def test_the_example_for_a_notebook_learns_xor():
    stage: dict = {}
    for code in README.split("```python\n")[1:]:
        exec(code.split("```")[0], stage)
    assert stage["J"][-1] < stage["J"][0] / 20


def test_what_is_named_exists():
    for folder in re.findall(r"^\| `([a-z]+/)` \|", README, re.MULTILINE):
        assert (ROOT / folder).is_dir()
    for target in re.findall(r"\]\(([^):]+)\)", README):
        assert (ROOT / target).is_file()
    makefile = (ROOT / "Makefile").read_text()
    for rule in re.findall(r"`?make (\w+)", README):
        assert re.search(rf"^{rule}:", makefile, re.MULTILINE)


HOSTING = README.split("## Hosting")[1].split("\n## ")[0]


def test_every_setting_is_listed_with_its_default():
    listed = {row[0].strip("`"): row[1].strip() for row in table("Hosting")}
    assert list(listed) == [*settings.NAMES, "XDG_CACHE_HOME"]
    found = settings.read_settings(
        {name: "" if text == "none" else text for name, text in listed.items()}
    )
    assert found == settings.Settings()
    for name, row in zip(listed, table("Hosting"), strict=True):
        for example in re.findall(r"`([^`]+)`", row[2]):
            settings.read_settings({name: example})


def test_the_limits_of_hosting_are_the_codes(monkeypatch):
    rows = {row[0].strip("`"): row[2] for row in table("Hosting")}
    limits = f"from {settings.SHORTEST_LIMIT} to {settings.LONGEST_LIMIT}"
    assert limits in rows["TIME_LIMIT"] and f"to {settings.LAST_PORT}" in rows["PORT"]
    size = f"{questions.MOST_BYTES // 2**20} MB"
    assert f"{size} a request" in HOSTING and f"larger than {size}" in SECURITY
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert str(cache_folder()) == "/somewhere/deltaflow"


def test_the_proxy_takes_what_the_application_takes_and_tries_nothing_slow_twice():
    site = proxy.SITE.read_text(encoding="utf-8")
    assert f"client_max_body_size {questions.MOST_BYTES // 2**20}m;" in site
    asked = site.split("location / {")[1].split("}")[0]
    again = re.search(r"proxy_next_upstream ([^;]+);", asked)
    assert again and "timeout" not in again[1].split() and "non_idempotent" in again[1].split()
    seconds = {name: int(n) for name, n in re.findall(r"^ *(\w+) (\d+)s;", site, re.MULTILINE)}
    assert seconds["proxy_read_timeout"] > settings.Settings().time_limit
    upstream = site.split("upstream")[1].split("}")[0]
    kept = re.search(r"keepalive_timeout (\d+)s;", upstream)
    assert kept and int(kept[1]) < serve.SETTINGS["channel_timeout"]


def test_the_longest_link_is_the_pages():
    module = (ROOT / "assets/core/place.js").read_text(encoding="utf-8")
    most = int(re.search(r"MOST_LETTERS = (\d+);", module)[1])  # type: ignore[index]
    assert f"more than {most:,} letters" in README


def test_what_accessibility_names_is_there_and_no_criterion_stands_twice():
    text = (ROOT / "ACCESSIBILITY.md").read_text(encoding="utf-8")
    for path in set(re.findall(r"`(tests/[\w/.]+)`", text)):
        assert (ROOT / path).is_file(), path
    tried = (ROOT / "tests/browser/test_axe.py").read_text(encoding="utf-8")
    assert "26 states" in text and "assert len(STATES | RUNNING) == 26" in tried
    named = re.findall(r"\b\d\.\d\.\d+\b", text)
    assert len(named) == len(set(named))


def test_what_security_names_is_there():
    for name in re.findall(r"`([A-Z]+_[A-Z]+)`", SECURITY):
        assert name in settings.NAMES
    for path in re.findall(r"`([a-z]+/[a-z_.]+)`", SECURITY):
        assert (ROOT / path).is_file()
    assert "frame-ancestors 'self'" in policy.policy(settings.Settings())
    assert "Set-Cookie" not in create_app().server.test_client().get("/").headers


def test_hosting_is_what_the_benchmark_runs():
    section = HOSTING
    commands = section.split("```sh\n")[1].split("```")[0]
    ports = re.findall(r"PORT=(\d+) \.venv/bin/python serve\.py", commands)
    assert hall.WAITRESS.endswith("serve.py")
    for name, value in re.findall(r"(\w+_NUM_THREADS)=(\d+)", commands):
        assert name in ONE_THREAD and value == "1"
    assert "deploy/nginx.conf" in commands and proxy.SITE == ROOT / "deploy/nginx.conf"
    site = proxy.SITE.read_text(encoding="utf-8")
    for servers in re.findall(r"^upstream [^}]*", site, re.MULTILINE):
        assert re.findall(r"^ *server 127\.0\.0\.1:(\d+) ", servers, re.MULTILINE) == ports
    assert re.findall(r"^ *listen (\d+) ", site, re.MULTILINE) == re.findall(
        r"at port (\d+)", section
    )
