"""The page's components as the HTML that a browser draws before any script has run.

Dash's own way is a tree of data that React makes elements of once its scripts have come. All that
the page has are elements that HTML knows by itself, so it goes out as such; those of
dash-bootstrap-components become what that package makes of them: Bootstrap's classes. Whatever
is not known here is an error at the start, never an element that lacks something.
"""

from collections.abc import Callable
from html import escape
from typing import Any, Final

from dash.development.base_component import Component

__all__ = ["write_markup"]

# What differs between Dash's names of properties and HTML's; all the others are the same.
NAMES: Final = {
    "className": "class",
    "htmlFor": "for",
    "tabIndex": "tabindex",
    "colSpan": "colspan",
    "spellCheck": "spellcheck",
}
SAME: Final = frozenset(
    {
        *("id", "title", "role", "hidden", "open", "type", "value", "disabled", "lang", "href"),
        *("max", "min", "step", "rows", "wrap", "autocomplete", "method", "scope", "checked"),
        *("selected",),
    }
)
FREE: Final = ("data-", "aria-")
# Elements without an end; what stands in the last ones is not read as text and elements.
VOID: Final = frozenset({"br", "hr", "img", "input"})
REFUSED: Final = frozenset(
    {
        *("Content", "Embed", "Frame", "Frameset", "Iframe", "Link", "MapEl", "Meta", "Noscript"),
        *("ObjectEl", "Plaintext", "Script", "Template", "Xmp"),
    }
)
# What can be pressed or filled in: nothing of it can be done before the browser has a pass.
CONTROLS: Final = frozenset({"button", "input", "select", "textarea"})
HELD: Final = "data-held"


def _attribute(tag: str, name: str, value: Any) -> str:
    """One attribute with its blank; nothing where it is not set."""
    called = NAMES.get(name, name)
    if not (name in NAMES or name in SAME or name.startswith(FREE)):
        raise ValueError(f"<{tag}>: the property {name} is not known. Allowed: {sorted(SAME)}")
    if value is None or value is False:
        return ""
    if value is True:
        return f" {called}"
    if isinstance(value, int | float | str):
        return f' {called}="{escape(str(value))}"'
    raise ValueError(f"<{tag}>: {name} is {value!r}. Allowed: a text, a number, or on and off")


def _element(tag: str, attributes: dict[str, Any], inside: str, held: bool) -> str:
    if held and tag in CONTROLS and not attributes.get("disabled"):
        attributes = {**attributes, "disabled": True, HELD: True}
    begin = "".join(_attribute(tag, name, value) for name, value in attributes.items())
    return f"<{tag}{begin}>" if tag in VOID else f"<{tag}{begin}>{inside}</{tag}>"


def _classes(*names: str | None) -> str:
    return " ".join(filter(None, names))


def _input(given: dict[str, Any], held: bool) -> str:
    size = given.pop("size", None)
    sized = size and f"form-control-{size}"
    classes = _classes(given.pop("class_name", None), sized, "form-control")
    return _element("input", {**given, "className": classes}, "", held)


def _select(given: dict[str, Any], held: bool) -> str:
    size, chosen = given.pop("size", None), given.pop("value", None)
    options = [
        _element("option", {"value": value, "selected": value == chosen}, escape(label), held)
        for label, value in (
            (option["label"], option["value"]) for option in given.pop("options", None) or ()
        )
    ]
    classes = _classes("form-select", size and f"form-select-{size}")
    return _element("select", {**given, "className": classes}, "".join(options), held)


def _check(kind: str, given: dict[str, Any], held: bool) -> str:
    name, label = given.pop("id"), given.pop("label", None)
    checked = {"type": "checkbox", "checked": given.pop("value", False)}
    box = {"id": name, "className": "form-check-input", **checked, **given}
    called = {"htmlFor": name, "className": "form-check-label form-label"}
    inside = _element("input", box, "", held) + _element(
        "label", called, _inside(label, held), held
    )
    return _element("div", {"className": kind}, inside, held)


BOOTSTRAP: Final[dict[str, Callable[[dict[str, Any], bool], str]]] = {
    "Input": _input,
    "Select": _select,
    "Switch": lambda given, held: _check("form-check form-switch", given, held),
    "Checkbox": lambda given, held: _check("form-check", given, held),
}


def _inside(children: Any, held: bool) -> str:
    if children is None:
        return ""
    if isinstance(children, list | tuple):
        return "".join(_inside(child, held) for child in children)
    if isinstance(children, Component):
        return write_markup(children, held)
    if isinstance(children, str | int | float):
        return escape(str(children), quote=False)
    raise ValueError(f"{children!r} within an element. Allowed: components, texts and numbers")


def write_markup(component: Component, held: bool = False) -> str:
    """The HTML of a component and all that is in it; no text or property of it becomes markup.

    With `held`, what can be pressed or filled in is disabled and marked by `data-held`. Raises
    ValueError naming the component or the property that is not known.
    """
    written = component.to_plotly_json()
    namespace, kind, given = written["namespace"], written["type"], dict(written["props"])
    if namespace == "dash_bootstrap_components" and kind in BOOTSTRAP:
        return BOOTSTRAP[kind](given, held)
    if namespace != "dash_html_components" or kind in REFUSED:
        raise ValueError(f"{namespace}.{kind} cannot be written as HTML here")
    inside = _inside(given.pop("children", None), held)
    return _element(kind.lower(), given, inside, held)
