"""The document that is answered: the page as HTML, its data as JSON, and Dash's own scripts.

Dash fills in its part. Its scripts stand in a template, where a browser neither loads nor runs
them: they are taken out of it when the first plot has something to show.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import orjson

from components import ids, messages
from components.config.fields import FIELDS
from components.messages import message, render
from components.page import compare_ids
from components.page.compare import write_choices
from components.page.figures import build_curve_figure, build_loss_figure
from components.page.layout import build_page
from components.page.markup import write_markup
from components.page.words import sent

__all__ = ["Addresses", "build_index"]

# Dash's own page has no language, and an icon that is not ours.
_INDEX: Final = """<!DOCTYPE html>
<html lang="en">
<head>
{%metas%}
<title>{%title%}</title>
<link rel="icon" type="image/svg+xml" href="assets/icon.svg">
{%css%}
{head}
</head>
<body>
<noscript>
{scriptless}
</noscript>
{page}
{data}
<footer hidden>
{%app_entry%}
{%config%}
<template id="{scripts}">
{%scripts%}
{%renderer%}
</template>
</footer>
</body>
</html>"""


@dataclass(frozen=True)
class Addresses:
    """Where the browser finds what it asks for by itself, as absolute paths.

    `mathjax` are the attributes of a link: its address as `href`, and how it is run.
    """

    script: str
    catalogs: Mapping[str, str]
    later: str
    plotly: str
    mathjax: Mapping[str, str]


def _link(**attributes: str) -> str:
    written = (f'{name}="{escape(value)}"' for name, value in attributes.items())
    return f"<link {' '.join(written)}>"


def _head(addresses: Addresses) -> str:
    """Our script, and links to what it will ask for: a browser follows none of them by itself."""
    script = f'<script src="{escape(addresses.script)}" defer></script>'
    catalogs = (
        _link(rel="alternate", type="application/json", hreflang=language, href=address)
        for language, address in addresses.catalogs.items()
    )
    later = {
        ids.LATER_SCRIPT: {"href": addresses.later},
        ids.PLOTLY_SCRIPT: {"href": addresses.plotly},
        ids.MATHJAX_SCRIPT: addresses.mathjax,
    }
    scripts = (
        _link(rel="alternate", type="text/javascript", id=name, **attributes)
        for name, attributes in later.items()
    )
    return "\n".join((script, *catalogs, *scripts))


def _scriptless() -> str:
    """What is said where no script runs, which could choose a language: in every language."""
    told = message("opening.scriptless")
    said = (
        (render(message("language.tag"), name), render(told, name)) for name in messages.LANGUAGES
    )
    return "\n".join(f'<p class="noscript" lang="{tag}">{text}</p>' for tag, text in said)


def _data(name: str, value: Any) -> str:
    """Data of the page; within a script only `<` could be read as anything else."""
    written = orjson.dumps(value).decode().replace("<", "\\u003c")
    return f'<script id="{name}" type="application/json">{written}</script>'


def _defaults(version: str) -> dict[str, Any]:
    figures = {
        "loss": build_loss_figure(),
        "curves": build_curve_figure("J"),
        "layers": build_curve_figure(""),
    }
    fields = {name: field.default for name, field in FIELDS.items()}
    return {"fields": fields, "version": version, "figures": sent(figures)}


def build_index(addresses: Addresses, version: str = "") -> str:
    """The document that Dash fills in.

    `version` is that of the program: answers of another one say that the server was updated.
    """
    parts = {
        "{head}": _head(addresses),
        "{scriptless}": _scriptless(),
        "{scripts}": ids.FRAME_SCRIPTS,
        "{page}": write_markup(build_page(), held=True),
        "{data}": "\n".join(
            (
                _data(ids.DEFAULTS, _defaults(version)),
                _data(compare_ids.COMPARE_CHOICES, write_choices()),
            )
        ),
    }
    index = _INDEX
    for place, part in parts.items():
        index = index.replace(place, part)
    return index
