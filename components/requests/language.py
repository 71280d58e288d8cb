"""The language in which a request wants what is written on the server."""

from collections.abc import Mapping
from typing import Any

from components.messages import DEFAULT, LANGUAGES
from components.requests.reading import refuse

__all__ = ["read_language"]


def read_language(body: Mapping[str, Any]) -> str:
    """The language of a request, English where it names none; `RequestError` for one without words.

    Allowed are the names of the catalogs.
    """
    language = body.get("language", DEFAULT)
    if not isinstance(language, str) or language not in LANGUAGES:
        raise refuse("language", language, ", ".join(LANGUAGES))
    return language
