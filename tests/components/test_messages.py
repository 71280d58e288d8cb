"""Messages are rendered on the server as the browser renders them: one list of cases for both."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from components import messages
from components.messages import message, render, require
from tests.english import english, read

CASES = Path(__file__).parents[1] / "messages"
CATALOGS = orjson.loads((CASES / "catalogs.json").read_bytes())


@pytest.mark.parametrize("language", CATALOGS)
@pytest.mark.parametrize("case", orjson.loads((CASES / "cases.json").read_bytes()))
def test_a_message_is_rendered(case: Any, language: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(messages, "catalog", CATALOGS.__getitem__)
    messages._locale.cache_clear()
    assert render(read(case["message"]), language) == case[language]


def test_a_message_travels_as_its_key_and_arguments() -> None:
    told = message("nested", part=[message("plain"), "a", 3])
    wire = {"key": "nested", "arguments": {"part": [{"key": "plain", "arguments": {}}, "a", 3]}}
    assert orjson.loads(orjson.dumps(told)) == wire
    assert read(wire) == told


def test_what_a_catalog_lacks_is_an_error() -> None:
    require("language.name")
    with pytest.raises(KeyError, match=r"no\.such"):
        require("language.name", "no.such")
    with pytest.raises(KeyError):
        render(message("no.such", count=1))
    with pytest.raises(ValueError, match="allowed are en, zh"):
        messages.catalog("tlh")


def test_tests_read_messages_in_english_wherever_they_stand() -> None:
    told = message("language.name")
    answer = {"a": [told, 1], "b": orjson.loads(orjson.dumps(told)), "c": {"key": "x"}}
    assert english(answer) == {"a": ["English", 1], "b": "English", "c": {"key": "x"}}
