"""Parts that the page has many of, each with its words: buttons, lists of choices, switches."""

from collections.abc import Iterable
from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from components.messages import Argument, render
from components.page.words import choice, choices, label, text, title

__all__ = [
    "button",
    "close_form",
    "explained",
    "heading",
    "hidden_label",
    "named_select",
    "options",
    "panel",
    "select",
    "switch",
    "tabs",
]


def button(key: str, name: str, kind: str | None = "quiet", **more: Any) -> html.Button:
    """A button that is called by its key and says in its title what it does."""
    words = {**text(key), **title(f"{key}.title")}
    return html.Button(**words, id=name, type="button", className=kind, **more)


def heading(key: str) -> html.H2:
    """The heading of a part of the page, for those who hear it."""
    return html.H2(**text(key), className="visually-hidden")


def tabs(name: str, called: str, rows: Iterable[tuple[str, str, str]]) -> html.Div:
    """Tabs, the first one chosen: each a key, its id and that of what it shows."""
    made = [
        button(
            key,
            tab,
            "quiet panel-tab",
            role="tab",
            tabIndex=-1 if place else 0,
            **{"aria-selected": str(not place).lower(), "aria-controls": shown},
        )
        for place, (key, tab, shown) in enumerate(rows)
    ]
    return html.Div(made, id=name, className="tabs", role="tablist", **label(called))


def panel(tab: str, name: str) -> dict[str, str]:
    """The properties of what a tab shows, with its id."""
    return {"id": name, "role": "tabpanel", "aria-labelledby": tab}


def close_form() -> html.Form:
    """The button that closes a dialog."""
    return html.Form(html.Button(**text("dialog.close")), method="dialog")


def hidden_label(key: str, name: str) -> html.Label:
    """What a field is called for those who hear the page."""
    return html.Label(**text(key), htmlFor=name, className="visually-hidden")


def explained(key: str, *parts: Any) -> html.Span:
    """Parts that say in their title what they do; they stand as if nothing were around them."""
    return html.Span(list(parts), className="choice", **title(f"{key}.title"))


def options(key: str, values: Iterable[str], **arguments: Argument) -> list[dict[str, str]]:
    """The choices of a list; the element around it says by `choices` how they are called."""
    called = {value: choice(key, value, **arguments) for value in values}
    return [{"label": render(told), "value": value} for value, told in called.items()]


def select(name: str, key: str, values: Iterable[str], value: str) -> html.Span:
    """A list of choices with the words of a key."""
    chosen = dbc.Select(id=name, options=options(key, values), value=value, size="sm")
    return html.Span(chosen, className="choice", **choices(key))


def named_select(
    name: str, called: str, key: str, values: Iterable[str], value: str
) -> list[html.Label | html.Span]:
    """The same after its label, which is heard and not seen; its title says what it does."""
    return [hidden_label(called, name), explained(called, select(name, key, values, value))]


def switch(key: str, name: str, value: bool, kind: type = dbc.Switch) -> html.Span:
    """What is on or off, with the words of a key beside it; its title says what it does."""
    return explained(key, kind(id=name, label=html.Span(**text(key)), value=value))
