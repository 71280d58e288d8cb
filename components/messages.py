"""What the page says: messages by key with named places, and one catalog of words a language.

A builder gives a `Message`, never a sentence: the wire carries its key and arguments, the browser
writes it in the language in force, and what is written on the server (exports, worksheets) is
rendered here from the same file. Catalogs are JSON as i18next (version 4) has it, which the tools
of translators read: flat keys, places as {{name}}, plurals as key_one, key_other. Which form a
number takes and how a list is joined comes from Unicode's CLDR: here by Babel, there by Intl.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import orjson
from babel import Locale
from babel.lists import format_list

__all__ = [
    "DEFAULT",
    "FOLDER",
    "LANGUAGES",
    "Argument",
    "Message",
    "Told",
    "languages",
    "message",
    "render",
    "require",
]

FOLDER: Final = Path(__file__).parents[1] / "messages"


def languages(folder: Path) -> tuple[str, ...]:
    """The languages of a folder: one for each catalog in it."""
    return tuple(sorted(path.stem for path in folder.glob("*.json")))


LANGUAGES: Final = languages(FOLDER)
DEFAULT: Final = "en"
PLACE: Final = re.compile(r"\{\{(\w{1,40})\}\}", re.ASCII)
# From here on digits are grouped: a year or a number of neurons is read as it is.
GROUPED_FROM: Final = 10_000


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence before it has a language: the key of a catalog and what stands in its places.

    An argument is a text that is shown as it is, a whole number, another message, or a list of
    those. `count` chooses the plural form.
    """

    key: str
    arguments: Mapping[str, "Argument"] = field(default_factory=dict)

    def __str__(self) -> str:
        return render(self)


Argument: TypeAlias = "str | int | Message | Sequence[str | int | Message]"
# What a line of the page says: a list is one sentence after the other.
Told: TypeAlias = "str | Message | Sequence[str | Message]"


def message(key: str, **arguments: Argument) -> Message:
    """The message of a key with its arguments by the name of their place."""
    return Message(key, arguments)


@lru_cache
def catalog(language: str) -> Mapping[str, str]:
    """The words of a language by key; raises ValueError for a language without a file."""
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r}: allowed are {', '.join(LANGUAGES)}.")
    return orjson.loads((FOLDER / f"{language}.json").read_bytes())  # type: ignore[no-any-return]


@lru_cache
def _locale(language: str) -> Locale:
    return Locale.parse(catalog(language)["language.tag"], sep="-")


def require(*keys: str) -> None:
    """Raise KeyError for the first key that the default catalog lacks, with or without plural.

    A table whose rows have words calls it at import, so that a row without words never shows.
    """
    words = catalog(DEFAULT)
    for key in keys:
        if key not in words and f"{key}_other" not in words:
            raise KeyError(f"messages/{DEFAULT}.json has no {key!r}.")


def _number(value: int) -> str:
    return f"{value:,}" if abs(value) >= GROUPED_FROM else str(value)


def _argument(value: Any, language: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Message):
        return render(value, language)
    if isinstance(value, int):
        return _number(value)
    return format_list([_argument(part, language) for part in value], locale=_locale(language))


def _form(told: Message, language: str) -> str:
    words = catalog(language)
    if (text := words.get(told.key)) is not None:
        return text
    count: Any = told.arguments["count"]
    form = _locale(language).plural_form(count)
    return words.get(f"{told.key}_{form}") or words[f"{told.key}_other"]


def render(told: Told, language: str = DEFAULT) -> str:
    """What is told in a language: a text as it is, a list as one sentence after the other.

    Raises KeyError for a key or a place that the message or the catalog lacks.
    """
    if isinstance(told, str):
        return told
    if not isinstance(told, Message):
        said = filter(None, (render(part, language) for part in told))
        return catalog(language)["sentences.between"].join(said)
    return PLACE.sub(
        lambda place: _argument(told.arguments[place[1]], language), _form(told, language)
    )
